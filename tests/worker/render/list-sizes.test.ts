import { describe, expect, it } from 'vitest';
import type { Instant } from '../../../worker/model/instant.ts';
import type { Site } from '../../../worker/model/site.ts';
import { dataDocuments } from '../../../worker/render/data-documents.ts';
import { aBulletin, aMoment, aNewsItem } from '../a-bulletin.ts';
import { aSite } from '../a-site.ts';
import { documentJson, documentText } from './data-text.ts';

const bytes = (text: string | Uint8Array): number => Buffer.byteLength(text);

/** Settings with so many languages, and the longest origin. */
const siteWith = (languages: number): Site => {
  const tags = [
    'ar',
    'en',
    ...Array.from({ length: languages - 2 }, (_, i) => `b${String.fromCharCode(97 + i)}`),
  ];
  return aSite({
    languages: tags.map((tag) => ({ tag, locale: 'en-GB' })),
    origin: `https://${'long-label-of-a-host.'.repeat(11)}example`,
  });
};
const inAll = (site: Site, text: string) => Object.fromEntries(site.languages.map(({ tag }) => [tag, text]));

describe('bulletin.json', () => {
  const fact = 'The curfew in the capital ends at five. ';
  const paragraphs = (count: number) =>
    Array.from({ length: count }, () => fact.repeat(5).trim()).join('\n\n');

  it('has whole bodies as long as they are of a usual length', () => {
    const body = { ar: paragraphs(10), en: paragraphs(10) };
    const { news, truncated } = documentJson(
      aBulletin({ news: Array(10).fill({ body }) }),
      '/api/v1/bulletin.json',
    );
    expect(truncated).toBeUndefined();
    for (const item of news) {
      expect(item.body).toEqual(body);
      expect(item.truncated).toBeUndefined();
    }
  });

  it('cuts only the longest bodies, with a paragraph, and says which', () => {
    const long = { ar: paragraphs(240), en: paragraphs(240) };
    const bulletin = aBulletin({ news: [{ body: long }, {}, { body: long }, {}] });
    const { news } = documentJson(bulletin, '/api/v1/bulletin.json');
    const [whole, cut] = news;
    expect(whole.body).toEqual(aNewsItem().body);
    expect(whole.truncated).toBeUndefined();
    expect(cut.truncated).toEqual(['body']);
    for (const language of ['ar', 'en'] as const) {
      expect(cut.body[language]).toMatch(/five\.\n\n…$/);
      expect(long[language].startsWith(cut.body[language].slice(0, -3))).toBe(true);
      expect(cut.body[language].length).toBeGreaterThan(2_000);
    }
    expect(documentJson(bulletin, '/api/v1/news.json').items.at(-1).body).toEqual(long);
  });

  it('says of which figures it leaves out the note', () => {
    const figures = (length: number) => {
      const note = { ar: 'ع'.repeat(length), en: 'n'.repeat(length) };
      const days = { '2021-08-03': { new_cases: { value: 1, note }, critical: { value: 2, at: '18:00' } } };
      return documentJson(aBulletin({ days: days as never }), '/api/v1/bulletin.json').figures;
    };
    expect(figures(300)[0].facts[0].note.en).toHaveLength(300);
    const [cases, critical] = figures(3_000);
    expect(cases.facts).toEqual([{ date: '2021-08-03', truncated: ['note'] }]);
    expect(critical.facts).toEqual([{ date: '2021-08-03', at: '18:00' }]);
  });

  it('has at most 100 kB, whatever staff write', () => {
    const until = '2021-08-04T00:00:00Z' as Instant;
    for (const [languages, count, text] of [
      [2, 100, '"\n'],
      [2, 12, '漢字'],
      [20, 12, '漢'],
    ] as const) {
      const ids = Array.from({ length: 100 }, (_, i) => `metric_${i}`);
      const site = {
        ...siteWith(languages),
        metrics: ids.map((id) => ({ ...aSite().metrics[0], id })) as never,
      };
      const title = inAll(site, text.repeat(150));
      const none = { value: null, state: 'not-reported', note: title };
      const body = inAll(site, text.repeat(25_000));
      const source = Array(50).fill({
        url: `https://moh.example/${'x'.repeat(1_900)}`,
        title: '漢'.repeat(300),
      });
      const item = { title, body, source };
      const bulletin = aBulletin({
        site,
        news: Array.from({ length: count }, (_, i) => ({
          ...item,
          ...(i % 2 ? { breaking: { until } } : {}),
        })),
        contacts: Array.from({ length: 400 }, () => ({ name: title as never, hours: title as never })),
        items: {
          decisions: Array.from({ length: 12 }, () => ({ ...item, issuer: title, topic: title })) as never,
        },
        days: {
          '2021-08-01': Object.fromEntries(ids.map((id) => [id, { value: 1, at: '18:00', note: title }])),
          '2021-08-02': Object.fromEntries(ids.map((id) => [id, none])),
          '2021-08-03': Object.fromEntries(ids.map((id) => [id, none])),
        } as never,
      });
      const text0 = documentText(bulletin, '/api/v1/bulletin.json');
      expect(bytes(text0)).toBeLessThanOrEqual(100_000);
      const bulletinJson = JSON.parse(text0);
      expect(bulletinJson.truncated).toContain('contacts');
      for (const list of ['breaking', 'news', 'decisions'])
        expect(Array.isArray(bulletinJson[list]), list).toBe(true);
    }
  });
});

