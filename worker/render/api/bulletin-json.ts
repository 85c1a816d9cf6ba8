import { civilDateAt } from '../../model/civil-date.ts';
import { type Late, lateAt } from '../../model/due.ts';
import type { CellFacts } from '../../model/said.ts';
import { decimalsOf, type Metric, type MetricId, metricOf, type Site } from '../../model/site.ts';
import { utf8Bytes } from '../../model/utf8-bytes.ts';
import { type Documents, define, JSON_TYPE, jsonText } from '../document.ts';
import { breakingNews } from '../views/breaking-news.ts';
import { type FigureFacts, figureFacts } from '../views/figure-facts.ts';
import { figuresOf } from '../views/figures.ts';
import { listedItems } from '../views/listed-items.ts';
import { standingRemarks } from '../views/standing-remarks.ts';
import { fitLists } from './fit-lists.ts';
import { publicForm } from './public-form.ts';

/** How many news items and how many decisions `bulletin.json` has; `news.json` and `decisions.json` have the rest. */
const NEWEST = 10;
/** The most bytes of the lists together. With Kuwait's record they have 55 kB, so nothing is cut there. */
const MAX_LIST_BYTES = 90_000;
/** The most bytes of lists and figures: 100 metrics with facts leave less room for lists. */
const MAX_BYTES = 99_000;

/** How many days each figure has facts of. */
const MOST_FACTS = 3;
/**
 * The most bytes of all these facts with their notes. Without room, notes are left out, and `truncated` of the fact says
 * so: `statistics.json` has them.
 */
const MAX_FACTS_BYTES = 5_000;

/** `/api/v1/bulletin.json`: the current state in one document of bounded size. */
export const bulletinJson: Documents = (bulletin, { release, asOf }) => {
  const { site } = bulletin;
  const newest = (collection: 'news' | 'decisions') =>
    listedItems(bulletin, collection)
      .slice(0, NEWEST)
      .map((item) => publicForm(site, item));
  const facts = withinRoom(figuresOf(bulletin).series.facts ?? [], figureFacts(bulletin, asOf));
  const late = lateAt(bulletin, asOf);
  const today = civilDateAt(asOf, site.timeZone);
  const figures = figureFacts(bulletin, asOf).map((figure) => ({
    ...publicFigure(site, figure),
    ...newestFacts(figure, facts),
    ...lateOf(late, figure),
    ...standingRemarks(bulletin, figure.metric, today),
  }));
  const { lists, truncated } = fitLists(
    {
      breaking: breakingNews(bulletin, asOf).map(({ item }) => publicForm(site, item)),
      news: newest('news'),
      decisions: newest('decisions'),
      contacts: listedItems(bulletin, 'contacts').map((item) => publicForm(site, item)),
    },
    Math.min(MAX_LIST_BYTES, MAX_BYTES - utf8Bytes(JSON.stringify(figures))),
  );
  const view = {
    release,
    publishedAt: asOf,
    figures,
    ...lists,
    ...(truncated.length > 0 ? { truncated } : {}),
  };
  return [define({ path: '/api/v1/bulletin.json', type: JSON_TYPE, pack: 'release' }, view, jsonText)];
};

/** The unit and the decimals of a metric, as far as it has any. */
function measureOf(site: Site, id: MetricId): { readonly unit?: Metric['unit']; readonly decimals?: number } {
  const metric = metricOf(site, id);
  const decimals = metric ? decimalsOf(site, metric) : 0;
  return { ...(metric?.unit ? { unit: metric.unit } : {}), ...(decimals > 0 ? { decimals } : {}) };
}

/** A figure in `bulletin.json`. */
const publicFigure = (
  site: Site,
  { metric, date, value, change, total, totalDate, missingDays, isOld, ageDays }: FigureFacts,
) => ({
  metric,
  date,
  value,
  change,
  total,
  ...(totalDate === null ? {} : { totalDate }),
  ...(missingDays === null ? {} : { missingDays }),
  ...(isOld ? { ageDays } : {}),
  ...measureOf(site, metric),
});

type ShownFacts = CellFacts & { readonly truncated?: readonly ['note'] };

/** The facts of the latest figures, without their notes if these are long: `truncated` says of which. */
function withinRoom(all: readonly CellFacts[], latest: readonly FigureFacts[]): readonly ShownFacts[] {
  const shown = latest.map((figure) => newestFacts(figure, all));
  if (utf8Bytes(JSON.stringify(shown)) <= MAX_FACTS_BYTES) return all;
  return all.map(({ note, ...facts }) => (note ? { ...facts, truncated: ['note'] } : facts));
}

/** What is known of a metric's latest figure, and of the days after it, as a field of the figure. */
function newestFacts({ metric, date }: FigureFacts, all: readonly ShownFacts[]) {
  const facts = all
    .filter((cell) => cell.metric === metric && (date === null || cell.date >= date))
    .map(({ metric: _, ...cell }) => cell)
    .slice(-MOST_FACTS);
  return facts.length > 0 ? { facts } : {};
}

function lateOf(late: ReadonlyMap<MetricId, Late>, { metric }: FigureFacts) {
  const missing = late.get(metric);
  return missing ? { late: missing } : {};
}
