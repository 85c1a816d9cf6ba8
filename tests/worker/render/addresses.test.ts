import { expect, it } from 'vitest';
import { COLLECTIONS } from '../../../worker/model/collections/registry.ts';
import { documents } from '../../../worker/render/documents.ts';
import { aBulletin, aMoment } from '../a-bulletin.ts';
import { everyPage } from './page-text.ts';

const many = (n: number) => Array.from({ length: n }, (_, i) => ({ order: i }));
const bulletin = aBulletin({
  contacts: [{}, { kind: 'fund' }, { kind: 'hotline', phone: '151', website: 'https://moh.example' }],
  items: {
    // One of each collection that is not named below.
    ...Object.fromEntries(COLLECTIONS.filter((name) => name !== 'contacts').map((name) => [name, [{}]])),
    news: [
      {},
      { date: '2020-03-01' as never },
      { date: '2020-04-01' as never },
      { date: '2020-05-01' as never },
    ],
    decisions: [{}, { replaces: '1' as never }],
    faq: many(120) as never,
    guidance: many(60) as never,
    plan: many(6) as never,
    rumours: [{}, {}],
  },
  changes: [
    { kind: 'withdrawal', payload: { collection: 'news', id: '3' as never }, reason: 'wrong' },
    { kind: 'withdrawal', payload: { collection: 'faq', id: '7' as never }, reason: 'wrong' },
  ],
});

/** Every document and page there is, by its path; of what was withdrawn none that a link may lead to. */
const pages = new Map([
  ...documents(bulletin, aMoment()).map(({ path, render }) => [path, String(render())] as const),
  ...everyPage(bulletin),
]);
for (const { tag } of bulletin.site.languages) pages.delete(`/${tag}/news/3`);

/** Whether an address leads to a page, and to a place on it where it names one. */
function leads(address: string): boolean {
  const [path = '', place] = address.split('#');
  const page = pages.get(path);
  return page !== undefined && (place === undefined || page.includes(` id="${place}"`));
}

it('the address of every item in the JSON leads to where it is to be read', () => {
  for (const collection of COLLECTIONS) {
    let count = 0;
    for (let path = `/api/v1/${collection}.json`; path; ) {
      const { items, next } = JSON.parse(pages.get(path) ?? '{}');
      for (const { url } of items) {
        for (const address of Object.values<string>(url)) expect(leads(address), address).toBe(true);
        count += 1;
      }
      path = next;
    }
    expect(count, collection).toBeGreaterThan(0);
  }
});

it('every link within the site leads somewhere', () => {
  const dead = new Set<string>();
  for (const [from, page] of pages) {
    if (!page.startsWith('<!doctype html>')) continue;
    for (const [, href = ''] of page.matchAll(/<a [^>]*href="([^"]*)"/g)) {
      if (/^(https?|tel|mailto):/.test(href)) continue;
      const address = href.startsWith('#') ? `${from}${href}` : href;
      if (!leads(address)) dead.add(`${from} -> ${href}`);
    }
  }
  expect([...dead]).toEqual([]);
});

it('the sitemap names every page, and nothing else', () => {
  const named = [
    ...(pages.get('/sitemap.xml') ?? '').matchAll(/<loc>https:\/\/bulletin.example(.*?)<\/loc>/g),
  ];
  const html = [...pages].filter(([, page]) => page.startsWith('<!doctype html>')).map(([path]) => path);
  expect(named.map(([, path]) => path).sort()).toEqual(html.sort());
});
