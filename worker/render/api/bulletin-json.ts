import { type Late, lateAt } from '../../model/due.ts';
import type { CellFacts } from '../../model/said.ts';
import type { Latest } from '../../model/series.ts';
import type { MetricId } from '../../model/site.ts';
import { type Documents, define, JSON_TYPE, jsonText } from '../document.ts';
import { breakingNews } from '../views/breaking-news.ts';
import { figuresOf } from '../views/figures.ts';
import { listedItems } from '../views/listed-items.ts';
import { fitLists } from './fit-lists.ts';
import { publicForm } from './public-form.ts';

/** How many news items and how many decisions `bulletin.json` has; `news.json` and `decisions.json` have the rest. */
const NEWEST = 10;
/** The most bytes of the lists together. With Kuwait's record they have 55 kB, so nothing is cut there. */
const MAX_LIST_BYTES = 90_000;

/** How many days each figure has facts of. */
const MOST_FACTS = 3;

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
  const { latest, series } = figuresOf(bulletin);
  const { facts = [] } = series;
  const late = lateAt(bulletin, asOf);
  const view = {
    release,
    publishedAt: asOf,
    figures: latest.map((figure) => ({ ...figure, ...newestFacts(figure, facts), ...lateOf(late, figure) })),
    ...lists,
    ...(truncated.length > 0 ? { truncated } : {}),
  };
  return [define({ path: '/api/v1/bulletin.json', type: JSON_TYPE, pack: 'release' }, view, jsonText)];
};

/** What is known of a metric's latest figure, and of the days after it, as a field of the figure. */
function newestFacts({ metric, date }: Latest, all: readonly CellFacts[]) {
  const facts = all
    .filter((cell) => cell.metric === metric && (date === null || cell.date >= date))
    .map(({ metric: _, ...cell }) => cell)
    .slice(-MOST_FACTS);
  return facts.length > 0 ? { facts } : {};
}

function lateOf(late: ReadonlyMap<MetricId, Late>, { metric }: Latest) {
  const missing = late.get(metric);
  return missing ? { late: missing } : {};
}
