import type { FieldValue } from '../../../client/page/sections/changes.tsx';
import type { Bulletin } from '../../model/bulletin.ts';
import { parseCivilDate } from '../../model/civil-date.ts';
import type { Collection } from '../../model/collections/registry.ts';
import { parseInstant } from '../../model/instant.ts';
import { parseItemId } from '../../model/item.ts';
import { metricOf } from '../../model/site.ts';
import { localize } from './localize.ts';
import { cutLabel } from './page-room.ts';
import { shownMeasure } from './shown-measure.ts';

/** Texts up to this many characters are shown in full, before and after the correction. */
const SHORT = 300;

/** Some fields of a content, not parsed: the content of an old version may have others. */
export type FieldsOf = { readonly [field: string]: unknown };

type Field = {
  readonly collection: Collection;
  /** The id of the metric that the content is about. */
  readonly metric: unknown;
  readonly name: string;
  readonly value: unknown;
};

/**
 * The value of a field in words, for people: names in place of ids, numbers with their unit, times in the site's zone. Null
 * if the field is not set, undefined if its value has no words or is too long to show.
 */
export function fieldValue(
  bulletin: Bulletin,
  { collection, metric: about, name, value }: Field,
  language: string,
): FieldValue | undefined {
  const { site } = bulletin;
  if (value === undefined) return null;
  if (typeof value === 'number') {
    const metric = name === 'amount' || name === 'total' ? metricOf(site, String(about)) : undefined;
    return metric && { number: value, measure: shownMeasure(site, metric, language) };
  }
  if (typeof value === 'string') {
    if (name === 'kind') return { word: `kind.${value}` };
    if (name === 'metric') {
      const metric = metricOf(site, value);
      return metric && cutLabel(localize(metric.label, language, site), SHORT);
    }
    if (name === 'replaces' && collection === 'decisions') return decisionTitle(bulletin, value, language);
    const date = parseCivilDate(value);
    if (date) return { date };
    const at = parseInstant(value);
    return at ? { at } : { text: value };
  }
  if (isSpan(value)) {
    const [from, until] = [parseCivilDate(value.from), parseCivilDate(value.until)];
    return from && until ? { from, until } : undefined;
  }
  if (!isTexts(value)) return undefined;
  const text = localize(value, language, site);
  return text.text.length <= SHORT ? text : undefined;
}

function decisionTitle({ site, items }: Bulletin, value: string, language: string): FieldValue | undefined {
  const id = parseItemId(value);
  const title = id === null ? undefined : items.decisions.get(id)?.content?.title;
  return title && cutLabel(localize(title, language, site), SHORT);
}

const isSpan = (value: unknown): value is { readonly from: string; readonly until: string } =>
  typeof value === 'object' &&
  value !== null &&
  'from' in value &&
  'until' in value &&
  typeof value.from === 'string' &&
  typeof value.until === 'string';

/** Whether a value is a text in some languages. */
export const isTexts = (value: unknown): value is { readonly [language: string]: string } =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !('until' in value) &&
  Object.values(value).every((text) => typeof text === 'string');
