import uPlot from 'uplot';
import { utcDate } from '../../worker/model/civil-date.ts';
import type { MarkedDays } from '../../worker/model/marked-days.ts';
import type { Measure } from '../../worker/model/measure.ts';
import type { Column, Series } from '../../worker/model/series.ts';
import { weekMean } from '../../worker/model/week.ts';
import { MARK_HEIGHT, runsIn, SHORTEST_MARK } from '../page/chart/chart-marks.ts';
import { CHART_HEIGHT } from '../page/chart/chart-shape.ts';
import { decimalsIn, valueAxis } from '../page/chart/value-axis.ts';
import type { LocaleFormats } from '../page/parts/locale-formats.ts';

/** The data of a metric's plot: values by day and, for a flow, their 7-day mean. Days are seconds since 1970, UTC. */
export type Curve = {
  readonly days: readonly number[];
  readonly values: Column;
  readonly mean: Column | null;
  readonly marked: MarkedDays;
  /** The indexes of the first and the last reported day; of all days if none was reported. */
  readonly first: number;
  readonly last: number;
};

/** A plot on the page. */
export type Plot = Pick<Curve, 'first' | 'last'> & {
  /** Sets the callback that gets the index of the day under the pointer. */
  readonly onDay: (callback: (i: number) => void) => void;
  /** Marks the day at an index. */
  readonly point: (i: number) => void;
  /** Shows all days again. */
  readonly reset: () => void;
  readonly resize: () => void;
  readonly redraw: () => void;
  readonly destroy: () => void;
};

const DAY_SECONDS = 86_400;
const MONTH_SECONDS = 28 * DAY_SECONDS;

/**
 * The curve of values.
 * @param isFlow whether it has a 7-day mean
 * @param marked no line or mean crosses a break
 */
export function curveOf(dates: Series['dates'], values: Column, isFlow: boolean, marked: MarkedDays): Curve {
  const first = values.findIndex((value) => value !== null);
  return {
    days: dates.map((date) => Date.parse(`${date}T00:00:00Z`) / 1000),
    values,
    mean: isFlow ? values.map((_, i) => weekMean(values, i, marked.breaks)) : null,
    marked,
    first: Math.max(0, first),
    last: first < 0 ? dates.length - 1 : values.findLastIndex((value) => value !== null),
  };
}

/** Draws a curve into a frame, as large as the frame is. Time runs from left to right. */
export function drawPlot(frame: HTMLElement, curve: Curve, measure: Measure, f: LocaleFormats): Plot {
  let reportDay: (i: number) => void = () => {};
  let pointing = false;
  const [min = 0, max = 0] = [curve.days[curve.first], curve.days[curve.last]];
  const axis = valueAxis(curve.values.filter((value) => value !== null));
  const air = (axis.top - axis.bottom) / 20; // a line along the edge would be cut off
  const yRange: uPlot.Range.MinMax = [axis.bottom < 0 ? axis.bottom - air : 0, axis.top + air];
  const plot = new uPlot(
    {
      ...sizeOf(frame),
      legend: { show: false },
      // Civil dates are represented as UTC midnights.
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
      cursor: { y: false, drag: { x: true, y: false }, points: { size: 9 } },
      scales: { x: { min, max }, y: { range: () => yRange } },
      axes: axes(measure, f, axis.finest),
      series: [{}, ...lines(curve)],
      hooks: {
        drawClear: [(u) => drawMarks(u, curve)],
        setCursor: [
          ({ cursor: { idx } }) => {
            if (idx !== null && idx !== undefined && !pointing) reportDay(idx);
          },
        ],
      },
    },
    [[...curve.days], [...curve.values], ...(curve.mean ? [[...curve.mean]] : [])],
    frame,
  );
  return {
    first: curve.first,
    last: curve.last,
    onDay: (callback) => {
      reportDay = callback;
    },
    point: (i) => {
      pointing = true; // don't report this day: it comes from the slider
      plot.setCursor({ left: plot.valToPos(curve.days[i] ?? max, 'x'), top: 0 });
      pointing = false;
    },
    reset: () => plot.setScale('x', { min, max }),
    resize: () => plot.setSize(sizeOf(frame)),
    redraw: () => plot.redraw(false, true),
    destroy: () => plot.destroy(),
  };
}

const sizeOf = (frame: HTMLElement) => ({ width: frame.clientWidth, height: frame.clientHeight });

// Read at each drawing, so that the plot follows dark mode and contrast.
const colour = (name: string) => () => getComputedStyle(document.documentElement).getPropertyValue(name);
const face = () => `13px ${getComputedStyle(document.body).fontFamily}`;

