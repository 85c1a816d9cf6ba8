import { decimalsOf, type Metric, type Site } from '../site.ts';
import { figureRange } from '../staff/figure.ts';

/** What values a metric takes: at most so many decimals, and from `least` to `most`. */
export type MetricRange = { readonly decimals: number; readonly least: number; readonly most: number };

/** What values a column of a metric may hold. A total has the decimals of its flow, and any sum. */
export function rangeOf(site: Site, metric: Metric): MetricRange {
  const decimals = decimalsOf(site, metric);
  if (metric.kind === 'total')
    return { decimals, least: -Number.MAX_SAFE_INTEGER, most: Number.MAX_SAFE_INTEGER };
  const { min: least, max: most } = figureRange(metric);
  return { decimals, least, most };
}
