import type { Bulletin } from '../../model/bulletin.ts';
import { type Latest, latestOf, type Series, seriesOf } from '../../model/series.ts';
import type { Site } from '../../model/site.ts';
import { memoizedWith } from '../../platform/memoize.ts';

/** All figures of a bulletin, and the latest of each metric in the site's order. */
export type FiguresView = { readonly series: Series; readonly latest: readonly Latest[] };

/** The figures of a bulletin: worked out once for all documents of a publish, as long as nothing of them changed. */
export const figuresOf = ({ days, site, revisions }: Bulletin): FiguresView =>
  figures(days, revisions.figures, site);

// Ten years of twenty metrics are 73,000 numbers, and half a dozen documents of one publish need them. The days are one
// object for as long as the Newsroom is awake: the revision says whether they have changed.
const figures = memoizedWith((days: Bulletin['days'], _revision: number, site: Site): FiguresView => {
  const series = seriesOf({ days, site });
  return { series, latest: latestOf(site, series) };
});

/** All that the series depend on, without a look at the numbers: the last entry that set one, and how totals derive. */
export const figuresStamp = ({ site, revisions }: Bulletin) => ({
  figures: revisions.figures,
  metrics: site.metrics.map((m) => (m.kind === 'total' ? [m.id, m.of, m.opening] : [m.id])),
});