// A flow's daily values are a thin line behind its mean. Gaps stay gaps, because null is not zero. The ends of lines have
// dots, so that a single day between two gaps is visible.
function lines({ days, values, mean, marked: { breaks } }: Curve): uPlot.Series[] {
  const line = (stroke: string, width: number, column: Column): uPlot.Series => {
    const ends = column.flatMap((value, i) => (value !== null && isEnd(column, i, breaks) ? [i] : []));
    const size = 2 + 2 * width;
    const points = { show: true, size, fill: colour(stroke), filter: () => ends };
    const gaps: uPlot.Series.GapsRefiner = (u, _, from, until, found) =>
      [...found, ...breaksIn(u, days, column, breaks, from, until)].sort(([a], [b]) => a - b);
    return { stroke: colour(stroke), width, points, gaps };
  };
  return mean ? [line('--field', 1, values), line('--c1', 2.5, mean)] : [line('--c1', 2.5, values)];
}

const isEnd = (values: Column, i: number, breaks: readonly number[]): boolean =>
  (values[i - 1] ?? null) === null ||
  (values[i + 1] ?? null) === null ||
  breaks.includes(i) ||
  breaks.includes(i + 1);

// From the day before a break to its day, in pixels of the canvas, unless there is a gap anyway.
const breaksIn = (
  u: uPlot,
  days: readonly number[],
  column: Column,
  breaks: readonly number[],
  from: number,
  until: number,
) =>
  breaks
    .filter((at) => at > from && at <= until)
    .filter((at) => (column[at - 1] ?? null) !== null && (column[at] ?? null) !== null)
    .map((at): [number, number] => [xOf(u, days[at - 1]), xOf(u, days[at])]);

const xOf = (u: uPlot, day = 0): number => Math.round(u.valToPos(day, 'x', true));

/** The marks of the drawn chart, in the same forms: see `markPaths`. */
function drawMarks(u: uPlot, { days, marked }: Curve): void {
  const { ctx, bbox } = u;
  const bottom = bbox.top + bbox.height;
  const px = uPlot.pxRatio;
  const stroke = (widthPx: number, dash: readonly number[], path: () => void) => {
    ctx.beginPath();
    ctx.lineWidth = widthPx * px;
    ctx.setLineDash(dash.map((length) => length * px));
    path();
    ctx.stroke();
  };
  const isIn = (i: number) => xOf(u, days[i]) >= bbox.left && xOf(u, days[i]) <= bbox.left + bbox.width;
  const bars = (at: readonly number[], height: number) => () => {
    for (const i of at.filter(isIn)) {
      ctx.moveTo(xOf(u, days[i]), bottom);
      ctx.lineTo(xOf(u, days[i]), bottom - height);
    }
  };
  ctx.save();
  ctx.strokeStyle = colour('--ink')();
  stroke(1, [4, 4], bars(marked.breaks, bbox.height));
  stroke(5, [], bars(marked.adjusted, (bbox.height * MARK_HEIGHT) / CHART_HEIGHT));
  stroke(9, [2, 2], () => {
    const half = Math.max(bbox.width * SHORTEST_MARK, xOf(u, days[1]) - xOf(u, days[0])) / 2;
    for (const run of runsIn(marked.provisional.filter(isIn))) {
      ctx.moveTo(xOf(u, days[run.from]) - half, bottom);
      ctx.lineTo(xOf(u, days[run.from + run.days - 1]) + half, bottom);
    }
  });
  ctx.restore();
}

/** The most characters of the unit beside the axis of values, which is 200 px high on a phone. */
const LONGEST_UNIT = 24;

function axes(measure: Measure, f: LocaleFormats, finest: number): uPlot.Axis[] {
  const unit = measure.unit?.text ?? '';
  const look = { stroke: colour('--soft'), font: face(), ticks: { show: false } };
  const grid = { stroke: colour('--line'), width: 1 };
  return [
    {
      ...look,
      grid: { show: false },
      space: 64,
      values: (_, splits, __, ___, step) => dayLabels(splits, step, f),
    },
    {
      ...look,
      grid,
      size: (_, values) => 16 + 8 * Math.max(3, ...(values ?? []).map((v) => v.length)),
      incrs: [1, 2, 5]
        .flatMap((m) => Array.from({ length: 13 }, (_, i) => Number(`${m}e${i - 3}`)))
        .sort((a, b) => a - b)
        .filter((step) => step >= finest),
      values: (_, splits) => splits.map((n) => f.amount(n, { ...measure, decimals: decimalsIn(splits) })),
      ...(unit && unit.length <= LONGEST_UNIT ? { label: unit, labelFont: face(), labelSize: 20 } : {}),
    },
  ];
}

function dayLabels(splits: readonly number[], stepSeconds: number, f: LocaleFormats): (string | null)[] {
  let year = '';
  return splits.map((seconds) => {
    if (seconds % DAY_SECONDS !== 0) return null; // figures belong to days, so hours have no label
    const date = utcDate(seconds * 1000);
    const name = stepSeconds >= MONTH_SECONDS ? f.monthName(date) : f.shortDate(date);
    if (f.year(date) === year) return name;
    year = f.year(date);
    return `${name}\n${year}`;
  });
}
