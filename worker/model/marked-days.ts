import { type CivilDate, daysBetween } from './civil-date.ts';
import { fromUnits, toUnits } from './decimal.ts';
import type { Column, Series } from './series.ts';
import { decimalsOf, type Metric, type MetricId, type Site } from './site.ts';

/** The days of a metric's series that a chart marks, as ascending indexes of the series. */
export type MarkedDays = {
  /** From these days on the metric is counted in another way. */
  readonly breaks: readonly number[];
  /** On these days a total was raised or lowered by itself: of a flow, any of its totals. */
  readonly adjusted: readonly number[];
  /** The figures of these days may still change. */
  readonly provisional: readonly number[];
};

/**
 * The marked days of a metric. What is said about a flow holds for its totals.
 * @param today the site's day
 */
export function markedDays(
  { metrics }: Pick<Site, 'metrics'>,
  { dates, metrics: columns, breaks = [], adjustments = [], facts = [] }: Series,
  metric: Metric,
  today: CivilDate,
): MarkedDays {
  const flow = flowOf(metric);
  const isItsTotal = (total: MetricId) =>
    metrics.some((m) => m.id === total && m.kind === 'total' && (m.id === metric.id || m.of === metric.id));
  const indexes = (marked: readonly { readonly date: CivilDate }[]): readonly number[] => {
    const [first] = dates;
    const all = first === undefined ? [] : marked.map(({ date }) => daysBetween(first, date));
    return [...new Set(all)].filter((i) => i >= 0 && i < dates.length).sort((a, b) => a - b);
  };
  const isAbout = (about: MetricId) => about === metric.id || about === flow;
  return {
    breaks: indexes(breaks.filter((one) => isAbout(one.metric))),
    adjusted: indexes(adjustments.filter((one) => one.amount !== 0 && isItsTotal(one.metric))),
    provisional: indexes(
      facts.filter((one) => isAbout(one.metric) && (one.provisionalUntil ?? '') >= today),
    ).filter((i) => (columns[metric.id]?.[i] ?? null) !== null),
  };
}

/** A total by the figures of its flow alone, without what remarks add to it: null where the flow was not reported. */
export function withoutAdjustments(
  site: Pick<Site, 'metrics'>,
  { dates, metrics, adjustments = [] }: Series,
  total: Metric,
): Column {
  const decimals = decimalsOf(site, total);
  const flow = metrics[flowOf(total)] ?? [];
  const shifts = adjustments.filter(({ metric }) => metric === total.id);
  let [next, added] = [0, 0];
  return (metrics[total.id] ?? []).map((value, i) => {
    for (let shift = shifts[next]; shift && shift.date === dates[i]; shift = shifts[++next])
      added += toUnits(shift.amount, decimals);
    const isReported = value !== null && (flow[i] ?? null) !== null;
    return isReported ? fromUnits(toUnits(value, decimals) - added, decimals) : null;
  });
}

const flowOf = (metric: Metric): MetricId => (metric.kind === 'total' ? metric.of : metric.id);
