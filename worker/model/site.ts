import type * as v from 'valibot';
import type { siteSchema } from './site-schema.ts';

/** Id of an agency: `[a-z0-9-]{1,64}`. */
export type AgencyId = string & { readonly brand: 'AgencyId' };
/** Id of a metric: `[a-z][a-z0-9_]{0,63}`, so that it is a plain CSV header and JSON key. */
export type MetricId = string & { readonly brand: 'MetricId' };

/** Parses an agency's id. Null if the text is not one. */
export const parseAgencyId = (text: string): AgencyId | null =>
  /^[a-z0-9-]{1,64}$/.test(text) ? (text as AgencyId) : null;

/**
 * Parses a metric's id. Null if the text is not one. `date` is not one, because it is a column of the CSV. Names of
 * properties that every JavaScript object inherits are not ids either.
 */
export const parseMetricId = (text: string): MetricId | null =>
  /^[a-z][a-z0-9_]{0,63}$/.test(text) && text !== 'date' && !(text in {}) ? (text as MetricId) : null;

/**
 * Parses the key of a day's cell. Null if the text is not one. The key is a metric's id. It may later be `metric@area`, for
 * a figure of an area: `@` is in no id.
 */
export function parseCellKey(key: string): { readonly metric: MetricId } | null {
  const metric = parseMetricId(key);
  return metric && { metric };
}

/** The settings of a site, inferred from their schema. All of them are public, at `/api/v1/site.json`. */
export type Site = v.InferOutput<ReturnType<typeof siteSchema>>;
/** A language of the site. */
export type Language = Site['languages'][number];
/** A public body that publishes on the site. */
export type Agency = Site['agencies'][number];
/** Something that agencies count. */
export type Metric = Site['metrics'][number];
/** The colour of a figure. Colour only decorates: words carry the meaning. */
export type Tone = Metric['tone'];

/** The unit of a metric whose values are percentages, such as 42.5: `Intl` writes the sign. */
export const PERCENT = 'percent';

/** The metric with an id, or undefined. */
export const metricOf = (site: Site, id: string): Metric | undefined => site.metrics.find((m) => m.id === id);

/** The decimals of a metric's values: a total has those of its flow. */
export function decimalsOf(site: Pick<Site, 'metrics'>, metric: Metric): number {
  const reported = metric.kind === 'total' ? site.metrics.find(({ id }) => id === metric.of) : metric;
  return reported && reported.kind !== 'total' ? (reported.decimals ?? 0) : 0;
}

/** The metrics in the order in which charts offer them: those that the settings name for it first. */
export const inDrawnOrder = (site: Pick<Site, 'metrics'>): readonly Metric[] => [
  ...site.metrics.filter(({ home }) => home?.drawn),
  ...site.metrics.filter(({ home }) => !home?.drawn),
];

/** The metrics that agencies report and that the home page shows; all that they report if it shows none. */
export function reportedAtHome(site: Pick<Site, 'metrics'>): readonly Metric[] {
  const reported = site.metrics.filter(({ kind }) => kind !== 'total');
  const shown = reported.filter(({ home }) => home?.shown !== false);
  return shown.length > 0 ? shown : reported;
}

/** The agency with an id, or undefined. */
export const agencyOf = (site: Pick<Site, 'agencies'>, id: string): Agency | undefined =>
  site.agencies.find((a) => a.id === id);

/** The tags of the site's languages, the default one first. */
export const languageTags = (site: Pick<Site, 'languages' | 'defaultLanguage'>): readonly string[] => [
  site.defaultLanguage,
  ...site.languages.map((l) => l.tag).filter((tag) => tag !== site.defaultLanguage),
];
