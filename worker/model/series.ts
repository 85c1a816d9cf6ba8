import { type Bulletin, type Cell, isErased } from './bulletin.ts';
import { addDays, type CivilDate, daysBetween } from './civil-date.ts';
import { differenceOf, fromUnits, maxUnits, toUnits } from './decimal.ts';
import { type Remark, type Shift, shiftsOf } from './remarks.ts';
import { type Adjustment, type Said, saidAbout } from './said.ts';
import { decimalsOf, type Metric, type MetricId, metricOf, type Site } from './site.ts';
import { missingDays } from './week.ts';

/** A metric's values, one for each date of a series; null is "not reported". */
export type Column = readonly (number | null)[];

/**
 * All figures, one column for each metric, and what is said about them. `dates` is every civil date from the first for
 * which something was reported (a figure, that there is none, a new total) to the last.
 */
export type Series = Said & {
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

/**
 * The series of a bulletin, with derived totals: see `runningTotal`.
 * @param remarks the public ones, in any order
 */
export function seriesOf({
  site,
  days,
  remarks,
}: Pick<Bulletin, 'site' | 'days'> & {
  readonly remarks: readonly Pick<Remark, 'id' | 'content'>[];
}): Series {
  const shifts = new Map(
    site.metrics.flatMap((metric) =>
      metric.kind === 'total' ? [[metric.id, shiftsOf(remarks, metric)]] : [],
    ),
  );
  const reported: CivilDate[] = [...shifts.values()].flat().map(({ date }) => date);
  for (const [date, day] of days) if (Object.values(day.cells).some(isReported)) reported.push(date);
  reported.sort();
  const [first, last] = [reported[0], reported.at(-1)];
  const dates: CivilDate[] = [];
  if (first && last) for (let i = 0, n = daysBetween(first, last); i <= n; i++) dates.push(addDays(first, i));
  const metrics: Record<MetricId, Column> = {};
  const enteredColumn = (id: MetricId): Column => dates.map((date) => days.get(date)?.cells[id]?.[0] ?? null);
  const adjustments: Adjustment[] = [];
  for (const metric of site.metrics) {
    if (metric.kind !== 'total') {
      metrics[metric.id] = enteredColumn(metric.id);
      continue;
    }
    const flow = enteredColumn(metric.of);
    const parts = { opening: metric.opening, shifts: shifts.get(metric.id) ?? [] };
    const total = runningTotal(dates, flow, { ...parts, decimals: decimalsOf(site, metric) });
    metrics[metric.id] = total.column;
    for (const { date, remark, amount } of total.amounts)
      adjustments.push({ metric: metric.id, date, amount, remark });
  }
  return {
    dates,
    metrics,
    ...(adjustments.length > 0 ? { adjustments } : {}),
    ...saidAbout({ site, days }, remarks),
  };
}

/** Whether an agency said something for a day: a number, or what else is known. An erased figure says nothing. */
const isReported = (cell: Cell): boolean => cell[0] !== null || (cell[3] !== undefined && !isErased(cell));

/** What a total is the sum of. */
export type TotalParts = {
  readonly opening: number;
  /** In the order in which they count; each of one of the dates. */
  readonly shifts: readonly Shift[];
  /** Of the flow. */
  readonly decimals: number;
};

/**
 * `opening` plus all values reported so far, and what remarks add: on its date a remark counts after the flow. Null on a
 * date where the flow is null, unless a remark tells the total of that date, and where the sum is below 0 or too large:
 * only an erasure makes it so, or did an older version, and then nobody knows the total. `amounts`: what each remark adds.
 */
export function runningTotal(
  dates: readonly CivilDate[],
  flow: Column,
  parts: TotalParts,
): {
  readonly column: Column;
  readonly amounts: readonly (Pick<Shift, 'date' | 'remark'> & { readonly amount: number })[];
} {
  const { decimals } = parts;
  const { units, amounts } = runningUnits(dates, flow, parts);
  const told = new Set(amounts.map(({ date }) => date));
  return {
    column: units.map((sum, i) => {
      const date = dates[i];
      const isSaid = (flow[i] ?? null) !== null || (date !== undefined && told.has(date));
      return isSaid && sum >= 0 && sum <= maxUnits(decimals) ? fromUnits(sum, decimals) : null;
    }),
    amounts: amounts.map(({ units: added, ...at }) => ({ ...at, amount: fromUnits(added, decimals) })),
  };
}

/** The sum at the end of each date, reported or not, in units of its last decimal, and what each remark adds. */
export function runningUnits(
  dates: readonly CivilDate[],
  flow: Column,
  { opening, shifts, decimals }: TotalParts,
): {
  readonly units: readonly number[];
  readonly amounts: readonly (Pick<Shift, 'date' | 'remark'> & { readonly units: number })[];
} {
  let sum = toUnits(opening, decimals);
  let next = 0;
  const amounts: (Pick<Shift, 'date' | 'remark'> & { readonly units: number })[] = [];
  const units = flow.map((value, i) => {
    sum += toUnits(value ?? 0, decimals);
    for (let shift = shifts[next]; shift && shift.date === dates[i]; shift = shifts[++next]) {
      const added = 'total' in shift ? toUnits(shift.total, decimals) - sum : toUnits(shift.amount, decimals);
      sum += added;
      amounts.push({ date: shift.date, remark: shift.remark, units: added });
    }
    return sum;
  });
  return { units, amounts };
}

/**
 * Since when nobody knows a total: the first date after its last value on which its flow is reported; null if it is known.
 * See `runningTotal`.
 */
export function unknownSinceOf({ dates, metrics }: Series, total: Metric): CivilDate | null {
  if (total.kind !== 'total') return null;
  const after = (metrics[total.id] ?? []).findLastIndex((value) => value !== null) + 1;
  const i = (metrics[total.of] ?? []).findIndex((value, at) => at >= after && value !== null);
  return dates[i] ?? null;
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
    change: previous === null ? null : differenceOf(value, previous, decimalsOf(site, metric)),
    total: total ? (series.metrics[total.id]?.[i] ?? null) : null,
  };
}
