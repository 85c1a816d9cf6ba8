import type { Bulletin } from './bulletin.ts';
import { addDays, type CivilDate, daysBetween } from './civil-date.ts';
import { type Metric, type MetricId, metricOf, type Site } from './site.ts';
import { missingDays } from './week.ts';

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
        ? runningTotal(enteredColumn(metric.of), metric.opening)
        : enteredColumn(metric.id);
  return { dates, metrics };
}

/** `opening` plus all values reported so far; null on a date where the flow is null. */
export function runningTotal(flow: Column, opening: number): Column {
  let sum = opening;
  return flow.map((value) => {
    if (value === null) return null;
    sum += value;
    return sum;
  });
}

/**
 * By total: on each date that it has a value, the days since the first reported one on which its flow was not reported. The
 * total lacks them, so it is a lower bound.
 */
export function missingDaysOf(site: Site, { metrics }: Series): Series['metrics'] {
  const columns: Record<MetricId, Column> = {};
  for (const metric of site.metrics) {
    if (metric.kind !== 'total') continue;
    const missing = missingDays(metrics[metric.of] ?? []);
    columns[metric.id] = (metrics[metric.id] ?? []).map((total, i) =>
      total === null ? null : (missing[i] ?? 0),
    );
  }
  return columns;
}

/** The name of the column of the CSV with the missing days of a total. */
export const missingDaysColumn = (total: MetricId): string => `${total}_missing_days`;

/** The totals whose missing days are a column of the CSV: all whose column is not the name of a metric. */
export const totalsWithMissingDays = (site: Site): readonly MetricId[] =>
  site.metrics.flatMap(({ id, kind }) =>
    kind === 'total' && !metricOf(site, missingDaysColumn(id)) ? [id] : [],
  );

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
    change: previous === null ? null : value - previous,
    total: total ? (series.metrics[total.id]?.[i] ?? null) : null,
  };
}
