import type { CivilDate } from '../civil-date.ts';
import type { Shift } from '../remarks.ts';
import type { MetricId } from '../site.ts';

/** Figures of a day by metric; null, or left out, is "not reported". */
export type Values = { readonly [metric: MetricId]: number | null };

/** How many days before and after a date its figures are compared with. */
export const DAYS_BEFORE = 30;
export const DAYS_AFTER = 7;

/** New figures of a day, and the figures around them. */
export type Around = {
  readonly date: CivilDate;
  /** The figures that the call changes. */
  readonly changed: Values;
  /** The day's figures before the call. */
  readonly stored: Values;
  /** The figures of the `DAYS_BEFORE` days before, the nearest first, and of the `DAYS_AFTER` days after. */
  readonly before: readonly Values[];
  readonly after: readonly Values[];
  /** Whether figures may have been reported before these days. */
  readonly isCut: boolean;
  /** Whether the call sets figures of this day alone: then its date may be mistyped. */
  readonly isAlone: boolean;
  /**
   * The sum of all that was reported of a flow before the date, or from one date on. It may be costly: only what needs it
   * asks.
   */
  readonly sumBefore: (flow: MetricId, from?: CivilDate) => number;
  /** What remarks do to a total up to the date, and on it, in the order in which it counts. */
  readonly shifts: (total: MetricId) => readonly Shift[];
};

/** A figure of the day as it will be: the changed one, else the stored one. */
export const valueOn = (
  { changed, stored }: Pick<Around, 'changed' | 'stored'>,
  id: MetricId,
): number | null => (Object.hasOwn(changed, id) ? changed[id] : stored[id]) ?? null;

/** A number of sums and products of figures, without what binary rounding adds: figures have at most three decimals. */
export const exact = (number: number): number => Math.round(number * 1000) / 1000;
