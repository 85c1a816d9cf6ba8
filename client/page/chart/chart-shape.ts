import { addDays, type CivilDate } from '../../../worker/model/civil-date.ts';
import type { Column } from '../../../worker/model/series.ts';
import { WEEK, weekMean } from '../../../worker/model/week.ts';
import { type Tick, valueAxis } from './value-axis.ts';

/** The most days that a chart on a page spans, so that a series of years does not make the page too large. */
export const CHART_DAYS = 540;
/** The height of the drawing in its own units. The largest chart on a page has about 300 pixels. */
export const CHART_HEIGHT = 600;
// About the most points of a line: a wide screen shows no more.
const POINTS = 140;
// The most dots: more of them lie closer together than they are wide.
const DOTS = 80;

/** A series to be drawn: values of consecutive days from `from`, and the indexes at which it has a break. */
export type Drawing = {
  readonly kind: 'flow' | 'level';
  readonly from: CivilDate;
  readonly values: Column;
  readonly breaks: readonly number[];
};

/** The geometry of a drawn chart. `x` counts days from the first drawn one, `y` runs from 0 at the top to `CHART_HEIGHT`. */
export type ChartShape = {
  /** The first and the last day: those of the first and the last reported value. */
  readonly first: CivilDate;
  readonly last: CivilDate;
  /** The greatest x. */
  readonly width: number;
  /**
   * SVG path data. `line`: a flow's 7-day mean, a level's values, of days in a row. `range`: the band from each week's
   * lowest to its highest day, of a flow. `dots`: single days that neither shows.
   */
  readonly line: string;
  readonly range: string;
  readonly dots: string;
  /** The marks of the axes: positions 0 to 1, from the top and from the start. */
  readonly values: readonly Tick<number>[];
  readonly days: readonly Tick<CivilDate>[];
  /** True if `days` are the beginnings of months, false if they are single days. */
  readonly monthly: boolean;
  /** The highest day and the last value of the line, if the line reaches the end; `x`, `y` as the ticks' positions. */
  readonly peak: Mark;
  readonly now: Mark | null;
};

type Mark = { readonly x: number; readonly y: number; readonly value: number };

/**
 * Draws a series from its first to its last reported day. Of more than `CHART_DAYS` days, the last ones are drawn, and
 * those before only contribute to the means. Null with fewer than two values: there is nothing to compare.
 */
export function chartShape({ kind, from, values, breaks }: Drawing): ChartShape | null {
  const end = values.findLastIndex((value) => value !== null);
  const oldest = Math.max(0, end + 1 - CHART_DAYS);
  const start = values.findIndex((value, i) => value !== null && i >= oldest);
  const width = end - start;
  if (start < 0 || width < 1) return null;
  const days = Array.from({ length: width + 1 }, (_, i) => start + i);
  const reported = days.filter((i) => values[i] !== null);
  const numbers = reported.map((i) => values[i] ?? 0);
  const axis = valueAxis(numbers);
  const y = (value: number) => (axis.top - value) / (axis.top - axis.bottom);
  const point: ToPoint = (i, value) => [i - start, Math.round(CHART_HEIGHT * y(value))];
  const mark = (i: number, value: number): Mark => ({ x: (i - start) / width, y: y(value), value });

  const isFlow = kind === 'flow';
  const column = isFlow ? values.map((_, i) => weekMean(values, i, breaks)) : values;
  const runs = runsOf(days, column, isFlow ? [] : breaks);
  const step = Math.ceil(width / POINTS);
  const lines = isFlow
    ? runs.map((run) => run.filter((_, i) => (run.length - 1 - i) % step === 0))
    : runs.filter((run) => run.length > 1).map((run) => extremes(run, values, step));

  // A day has a part in the means of the week that begins with it.
  const isInLine = (i: number) => column.slice(i, i + WEEK).some((mean) => mean !== null);
  const single = isFlow
    ? reported.filter((i) => !isInLine(i))
    : runs.filter((run) => run.length === 1).flat();
  const isCrowded = single.length > DOTS;
  const band =
    isFlow || isCrowded ? bandOf({ start, end, isWhole: !isCrowded }, values, breaks, point) : null;
  const dots = band && isCrowded ? single.filter((i) => !band.covered.has(i)) : single;

  const peak = Math.max(...numbers);
  const last = column[end] ?? null;
  return {
    first: addDays(from, start),
    last: addDays(from, end),
    width,
    line: lines.map((line) => path(line.map((i) => point(i, column[i] ?? 0)))).join(''),
    range: band?.path ?? '',
    dots: dots.map((i) => path([point(i, values[i] ?? 0)])).join(''),
    values: axis.ticks.map((value) => ({ position: y(value), value })),
    ...dayAxis(addDays(from, start), width),
    peak: mark(values.indexOf(peak, start), peak),
    now: last === null ? null : mark(end, last),
  };
}

