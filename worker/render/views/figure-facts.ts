import type { Bulletin } from '../../model/bulletin.ts';
import { type CivilDate, civilDateAt, daysBetween } from '../../model/civil-date.ts';
import type { Instant } from '../../model/instant.ts';
import { type Latest, type Series, unknownSinceOf } from '../../model/series.ts';
import { type Metric, type MetricId, reportedAtHome, type Site } from '../../model/site.ts';
import { meanOfWeek, reportInterval, type WeekMean } from '../../model/week.ts';
import { memoizedWith } from '../../platform/memoize.ts';
import { figuresOf } from './figures.ts';
import { breaksOf } from './remarks.ts';

/** What pages and JSON say about a metric's latest figure. All of them get it from here, so that they say the same. */
export type FigureFacts = Latest & {
  readonly kind: Metric['kind'];
  /** `reported`: on the bulletin's day or later. `not-reported`: only before it. `never`: there is no figure yet. */
  readonly state: 'reported' | 'not-reported' | 'never';
  /**
   * The date of `total`. Of a flow, `total` is the newest one: a remark may have changed it after the flow's last date.
   */
  readonly totalDate: CivilDate | null;
  /**
   * For a total, and for a flow that has one: the days without a figure since the first, up to the total's date; the total
   * may be higher. A day that is not over lacks nothing yet.
   */
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
    const newest = bulletinDay(bulletin.site, latest);
    return bulletin.site.metrics.flatMap((metric, i) => {
      const last = latest[i];
      return last ? [factsOf({ bulletin, series, newest, today }, metric, last)] : [];
    });
  },
);

/**
 * The bulletin's day: the newest date of the figures that agencies report and that the home page shows; of all that they
 * report if it shows none. Null if there is none yet. A total has no part in it, because a remark may change one on any
 * day, and neither has a figure that is left out: they would make those that are shown look as if not reported.
 */
export function bulletinDay(site: Site, latest: readonly Latest[]): CivilDate | null {
  const ids = new Set(reportedAtHome(site).map(({ id }) => id));
  return latest.reduce<CivilDate | null>(
    (newest, { metric, date }) => (ids.has(metric) && date && (!newest || date > newest) ? date : newest),
    null,
  );
}

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
  const total = totalOf(bulletin, series, metric, today);
  const ofTotal = {
    total: kind === 'total' ? null : total.value,
    totalDate: kind === 'total' ? null : total.date,
    missingDays: total.missingDays,
    unknownSince,
  };
  if (date === null)
    return {
      ...{ ...last, ...ofTotal, kind, state: 'never' },
      ...{ ageDays: null, isOld: false, average: null },
    };
  const column = series.metrics[metric.id] ?? [];
  const end = column.findLastIndex((value) => value !== null);
  const breaks = breakIndexes(bulletin, series, metric.id);
  const ageDays = Math.max(0, daysBetween(date, today));
  return {
    ...last,
    ...ofTotal,
    change: breaks.includes(end) ? null : last.change,
    kind,
    state: newest === null || date >= newest ? 'reported' : 'not-reported',
    ageDays,
    isOld: ageDays > 2 * reportInterval(column),
    average: kind === 'flow' ? meanOfWeek(column, end, breaks) : null,
  };
}

type TotalFacts = {
  readonly value: number | null;
  readonly date: CivilDate | null;
  readonly missingDays: number | null;
};
const NO_TOTAL: TotalFacts = { value: null, date: null, missingDays: null };

/** The newest value of the total itself, or of the total of a flow; nothing if there is none, or if nobody knows it. */
function totalOf(bulletin: Bulletin, series: Series, metric: Metric, today: CivilDate): TotalFacts {
  const { site } = bulletin;
  const total =
    metric.kind === 'total' ? metric : site.metrics.find((m) => m.kind === 'total' && m.of === metric.id);
  if (total?.kind !== 'total' || (metric.kind !== 'total' && unknownSinceOf(series, total) !== null))
    return NO_TOTAL;
  const column = series.metrics[total.id] ?? [];
  const end = column.findLastIndex((value) => value !== null);
  const date = series.dates[end] ?? null;
  if (date === null) return NO_TOTAL;
  const isOpen = date === today && (series.metrics[total.of]?.[end] ?? null) === null;
  const missing = figuresOf(bulletin).missing[total.id]?.[end] ?? 0;
  return {
    value: column[end] ?? null,
    date,
    missingDays: Math.max(0, missing - (isOpen ? 1 : 0)),
  };
}
