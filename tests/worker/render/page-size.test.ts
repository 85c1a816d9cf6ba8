import { beforeAll, describe, expect, it } from 'vitest';
import type { Bulletin } from '../../../worker/model/bulletin.ts';
import type { ItemId } from '../../../worker/model/item.ts';
import type { MetricId } from '../../../worker/model/site.ts';
import { joinPage } from '../../../worker/pack/format.ts';
import { sitemapXml } from '../../../worker/render/files/sitemap-xml.ts';
import { notFoundPages, pageDocuments, plainParts, shells } from '../../../worker/render/pages/pages.tsx';
import { aBulletin, aMoment, type BulletinSpec, figuresByDay } from '../a-bulletin.ts';
import { aSite } from '../a-site.ts';
import { itemPageHtml } from './page-text.ts';

const MOST_BYTES = 300_000;
const MOST_ROWS = 100;

/** Each character of a text takes six bytes in HTML. */
const QUOTES = '"'.repeat(300);
const both = (text: string) => ({ ar: text, en: text });
const many = <T>(count: number, create: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => create(i));
const source = many(50, (i) => ({ url: `https://x.example/${i}/${'&'.repeat(1_900)}` }));
const LONG = 50_000;

/** Bodies that nobody refuses, each of up to 50,000 characters: long in source, in bytes, in HTML. */
const BODIES = [
  (length: number) => 'كلمة '.repeat(length / 5),
  (length: number) => '😀'.repeat(length),
  (length: number) => '"'.repeat(length),
  (length: number) => '&\n\n'.repeat(length / 3),
  (length: number) => '**a** '.repeat(length / 6),
];
const bodyOf = (i: number, length = LONG) => both(BODIES[i % BODIES.length]?.(length) ?? '');

/** What older versions let in: nobody counted it. Every text and number is at its bound, or over the bound of today. */
function oldState(): BulletinSpec {
  const agencies = many(200, (i) => ({
    id: i === 0 ? 'health' : i === 1 ? 'it' : `agency-${i}`,
    name: both(QUOTES),
    url: `https://x.example/${'&'.repeat(1_900)}`,
  }));
  const metrics = many(100, (i) => ({
    id: `m_${i}`,
    label: both(QUOTES),
    tone: 'calm',
    ...(i < 70
      ? { kind: i < 30 ? 'flow' : 'level', agencies: agencies.map(({ id }) => id) }
      : { kind: 'total', of: `m_${i - 70}`, opening: 1 }),
    definition: both('"'.repeat(LONG)),
    source: both('"'.repeat(LONG)),
    unit: both(QUOTES),
  }));
  const site = aSite({
    name: both(QUOTES),
    authority: both(QUOTES),
    notice: both('"'.repeat(LONG)),
    agencies,
    metrics,
    license: { name: QUOTES, attribution: both('"'.repeat(LONG)) },
  });
  const date = (i: number) =>
    `${2010 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}-01` as never;
  const content = {
    title: both('Old'),
    body: both('Old'),
    date: date(0),
    issuer: both('Old'),
    number: 'Old',
  };
  const edits = many(120, (i) => ({
    kind: 'edit' as const,
    payload: {
      collection: 'decisions' as const,
      id: '1' as ItemId,
      content: {
        ...content,
        title: both(`${i}${QUOTES}`.slice(0, 300)),
        number: `${i}${QUOTES}`.slice(0, 300),
      },
    },
    reason: '"'.repeat(1_000),
  }));
  const topic = (i: number) => both(i < 150 ? 'One' : `${i}${QUOTES}`.slice(0, 300));
  return {
    site,
    days: figuresByDay(4_000, (_, i) => (i % 50 ? null : 1_000_000_000_000), {
      from: '2010-08-21',
      metrics: metrics.filter(({ kind }) => kind !== 'total').map(({ id }) => id),
    }),
    contacts: many(200, (i) => ({
      name: both(QUOTES),
      kind: i % 5 ? 'agency' : 'fund',
      phone: '1'.repeat(15),
      website: `https://x.example/${'&'.repeat(1_900)}`,
      hours: both(QUOTES),
    })),
    news: [
      ...many(8, (i) => ({ title: both(QUOTES), body: bodyOf(i), source })),
      ...many(400, () => ({ title: both(QUOTES), breaking: { until: '2021-08-04T00:00:00Z' as never } })),
      ...many(130, (i) => ({ title: both(QUOTES), date: date(i) })),
    ],
    items: {
      decisions: many(250, (i) => ({
        title: both(QUOTES),
        issuer: both(QUOTES),
        topic: both(QUOTES),
        number: QUOTES,
        source,
        body: bodyOf(i, i < 8 ? LONG : 30),
        date: '2021-08-01' as never,
        effectiveFrom: (i % 3 ? '2021-08-01' : '2021-12-01') as never,
        effectiveUntil: (i % 3 === 1 ? '2021-08-02' : '2021-12-31') as never,
        ...(i > 2 ? { replaces: '2' as ItemId } : {}),
      })),
      faq: many(200, (i) => ({
        question: both(i % 2 ? QUOTES : 'Short'),
        answer: i % 3 ? bodyOf(i, 300) : bodyOf(i),
        topic: topic(i),
        source,
      })),
      guidance: many(200, (i) => ({ title: both(QUOTES), body: bodyOf(i), topic: topic(i + 100), source })),
      remarks: many(250, (i) => ({
        metric: `m_${i % 100}` as MetricId,
        kind: (['adjustment', 'pause', 'problem', 'break'] as const)[i % 4] ?? 'break',
        amount: i + 1,
        date: date(i % 120),
        text: both('"'.repeat(1_000)),
      })),
      plan: many(120, (i) => ({
        title: both(i % 2 ? QUOTES : 'Phase'),
        note: bodyOf(i),
        open: bodyOf(i + 1, i % 2 ? 100 : LONG),
        closed: bodyOf(i + 2, i % 2 ? 100 : LONG),
        source,
      })),
      rumours: many(130, (i) => ({
        claim: both(QUOTES),
        verdict: both(QUOTES),
        answer: bodyOf(i, i < 5 ? LONG : 300),
      })),
    },
    changes: edits,
  };
}