type Point = readonly [x: number, y: number];
type ToPoint = (i: number, value: number) => Point;

/** The days with a value, in runs of days in a row without a break. */
function runsOf(
  days: readonly number[],
  column: Column,
  breaks: readonly number[],
): readonly (readonly number[])[] {
  const runs: number[][] = [];
  for (const i of days) {
    if (column[i] === null) continue;
    const run = runs.at(-1);
    if (run?.at(-1) === i - 1 && !breaks.includes(i)) run.push(i);
    else runs.push([i]);
  }
  return runs;
}

// Of each few days the lowest and the highest, so that no peak is lost.
function extremes(run: readonly number[], values: Column, step: number): readonly number[] {
  if (step === 1) return run;
  const kept = new Set([run[0] ?? 0, run.at(-1) ?? 0]);
  for (let at = 0; at < run.length; at += 2 * step) {
    const part = run.slice(at, at + 2 * step).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
    kept.add(part[0] ?? 0).add(part.at(-1) ?? 0);
  }
  return [...kept].sort((a, b) => a - b);
}

// Relative coordinates take half the bytes of absolute ones. A line without a length is drawn as a dot.
function path(points: readonly Point[]): string {
  let [x, y] = points[0] ?? [0, 0];
  let d = points.length === 0 ? '' : `M${x} ${y}${points.length === 1 ? 'h0' : ''}`;
  for (const [nextX, nextY] of points.slice(1)) {
    d += `l${nextX - x} ${nextY - y}`;
    [x, y] = [nextX, nextY];
  }
  return d.replaceAll(' -', '-');
}

// From the newest week backwards. A break interrupts the band, and so does a week with an unreported day: one figure may
// stand for several days. Where most weeks have one, a band is all that can be drawn, so only empty weeks interrupt it.
function bandOf(
  { start, end, isWhole }: { start: number; end: number; isWhole: boolean },
  values: Column,
  breaks: readonly number[],
  point: ToPoint,
) {
  const covered = new Set<number>();
  let [high, low]: [Point[], Point[]] = [[], []];
  let days: number[] = [];
  let d = '';
  const close = () => {
    if (high.length > 1) {
      d += `${path([...high, ...low.reverse()])}z`;
      for (const i of days) covered.add(i);
    }
    [high, low, days] = [[], [], []];
  };
  for (let i = end; i >= start; i -= WEEK) {
    const first = Math.max(start, i - WEEK + 1);
    const week = values.slice(first, i + 1).filter((value) => value !== null);
    const isShown = week.length > 0 && (!isWhole || week.length === i - first + 1);
    if (!isShown || breaks.some((at) => at > first && at <= i)) {
      close();
      continue;
    }
    const middle = Math.max(start, i - 3);
    high.push(point(middle, Math.max(...week)));
    low.push(point(middle, Math.min(...week)));
    for (let day = first; day <= i; day++) days.push(day);
    if (breaks.includes(first)) close();
  }
  close();
  return { path: d, covered };
}

// At most seven beginnings of months. For a short series, single days in the middle of up to four parts: a label at the
// beginning would be cut off, and more have no room on a phone.
function dayAxis(first: CivilDate, width: number): { days: Tick<CivilDate>[]; monthly: boolean } {
  const dates = Array.from({ length: width + 1 }, (_, i) => ({
    position: i / width,
    value: addDays(first, i),
  }));
  if (width < 90) {
    const step = Math.ceil(dates.length / 4);
    return { days: dates.filter((_, i) => i % step === Math.floor(step / 2)), monthly: false };
  }
  const months = dates.filter(({ value }) => value.endsWith('-01'));
  const every = [1, 2, 3, 4, 6].find((n) => months.length / n <= 7) ?? 6;
  return { days: months.filter(({ value }) => (Number(value.slice(5, 7)) - 1) % every === 0), monthly: true };
}
