import type { Bulletin } from '../../../worker/model/bulletin.ts';
import { COLLECTIONS, type Collection, hasPermalinks } from '../../../worker/model/collections/registry.ts';
import type { Item, ItemId } from '../../../worker/model/item.ts';
import { joinPage } from '../../../worker/pack/format.ts';
import { itemParts, pageDocuments, shells } from '../../../worker/render/pages/pages.tsx';
import { aMoment } from '../a-bulletin.ts';

/** The HTML of a page by its path. */
export function pageHtml(bulletin: Bulletin, path: string, moment = aMoment()): string {
  const page = pageDocuments(bulletin, moment).find((document) => document.path === path);
  if (!page) throw new Error(`there is no page ${path}`);
  return String(page.render());
}

/** The text nodes of a page's body, in order; entities are not decoded. */
export function textNodes(html: string): readonly string[] {
  const body = html.slice(html.indexOf('<body>'));
  return [...body.matchAll(/>([^<]+)(?=<)/g)].map(([, text = '']) => text);
}

/** The text that a reader sees: a page's text nodes in one line, with runs of spaces collapsed. */
export const visibleText = (html: string): string => textNodes(html).join('').replace(/\s+/g, ' ');

/** The page of an item, joined from shell and part as readers get it. */
export function itemPageHtml(bulletin: Bulletin, collection: Collection, n: number, language = 'en') {
  const item = bulletin.items[collection].get(String(n) as ItemId) as Item | undefined;
  const shell = shells(bulletin, aMoment()).find((s) => s.language === language);
  const part = item && itemParts(bulletin, item).find((p) => p.language === language);
  if (!shell || !part) throw new Error(`there is no page of ${collection} ${n}`);
  return joinPage(shell.render(), part.render());
}

/** The HTML of every page of a bulletin by its path, items' pages included. */
export function everyPage(bulletin: Bulletin): ReadonlyMap<string, string> {
  const pages = new Map(pageDocuments(bulletin, aMoment()).map((page) => [page.path, String(page.render())]));
  for (const collection of COLLECTIONS.filter(hasPermalinks))
    for (const item of bulletin.items[collection].values())
      for (const { tag } of bulletin.site.languages)
        pages.set(
          `/${tag}/${collection}/${item.id}`,
          itemPageHtml(bulletin, collection, Number(item.id), tag),
        );
  return pages;
}
