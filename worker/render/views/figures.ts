import type { Bulletin } from '../../model/bulletin.ts';
import type { Remark } from '../../model/remarks.ts';
import { type Latest, latestOf, missingDaysOf, type Series, seriesOf } from '../../model/series.ts';
import type { Site } from '../../model/site.ts';
import { memoizedWith } from '../../platform/memoize.ts';
import { listedItems } from './listed-items.ts';

/** All figures of a bulletin, the latest of each metric in the site's order, and the days that each total lacks. */
export type FiguresView = {
  readonly series: Series;
  readonly latest: readonly Latest[];
  /** By total: see `missingDaysOf`. */
  readonly missing: Series['metrics'];
};

/** The figures of a bulletin. Computed once for all documents of a publish, and again only when they change. */
export const figuresOf = (bulletin: Bulletin): FiguresView =>
  figures(bulletin.days, bulletin.revisions.figures, bulletin.site, listedItems(bulletin, 'remarks'));

// Ten years of twenty metrics are 73,000 numbers, and half a dozen documents of one publish need them. `days` is the
// same object as long as the Newsroom is awake, so the cache also compares the revision, which changes with the
// figures.
const figures = memoizedWith(
  (days: Bulletin['days'], _revision: number, site: Site, remarks: readonly Remark[]): FiguresView => {
    const series = seriesOf({ days, site, remarks });
    return { series, latest: latestOf(site, series), missing: missingDaysOf(site, series) };
  },
);

/**
 * A stamp of the series, without reading the numbers: the revisions of the figures and of what is said about them, and
 * how totals are derived.
 */
export const figuresStamp = ({ site, revisions }: Bulletin) => ({
  figures: revisions.figures,
  remarks: revisions.remarks,
  metrics: site.metrics.map((m) => (m.kind === 'total' ? [m.id, m.of, m.opening] : [m.id])),
});