/** How many rows the longest list of a page has: items of a list, rows of a table, questions of a topic. */
function longestList(html: string): number {
  const counts: number[] = [0];
  let longest = 0;
  for (const [, close, name] of html.matchAll(/<(\/?)(ul|ol|tbody|section|li|tr|details)\b/g)) {
    const isRow = /li|tr|details/.test(name ?? '');
    if (isRow && !close) {
      const count = (counts.pop() ?? 0) + 1;
      counts.push(count);
      longest = Math.max(longest, count);
    }
    if (!isRow && close) counts.pop();
    if (!isRow && !close) counts.push(0);
  }
  return longest;
}

const memoized = <T>(compute: () => T): (() => T) => {
  let value: T | undefined;
  return () => {
    value ??= compute();
    return value;
  };
};

const expectBounded = (path: string, html: string) => {
  const bytes = new TextEncoder().encode(html).length;
  expect.soft(bytes, path).toBeLessThanOrEqual(MOST_BYTES);
  expect.soft(longestList(html), path).toBeLessThanOrEqual(MOST_ROWS);
  return bytes;
};

describe('whatever is published, every page has at most 300,000 bytes and lists of 100', () => {
  let bulletin: Bulletin;
  const pages = new Map<string, () => string>();
  beforeAll(() => {
    bulletin = aBulletin(oldState());
    for (const { path, render } of pageDocuments(bulletin, aMoment()))
      pages.set(
        path,
        memoized(() => String(render())),
      );
  });
  const html = (path: string) => pages.get(path)?.() ?? '';

  it('home, the sections and the months', () => {
    const paths = [...pages.keys()].filter((path) => path.startsWith('/en/'));
    const largest = Math.max(...paths.map((path) => expectBounded(path, html(path))));
    console.log(`the largest of ${paths.length} pages: ${largest} bytes`);
    expect(largest).toBeGreaterThan(200_000); // the content does press against the bound
  });

  it('the pages of items, the plain pages for those that can’t be rendered, and 404', () => {
    const english = <T extends { readonly language: string }>(all: readonly T[]): T => {
      const [found] = all.filter(({ language }) => language === 'en');
      if (!found) throw new Error('nothing in English');
      return found;
    };
    const shell = english(shells(bulletin, aMoment()));
    let largest = 0;
    for (const collection of ['news', 'decisions', 'rumours'] as const)
      for (let n = 1; n <= 8; n++) {
        largest = Math.max(
          largest,
          expectBounded(`${collection}/${n}`, itemPageHtml(bulletin, collection, n)),
        );
        const item = bulletin.items[collection].get(String(n) as ItemId);
        const plain = english(item ? plainParts(bulletin, item) : []);
        expectBounded(`plain ${collection}/${n}`, joinPage(shell.render(), plain.render()));
      }
    for (const { render } of notFoundPages(bulletin, aMoment())) expectBounded('404', render());
    console.log(`the largest page of an item: ${largest} bytes`);
    expect(largest).toBeGreaterThan(200_000);
  });

  it('and says, in the language of the page, where the rest is', () => {
    for (const section of ['faq', 'guidance', 'plan', 'rumours'])
      expect(html(`/en/${section}/`)).toContain(
        `This page has no room for the whole list. <a href="/api/v1/${section}.json">`,
      );
    expect(html('/ar/faq/')).toContain('لا تتسع هذه الصفحة للقائمة كلها. <a href="/api/v1/faq.json">');
    expect(html('/ar/faq/')).toContain('لا تتسع هذه الصفحة للنص كله. <a href="/api/v1/faq.json">');
    for (const path of ['/ar/data/', '/ar/about/'])
      expect(html(path)).toContain('<a href="/api/v1/site.json">القائمة');
    const home = html('/en/');
    expect(home).toContain('<a href="/api/v1/contacts.json">The whole list (JSON)</a>');
    expect(home.match(/<section class="breaking" data-until/g)).toHaveLength(10);
    expect(home).toContain('<a href="/en/news/">More breaking news</a>');
    expect(home).toContain('<a href="/en/about/">All agencies</a>');
    expect(itemPageHtml(bulletin, 'news', 2)).toContain(
      '<a href="/api/v1/news.json">The whole text (JSON)</a>',
    );
  });
});

