import type { Bulletin } from '../../../worker/model/bulletin.ts';
import { COLLECTIONS, type Collection, hasPermalinks } from '../../../worker/model/collections/registry.ts';
import type { Item, ItemId } from '../../../worker/model/item.ts';
import { joinPage } from '../../../worker/pack/format.ts';
import { itemParts, pageDocuments, shells } from '../../../worker/render/pages/pages.tsx';
import { aMoment } from '../a-bulletin.ts';

/** The HTML of a page by its path. */
export function pageAt(bulletin: Bulletin, path: string, moment = aMoment()): string {
  const page = pageDocuments(bulletin, moment).find((document) => document.path === path);
  if (!page) throw new Error(`there is no page ${path}`);
  return String(page.render());
}

/** The text nodes of a page's body, in order, entities as they are written. */
export function textNodes(html: string): readonly string[] {
  const body = html.slice(html.indexOf('<body>'));
  return [...body.matchAll(/>([^<]+)(?=<)/g)].map(([, text = '']) => text);
}

/** What a reader is told: a page's text nodes in one line, spaces as one. */
export const readAloud = (html: string): string => textNodes(html).join('').replace(/\s+/g, ' ');

/** The page of an item, joined as it is served. */
export function itemPage(of: Bulletin, collection: Collection, n: number, language = 'en') {
  const item = of.items[collection].get(String(n) as ItemId) as Item | undefined;
  const shell = shells(of, aMoment()).find((s) => s.language === language);
  const part = item && itemParts(of, item).find((p) => p.language === language);
  if (!shell || !part) throw new Error(`there is no page of ${collection} ${n}`);
  return joinPage(shell.render(), part.render());
}

/** Every page of a bulletin by its path: documents and items. */
export function everyPage(of: Bulletin): ReadonlyMap<string, string> {
  const pages = new Map(pageDocuments(of, aMoment()).map((page) => [page.path, String(page.render())]));
  for (const collection of COLLECTIONS.filter(hasPermalinks))
    for (const item of of.items[collection].values())
      for (const { tag } of of.site.languages)
        pages.set(`/${tag}/${collection}/${item.id}`, itemPage(of, collection, Number(item.id), tag));
  return pages;
}
