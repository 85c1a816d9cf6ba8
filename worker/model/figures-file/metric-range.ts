import { type Metric, metricOf, type Site } from '../site.ts';
import { MAX_FIGURE } from '../staff/bodies.ts';

/** What values a metric takes: at most so many decimals, and from `least` to `most`. */
export type MetricRange = { readonly decimals: number; readonly least: number; readonly most: number };

/** Settings of a metric that decide its range. */
type RangeSettings = {
  readonly id: string;
  readonly decimals?: number;
  readonly min?: number;
  readonly max?: number;
  readonly negative?: boolean;
};

/** What values a column of a metric may hold. A total has the decimals of its flow, and any sum. */
export function rangeOf(site: Site, metric: Metric): MetricRange {
  if (metric.kind === 'total') {
    const flow = metricOf(site, metric.of);
    const decimals = flow && flow.kind !== 'total' ? rangeOf(site, flow).decimals : 0;
    return { decimals, least: -Number.MAX_SAFE_INTEGER, most: Number.MAX_SAFE_INTEGER };
  }
  const { decimals = 0, min = 0, max = Infinity, negative = false }: RangeSettings = metric;
  const most = Math.min(max, MAX_FIGURE / 10 ** decimals);
  return { decimals, least: negative ? -most : min, most };
}
