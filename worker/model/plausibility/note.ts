import { createHash } from 'node:crypto';
import type { CivilDate } from '../civil-date.ts';
import { keysOf } from '../entries.ts';
import { canonicalJson } from '../ledger.ts';
import type { MetricId } from '../site.ts';
import { enNoteSentences, type NoteCode } from './note-sentences.ts';

/** All codes of notes. */
export const NOTE_CODES: readonly NoteCode[] = keysOf(enNoteSentences);

/** What a note says, as data, so that clients can say it in their language. */
export type NoteParams = { readonly [name: string]: string | number };

/**
 * A doubt about new figures of a day. Nothing is refused for it: staff confirm it by its id.
 * `metric` is null if the note is about several figures of the day.
 */
export type Note = {
  /** The same for the same doubt about the same figures, and another for any other. */
  readonly id: string;
  readonly code: NoteCode;
  readonly metric: MetricId | null;
  readonly date: CivilDate;
  /** With `date`, and `metric` if there is one. */
  readonly params: NoteParams;
  /** The text in English. */
  readonly detail: string;
};

/**
 * Makes a note.
 * @param about the figures that the id stands for: a confirmation of the note holds for them alone
 */
export function noteOf(
  { code, metric, date }: Pick<Note, 'code' | 'metric' | 'date'>,
  params: NoteParams,
  about: { readonly [metric: string]: number | null },
): Note {
  const all = { ...(metric === null ? {} : { metric }), date, ...params };
  return {
    id: `${code}-${digestOf([metric, date, about])}`,
    code,
    metric,
    date,
    params: all,
    detail: filled(enNoteSentences[code], all),
  };
}

/** A sentence with parameters in place of their names. */
export const filled = (sentence: string, params: NoteParams): string =>
  sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));

// 48 bits: a day has a few notes, and nobody gains by two that have the same id.
const digestOf = (about: readonly ({ readonly [metric: string]: number | null } | string | null)[]): string =>
  createHash('sha256').update(canonicalJson(about)).digest('hex').slice(0, 12);
