import type { CivilDate } from './civil-date.ts';
import type { Texts } from './validation/text.ts';

/** Id of an agency: `[a-z0-9-]{1,64}`. */
export type AgencyId = string & { readonly brand: 'AgencyId' };
/** Id of a metric: `[a-z][a-z0-9_]{0,63}`, so that it is a plain CSV header and JSON key. */
export type MetricId = string & { readonly brand: 'MetricId' };

/** The agency id a text writes, or null. */
export const parseAgencyId = (text: string): AgencyId | null =>
  /^[a-z0-9-]{1,64}$/.test(text) ? (text as AgencyId) : null;

/**
 * The metric id a text writes, or null. Names of object properties that mean something to JavaScript, and the date column
 * of the CSV, are no metric ids.
 */
export const parseMetricId = (text: string): MetricId | null =>
  /^[a-z][a-z0-9_]{0,63}$/.test(text) && text !== 'date' && !(text in {}) ? (text as MetricId) : null;

/** One language the site is published in. `locale` is the BCP 47 tag `Intl` writes numbers and dates by. */
export type Language = { readonly tag: string; readonly locale: string };

/** One of the bodies that publish on the site. */
export type Agency = { readonly id: AgencyId; readonly name: Texts; readonly url?: string };

/** How a figure is coloured, never more than that: words say what it means. */
export type Tone = 'neutral' | 'calm' | 'caution' | 'alarm';

type MetricBase = {
  readonly id: MetricId;
  readonly label: Texts;
  readonly unit?: Texts;
  readonly tone: Tone;
  readonly definition?: Texts;
  readonly source?: Texts;
};

/**
 * Something that is counted. `flow`: a day's count. `level`: a day's standing. `total`: the running sum of the flow
 * `of`, plus `opening` (what was counted before the site's first date); derived, never entered.
 */
export type Metric =
  | (MetricBase & { readonly kind: 'flow' | 'level'; readonly agencies: readonly AgencyId[] })
  | (MetricBase & {
      readonly kind: 'total';
      readonly of: MetricId;
      readonly opening: number;
      readonly agencies?: readonly AgencyId[];
    });

/** The settings of a site. Public as it stands, at `/api/v1/site.json`. */
export type Site = {
  readonly name: Texts;
  /** Who speaks, above the name: a state, a ministry, a city. */
  readonly authority?: Texts;
  /** Scheme, host and port that absolute addresses begin with; no slash at the end. */
  readonly origin: string;
  /** Public paths answer 503 until this is true. */
  readonly open: boolean;
  /** IANA name of the zone the site's days are counted in. */
  readonly timeZone: string;
  readonly languages: readonly Language[];
  readonly defaultLanguage: string;
  /** The first date a figure may bear. */
  readonly firstDate: CivilDate;
  /** The agency that runs the site; the operator acts for it unless another is named. */
  readonly operator: AgencyId;
  /** Stands on every page until cleared, such as "this is a demonstration". */
  readonly notice?: Texts;
  readonly agencies: readonly Agency[];
  readonly license: { readonly name: string; readonly url?: string; readonly attribution: Texts };
  readonly metrics: readonly Metric[];
};

/** The metric with an id, or undefined. */
export const metricOf = (site: Site, id: string): Metric | undefined => site.metrics.find((m) => m.id === id);

/** The agency with an id, or undefined. */
export const agencyOf = (site: Pick<Site, 'agencies'>, id: string): Agency | undefined =>
  site.agencies.find((a) => a.id === id);

/** The tags of the site's languages, the default one first. */
export const languageTags = (site: Pick<Site, 'languages' | 'defaultLanguage'>): readonly string[] => [
  site.defaultLanguage,
  ...site.languages.map((l) => l.tag).filter((tag) => tag !== site.defaultLanguage),
];
