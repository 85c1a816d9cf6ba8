import { type Documents, define, JSON_TYPE, jsonText } from '../document.ts';
import { breakingNews } from '../views/breaking-news.ts';
import { type FigureFacts, figureFacts } from '../views/figure-facts.ts';
import { listedItems } from '../views/listed-items.ts';
import { fitLists } from './fit-lists.ts';
import { publicForm } from './public-form.ts';

/** How many news items and how many decisions `bulletin.json` has; `news.json` and `decisions.json` have the rest. */
const NEWEST = 10;
/** The most bytes of the lists together. With Kuwait's record they have 55 kB, so nothing is cut there. */
const MAX_LIST_BYTES = 90_000;

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
  const view = {
    release,
    publishedAt: asOf,
    figures: figureFacts(bulletin, asOf).map(publicFigure),
    ...lists,
    ...(truncated.length > 0 ? { truncated } : {}),
  };
  return [define({ path: '/api/v1/bulletin.json', type: JSON_TYPE, pack: 'release' }, view, jsonText)];
};

/** A figure in `bulletin.json`. */
const publicFigure = ({ metric, date, value, change, total, missingDays, isOld, ageDays }: FigureFacts) => ({
  metric,
  date,
  value,
  change,
  total,
  ...(missingDays === null ? {} : { missingDays }),
  ...(isOld ? { ageDays } : {}),
});
