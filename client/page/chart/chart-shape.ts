import { addDays, type CivilDate } from '../../../worker/model/civil-date.ts';
import type { Column } from '../../../worker/model/series.ts';

/** The most days that a chart on a page spans, so that a series of years does not make the page too large. */
export const CHART_DAYS = 540;
const WEEK = 7;
// With fewer reported days, a mean does not represent the week.
const MIN_DAYS = 4;
// The most points of the line: a wide screen shows no more.
const POINTS = 140;

/** A mark on an axis: its position, 0 to 1 from the beginning of the axis, and its value. */
export type Tick<T> = { readonly position: number; readonly value: T };

/** The geometry of a drawn chart. `x` counts days from 0. `y` is `top` minus the value: 0 at the top. */
export type ChartShape = {
  /** The greatest x, and the height of the y axis in the series' unit. */
  readonly width: number;
  readonly top: number;
  /** SVG path data: the 7-day mean, and the band from each week's lowest to its highest day. */
  readonly line: string;
  readonly range: string;
  readonly values: readonly Tick<number>[];
  readonly days: readonly Tick<CivilDate>[];
  /** True if `days` are the beginnings of months, false if they are single days. */
  readonly monthly: boolean;
  readonly peak: Tick<number>;
  /** The last mean and its position, each 0 to 1: `x` from the start, `y` from the top. Null if there is no mean. */
  readonly now: { readonly x: number; readonly y: number; readonly mean: number } | null;
};

/**
 * The mean of the reported days in the week that ends at an index; null if fewer than four were reported.
 * Days that were not reported are left out: they are not zero.
 */
export function weekMean(values: Column, end: number): number | null {
  const week = values.slice(Math.max(0, end - WEEK + 1), end + 1).filter((v) => v !== null);
  return week.length < MIN_DAYS ? null : week.reduce((sum, v) => sum + v, 0) / week.length;
}

/**
 * Draws a series. `values` belong to consecutive days from `from`; the first six days only contribute to the means.
 * Null if there is too little to draw.
 */
export function chartShape(from: CivilDate, values: Column): ChartShape | null {
  const end = values.length - 1;
  const width = end - (WEEK - 1);
  const peakIndex = indexOfHighest(values, WEEK - 1);
  const peak = values[peakIndex] ?? null;
  if (width < WEEK || peak === null) return null;
  const { top, values: ticks } = valueAxis(Math.max(peak, 1));
  const x = (i: number) => i - (WEEK - 1);
  const step = Math.max(1, Math.ceil(width / POINTS));
  const line: Point[] = [];
  for (let i = end; i >= WEEK - 1; i -= step) line.unshift(point(x(i), weekMean(values, i), top));
  const [drawn, range] = [path(line), band(values, top)];
  if (!drawn.includes('l') && range === '') return null; // isolated days give neither a line nor a band
  const mean = weekMean(values, end);
  const first = addDays(from, WEEK - 1);
  return {
    width,
    top,
    line: drawn,
    range,
    values: ticks,
    ...dayAxis(first, width),
    peak: { position: x(peakIndex) / width, value: peak },
    now: mean === null ? null : { x: 1, y: 1 - mean / top, mean },
  };
}

type Point = readonly [x: number, y: number] | null;

const point = (x: number, value: number | null, top: number): Point =>
  value === null ? null : [x, Math.round(top - value)];

function indexOfHighest(values: Column, from: number): number {
  let highest = -1;
  for (let i = from; i < values.length; i++) {
    const value = values[i] ?? null;
    if (value !== null && value > (values[highest] ?? -1)) highest = i;
  }
  return highest;
}

// Relative coordinates take half the bytes of absolute coordinates. A null interrupts the line: it is not reported.
function path(points: readonly Point[]): string {
  let last: Point = null;
  let d = '';
  for (const p of points) {
    if (p) d += last ? `l${p[0] - last[0]} ${p[1] - last[1]}` : `M${p[0]} ${p[1]}`;
    last = p;
  }
  return d.replaceAll(' -', '-');
}

// From the newest week backwards. A week without a reported day interrupts the band.
function band(values: Column, top: number): string {
  let [high, low]: [Point[], Point[]] = [[], []];
  let d = '';
  const close = () => {
    if (high.length > 1) d += `${path([...high, ...low.reverse()])}z`;
    [high, low] = [[], []];
  };
  for (let i = values.length - 1; i >= WEEK - 1; i -= WEEK) {
    const week = values.slice(i - WEEK + 1, i + 1).filter((v) => v !== null);
    if (week.length === 0) {
      close();
      continue;
    }
    const x = Math.max(0, i - (WEEK - 1) - 3);
    high.push([x, top - Math.max(...week)]);
    low.push([x, top - Math.min(...week)]);
  }
  close();
  return d;
}

// The step is 1, 2 or 5 times a power of ten, and whole, because people are counted.
function valueAxis(peak: number): { top: number; values: Tick<number>[] } {
  const rough = peak / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough) ?? rough);
  const top = Math.ceil(peak / step) * step;
  const values = Array.from({ length: Math.round(top / step) }, (_, i) => (i + 1) * step);
  return { top, values: values.map((value) => ({ position: 1 - value / top, value })) };
}

// At most seven beginnings of months; single days for a short series.
function dayAxis(first: CivilDate, width: number): { days: Tick<CivilDate>[]; monthly: boolean } {
  const dates = Array.from({ length: width + 1 }, (_, i) => ({
    position: i / width,
    value: addDays(first, i),
  }));
  if (width < 90) {
    const step = Math.ceil(width / 5);
    return { days: dates.filter((_, i) => i % step === 0), monthly: false };
  }
  const months = dates.filter(({ value }) => value.endsWith('-01'));
  const every = [1, 2, 3, 4, 6].find((n) => months.length / n <= 7) ?? 6;
  return { days: months.filter(({ value }) => (Number(value.slice(5, 7)) - 1) % every === 0), monthly: true };
}
