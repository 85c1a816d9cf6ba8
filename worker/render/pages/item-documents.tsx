import { fillText } from '../../../client/page/parts/fill.ts';
import { formatsOf } from '../../../client/page/parts/formats.ts';
import { Withdrawn } from '../../../client/page/sections/article.tsx';
import { type Bulletin, isPublic } from '../../model/bulletin.ts';
import { hasPermalinks, headingOf, type Paged } from '../../model/collections/registry.ts';
import type { Item } from '../../model/item.ts';
import { itemPath, sectionPath } from '../../model/path.ts';
import type { Language } from '../../model/site.ts';
import { localize } from '../views/localize.ts';
import { markdownExcerpt } from '../views/markdown.ts';
import type { ItemPage } from './item-page.ts';
import { ITEM_PAGES } from './sections.ts';
import { alternates, type PageParts } from './shell.tsx';

/** An item that has a page of its own. */
export type PagedItem = { readonly [C in Paged]: Item<C> }[Paged];

/** Whether an item has a page of its own. */
export const isPaged = (item: Item): item is PagedItem => hasPermalinks(item.collection);

/** What an item's page has in the slots of its shell: the item, or that it was withdrawn. */
export function itemPageParts<C extends Paged>(
  bulletin: Bulletin,
  item: Item<C>,
  language: Language,
): PageParts {
  const { site } = bulletin;
  const { tag } = language;
  const { collection } = item;
  const page: ItemPage<C> = ITEM_PAGES[collection];
  const f = formatsOf({ ...language, timeZone: site.timeZone });
  const siteName = localize(site.name, tag, site).text;
  const languages = alternates(site, (of) => itemPath(of, collection, item.id));
  const frame = { origin: site.origin, siteName };
  if (!isPublic(item)) {
    const view = {
      title: `withdrawn.${collection}`,
      allKey: page.allKey,
      all: sectionPath(tag, collection),
      ...item.withdrawal,
    } as const;
    // A page that is gone has no address to be found by, but the switch still leads to its translations.
    const head = {
      ...frame,
      title: `${f.strings[view.title]} · ${siteName}`,
      kind: 'website',
      alternates: [],
    } as const;
    return { head, languages, main: <Withdrawn view={view} f={f} /> };
  }
  const view = page.article(site, item, tag);
  // What others say stands in quotation marks in a search result and in a shared link too.
  const title = headingOf(collection, item.content).quoted
    ? fillText(f.strings['rumour.claim'], { claim: view.title.text })
    : view.title.text;
  const head = {
    ...frame,
    title: `${title} · ${siteName}`,
    description: markdownExcerpt(view.body.text),
    kind: 'article',
    alternates: languages,
  } as const;
  return { head, languages, main: page.main(bulletin, item, view, f) };
}

/**
 * What an item's page shows of other items, as a text that changes with it: empty for most. Beside the item's version
 * it says whether the page must be rendered again.
 */
export function itemRelations(bulletin: Bulletin, item: Item): string {
  return isPaged(item) ? relationsOf(bulletin, item) : '';
}

function relationsOf<C extends Paged>(bulletin: Bulletin, item: Item<C>): string {
  const page: ItemPage<C> = ITEM_PAGES[item.collection];
  return item.content !== null && isPublic(item) ? (page.relations?.(bulletin, item) ?? '') : '';
}
