import type { Bulletin } from '../../../worker/model/bulletin.ts';
import { pageDocuments } from '../../../worker/render/pages.tsx';
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
