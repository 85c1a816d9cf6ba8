import type { Bulletin } from '../../model/bulletin.ts';
import { type Latest, latestOf, type Series, seriesOf } from '../../model/series.ts';
import type { Metric } from '../../model/site.ts';

/** All figures of a bulletin, and the latest of each metric in the site's order. */
export type FiguresView = { readonly series: Series; readonly latest: readonly Latest[] };

type Known = FiguresView & { readonly revision: number; readonly metrics: readonly Metric[] };

// Ten years of twenty metrics are 73,000 numbers, and half a dozen documents of one publish need them.
const known = new WeakMap<Bulletin['days'], Known>();

/** The figures of a bulletin: worked out once for all documents of a publish, as long as nothing of them changed. */
export function figuresOf(bulletin: Bulletin): FiguresView {
  const { days, site, revisions } = bulletin;
  const before = known.get(days);
  if (before && before.revision === revisions.figures && before.metrics === site.metrics) return before;
  const series = seriesOf(bulletin);
  const figures = {
    series,
    latest: latestOf(site, series),
    revision: revisions.figures,
    metrics: site.metrics,
  };
  known.set(days, figures);
  return figures;
}

/** All that the series depend on, without a look at the numbers: the last entry that set one, and how totals derive. */
export const figuresStamp = ({ site, revisions }: Bulletin) => ({
  figures: revisions.figures,
  metrics: site.metrics.map((m) => (m.kind === 'total' ? [m.id, m.of, m.opening] : [m.id])),
});
