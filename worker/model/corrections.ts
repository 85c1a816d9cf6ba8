import type { Correction } from './bulletin.ts';
import type { CivilDate } from './civil-date.ts';
import type { MetricId } from './site.ts';

/** A correction as readers see it. `release` is the first release with it, null until one is public. */
export type PublicCorrection = Correction & { readonly release: number | null };

export type FigureCorrection = Extract<PublicCorrection, { kind: 'figure' }>;

/**
 * A run of the record: the corrections that a page of `changes.json` has. A run that is not the last changes only by an
 * erasure.
 */
export type CorrectionRun = {
  /** Changes whenever the JSON of one of its corrections changes. */
  readonly stamp: string;
  /** How many corrections it has. */
  readonly length: number;
  /** Its corrections, oldest first. Only a page that is rendered reads them: they may be a megabyte. */
  readonly read: () => readonly PublicCorrection[];
  /** The largest of them, for the operator. */
  readonly largest: () => PublicCorrection | undefined;
};

/**
 * The record of corrections as readers see it: several changes of the same thing within one release are one, from what
 * was public before to what is public now; changes that cancel each other out are none.
 *
 * The texts before and after an edit stay where they are stored until a page is rendered that shows them: they are most
 * of what a site has, and few releases show any. What the functions give is that of one moment, without what an erasure
 * has taken since.
 */
export type Corrections = {
  /** All runs, oldest first. */
  readonly runs: readonly CorrectionRun[];
  /** The release of the newest correction; null if there is none, or if it is not public yet. */
  readonly newestRelease: number | null;
  /** The newest corrections, oldest first, each as `toldCorrection` gives it. */
  readonly newest: (count: number) => readonly PublicCorrection[];
  /** The last correction of a figure from one number to another. */
  readonly ofFigure: (metric: MetricId, date: CivilDate) => FigureCorrection | undefined;
};

/** What a correction is about: corrections with the same subject within one release are one. */
export const subjectOf = (correction: Correction): string =>
  correction.kind === 'figure'
    ? `${correction.metric} ${correction.date} ${correction.until ?? ''}`
    : `${correction.collection} ${correction.item}`;

/** Whether a correction replaces one number by another. */
export const isMove = (correction: Correction): boolean =>
  correction.kind === 'figure' &&
  correction.was !== null &&
  correction.now !== null &&
  correction.was !== correction.now;