describe('a month with many items', () => {
  const news = (count: number) => aBulletin({ news: count });
  const monthPages = (bulletin: Bulletin) =>
    pageDocuments(bulletin, aMoment()).filter(({ path }) => path.startsWith('/en/news/2021-08/'));
  const link = (html: string, word: string) =>
    html.match(new RegExp(`<a class="more" href="([^"]*)">${word}`))?.[1];

  it('has pages that together have each item once, in order, linked from the newest to the oldest', () => {
    const pages = new Map(monthPages(news(1_020)).map(({ path, render }) => [path, String(render())]));
    expect(pages.size).toBeGreaterThan(10);
    const ids: number[] = [];
    let [path, previous]: [string | undefined, string | undefined] = ['/en/news/2021-08/', undefined];
    while (path) {
      const html: string = pages.get(path) ?? '';
      expect(longestList(html)).toBeLessThan(MOST_ROWS);
      expect(html).toContain(`<link rel="canonical" href="https://bulletin.example${path}"`);
      ids.push(
        ...[...html.matchAll(/<h2 class="item-name"><a href="\/en\/news\/(\d+)"/g)].map(([, id]) =>
          Number(id),
        ),
      );
      expect(link(html, 'Newer')).toBe(previous);
      [path, previous] = [link(html, 'Older'), path];
    }
    expect(ids).toEqual(many(1_020, (i) => 1_020 - i));
    const [sitemap] = sitemapXml(news(1_020), aMoment()).filter(
      ({ path }) => path === '/sitemap-sections.xml',
    );
    for (const path of pages.keys())
      expect(String(sitemap?.render())).toContain(`<loc>https://bulletin.example${path}</loc>`);
  });

  it('keeps its older pages when an item is added', () => {
    const stamps = (count: number) =>
      new Map(monthPages(news(count)).map(({ path, stamp }) => [path, stamp]));
    const [before, after] = [stamps(400), stamps(401)];
    const changed = [...after].filter(([path, stamp]) => before.get(path) !== stamp).map(([path]) => path);
    expect(changed).toEqual(['/en/news/2021-08/']);
  });

  it('names its older pages in title and heading', () => {
    const page = String(monthPages(news(200)).at(-1)?.render());
    expect(page).toContain('<title>News of August 2021, page 1 · Bulletin</title>');
    expect(page).toContain('<h1>News of <time datetime="2021-08">August 2021</time>, page 1</h1>');
  });
});
