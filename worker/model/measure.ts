import { decimalsOf, type Metric, PERCENT, type Site } from './site.ts';
import { textIn } from './validation/text.ts';

/** The unit of a metric for readers of one language. `lang` is set if the text is in another language than theirs. */
export type UnitText = {
  readonly text: string;
  readonly lang?: string;
  /** The unit after a number of a plural form, where that is not `text`. */
  readonly forms?: { readonly [form in Intl.LDMLPluralRule]?: string };
};

/** How the values of a metric are written for readers of one language. */
export type Measure = {
  readonly decimals: number;
  /** The values are percentages: `Intl` writes the sign. */
  readonly isPercent?: true;
  readonly unit?: UnitText;
  /** More and fewer are counted; a level that is only measured is higher and lower. */
  readonly isCounted?: true;
  /** A day's figure may be negative, so a sum that lacks days is no lower bound. */
  readonly mayFall?: true;
};

/** How a metric's values are written in a language. A total without a unit has that of its flow. */
export function measureOf(
  site: Pick<Site, 'metrics' | 'defaultLanguage'>,
  metric: Metric,
  language: string,
): Measure {
  const flow = metric.kind === 'total' ? site.metrics.find(({ id }) => id === metric.of) : undefined;
  const summed = flow ?? metric;
  const mayFall = summed.kind === 'flow' && summed.negative === true;
  const { unit, unitForms } = metric.unit === undefined && flow ? flow : metric;
  const decimals = decimalsOf(site, metric);
  const isCounted = metric.kind !== 'level' || (decimals === 0 && unitForms !== undefined);
  return {
    decimals,
    ...(isCounted ? { isCounted } : {}),
    ...(mayFall ? { mayFall } : {}),
    ...(unit === PERCENT ? { isPercent: true } : {}),
    ...(unit && unit !== PERCENT ? { unit: unitIn(unit, unitForms, language, site.defaultLanguage) } : {}),
  };
}

function unitIn(
  unit: Exclude<Metric['unit'], typeof PERCENT | undefined>,
  unitForms: Metric['unitForms'],
  language: string,
  defaultLanguage: string,
): UnitText {
  const found = textIn(unit, language, defaultLanguage);
  // The plural rules are those of the reader's language.
  if (found.language !== language) return { text: found.text, lang: found.language };
  const forms = unitForms?.[language];
  return { text: found.text, ...(forms ? { forms } : {}) };
}
