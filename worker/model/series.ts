import type { Bulletin } from './bulletin.ts';
import { addDays, type CivilDate, daysBetween } from './civil-date.ts';
import { differenceOf, fromUnits, toUnits } from './decimal.ts';
import { decimalsOf, type Metric, type MetricId, type Site } from './site.ts';

/** A metric's values, one for each date of a series; null is "not reported". */
export type Column = readonly (number | null)[];

/** All figures, one column for each metric. `dates` is every civil date from the first reported one to the last. */
export type Series = {
  readonly dates: readonly CivilDate[];
  readonly metrics: { readonly [id: MetricId]: Column };
};

/** A metric's last reported value with its own date. `change` is null if the day before was not reported. */
export type Latest = {
  readonly metric: MetricId;
  readonly date: CivilDate | null;
  readonly value: number | null;
  readonly change: number | null;
  /** The running total of a flow on that date. Null for other kinds, and if the site has no total of this flow. */
  readonly total: number | null;
};

/** The series of a bulletin, with derived totals: see `runningTotal`. */
export function seriesOf(bulletin: Pick<Bulletin, 'site' | 'days'>): Series {
  const { site, days } = bulletin;
  const reported: CivilDate[] = [];
  for (const [date, day] of days)
    if (Object.values(day.cells).some(([value]) => value !== null)) reported.push(date);
  reported.sort();
  const [first, last] = [reported[0], reported.at(-1)];
  const dates: CivilDate[] = [];
  if (first && last) for (let i = 0, n = daysBetween(first, last); i <= n; i++) dates.push(addDays(first, i));
  const metrics: Record<MetricId, Column> = {};
  const enteredColumn = (id: MetricId): Column => dates.map((date) => days.get(date)?.cells[id]?.[0] ?? null);
  for (const metric of site.metrics)
    metrics[metric.id] =
      metric.kind === 'total'
        ? runningTotal(enteredColumn(metric.of), metric.opening, decimalsOf(site, metric))
        : enteredColumn(metric.id);
  return { dates, metrics };
}

/**
 * `opening` plus all values reported so far; null on a date where the flow is null.
 * @param decimals of the flow
 */
export function runningTotal(flow: Column, opening: number, decimals: number): Column {
  let units = toUnits(opening, decimals);
  return flow.map((value) => {
    if (value === null) return null;
    units += toUnits(value, decimals);
    return fromUnits(units, decimals);
  });
}

/** The latest value of each metric, in the site's order. */
export const latestOf = (site: Site, series: Series): readonly Latest[] =>
  site.metrics.map((metric) => latest(site, series, metric));

function latest(site: Site, series: Series, metric: Metric): Latest {
  const column = series.metrics[metric.id] ?? [];
  const i = column.findLastIndex((value) => value !== null);
  const value = column[i] ?? null;
  const date = series.dates[i] ?? null;
  if (value === null || date === null)
    return { metric: metric.id, date: null, value: null, change: null, total: null };
  const previous = column[i - 1] ?? null;
  const total = site.metrics.find((m) => m.kind === 'total' && m.of === metric.id);
  return {
    metric: metric.id,
    date,
    value,
    change: previous === null ? null : differenceOf(value, previous, decimalsOf(site, metric)),
    total: total ? (series.metrics[total.id]?.[i] ?? null) : null,
  };
}
