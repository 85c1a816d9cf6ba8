import { addDays, type CivilDate } from '../civil-date.ts';
import type { Metric, MetricId } from '../site.ts';
import { type Around, DAYS_BEFORE } from './around.ts';

/** A value with its date. */
export type Dated = { readonly date: CivilDate; readonly value: number };

/** What is usual for a metric around a date. */
export type Usual = {
  /**
   * How far a value is from what is usual: 0 among the values nearby, above 1 or below -1 where staff are asked.
   */
  readonly distance: (value: number) => number;
  /** The range of the values nearby. */
  readonly low: number;
  readonly high: number;
  /** The unit of the last decimal that the values have: 1 for whole numbers, 0.01 for 3.42. */
  readonly unit: number;
  /** The extremes of the `DAYS_BEFORE` days before, and the last value. Each has the newest date that it has. */
  readonly highest: Dated;
  readonly lowest: Dated;
  readonly last: Dated;
};

// Tuned on the figures of an epidemic over 527 days: tests/worker/model/plausibility.test.ts prints what they give.
/** Fewer values tell nothing of what is usual. */
const MIN_FLOW = 5;
const MIN_LEVEL = 4;
/** A count of a day is compared with so many of the nearest days. */
const NEAR = 7;
/** A count may leave the range of the nearest ones by so many standard deviations of a Poisson count… */
const DEVIATIONS = 4;
/** …and by as much again as the widest leap of the days before, times this. */
const LEAPS = 1;
/** A level may move by so many times the widest step of a day before, … */
const STEPS = 1.5;
/** …by this part of itself, and by so many units of its last decimal. */
const PART = 0.05;
const LAST_UNITS = 5;

/** What is usual for a metric around a date; null if too few values around are known. */
export function usualOf(kind: Metric['kind'], around: Around, id: MetricId): Usual | null {
  const past = pastOf(around, id);
  const last = past.at(-1);
  if (!last || past.length < (kind === 'flow' ? MIN_FLOW : MIN_LEVEL)) return null;
  let [highest, lowest] = [last, last];
  for (const one of past) {
    if (one.value >= highest.value) highest = one;
    if (one.value <= lowest.value) lowest = one;
  }
  const near = kind === 'flow' ? past.slice(-NEAR) : [last];
  const nearby = [...near.map(({ value }) => value), ...futureOf(around, id)];
  const dated = ({ ago, value }: Past): Dated => ({ date: addDays(around.date, -ago), value });
  return {
    distance: kind === 'flow' ? flowDistance(around, id, past, last) : levelDistance(around, id, past, last),
    low: Math.min(...nearby),
    high: Math.max(...nearby),
    unit: lastUnit(past),
    highest: dated(highest),
    lowest: dated(lowest),
    last: dated(last),
  };
}

type Past = { readonly ago: number; readonly value: number };

/** The reported values of the days before, the oldest first, each with how many days ago it is. */
function pastOf({ before }: Around, id: MetricId): readonly Past[] {
  const past: Past[] = [];
  for (let ago = Math.min(before.length, DAYS_BEFORE); ago > 0; ago--) {
    const value = before[ago - 1]?.[id] ?? null;
    if (value !== null) past.push({ ago, value });
  }
  return past;
}

/** The reported values of the days after, the nearest first. */
const futureOf = ({ after }: Around, id: MetricId): readonly number[] =>
  after.flatMap((day) => day[id] ?? []);

/**
 * Counts scatter about as much as their square root, so square roots are compared: 2√n has a standard deviation of 1 for
 * a Poisson count of any size (Bartlett 1936; 3/8 is Anscombe's, 1948). Values below zero mirror those above.
 */
const rootOf = (count: number): number =>
  Math.sign(count) * (2 * Math.sqrt(Math.abs(count) + 0.375) - 2 * Math.sqrt(0.375));

function flowDistance(around: Around, id: MetricId, past: readonly Past[], last: Past): Usual['distance'] {
  const roots = past.map(({ value }) => rootOf(value));
  const near = [...roots.slice(-NEAR), ...futureOf(around, id).map(rootOf)];
  // After days without a report, one count may hold them all.
  if (last.ago > 1) near.push(rootOf(Math.max(...past.slice(-NEAR).map(({ value }) => value)) * last.ago));
  let margin: number | null = null;
  return (value) => {
    const far = outside(rootOf(value), near);
    if (far === 0) return 0;
    margin ??= DEVIATIONS + LEAPS * widestLeap(roots);
    return far / margin;
  };
}

/** The farthest that one of a row of numbers leaves the range of the `NEAR` before it. */
function widestLeap(numbers: readonly number[]): number {
  let widest = 0;
  for (let i = 3; i < numbers.length; i++) {
    const far = Math.abs(outside(numbers[i] ?? 0, numbers, Math.max(0, i - NEAR), i));
    if (far > widest) widest = far;
  }
  return widest;
}

/** How far a number is above or, negative, below the range of others from `start` to before `end`; 0 in the range. */
function outside(number: number, others: readonly number[], start = 0, end = others.length): number {
  let [low, high] = [Infinity, -Infinity];
  for (let i = start; i < end; i++) {
    const other = others[i] ?? 0;
    if (other < low) low = other;
    if (other > high) high = other;
  }
  return number > high ? number - high : number < low ? number - low : 0;
}

function levelDistance(around: Around, id: MetricId, past: readonly Past[], last: Past): Usual['distance'] {
  let step = 0;
  past.forEach(({ ago, value }, i) => {
    const earlier = past[i - 1];
    // A level that wanders moves by the square root of the days between.
    if (earlier) step = Math.max(step, Math.abs(value - earlier.value) / Math.sqrt(earlier.ago - ago));
  });
  const next = futureOf(around, id)[0] ?? last.value;
  const reading = around.stored[id] ?? null;
  const base = STEPS * step * Math.sqrt(last.ago) + LAST_UNITS * lastUnit(past);
  const marginAt = (value: number) => base + PART * Math.abs(value);
  return (value) => {
    const distance = outside(value, [last.value, next]) / marginAt(last.value);
    // A later reading of the same day goes on from the one before.
    const fromReading = reading === null ? distance : (value - reading) / marginAt(reading);
    return Math.abs(fromReading) < Math.abs(distance) ? fromReading : distance;
  };
}

/** The unit of the last decimal that values have: 1 for whole numbers, 0.01 for 3.42. */
function lastUnit(past: readonly Past[]): number {
  let unit = 1;
  for (const { value } of past)
    while (unit > 0.001 && Math.abs(value / unit - Math.round(value / unit)) > 1e-6) unit /= 10;
  return unit;
}
