import { civilDateAt } from '../../model/civil-date.ts';
import { type Late, lateAt } from '../../model/due.ts';
import type { CellFacts } from '../../model/said.ts';
import { decimalsOf, type Metric, type MetricId, metricOf, type Site } from '../../model/site.ts';
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

/** How many days each figure has facts of. */
const MOST_FACTS = 3;
/** The most bytes of all these facts with their notes. Without room, notes are left out: `statistics.json` has them. */
const MAX_FACTS_BYTES = 5_000;

/** `/api/v1/bulletin.json`: the current state in one document of bounded size. */
export const bulletinJson: Documents = (bulletin, { release, asOf }) => {
  const { site } = bulletin;
  const newest = (collection: 'news' | 'decisions') =>
    listedItems(bulletin, collection)
      .slice(0, NEWEST)
      .map((item) => publicForm(site, item));
  const { lists, truncated } = fitLists(
    {
      breaking: breakingNews(bulletin, asOf).map(({ item }) => publicForm(site, item)),
      news: newest('news'),
      decisions: newest('decisions'),
      contacts: listedItems(bulletin, 'contacts').map((item) => publicForm(site, item)),
    },
    MAX_LIST_BYTES,
  );
  const facts = withinRoom(figuresOf(bulletin).series.facts ?? [], figureFacts(bulletin, asOf));
  const late = lateAt(bulletin, asOf);
  const today = civilDateAt(asOf, site.timeZone);
  const view = {
    release,
    publishedAt: asOf,
    figures: figureFacts(bulletin, asOf).map((figure) => ({
      ...publicFigure(site, figure),
      ...newestFacts(figure, facts),
      ...lateOf(late, figure),
      ...standingRemarks(bulletin, figure.metric, today),
    })),
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
  { metric, date, value, change, total, missingDays, isOld, ageDays }: FigureFacts,
) => ({
  metric,
  date,
  value,
  change,
  total,
  ...(missingDays === null ? {} : { missingDays }),
  ...(isOld ? { ageDays } : {}),
  ...measureOf(site, metric),
});

/** The facts of the latest figures, without their notes if these are long. */
function withinRoom(all: readonly CellFacts[], latest: readonly FigureFacts[]): readonly CellFacts[] {
  const shown = latest.map((figure) => newestFacts(figure, all));
  return JSON.stringify(shown).length > MAX_FACTS_BYTES ? all.map(({ note: _, ...facts }) => facts) : all;
}

/** What is known of a metric's latest figure, and of the days after it, as a field of the figure. */
function newestFacts({ metric, date }: FigureFacts, all: readonly CellFacts[]) {
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
