import { expect, it } from 'vitest';
import { COLLECTIONS } from '../../../worker/model/collections/registry.ts';
import { documents } from '../../../worker/render/documents.ts';
import { aBulletin, aMoment } from '../a-bulletin.ts';
import { everyPage } from './page-text.ts';

const itemsInOrder = (n: number) => Array.from({ length: n }, (_, i) => ({ order: i }));
const bulletin = aBulletin({
  contacts: [{}, { kind: 'fund' }, { kind: 'hotline', phone: '151', website: 'https://moh.example' }],
  items: {
    // One item in each collection that has no entry below.
    ...Object.fromEntries(COLLECTIONS.filter((name) => name !== 'contacts').map((name) => [name, [{}]])),
    news: [
      {},
      { date: '2020-03-01' as never },
      { date: '2020-04-01' as never },
      { date: '2020-05-01' as never },
    ],
    decisions: [{}, { replaces: '1' as never }],
    // A topic shows at most 100 questions.
    faq: itemsInOrder(120).map((item, i) => (i < 100 ? item : { ...item, topic: { ar: 'آخر' } })) as never,
    guidance: itemsInOrder(60) as never,
    plan: itemsInOrder(6) as never,
    rumours: [{}, {}],
  },
  changes: [
    { kind: 'withdrawal', payload: { collection: 'news', id: '3' as never }, reason: 'wrong' },
    { kind: 'withdrawal', payload: { collection: 'faq', id: '7' as never }, reason: 'wrong' },
  ],
});

/** Every document and page by its path, without the pages of withdrawn items: no link may lead to them. */
const pages = new Map([
  ...documents(bulletin, aMoment()).map(({ path, render }) => [path, String(render())] as const),
  ...everyPage(bulletin),
  ['/api/v1/ledger.json', ''], // made by the publishing loop
]);
for (const { tag } of bulletin.site.languages) pages.delete(`/${tag}/news/3`);

/** Whether an address leads to an existing page and, if it has a fragment, to an element of that page. */
function leadsToPage(address: string): boolean {
  const [path = '', fragment] = address.split('#');
  const page = pages.get(path);
  return page !== undefined && (fragment === undefined || page.includes(` id="${fragment}"`));
}

it('every item’s address in the JSON leads to a page, and to the item’s place on it', () => {
  for (const collection of COLLECTIONS) {
    let count = 0;
    for (let path = `/api/v1/${collection}.json`; path; ) {
      const { items, next } = JSON.parse(pages.get(path) ?? '{}');
      for (const { url } of items) {
        for (const address of Object.values<string>(url)) expect(leadsToPage(address), address).toBe(true);
        count += 1;
      }
      path = next;
    }
    expect(count, collection).toBeGreaterThan(0);
  }
});

it('every internal link leads to an existing page', () => {
  const dead = new Set<string>();
  for (const [from, page] of pages) {
    if (!page.startsWith('<!doctype html>')) continue;
    for (const [, href = ''] of page.matchAll(/<a [^>]*href="([^"]*)"/g)) {
      if (/^(https?|tel|mailto):/.test(href)) continue;
      const address = href.startsWith('#') ? `${from}${href}` : href;
      if (!leadsToPage(address)) dead.add(`${from} -> ${href}`);
    }
  }
  expect([...dead]).toEqual([]);
});

it('the sitemap lists every page, and nothing else', () => {
  const listed = [
    ...(pages.get('/sitemap.xml') ?? '').matchAll(/<loc>https:\/\/bulletin.example(.*?)<\/loc>/g),
  ];
  const html = [...pages].filter(([, page]) => page.startsWith('<!doctype html>')).map(([path]) => path);
  expect(listed.map(([, path]) => path).sort()).toEqual(html.sort());
});
