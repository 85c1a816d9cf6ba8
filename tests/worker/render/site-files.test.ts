import { describe, expect, it } from 'vitest';
import { COLLECTIONS, hasMonths, hasPermalinks } from '../../../worker/model/collections/registry.ts';
import type { ItemId } from '../../../worker/model/item.ts';
import { SECTIONS } from '../../../worker/model/path.ts';
import { dataDocuments } from '../../../worker/render/data-documents.ts';
import { aBulletin, aMoment } from '../a-bulletin.ts';
import { aSite } from '../a-site.ts';

import { CONTENT_EXAMPLES } from '../content-examples.ts';
import { documentText, withChanges } from './data-text.ts';

describe('files that every site has', () => {
  const bulletin = aBulletin({ news: 120 });

  it('security.txt has its two required fields, and is valid for more than 120 days and less than a year', () => {
    const text = documentText(bulletin, '/.well-known/security.txt');
    expect(text).toMatch(/^Contact: https:\/\//m);
    const expires = Date.parse(/^Expires: (.*)$/m.exec(text)?.[1] ?? '');
    const days = (expires - Date.parse(aMoment().asOf)) / 86_400_000;
    expect(days).toBeGreaterThan(120);
    expect(days).toBeLessThan(365);
    const later = aMoment({ asOf: '2021-08-30T23:00:00Z', release: 600 });
    expect(documentText(bulletin, '/.well-known/security.txt', later)).toBe(text);
  });

  it('the sitemap of a small site lists its pages directly', () => {
    const small = documentText(aBulletin({ news: 3 }), '/sitemap.xml');
    expect(small).toContain('<urlset');
    expect(small).toContain('<loc>https://bulletin.example/en/news/1</loc>');
  });

  it('the sitemap of a large site names other sitemaps, which together list every page in every language', () => {
    expect(documentText(bulletin, '/robots.txt')).toContain(
      'Sitemap: https://bulletin.example/sitemap.xml\n',
    );
    const locations = (text: string) => [...text.matchAll(/<loc>(.*?)<\/loc>/g)].map(([, url]) => url ?? '');
    const sitemaps = locations(documentText(bulletin, '/sitemap.xml'));
    expect(sitemaps.length).toBeGreaterThan(1);
    const texts = sitemaps.map((url) => documentText(bulletin, new URL(url).pathname));
    const pages = texts.flatMap(locations);
    expect(new Set(pages).size).toBe(pages.length);
    for (const path of ['/ar/', '/en/', '/ar/news/', '/en/news/2021-08/', '/en/news/1', '/ar/news/120'])
      expect(pages).toContain(`https://bulletin.example${path}`);
    expect(texts[1]).toContain(
      '<xhtml:link rel="alternate" hreflang="en" href="https://bulletin.example/en/news/120"/>',
    );
    expect(texts[1]).toContain('hreflang="x-default" href="https://bulletin.example/ar/news/120"');
  });

  it('the sitemap lists every section, every month and every page of an item', () => {
    const oneOfEach = aBulletin({
      items: Object.fromEntries(COLLECTIONS.map((collection) => [collection, [{}]])),
    });
    const paths = [
      ...documentText(oneOfEach, '/sitemap.xml').matchAll(/<loc>https:\/\/bulletin.example\/en(.*?)<\/loc>/g),
    ];
    const listed = paths.map(([, path]) => path);
    for (const path of ['/', '/faq/', '/about/', '/news/2021-08/', '/decisions/2020-03/', '/rumours/1'])
      expect(listed).toContain(path);
    expect(listed).toEqual([
      '/',
      ...SECTIONS.map((section) => `/${section}/`),
      ...COLLECTIONS.filter(hasMonths).map(
        (name) => `${`/${name}/${CONTENT_EXAMPLES[name].full.date}`.slice(0, -3)}/`,
      ),
      ...COLLECTIONS.filter(hasPermalinks).map((name) => `/${name}/1`),
    ]);
  });

  it('a sitemap is valid XML, whatever the origin', () => {
    for (const news of [1, 120]) {
      const specialOrigin = aBulletin({ news, site: aSite({ origin: "https://a&b'c.example" }) });
      for (const { path, render } of dataDocuments(specialOrigin, aMoment()).filter((d) =>
        d.path.endsWith('.xml'),
      )) {
        expect(render(), path).toContain('<loc>https://a&amp;b&apos;c.example/');
        expect(render(), path).not.toMatch(/&(?!amp;|apos;)|='/);
      }
    }
  });
});

it('every document gets a new stamp, or a new one of its settings, when its bytes change', () => {
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
  // Erases the reason only: the old value belongs to another entry, and the new value is null already.
  const erasedFigure = { date: '2020-02-24', metric: 'critical', reported: false };
  const erasure = { seq: 6, figures: [erasedFigure], items: [] };
  const variants = [
    aBulletin(base),
    aBulletin({ ...base, news: 121 }),
    aBulletin({ ...base, site: aSite({ origin: 'https://other.example' }) }),
    aBulletin({ ...base, site: aSite({ metrics: aSite().metrics.slice(0, 2) }) }),
    aBulletin({ ...base, site: aSite({ languages: [{ tag: 'ar', locale: 'ar' }] }) }),
    aBulletin({
      ...base,
      ...withChanges([{ kind: 'figures', payload: { days: { '2020-02-24': { critical: 6 } } } }]),
    }),
    aBulletin({ ...base, ...withChanges([withdrawal]) }),
    aBulletin({ ...base, ...withChanges([withdrawal, unreported]) }),
    aBulletin({ ...base, ...withChanges([withdrawal, unreported, { kind: 'erasure', payload: erasure }]) }),
  ];
  const contents = new Map<string, unknown>();
  for (const bulletin of variants)
    for (const document of dataDocuments(bulletin, aMoment())) {
      const key = `${document.path} ${document.stamp} ${document.settings}`;
      const content = document.render();
      if (contents.has(key)) expect(content, key).toEqual(contents.get(key));
      contents.set(key, content);
    }
});
