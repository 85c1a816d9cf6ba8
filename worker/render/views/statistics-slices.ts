import type { Bulletin } from '../../model/bulletin.ts';
import type { CivilDate } from '../../model/civil-date.ts';
import { entriesOf } from '../../model/entries.ts';
import { saidWithin } from '../../model/said.ts';
import { type LeftOut, ROOM_OF_PART, withinRoom } from '../../model/said-room.ts';
import type { Column, Series } from '../../model/series.ts';
import type { Metric, MetricId, Site } from '../../model/site.ts';
import { missingDays } from '../../model/week.ts';
import { memoized, memoizedWith } from '../../platform/memoize.ts';
import { type FiguresView, figuresOf } from './figures.ts';

/** A part of the series. */
export type Slice = {
  /** The year, or the metric's id. */
  readonly name: string;
  /** Changes whenever the slice does; other slices' figures leave it as it is. */
  readonly stamp: readonly unknown[];
  readonly part: () => SeriesPart;
};

/** A series or a part of it, with the days that each of its totals lacks: see `missingDaysOf`. */
export type SeriesPart = Series & { readonly missing: Series['metrics']; readonly leftOut?: LeftOut };

/** What has the facts of figures for which a part has no room: every entry is there, in pages. */
const EVERYTHING = '/api/v1/ledger.json';

/** The series by year, oldest first, and by metric, in the site's order. */
export type Slices = { readonly years: readonly Slice[]; readonly metrics: readonly Slice[] };

/** The slices of a bulletin's series; computed again only when figures or settings change. */
export const statisticsSlices = (bulletin: Bulletin): Slices =>
  slices(bulletin.days, bulletin.revisions.figures, bulletin.site, wholeSeries(bulletin));

/** The whole series as a part. The same object until figures or settings change. */
export const wholeSeries = (bulletin: Bulletin): SeriesPart => withMissing(figuresOf(bulletin));

const withMissing = memoized(({ series, missing }: FiguresView): SeriesPart => ({ ...series, missing }));

const slices = memoizedWith(
  (days: Bulletin['days'], _revision: number, site: Site, series: SeriesPart): Slices => ({
    years: yearSlices(days, site, series),
    metrics: metricSlices(days, site, series),
  }),
);

/** A year's slice holds its days from the first reported one of all to the last one, with all metrics. */
function yearSlices(
  days: Bulletin['days'],
  site: Site,
  { dates, metrics, missing, facts = [], ...said }: SeriesPart,
): readonly Slice[] {
  const firstDays = dates.flatMap((date, i) => (i === 0 || date.endsWith('-01-01') ? [i] : []));
  return firstDays.map((start, k): Slice => {
    const end = firstDays[k + 1] ?? dates.length;
    const ofYear = dates.slice(start, end);
    const columns = site.metrics.map((metric) => [metric, metrics[metric.id] ?? []] as const);
    // A day's version counts its changes. A total also changes with the figures of the years before.
    const versions = ofYear.reduce((sum, date) => sum + (days.get(date)?.version ?? 0), 0);
    const carried = columns.map(([metric, column]) =>
      metric.kind === 'total'
        ? [metric.id, metric.of, sumBefore(metric, column, start), missingBefore(metrics[metric.of], start)]
        : metric.id,
    );
    const name = yearOf(ofYear[0]);
    // The versions of the days stand for the facts of their figures, which may be long.
    const saidThen = saidWithin(said, () => true, ofYear[0], ofYear.at(-1));
    const factsThen = () => saidWithin({ facts }, () => true, ofYear[0], ofYear.at(-1));
    return {
      name,
      stamp: [ofYear[0], ofYear.at(-1), versions, carried, saidThen],
      part: () =>
        partOf({
          dates: ofYear,
          metrics: Object.fromEntries(columns.map(([{ id }, column]) => [id, column.slice(start, end)])),
          missing: Object.fromEntries(
            entriesOf(missing).map(([id, column]) => [id, column.slice(start, end)]),
          ),
          ...saidThen,
          ...factsThen(),
        }),
    };
  });
}

const partOf = (part: SeriesPart): SeriesPart => withinRoom(part, ROOM_OF_PART, EVERYTHING);

const yearOf = (date: CivilDate | undefined): string => date?.slice(0, 4) ?? '';

const sumBefore = (metric: Extract<Metric, { kind: 'total' }>, column: Column, end: number): number =>
  column.slice(0, end).findLast((value) => value !== null) ?? metric.opening;

/** The days before an index that a flow was not reported; null if it was not reported at all before. */
const missingBefore = (flow: Column | undefined, end: number): number | null => {
  const before = flow?.slice(0, end) ?? [];
  return before.some((value) => value !== null) ? (missingDays(before).at(-1) ?? 0) : null;
};

/** A metric's slice holds its column from the first day that the metric was reported on to the last. */
function metricSlices(
  days: Bulletin['days'],
  site: Site,
  { dates, metrics, missing, facts = [], ...said }: SeriesPart,
): readonly Slice[] {
  const changes = changesByMetric(days);
  return site.metrics.map((metric): Slice => {
    const { id } = metric;
    const column = metrics[id] ?? [];
    const start = column.findIndex((value) => value !== null);
    const range = start < 0 ? ([0, 0] as const) : ([start, lastIndex(column) + 1] as const);
    const of = metric.kind === 'total' ? metric.of : id;
    // What is said about a flow holds for its totals.
    const isOf = (other: MetricId) => other === id || other === of;
    const within = [isOf, dates[range[0]], dates[range[1] - 1]] as const;
    const saidOf = saidWithin(said, ...within);
    return {
      name: id,
      stamp: [
        id,
        of,
        metric.kind === 'total' ? metric.opening : null,
        dates[range[0]],
        changes.get(of) ?? 0,
        saidOf,
      ],
      part: () =>
        partOf({
          dates: dates.slice(...range),
          metrics: { [id]: column.slice(...range) },
          missing: metric.kind === 'total' ? { [id]: missing[id]?.slice(...range) ?? [] } : {},
          ...saidOf,
          ...saidWithin({ facts }, ...within),
        }),
    };
  });
}

const lastIndex = (column: Column): number => column.findLastIndex((value) => value !== null);

/**
 * A number by metric that grows with each change of one of its figures: a change gives the figure a later entry's seq,
 * or, if it was erased, the mark of that.
 */
function changesByMetric(days: Bulletin['days']): ReadonlyMap<MetricId, number> {
  const changes = new Map<MetricId, number>();
  for (const { cells } of days.values())
    for (const [metric, [, seq, why = 0]] of entriesOf(cells))
      changes.set(metric, (changes.get(metric) ?? 0) + seq * 4 + why);
  return changes;
}
