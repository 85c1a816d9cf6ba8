import { createHash } from 'node:crypto';
import type { CivilDate } from '../civil-date.ts';
import { canonicalJson } from '../ledger.ts';
import type { MetricId } from '../site.ts';

/** What may be wrong with new figures. */
export const NOTE_CODES = [
  /** Beyond what the days before were, times a margin. */
  'far-above',
  'far-below',
  /** The running total, or about that, in a column of daily counts. */
  'running-total',
  /** Usual if it were multiplied or divided by a power of ten. */
  'power-of-ten',
  /** Usual with the other sign. */
  'sign',
  /** Usual with one digit less, or with two digits in the other order. */
  'digits-doubled',
  'digits-swapped',
  /** By a rule of the settings: parts that make more than their whole, or another sum. */
  'part-above-whole',
  'sum-differs',
  /** The day's figures fit other columns far better. */
  'columns-shifted',
  /** The same figures as on the day before in all columns. */
  'same-as-before',
  /** A date that leaves days without figures. */
  'after-gap',
  /** A weekday on which the figures are never reported. */
  'weekday-not-usual',
] as const;

export type NoteCode = (typeof NOTE_CODES)[number];

type Fact = string | number | null;
type Facts = { readonly [name: string]: Fact };

/** What a note says, as data, so that clients can say it in their language. */
export type NoteParams = {
  readonly [name: string]: Fact | Facts | readonly string[] | readonly Facts[];
};

/**
 * A doubt about new figures of a day. Nothing is refused for it: staff confirm it by its id.
 * `metric` is null if the note is about several figures of the day, which `params` then names.
 */
export type Note = {
  /** The same for the same doubt about the same figures, and another for any other. */
  readonly id: string;
  readonly code: NoteCode;
  readonly metric: MetricId | null;
  readonly date: CivilDate;
  readonly params: NoteParams;
  /** The text in English. */
  readonly detail: string;
};

/**
 * Makes a note.
 * @param about the figures that the id stands for: a confirmation of the note holds for them alone
 */
export const noteOf = (note: Omit<Note, 'id'>, about: NoteParams): Note => ({
  id: `${note.code}-${digestOf([note.metric, note.date, about])}`,
  ...note,
});

// 48 bits: a day has a few notes, and nobody gains by two that have the same id.
const digestOf = (about: readonly (NoteParams | string | null)[]): string =>
  createHash('sha256').update(canonicalJson(about)).digest('hex').slice(0, 12);
