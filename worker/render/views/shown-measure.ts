import { type Measure, measureOf } from '../../model/measure.ts';
import type { Metric, Site } from '../../model/site.ts';
import { cutText } from './cut-text.ts';

/**
 * The most characters of a unit beside a value, and of each if there are more metrics than in any bulletin that we know: a
 * page has hundreds of them. The data page has the whole unit once.
 */
const LONGEST_UNIT = 24;
const MANY_METRICS = 20;
const LONGEST_OF_MANY = 8;

/** How a page writes a metric's values in a language. */
export function shownMeasure(site: Site, metric: Metric, language: string): Measure {
  const { unit, ...measure } = measureOf(site, metric, language);
  if (!unit) return measure;
  const { forms } = unit;
  const longest = site.metrics.length > MANY_METRICS ? LONGEST_OF_MANY : LONGEST_UNIT;
  const cut = (text: string): string => (text.length <= longest ? text : cutText(text, longest));
  return {
    ...measure,
    unit: {
      ...unit,
      text: cut(unit.text),
      ...(forms
        ? { forms: Object.fromEntries(Object.entries(forms).map(([form, text]) => [form, cut(text)])) }
        : {}),
    },
  };
}
