import { fillText } from '../../../client/page/parts/fill.ts';
import { formatsOf } from '../../../client/page/parts/formats.ts';
import { Withdrawn } from '../../../client/page/sections/article.tsx';
import { PlainPage } from '../../../client/page/sections/plain-page.tsx';
import { type Bulletin, isPublic } from '../../model/bulletin.ts';
import { hasPermalinks, headingOf, type Paged } from '../../model/collections/registry.ts';
import type { Item } from '../../model/item.ts';
import { itemPath, sectionPath } from '../../model/path.ts';
import type { Language } from '../../model/site.ts';
import type { RenderedRepresentation, RepresentationPaths } from '../document.ts';
import { withItemSite } from '../views/item-site.ts';
import { localize } from '../views/localize.ts';
import { markdownExcerpt } from '../views/markdown.ts';
import { cutLabel } from '../views/page-room.ts';
import type { ItemPage, ItemPages } from './item-page.ts';
import { ITEM_PAGES } from './sections.ts';
import { alternates, type PageParts } from './shell.tsx';

/** An item that has a page of its own. */
export type PagedItem = { readonly [C in Paged]: Item<C> }[Paged];

/** Whether an item has a page of its own. */
export const isPaged = (item: Item): item is PagedItem => hasPermalinks(item.collection);

/** What goes into the slots of an item's page: the item, or that it was withdrawn. */
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
  const languages = alternates(site, (target) => itemPath(target, collection, item.id));
  const frame = { origin: site.origin, siteName };
  if (!isPublic(item)) {
    const view = {
      title: `withdrawn.${collection}`,
      allKey: page.allKey,
      allPath: sectionPath(tag, collection),
      ...item.withdrawal,
    } as const;
    // The head of a withdrawn page lists no alternates for search engines, but the language switch still has its links.
    const head = {
      ...frame,
      title: `${f.strings[view.title]} · ${siteName}`,
      kind: 'website',
      alternates: [],
    } as const;
    return { head, languages, main: <Withdrawn view={view} f={f} /> };
  }
  const view = page.article(site, item, tag);
  // A rumour's claim is in quotation marks in search results and shared links too.
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
 * A stamp of what an item's page shows of other items; empty for most items. The page is rendered again when this stamp
 * or the item's version changes.
 */
export function itemRelations(bulletin: Bulletin, item: Item): string {
  return isPaged(item) ? relationsOf(bulletin, item) : '';
}

function relationsOf<C extends Paged>(bulletin: Bulletin, item: Item<C>): string {
  const page: ItemPage<C> = ITEM_PAGES[item.collection];
  return item.content !== null && isPublic(item) ? (page.relations?.(bulletin, item) ?? '') : '';
}

/**
 * Renders an item's representations, in all languages; none if the item is withdrawn.
 * @param pages the item pages, which say what representations there are; tests give their own
 */
export const itemRepresentations = (
  bulletin: Bulletin,
  item: Item,
  pages: ItemPages = ITEM_PAGES,
): readonly RenderedRepresentation[] => (isPaged(item) ? representationsOf(bulletin, item, pages) : []);

function representationsOf<C extends Paged>(
  bulletin: Bulletin,
  item: Item<C>,
  pages: ItemPages,
): RenderedRepresentation[] {
  const page: ItemPage<C> = pages[item.collection];
  if (!isPublic(item)) return [];
  const shown = withItemSite(bulletin);
  const { languages, defaultLanguage } = shown.site;
  return Object.entries(page.representations ?? {}).flatMap(([name, { path, type, audience, render }]) =>
    path.includes('{language}')
      ? languages.map(({ tag }) => ({
          name,
          language: tag,
          type,
          audience,
          content: render(shown, item, tag),
        }))
      : [{ name, language: '', type, audience, content: render(shown, item, defaultLanguage) }],
  );
}

/** The paths of the representations that item pages have, by collection and name. */
export const representationPathsOf = (pages: ItemPages): RepresentationPaths =>
  Object.fromEntries(
    Object.entries(pages).map(([collection, { representations = {} }]: [string, ItemPage<never>]) => [
      collection,
      Object.fromEntries(Object.entries(representations).map(([name, { path }]) => [name, path])),
    ]),
  );

/** The paths of representations, by collection and name. */
export const representationPaths: RepresentationPaths = representationPathsOf(ITEM_PAGES);

/** The most characters of a plain page's text: with the elements around short paragraphs, this may be 200 kB. */
const PLAIN_TEXT = 12_000;

/**
 * What goes into the slots of the plain page of an item whose own page cannot be rendered: the heading and the text as
 * staff wrote it. So links to the item still work, and the public can read the text.
 */
export function plainItemParts<C extends Paged>(
  bulletin: Bulletin,
  item: Item<C>,
  language: Language,
): PageParts {
  const { site } = bulletin;
  const { tag } = language;
  const { collection } = item;
  const page: ItemPage<C> = ITEM_PAGES[collection];
  const f = formatsOf({ ...language, timeZone: site.timeZone });
  const languages = alternates(site, (target) => itemPath(target, collection, item.id));
  const all = { path: sectionPath(tag, collection), label: f.strings[page.allKey] };
  const siteName = localize(site.name, tag, site).text;
  const head = { origin: site.origin, siteName, kind: 'website', alternates: [] } as const;
  if (!isPublic(item)) {
    const key: `withdrawn.${Paged}` = `withdrawn.${collection}`;
    const title = f.strings[key];
    return {
      head: { ...head, title },
      languages,
      main: <PlainPage heading={{ text: title }} link={all} f={f} />,
    };
  }
  const heading = localize(headingOf(collection, item.content).text, tag, site);
  const text = cutLabel(localize(page.text(item.content), tag, site), PLAIN_TEXT);
  return {
    head: { ...head, title: `${heading.text} · ${siteName}` },
    languages,
    main: <PlainPage heading={heading} text={text} link={all} f={f} />,
  };
}
