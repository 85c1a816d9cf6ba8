import uPlot from 'uplot';
import { utcDate } from '../../worker/model/civil-date.ts';
import type { Measure } from '../../worker/model/measure.ts';
import type { Column, Series } from '../../worker/model/series.ts';
import type { Metric } from '../../worker/model/site.ts';
import { weekMean } from '../page/chart/chart-shape.ts';
import type { LocaleFormats } from '../page/parts/locale-formats.ts';

/** The data of a metric's plot: values by day and, for a flow, their 7-day mean. Days are seconds since 1970, UTC. */
export type Curve = {
  readonly days: readonly number[];
  readonly values: Column;
  readonly mean: Column | null;
};

/** A plot on the page. */
export type Plot = {
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

/** The curve of a metric. */
export function curveOf(series: Series, metric: Metric | undefined): Curve {
  const values = (metric && series.metrics[metric.id]) ?? [];
  return {
    days: series.dates.map((date) => Date.parse(`${date}T00:00:00Z`) / 1000),
    values,
    mean: metric?.kind === 'flow' ? values.map((_, i) => weekMean(values, i)) : null,
  };
}

/** Draws a curve into a frame, as large as the frame is. Time runs from left to right. */
export function drawPlot(frame: HTMLElement, curve: Curve, measure: Measure, f: LocaleFormats): Plot {
  let reportDay: (i: number) => void = () => {};
  let pointing = false;
  const plot = new uPlot(
    {
      ...sizeOf(frame),
      legend: { show: false },
      // Civil dates are represented as UTC midnights.
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
      cursor: { y: false, drag: { x: true, y: false }, points: { size: 9 } },
      scales: { y: { range: (_, __, max) => [0, Math.max(1, max) * 1.05] } },
      axes: axes(measure, f),
      series: [{}, ...lines(curve)],
      hooks: {
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
  const [first = 0, last = 0] = [curve.days[0], curve.days.at(-1)];
  return {
    onDay: (callback) => {
      reportDay = callback;
    },
    point: (i) => {
      pointing = true; // don't report this day: it comes from the slider
      plot.setCursor({ left: plot.valToPos(curve.days[i] ?? last, 'x'), top: 0 });
      pointing = false;
    },
    reset: () => plot.setScale('x', { min: first, max: last }),
    resize: () => plot.setSize(sizeOf(frame)),
    redraw: () => plot.redraw(false, true),
    destroy: () => plot.destroy(),
  };
}

const sizeOf = (frame: HTMLElement) => ({ width: frame.clientWidth, height: frame.clientHeight });

// Read at each drawing, so that the plot follows dark mode and contrast.
const colour = (name: string) => () => getComputedStyle(document.documentElement).getPropertyValue(name);
const face = () => `13px ${getComputedStyle(document.body).fontFamily}`;

// A flow's daily values are a thin line behind its mean. Gaps stay gaps, because null is not zero. In other plots the
// ends of a line have dots, so that a single day between two gaps is visible.
function lines({ values, mean }: Curve): uPlot.Series[] {
  const main: uPlot.Series = { stroke: colour('--c1'), width: 2.5, points: { show: false } };
  const days: uPlot.Series = { stroke: colour('--field'), width: 1, points: { show: false } };
  const ends = values.flatMap((value, i) => (value !== null && isEnd(values, i) ? [i] : []));
  const dots = { show: true, size: 6, fill: colour('--c1'), filter: () => ends };
  return mean ? [days, main] : [{ ...main, points: dots }];
}

const isEnd = (values: Column, i: number): boolean =>
  (values[i - 1] ?? null) === null || (values[i + 1] ?? null) === null;

/** The most characters of the unit beside the axis of values, which is 200 px high on a phone. */
const LONGEST_UNIT = 24;

function axes(measure: Measure, f: LocaleFormats): uPlot.Axis[] {
  const tick = { ...measure, decimals: 0 };
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
        .flatMap((m) => Array.from({ length: 10 }, (_, i) => m * 10 ** i))
        .sort((a, b) => a - b),
      values: (_, splits) => splits.map((n) => f.amount(n, tick)),
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
