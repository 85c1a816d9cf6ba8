import type { Measure } from '../../../worker/model/measure.ts';
import type { Formats } from './formats.ts';

/**
 * The sentence of a change from the day before, with `{n}` for its size, and how the size is written. Flows and what is
 * counted are more or fewer, other levels higher or lower. A difference of percentages is in points: 42 % after 40 % is not
 * 2 % higher.
 * @param change not 0
 */
export function changeWords(
  change: number,
  measure: Measure,
  f: Formats,
): { readonly sentence: string; readonly measure: Measure } {
  const isLower = change < 0;
  if (measure.isPercent) {
    const { decimals } = measure;
    const key = isLower ? 'figure.pointsLower' : 'figure.pointsHigher';
    return { sentence: f.plural(key, Math.abs(change), decimals), measure: { decimals } };
  }
  if (measure.isCounted) return { sentence: f.strings[isLower ? 'figure.fewer' : 'figure.more'], measure };
  return { sentence: f.strings[isLower ? 'figure.lower' : 'figure.higher'], measure };
}
