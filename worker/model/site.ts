import type { CivilDate } from './civil-date.ts';
import type { Texts } from './validation/text.ts';

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

/** A language of the site. `locale` is the BCP 47 tag with which `Intl` formats numbers and dates. */
export type Language = { readonly tag: string; readonly locale: string };

/** A public body that publishes on the site. */
export type Agency = { readonly id: AgencyId; readonly name: Texts; readonly url?: string };

/** The colour of a figure. Colour only decorates: words carry the meaning. */
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
 * Something that agencies count. `flow`: a day's count. `level`: a day's standing. `total`: the running sum of the flow
 * `of`, plus `opening` (the count before the site's first date); derived, never entered.
 */
export type Metric =
  | (MetricBase & { readonly kind: 'flow' | 'level'; readonly agencies: readonly AgencyId[] })
  | (MetricBase & {
      readonly kind: 'total';
      readonly of: MetricId;
      readonly opening: number;
      readonly agencies?: readonly AgencyId[];
    });

/** The settings of a site. All of them are public, at `/api/v1/site.json`. */
export type Site = {
  readonly name: Texts;
  /** Who publishes the bulletin, shown above the name: a state, a ministry, a city. */
  readonly authority?: Texts;
  /** Scheme, host and port of absolute addresses, without a slash at the end. */
  readonly origin: string;
  /** Public paths answer 503 until this is true. */
  readonly open: boolean;
  /** IANA name of the time zone of the site's days. */
  readonly timeZone: string;
  readonly languages: readonly Language[];
  readonly defaultLanguage: string;
  /** The earliest date of a figure. */
  readonly firstDate: CivilDate;
  /** The agency that runs the site. The operator acts for this agency unless a call names another. */
  readonly operator: AgencyId;
  /** Shown on every page until it is cleared, such as "this is a demonstration". */
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
