import type { Column } from './series.ts';

/** The days of a week. */
export const WEEK = 7;

/** The mean of a week of a flow, or why there is none. */
export type WeekMean =
  | { readonly kind: 'mean'; readonly mean: number }
  /** So many of the seven days were reported. */
  | { readonly kind: 'days-missing'; readonly reported: number }
  /** The way of counting changed within the week. */
  | { readonly kind: 'break' };

/** The means of a week and of the week before it, and which is higher: 1 if the later one is, 0 if they are the same. */
export type WeekTrend = { readonly now: number; readonly before: number; readonly direction: -1 | 0 | 1 };

/**
 * The mean a day of the week that ends at an index, in the metric's unit. There is none unless all seven days were
 * reported: a day that was not reported is not zero, and the day after it may hold the figures of several days.
 * @param breaks the indexes at which the metric began to be counted in another way; no mean crosses one
 */
export function meanOfWeek(values: Column, end: number, breaks: readonly number[] = []): WeekMean {
  const week = weekOf(values, end);
  if (week.length < WEEK) return { kind: 'days-missing', reported: week.length };
  if (breaks.some((at) => at > end - WEEK + 1 && at <= end)) return { kind: 'break' };
  return { kind: 'mean', mean: exactMean(week) };
}

/** The mean of the week that ends at an index; null if there is none, see `meanOfWeek`. */
export function weekMean(values: Column, end: number, breaks: readonly number[] = []): number | null {
  const week = meanOfWeek(values, end, breaks);
  return week.kind === 'mean' ? week.mean : null;
}

/**
 * The week that ends at an index beside the week before it. Null unless both have a mean and no break parts them: only
 * like is compared with like.
 */
export function weekTrend(values: Column, end: number, breaks: readonly number[] = []): WeekTrend | null {
  const now = weekMean(values, end, breaks);
  const before = weekMean(values, end - WEEK, breaks);
  if (now === null || before === null || breaks.includes(end - WEEK + 1)) return null;
  return { now, before, direction: now > before ? 1 : now < before ? -1 : 0 };
}

/** The days on which a flow was not reported, from its first reported day to each day; 0 before it. */
export function missingDays(flow: Column): readonly number[] {
  let [begun, missing] = [false, 0];
  return flow.map((value) => {
    begun ||= value !== null;
    if (begun && value === null) missing += 1;
    return missing;
  });
}

// With fewer gaps, a metric has no habit yet.
const GAPS_OF_A_HABIT = 3;
// Agencies report less often as a crisis ends: the last reports count.
const LATEST_GAPS = 30;
const DAILY = 1;

/** The usual days between two reports of a metric: the median gap of its latest ones; 1 as long as that is not known. */
export function reportInterval(values: Column): number {
  const gaps: number[] = [];
  let later: number | null = null;
  for (let i = values.length - 1; i >= 0 && gaps.length < LATEST_GAPS; i--) {
    if (values[i] === null) continue;
    if (later !== null) gaps.push(later - i);
    later = i;
  }
  if (gaps.length < GAPS_OF_A_HABIT) return DAILY;
  return gaps.sort((a, b) => a - b)[Math.floor((gaps.length - 1) / 2)] ?? DAILY;
}

const weekOf = (values: Column, end: number): readonly number[] =>
  values.slice(Math.max(0, end - WEEK + 1), Math.max(0, end + 1)).filter((value) => value !== null);

// Figures have at most three decimals. Doubles of thousandths add up to 0.6000000000000001, whole numbers to 600.
function exactMean(values: readonly number[]): number {
  const scale = values.every(Number.isInteger) ? 1 : 1000;
  return values.reduce((sum, value) => sum + Math.round(value * scale), 0) / (values.length * scale);
}
