import { brotliCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bulletin, Moment } from '../../../worker/model/bulletin.ts';
import { COLLECTIONS } from '../../../worker/model/collection.ts';
import type { ItemId } from '../../../worker/model/content.ts';
import type { Instant } from '../../../worker/model/instant.ts';
import { seriesOf } from '../../../worker/model/series.ts';
import { dataDocuments } from '../../../worker/render/data.ts';
import { routeOf } from '../../../worker/staff/routes.ts';
import { aBulletin, aMoment, type BulletinWish, someDays } from '../a-bulletin.ts';
import { aSite } from '../a-site.ts';
import { CONTENTS } from '../some-content.ts';

/** A document's text. */
function textOf(bulletin: Bulletin, path: string, moment: Moment = aMoment()): string {
  const document = dataDocuments(bulletin, moment).find((d) => d.path === path);
  if (!document) throw new Error(`no document ${path}`);
  const content = document.render();
  if (typeof content !== 'string') throw new Error(`${path} is not text`);
  return content;
}

// biome-ignore lint/suspicious/noExplicitAny: tests look into JSON of every shape
const jsonOf = (bulletin: Bulletin, path: string, moment?: Moment): any =>
  JSON.parse(textOf(bulletin, path, moment));

/** All items of a list, by following `next`. */
function followed(bulletin: Bulletin, first: string) {
  const pages: { id: string }[][] = [];
  for (let path: string | null = first; path !== null; ) {
    const page = jsonOf(bulletin, path);
    pages.push(page.items);
    path = page.next;
  }
  return pages;
}

/** What else happens to a bulletin, after what it is built of. */
const after = (changes: readonly unknown[]) => ({ changes }) as Pick<BulletinWish, 'changes'>;

const numbers = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, i) => `${from - i}`);

describe('statistics', () => {
  const bulletin = aBulletin({
    days: {
      '2020-02-24': { new_cases: 5, critical: null },
      '2020-02-26': { new_cases: 0, critical: 3 },
      '2020-02-27': { quarantine: null },
    },
  });

  it('have every day from the first reported to the last, null where nothing was, totals included', () => {
    expect(jsonOf(bulletin, '/api/v1/statistics.json')).toEqual({
      dates: ['2020-02-24', '2020-02-25', '2020-02-26'],
      metrics: {
        new_cases: [5, null, 0],
        critical: [null, null, 3],
        quarantine: [null, null, null],
        total_cases: [15, null, 15],
      },
    });
  });

  it('are a table too, an empty cell where nothing was reported', () => {
    expect(textOf(bulletin, '/data/statistics.csv')).toBe(
      'date,new_cases,critical,quarantine,total_cases\n2020-02-24,5,,,15\n2020-02-25,,,,\n2020-02-26,0,3,,15\n',
    );
  });

  it('are a header without figures', () => {
    expect(textOf(aBulletin(), '/data/statistics.csv')).toBe(
      'date,new_cases,critical,quarantine,total_cases\n',
    );
    expect(jsonOf(aBulletin(), '/api/v1/statistics.json').dates).toEqual([]);
  });

  it('come back from CSV as they went in', () =>
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat(), { nil: null }), { maxLength: 60 }), (values) => {
        const some = aBulletin({
          days: someDays(values.length, (m, i) => (m === 'critical' ? (values[i] ?? null) : 1)),
        });
        const [header = '', ...rows] = textOf(some, '/data/statistics.csv').trimEnd().split('\n');
        const cells = rows.map((row) => row.split(','));
        const column = header.split(',').indexOf('critical');
        expect(cells.map(([date]) => date)).toEqual(seriesOf(some).dates);
        expect(cells.map((row) => (row[column] === '' ? null : Number(row[column])))).toEqual(values);
      }),
      { numRuns: 50 },
    ));
});