describe('sitemaps', () => {
  const months = (count: number) =>
    Array.from({ length: count }, (_, i) => ({
      date: `${2000 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}-01` as never,
    }));
  const sitemapsOf = (site: Site, count: number) =>
    dataDocuments(aBulletin({ site, news: months(count) }), aMoment()).filter(({ path }) =>
      path.startsWith('/sitemap'),
    );

  it.each([2, 4, 10, 20])('of %i languages and 400 months have at most 250 kB each', (languages) => {
    const site = siteWith(languages);
    const files = sitemapsOf(site, 400);
    const addresses = new Set<string>();
    for (const { path, render } of files) {
      const text = String(render());
      expect(bytes(text), path).toBeLessThanOrEqual(250_000);
      if (path !== '/sitemap.xml')
        for (const [, address = ''] of text.matchAll(/<loc>(.*?)<\/loc>/g)) {
          expect(addresses.has(address), address).toBe(false);
          addresses.add(address);
        }
    }
    expect(addresses.size).toBe(languages * (10 + 400 + 400));
    const index = [...String(files[0]?.render()).matchAll(/<loc>(.*?)<\/loc>/g)].map(
      ([, address]) => address,
    );
    expect(index).toEqual(files.slice(1).map(({ path }) => site.origin + path));
  });

  it('name the other languages of each page as long as they are few', () => {
    const links = (languages: number) => {
      const site = { ...siteWith(languages), origin: 'https://bulletin.example' };
      return sitemapsOf(site, 120).some(({ render }) => String(render()).includes('hreflang='));
    };
    expect([2, 3, 10].map(links)).toEqual([true, true, false]);
  });
});

it('every JSON list has at most 100 items and a bounded size, whatever staff write', () => {
  const body = { ar: 'ن'.repeat(50_000), en: '"'.repeat(50_000) };
  const reason = 'خطأ '.repeat(250);
  const edits = Array.from({ length: 150 }, (_, i) => ({
    kind: 'figures' as const,
    payload: { days: { '2020-02-24': { critical: i + 6 } } },
    reason,
  }));
  const bulletin = aBulletin({
    days: { '2020-02-24': { critical: 5 } },
    items: {
      news: Array(40).fill({ body }),
      faq: Array(150).fill({ answer: { ar: 'جواب', en: 'x'.repeat(20_000) } }),
    } as never,
    changes: edits as never,
  });
  const lists = dataDocuments(bulletin, aMoment()).filter(({ path }) =>
    /\/api\/v1\/(news|faq|changes)/.test(path),
  );
  expect(lists.length).toBeGreaterThan(6);
  for (const { path, render } of lists) {
    const text = String(render());
    expect(JSON.parse(text).items.length, path).toBeLessThanOrEqual(100);
    expect(bytes(text), path).toBeLessThanOrEqual(1_200_000);
  }
});
