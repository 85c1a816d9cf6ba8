import type { Measure } from '../../../worker/model/measure.ts';
import type { PluralKey } from '../../strings/ar.ts';
import type { Formats } from './formats.ts';

/**
 * The sentence of a change from the day before, with `{n}` for its size, and how the size is written. Flows and what is
 * counted are more or fewer (with decimals: less), other levels higher or lower. A difference of percentages is in points: 42 % after 40 % is not
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
  if (measure.isCounted && measure.decimals > 0 && isLower)
    return { sentence: f.strings['figure.less'], measure };
  if (measure.isCounted) return { sentence: f.strings[isLower ? 'figure.fewer' : 'figure.more'], measure };
  return { sentence: f.strings[isLower ? 'figure.lower' : 'figure.higher'], measure };
}

/** The sentence that a sum lacks days: it is a lower bound, unless a day's figure may be negative. */
export const lackKey = ({ mayFall }: Measure): PluralKey => (mayFall ? 'total.lacks' : 'total.least');