describe('bulletin.json', () => {
  it('gives the latest of every metric with its own date, change and total', () => {
    const bulletin = aBulletin({
      days: { '2020-02-24': { new_cases: 5, critical: 2 }, '2020-02-25': { new_cases: 3 } },
    });
    expect(jsonOf(bulletin, '/api/v1/bulletin.json')).toMatchObject({
      release: 527,
      publishedAt: '2021-08-03T11:00:00Z',
      figures: [
        { metric: 'new_cases', date: '2020-02-25', value: 3, change: -2, total: 18 },
        { metric: 'critical', date: '2020-02-24', value: 2, change: null, total: null },
        { metric: 'quarantine', date: null, value: null, change: null, total: null },
        { metric: 'total_cases', date: '2020-02-25', value: 18, change: 3, total: null },
      ],
      decisions: [],
    });
  });

  it('gives the ten newest items, what is breaking until it ends, and all contacts', () => {
    const until = '2021-08-03T12:00:00Z' as Instant;
    const bulletin = aBulletin({
      news: [{ breaking: { until } }, ...Array.from({ length: 11 }, () => ({}))],
      contacts: [{ kind: 'hotline', phone: '151', url: 'https://moh.example' }],
    });
    const before = jsonOf(bulletin, '/api/v1/bulletin.json');
    expect(before.news.map((n: { id: string }) => n.id)).toEqual(numbers(12, 3));
    expect(before.breaking.map((n: { id: string }) => n.id)).toEqual(['1']);
    expect(before.breaking[0].url).toEqual({ ar: '/ar/news/1', en: '/en/news/1' });
    expect(before.decisions).toEqual([]);
    expect(before.contacts).toMatchObject([{ phone: '151', url: 'https://moh.example' }]);
    const after = jsonOf(bulletin, '/api/v1/bulletin.json', aMoment({ asOf: until }));
    expect(after.breaking).toEqual([]);
  });
});

it('bulletin.json gives the ten newest decisions', () => {
  const decisions = Array.from({ length: 12 }, (_, i) => ({
    date: `2020-03-${10 + ((i * 5) % 12)}` as never,
  }));
  const bulletin = aBulletin({ items: { decisions } });
  const given = jsonOf(bulletin, '/api/v1/bulletin.json').decisions;
  expect(given).toEqual(jsonOf(bulletin, '/api/v1/decisions.json').items.slice(0, 10));
  expect(given[0]).toMatchObject({
    date: '2020-03-21',
    url: { ar: expect.stringMatching(/^\/ar\/decisions\/\d+$/) },
  });
});

describe('live.json', () => {
  it('is under 600 bytes with 20 metrics and 3 breaking items', () => {
    const ids =
      'new_cases under_treatment critical recovered deaths quarantine tests vaccinated beds ventilators icu hospital home imported contacts_traced calls flights schools masks doses'.split(
        ' ',
      );
    const [first] = aSite().metrics;
    const site = aSite({ metrics: ids.map((id) => ({ ...first, id, kind: 'level' })) });
    const days = someDays(3, (metric, i) => (metric.length * 7919 * (i + 3)) % 400_000, { metrics: ids });
    const breaking = { until: '2021-08-04T00:00:00Z' as Instant };
    const bulletin = aBulletin({ site, days, news: [{ breaking }, { breaking }, { breaking }] });
    const live = jsonOf(bulletin, '/api/v1/live.json');
    expect(Object.keys(live.figures)).toEqual(ids);
    expect(live).toMatchObject({ release: 527, breaking: ['3', '2', '1'], poll: 60 });
    expect(live.figures.icu[0]).toBe('2020-02-26');
    const sizeBytes = brotliCompressSync(textOf(bulletin, '/api/v1/live.json')).length;
    console.log(`live.json with 20 metrics: ${sizeBytes} bytes`);
    expect(sizeBytes).toBeLessThan(600);
  });
});

