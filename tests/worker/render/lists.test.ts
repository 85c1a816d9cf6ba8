import { describe, expect, it } from 'vitest';
import type { Bulletin } from '../../../worker/model/bulletin.ts';
import {
  COLLECTIONS,
  hasPermalinks,
  hasSection,
  isOnDataPage,
} from '../../../worker/model/collections/registry.ts';
import type { ItemId } from '../../../worker/model/item.ts';
import { dataDocuments } from '../../../worker/render/data-documents.ts';
import { aBulletin, aMoment } from '../a-bulletin.ts';
import { CONTENT_EXAMPLES } from '../content-examples.ts';

import { documentJson, documentText, idsDownFrom, withChanges } from './data-text.ts';

/** The pages of a list from `first` on, each as its items: follows `next`. */
function pagesFrom(bulletin: Bulletin, first: string) {
  const pages: { id: string }[][] = [];
  for (let path: string | null = first; path !== null; ) {
    const page = documentJson(bulletin, path);
    pages.push(page.items);
    path = page.next;
  }
  return pages;
}

describe('lists', () => {
  it.each([0, 1, 50, 99, 100, 101, 149, 150, 260])('of %i items have each once, newest first', (count) => {
    const pages = pagesFrom(aBulletin({ news: count }), '/api/v1/news.json');
    expect(pages.flat().map((item) => item.id)).toEqual(count ? idsDownFrom(count, 1) : []);
    for (const page of pages) expect(page.length).toBeLessThanOrEqual(100);
    if (count >= 50) expect(pages[0]?.length).toBeGreaterThanOrEqual(50);
  });

  it('do not change their older pages when an item is added', () => {
    for (const count of [100, 149, 150, 199]) {
      const archive = (n: number) =>
        new Map(
          dataDocuments(aBulletin({ news: n }), aMoment())
            // The sitemap of sections lists the pages of months, and an item may begin a new one.
            .filter((d) => d.pack === 'archive' && d.path !== '/sitemap-sections.xml')
            .map((d) => [d.path, d]),
        );
      const [before, after] = [archive(count), archive(count + 1)];
      expect(before.size).toBeGreaterThan(0);
      for (const [path, document] of before) {
        expect(after.get(path)?.stamp).toBe(document.stamp);
        expect(after.get(path)?.render()).toBe(document.render());
      }
    }
  });

  it('keep pages of very long items small', () => {
    const body = { ar: 'ن'.repeat(50_000), en: 'x'.repeat(50_000) };
    const bulletin = aBulletin({ news: Array.from({ length: 30 }, () => ({ body })) });
    const pages = pagesFrom(bulletin, '/api/v1/news.json');
    expect(pages.flat().map((item) => item.id)).toEqual(idsDownFrom(30, 1));
    for (const page of pages) expect(page.length).toBeLessThanOrEqual(6);
  });

  it.each(['contacts', 'faq', 'guidance'] as const)('sort %s by order, then oldest first', (collection) => {
    const items = [
      { order: undefined },
      { order: 2 },
      { order: 1 },
      { order: undefined },
      { order: 2 },
      { order: -1 },
    ];
    const bulletin = aBulletin({ items: { [collection]: items } });
    const [page] = pagesFrom(bulletin, `/api/v1/${collection}.json`);
    expect(page?.map((item) => item.id)).toEqual(['6', '3', '2', '5', '1', '4']);
  });

  it('sort the plan by order, and decisions and rumours newest first, like news', () => {
    const dates = ['2020-03-11', '2021-01-01', '2020-03-12', '2020-03-11'].map((date) => ({ date }));
    const bulletin = aBulletin({
      items: { plan: [{ order: 3 }, { order: 1 }, { order: 2 }], decisions: dates, rumours: dates } as never,
    });
    const idsOf = (list: string) =>
      pagesFrom(bulletin, `/api/v1/${list}.json`)
        .flat()
        .map((item) => item.id);
    expect(idsOf('plan')).toEqual(['2', '3', '1']);
    for (const list of ['decisions', 'rumours']) expect(idsOf(list)).toEqual(['2', '3', '4', '1']);
  });

  it.each(COLLECTIONS)(
    'of %s give each item’s content as published, and the address of its page',
    (collection) => {
      const { full } = CONTENT_EXAMPLES[collection];
      const [[item] = []] = pagesFrom(
        aBulletin({ items: { [collection]: [{}] } }),
        `/api/v1/${collection}.json`,
      );
      const address = (language: string) =>
        isOnDataPage(collection)
          ? `/${language}/data/#${collection}-1`
          : !hasSection(collection)
            ? `/${language}/#${collection}`
            : hasPermalinks(collection)
              ? `/${language}/${collection}/1`
              : `/${language}/${collection}/#${collection}-1`;
      expect(item).toEqual({
        id: '1',
        url: { ar: address('ar'), en: address('en') },
        agency: 'health',
        publishedAt: '2021-08-03T11:00:00Z',
        updatedAt: '2021-08-03T11:00:00Z',
        ...full,
      });
    },
  );

  it.each(COLLECTIONS)('of %s have every item once, however many there are', (collection) => {
    const bulletin = aBulletin({ items: { [collection]: Array.from({ length: 260 }, () => ({})) } });
    const pages = pagesFrom(bulletin, `/api/v1/${collection}.json`);
    const ids = pages.flat().map((item) => Number(item.id));
    expect(ids.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 260 }, (_, i) => i + 1));
    for (const page of pages) expect(page.length).toBeLessThanOrEqual(100);
  });

  it('leave out withdrawn items', () => {
    const bulletin = aBulletin({
      news: 3,
      ...withChanges([
        { kind: 'withdrawal', payload: { collection: 'news', id: '2' as ItemId }, reason: 'wrong' },
      ]),
    });
    expect(
      pagesFrom(bulletin, '/api/v1/news.json')
        .flat()
        .map((item) => item.id),
    ).toEqual(['3', '1']);
    expect(documentText(bulletin, '/sitemap.xml')).not.toContain('/news/2<');
  });
});

it('changes.json lists every correction, newest first', () => {
  const bulletin = aBulletin({
    days: { '2020-02-24': { critical: 5 } },
    news: 1,
    ...withChanges([
      { kind: 'figures', payload: { days: { '2020-02-24': { critical: 7 } } }, reason: 'recount' },
      { kind: 'withdrawal', payload: { collection: 'news', id: '1' as ItemId }, reason: 'wrong' },
    ]),
  });
  const { items, next } = documentJson(bulletin, '/api/v1/changes.json');
  expect(next).toBeNull();
  expect(items).toMatchObject([
    { kind: 'withdrawal', collection: 'news', item: '1', now: null, reason: 'wrong' },
    { kind: 'figure', metric: 'critical', date: '2020-02-24', was: 5, now: 7, reason: 'recount' },
  ]);
  expect(
    documentJson(aBulletin({ days: { '2020-02-24': { critical: 5 } } }), '/api/v1/changes.json').items,
  ).toEqual([]);
});
