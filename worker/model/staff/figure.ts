import * as v from 'valibot';
import { decimalIn, fromUnits, hasDecimals } from '../decimal.ts';
import type { Metric } from '../site.ts';
import { says } from '../validation/says.ts';

/**
 * The largest figure, in units of the last decimal: no real count of a day is larger, and sums over many years stay exact.
 */
export const MAX_FIGURE = 1_000_000_000_000;

/** A metric that agencies report. */
export type ReportedMetric = Exclude<Metric, { kind: 'total' }>;

/** The lowest and the highest figure that a metric takes. */
export function figureRange(metric: ReportedMetric): { readonly min: number; readonly max: number } {
  const most = fromUnits(MAX_FIGURE, metric.decimals ?? 0);
  if (metric.kind === 'flow') return { min: metric.negative ? -most : 0, max: most };
  return { min: Math.max(metric.min ?? 0, -most), max: Math.min(metric.max ?? most, most) };
}

/** What is wrong with a number as a figure of a metric: below its range, above it, too many decimals; null if nothing is. */
export function figureFault(metric: ReportedMetric, value: number): 'lower' | 'higher' | 'finer' | null {
  const { min, max } = figureRange(metric);
  if (value < min) return 'lower';
  if (value > max) return 'higher';
  return hasDecimals(value, metric.decimals ?? 0) ? null : 'finer';
}

/** The numbers that a metric takes, in words: "a whole number from 0", "a number with at most 2 decimals, from -5". */
export function numberOf(metric: ReportedMetric): string {
  const { decimals = 0 } = metric;
  const { min } = figureRange(metric);
  if (decimals === 0) return `a whole number from ${min}`;
  return `a number with at most ${decimals} ${decimals === 1 ? 'decimal' : 'decimals'}, from ${min}`;
}

/** The number in a cell of a file, if the metric takes it; else null. */
export function figureIn(metric: ReportedMetric, cell: string): number | null {
  const value = decimalIn(cell, metric.decimals ?? 0);
  return value === null || figureFault(metric, value) !== null ? null : value;
}

/** Schema of a figure of a metric: a number that the metric takes, or null for "not reported". `-0` becomes 0. */
export function figureSchema(metric: ReportedMetric) {
  const { decimals = 0 } = metric;
  const { min: least, max: most } = figureRange(metric);
  const messages = {
    lower: says('value-too-small', { least }),
    higher: says('value-too-large', { most }),
    finer: says('value-decimals', { decimals, least }),
  };
  return v.nullable(
    v.pipe(
      v.number(says('value-unreadable', { least, decimals })),
      v.check(
        (n) => figureFault(metric, n) === null,
        ({ input }) => messages[figureFault(metric, input) ?? 'finer'],
      ),
      v.transform((n) => n + 0),
    ),
  );
}