describe('lists', () => {
  it.each([0, 1, 50, 99, 100, 101, 149, 150, 260])('of %i items give each once, newest first', (count) => {
    const pages = followed(aBulletin({ news: count }), '/api/v1/news.json');
    expect(pages.flat().map((item) => item.id)).toEqual(count ? numbers(count, 1) : []);
    for (const page of pages) expect(page.length).toBeLessThanOrEqual(100);
    if (count >= 50) expect(pages[0]?.length).toBeGreaterThanOrEqual(50);
  });

  it('leave older pages as they were when an item is added', () => {
    for (const count of [100, 149, 150, 199]) {
      const archive = (n: number) =>
        new Map(
          dataDocuments(aBulletin({ news: n }), aMoment())
            .filter((d) => d.pack === 'archive')
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
    const pages = followed(bulletin, '/api/v1/news.json');
    expect(pages.flat().map((item) => item.id)).toEqual(numbers(30, 1));
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
    const [page] = followed(bulletin, `/api/v1/${collection}.json`);
    expect(page?.map((item) => item.id)).toEqual(['6', '3', '2', '5', '1', '4']);
  });

  it('sort the plan by order, and decisions and rumours as news, newest first', () => {
    const dates = ['2020-03-11', '2021-01-01', '2020-03-12', '2020-03-11'].map((date) => ({ date }));
    const bulletin = aBulletin({
      items: { plan: [{ order: 3 }, { order: 1 }, { order: 2 }], decisions: dates, rumours: dates } as never,
    });
    const idsOf = (list: string) =>
      followed(bulletin, `/api/v1/${list}.json`)
        .flat()
        .map((item) => item.id);
    expect(idsOf('plan')).toEqual(['2', '3', '1']);
    for (const list of ['decisions', 'rumours']) expect(idsOf(list)).toEqual(['2', '3', '4', '1']);
  });

  it.each(COLLECTIONS)('of %s give an item as it was written, and where it is to be read', (collection) => {
    const { full } = CONTENTS[collection];
    const [[item] = []] = followed(
      aBulletin({ items: { [collection]: [{}] } }),
      `/api/v1/${collection}.json`,
    );
    const place = (language: string) =>
      collection === 'contacts'
        ? `/${language}/#contacts`
        : ['news', 'decisions', 'rumours'].includes(collection)
          ? `/${language}/${collection}/1`
          : `/${language}/${collection}/#${collection}-1`;
    expect(item).toEqual({
      id: '1',
      url: { ar: place('ar'), en: place('en') },
      agency: 'health',
      publishedAt: '2021-08-03T11:00:00Z',
      updatedAt: '2021-08-03T11:00:00Z',
      ...full,
    });
  });

  it.each(COLLECTIONS)('of %s give every item once, however many', (collection) => {
    const bulletin = aBulletin({ items: { [collection]: Array.from({ length: 260 }, () => ({})) } });
    const pages = followed(bulletin, `/api/v1/${collection}.json`);
    const ids = pages.flat().map((item) => Number(item.id));
    expect(ids.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 260 }, (_, i) => i + 1));
    for (const page of pages) expect(page.length).toBeLessThanOrEqual(100);
  });

  it('leave out what was withdrawn', () => {
    const bulletin = aBulletin({
      news: 3,
      ...after([{ kind: 'withdrawal', payload: { collection: 'news', id: '2' as ItemId }, reason: 'wrong' }]),
    });
    expect(
      followed(bulletin, '/api/v1/news.json')
        .flat()
        .map((item) => item.id),
    ).toEqual(['3', '1']);
    expect(textOf(bulletin, '/sitemap.xml')).not.toContain('/news/2<');
  });
});

it('changes.json tells every correction, newest first', () => {
  const bulletin = aBulletin({
    days: { '2020-02-24': { critical: 5 } },
    news: 1,
    ...after([
      { kind: 'figures', payload: { days: { '2020-02-24': { critical: 7 } } }, reason: 'recount' },
      { kind: 'withdrawal', payload: { collection: 'news', id: '1' as ItemId }, reason: 'wrong' },
    ]),
  });
  const { items, next } = jsonOf(bulletin, '/api/v1/changes.json');
  expect(next).toBeNull();
  expect(items).toMatchObject([
    { kind: 'withdrawal', collection: 'news', item: '1', now: null, reason: 'wrong' },
    { kind: 'figure', metric: 'critical', date: '2020-02-24', was: 5, now: 7, reason: 'recount' },
  ]);
  expect(
    jsonOf(aBulletin({ days: { '2020-02-24': { critical: 5 } } }), '/api/v1/changes.json').items,
  ).toEqual([]);
});

