import { isBreaking } from '../../model/boundary.ts';
import type { Bulletin, PublicItem } from '../../model/bulletin.ts';
import type { Instant } from '../../model/instant.ts';
import { type Documents, define, JSON_TYPE, jsonText } from '../document.ts';
import { figuresOf } from '../views/figures.ts';
import { listedItems } from '../views/listed-items.ts';
import { publicForm } from './public-form.ts';

/** How many news items and how many decisions `bulletin.json` has; `news.json` and `decisions.json` have the rest. */
const NEWEST = 10;

/** `/api/v1/bulletin.json`: the current state in one document. */
export const bulletinJson: Documents = (bulletin, { release, asOf }) => {
  const { site } = bulletin;
  const newest = (collection: 'news' | 'decisions') =>
    listedItems(bulletin, collection)
      .slice(0, NEWEST)
      .map((item) => publicForm(site, item));
  const view = {
    release,
    publishedAt: asOf,
    figures: figuresOf(bulletin).latest,
    breaking: breakingNews(bulletin, asOf).map((item) => publicForm(site, item)),
    news: newest('news'),
    decisions: newest('decisions'),
    contacts: listedItems(bulletin, 'contacts').map((item) => publicForm(site, item)),
  };
  return [define({ path: '/api/v1/bulletin.json', type: JSON_TYPE, pack: 'release' }, view, jsonText)];
};

/** The news items that are breaking at an instant, newest first. */
export const breakingNews = (bulletin: Bulletin, asOf: Instant): readonly PublicItem<'news'>[] =>
  listedItems(bulletin, 'news').filter((item) => isBreaking(item.content.breaking, asOf));
