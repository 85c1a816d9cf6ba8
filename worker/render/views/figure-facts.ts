import type { Bulletin } from '../../model/bulletin.ts';
import { type CivilDate, civilDateAt, daysBetween } from '../../model/civil-date.ts';
import type { Instant } from '../../model/instant.ts';
import { type Latest, type Series, unknownSinceOf } from '../../model/series.ts';
import type { Metric, MetricId, Site } from '../../model/site.ts';
import { meanOfWeek, reportInterval, type WeekMean } from '../../model/week.ts';
import { memoizedWith } from '../../platform/memoize.ts';
import { figuresOf } from './figures.ts';
import { breaksOf } from './remarks.ts';

/** What pages and JSON say about a metric's latest figure. All of them get it from here, so that they say the same. */
export type FigureFacts = Latest & {
  readonly kind: Metric['kind'];
  /** `reported`: on the newest day of all figures. `not-reported`: only before it. `never`: there is no figure yet. */
  readonly state: 'reported' | 'not-reported' | 'never';
  /** For a total, and for a flow that has one: the days without a figure since the first; the total may be higher. */
  readonly missingDays: number | null;
  /** For a total: since when nobody knows it, because its figures do not add up (`unknownSinceOf`); else null. */
  readonly unknownSince: CivilDate | null;
  /** The days from the figure's date to the site's today. */
  readonly ageDays: number | null;
  /** True if its age is more than twice the usual interval of the metric's reports. */
  readonly isOld: boolean;
  /** Of a flow: the mean of the seven days to the date, or why there is none. */
  readonly average: WeekMean | null;
};

/** The breaks of a metric as indexes of the series, ascending. */
export function breakIndexes(bulletin: Bulletin, { dates }: Series, metric: MetricId): readonly number[] {
  const [first] = dates;
  return first === undefined ? [] : breaksOf(bulletin, metric).map((date) => daysBetween(first, date));
}

/** The facts of the latest figures at an instant, in the site's order. */
export const figureFacts = (bulletin: Bulletin, asOf: Instant): readonly FigureFacts[] =>
  factsOn(bulletin, figuresOf(bulletin).series, civilDateAt(asOf, bulletin.site.timeZone));

/** The facts of the latest figures on a day of the site. Computed once for all documents of a publish. */
export const factsOn = memoizedWith(
  (bulletin: Bulletin, series: Series, today: CivilDate): readonly FigureFacts[] => {
    const { latest } = figuresOf(bulletin);
    const newest = newestDate(latest);
    return bulletin.site.metrics.flatMap((metric, i) => {
      const last = latest[i];
      return last ? [factsOf({ bulletin, series, newest, today }, metric, last)] : [];
    });
  },
);

/** The newest date of all figures; null if there is none. */
export const newestDate = (latest: readonly Latest[]): CivilDate | null =>
  latest.reduce<CivilDate | null>((a, { date }) => (date && (!a || date > a) ? date : a), null);

type Context = {
  readonly bulletin: Bulletin;
  readonly series: Series;
  readonly newest: CivilDate | null;
  readonly today: CivilDate;
};

function factsOf({ bulletin, series, newest, today }: Context, metric: Metric, last: Latest): FigureFacts {
  const { kind } = metric;
  const { date } = last;
  const unknownSince = unknownSinceOf(series, metric);
  if (date === null)
    return {
      ...{ ...last, kind, state: 'never', unknownSince },
      ...{ missingDays: null, ageDays: null, isOld: false, average: null },
    };
  const column = series.metrics[metric.id] ?? [];
  const end = column.findLastIndex((value) => value !== null);
  const breaks = breakIndexes(bulletin, series, metric.id);
  const ageDays = Math.max(0, daysBetween(date, today));
  const total = totalOf(bulletin.site, metric);
  return {
    ...last,
    change: breaks.includes(end) ? null : last.change,
    kind,
    state: date === newest ? 'reported' : 'not-reported',
    missingDays: total === null ? null : (figuresOf(bulletin).missing[total]?.[end] ?? null),
    unknownSince,
    ageDays,
    isOld: ageDays > 2 * reportInterval(column),
    average: kind === 'flow' ? meanOfWeek(column, end, breaks) : null,
  };
}

/** The total itself, or the total of a flow; null if there is none. */
function totalOf(site: Site, metric: Metric): MetricId | null {
  if (metric.kind === 'total') return metric.id;
  return site.metrics.find((m) => m.kind === 'total' && m.of === metric.id)?.id ?? null;
}