describe('openapi.json', () => {
  const bulletin = aBulletin({ news: 120 });
  const api = jsonOf(bulletin, '/api/v1/openapi.json');

  it('names every path there is, with schemas that are there', () => {
    const described = Object.keys(api.paths).map(
      (path) => new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
    );
    const released = dataDocuments(bulletin, aMoment()).map((d) => d.path);
    for (const path of released.filter((p) => p.startsWith('/api/') || p.startsWith('/data/')))
      expect(
        described.some((form) => form.test(path)),
        path,
      ).toBe(true);
    for (const [, name] of JSON.stringify(api).matchAll(/"#\/components\/schemas\/(\w+)"/g))
      expect(api.components.schemas).toHaveProperty(name ?? '');
  });

  it('describes staff calls that there are', () => {
    const staffPaths = Object.entries<object>(api.paths).filter(([path]) =>
      path.startsWith('/api/v1/staff/'),
    );
    expect(staffPaths.length).toBeGreaterThan(10);
    for (const [path, item] of staffPaths)
      for (const method of Object.keys(item).filter((name) => name !== 'parameters')) {
        const url = `https://x.example${path.replace('{date}', '2020-03-01').replace(/\{\w+\}/, '1')}`;
        expect(routeOf(new Request(url, { method: method.toUpperCase() })).ok, `${method} ${path}`).toBe(
          true,
        );
      }
  });

  it('has what OpenAPI 3.1 requires of every operation', () => {
    expect(api.openapi).toMatch(/^3\.1\./);
    expect(api.info).toMatchObject({ title: expect.any(String), version: expect.any(String) });
    for (const [path, item] of Object.entries<Record<string, { responses?: object }>>(api.paths)) {
      for (const [, name] of path.matchAll(/\{(\w+)\}/g))
        expect(item.parameters, path).toContainEqual(
          expect.objectContaining({ name, in: 'path', required: true }),
        );
      for (const method of ['get', 'put', 'post', 'delete'])
        if (item[method]) expect(Object.keys(item[method].responses ?? {}).length, path).toBeGreaterThan(0);
    }
  });
});

describe('files that every site has', () => {
  const bulletin = aBulletin({ news: 120 });

  it('security.txt has its two required fields, and is good for months but less than a year', () => {
    const text = textOf(bulletin, '/.well-known/security.txt');
    expect(text).toMatch(/^Contact: https:\/\//m);
    const expires = Date.parse(/^Expires: (.*)$/m.exec(text)?.[1] ?? '');
    const days = (expires - Date.parse(aMoment().asOf)) / 86_400_000;
    expect(days).toBeGreaterThan(120);
    expect(days).toBeLessThan(365);
    const later = aMoment({ asOf: '2021-08-30T23:00:00Z', release: 600 });
    expect(textOf(bulletin, '/.well-known/security.txt', later)).toBe(text);
  });

  it('a small site’s sitemap holds every page itself', () => {
    const small = textOf(aBulletin({ news: 3 }), '/sitemap.xml');
    expect(small).toContain('<urlset');
    expect(small).toContain('<loc>https://bulletin.example/en/news/1</loc>');
  });

  it('the sitemap of many items names others, and together they hold every page in every language', () => {
    expect(textOf(bulletin, '/robots.txt')).toContain('Sitemap: https://bulletin.example/sitemap.xml\n');
    const locations = (text: string) => [...text.matchAll(/<loc>(.*?)<\/loc>/g)].map(([, url]) => url ?? '');
    const sitemaps = locations(textOf(bulletin, '/sitemap.xml'));
    expect(sitemaps.length).toBeGreaterThan(1);
    const texts = sitemaps.map((url) => textOf(bulletin, new URL(url).pathname));
    const pages = texts.flatMap(locations);
    expect(new Set(pages).size).toBe(pages.length);
    for (const path of ['/ar/', '/en/', '/ar/news/', '/en/news/2021-08/', '/en/news/1', '/ar/news/120'])
      expect(pages).toContain(`https://bulletin.example${path}`);
    expect(texts[1]).toContain(
      '<xhtml:link rel="alternate" hreflang="en" href="https://bulletin.example/en/news/120"/>',
    );
    expect(texts[1]).toContain('hreflang="x-default" href="https://bulletin.example/ar/news/120"');
  });

  it('the sitemap has every section, months of news and decisions, and pages of news, decisions and rumours', () => {
    const some = aBulletin({
      items: Object.fromEntries(COLLECTIONS.map((collection) => [collection, [{}]])),
    });
    const paths = [
      ...textOf(some, '/sitemap.xml').matchAll(/<loc>https:\/\/bulletin.example\/en(.*?)<\/loc>/g),
    ];
    const sections = 'news decisions faq guidance plan rumours data changes about'.split(' ');
    expect(paths.map(([, path]) => path)).toEqual([
      '/',
      ...sections.map((section) => `/${section}/`),
      '/news/2021-08/',
      '/decisions/2020-03/',
      '/news/1',
      '/decisions/1',
      '/rumours/1',
    ]);
  });

  it('a sitemap is XML, whatever the origin', () => {
    for (const news of [1, 120]) {
      const odd = aBulletin({ news, site: aSite({ origin: "https://a&b'c.example" }) });
      for (const { path, render } of dataDocuments(odd, aMoment()).filter((d) => d.path.endsWith('.xml'))) {
        expect(render(), path).toContain('<loc>https://a&amp;b&apos;c.example/');
        expect(render(), path).not.toMatch(/&(?!amp;|apos;)|='/);
      }
    }
  });

  it('favicon.ico is an icon', () => {
    const icon = dataDocuments(bulletin, aMoment())
      .find((d) => d.path === '/favicon.ico')
      ?.render();
    expect([...(icon as Uint8Array).subarray(0, 4)]).toEqual([0, 0, 1, 0]);
    expect(new TextDecoder('latin1').decode((icon as Uint8Array).subarray(23, 26))).toBe('PNG');
  });
});

it('every document changes its stamp when its bytes change', () => {
  const base = { news: 120, days: { '2020-02-24': { critical: 5 } }, contacts: [{}] };
  const withdrawal = {
    kind: 'withdrawal',
    payload: { collection: 'news', id: '1' as ItemId },
    reason: 'wrong',
  };
  const unreported = {
    kind: 'figures',
    payload: { days: { '2020-02-24': { critical: null } } },
    reason: 'wrong',
  };
  // Takes nothing but the reason: what was is another entry's, what is now was null before.
  const erased = { date: '2020-02-24', metric: 'critical', reported: false };
  const erasure = { seq: 6, figures: [erased], items: [] };
  const variants = [
    aBulletin(base),
    aBulletin({ ...base, news: 121 }),
    aBulletin({ ...base, site: aSite({ origin: 'https://other.example' }) }),
    aBulletin({ ...base, site: aSite({ metrics: aSite().metrics.slice(0, 2) }) }),
    aBulletin({ ...base, site: aSite({ languages: [{ tag: 'ar', locale: 'ar' }] }) }),
    aBulletin({
      ...base,
      ...after([{ kind: 'figures', payload: { days: { '2020-02-24': { critical: 6 } } } }]),
    }),
    aBulletin({ ...base, ...after([withdrawal]) }),
    aBulletin({ ...base, ...after([withdrawal, unreported]) }),
    aBulletin({ ...base, ...after([withdrawal, unreported, { kind: 'erasure', payload: erasure }]) }),
  ];
  const seen = new Map<string, unknown>();
  for (const bulletin of variants)
    for (const document of dataDocuments(bulletin, aMoment())) {
      const key = `${document.path} ${document.stamp}`;
      const content = document.render();
      if (seen.has(key)) expect(content, key).toEqual(seen.get(key));
      seen.set(key, content);
    }
});
