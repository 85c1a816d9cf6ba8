import { brotliCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Instant } from '../../../worker/model/instant.ts';
import { seriesOf } from '../../../worker/model/series.ts';
import { dataDocuments } from '../../../worker/render/data-documents.ts';
import { routeOf } from '../../../worker/staff/routes.ts';
import { aBulletin, aMoment, figuresByDay } from '../a-bulletin.ts';
import { aSite } from '../a-site.ts';

import { documentJson, documentText, idsDownFrom } from './data-text.ts';

describe('statistics', () => {
  const bulletin = aBulletin({
    days: {
      '2020-02-24': { new_cases: 5, critical: null },
      '2020-02-26': { new_cases: 0, critical: 3 },
      '2020-02-27': { quarantine: null },
    },
  });

  it('have every day from the first to the last reported one, null for what was not reported, totals included', () => {
    expect(documentJson(bulletin, '/api/v1/statistics.json')).toEqual({
      dates: ['2020-02-24', '2020-02-25', '2020-02-26'],
      metrics: {
        new_cases: [5, null, 0],
        critical: [null, null, 3],
        quarantine: [null, null, null],
        total_cases: [15, null, 15],
      },
      missingDays: { total_cases: 1 },
    });
  });

  it('are a CSV file too, with an empty cell for what was not reported', () => {
    expect(documentText(bulletin, '/data/statistics.csv')).toBe(
      'date,new_cases,critical,quarantine,total_cases,total_cases_missing_days,states,notes\n2020-02-24,5,,,15,0,,\n2020-02-25,,,,,,,\n2020-02-26,0,3,,15,1,,\n',
    );
  });

  it('are a CSV file with a header only if the site has no figures', () => {
    expect(documentText(aBulletin(), '/data/statistics.csv')).toBe(
      'date,new_cases,critical,quarantine,total_cases,total_cases_missing_days,states,notes\n',
    );
    expect(documentJson(aBulletin(), '/api/v1/statistics.json').dates).toEqual([]);
  });

  it('are the same figures in the CSV file', () =>
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat(), { nil: null }), { maxLength: 60 }), (values) => {
        const bulletin = aBulletin({
          days: figuresByDay(values.length, (m, i) => (m === 'critical' ? (values[i] ?? null) : 1)),
        });
        const [header = '', ...rows] = documentText(bulletin, '/data/statistics.csv').trimEnd().split('\n');
        const cells = rows.map((row) => row.split(','));
        const column = header.split(',').indexOf('critical');
        expect(cells.map(([date]) => date)).toEqual(seriesOf({ ...bulletin, remarks: [] }).dates);
        expect(cells.map((row) => (row[column] === '' ? null : Number(row[column])))).toEqual(values);
      }),
      { numRuns: 50 },
    ));
});

describe('bulletin.json', () => {
  it('gives the latest value of every metric with its date, change and total', () => {
    const bulletin = aBulletin({
      days: { '2020-02-24': { new_cases: 5, critical: 2 }, '2020-02-25': { new_cases: 3 } },
    });
    expect(documentJson(bulletin, '/api/v1/bulletin.json')).toMatchObject({
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

  it('gives the ten newest items, breaking news until its end, and all contacts', () => {
    const until = '2021-08-03T12:00:00Z' as Instant;
    const bulletin = aBulletin({
      news: [{ breaking: { until } }, ...Array.from({ length: 11 }, () => ({}))],
      contacts: [{ kind: 'hotline', phone: '151', website: 'https://moh.example' }],
    });
    const beforeEnd = documentJson(bulletin, '/api/v1/bulletin.json');
    expect(beforeEnd.news.map((n: { id: string }) => n.id)).toEqual(idsDownFrom(12, 3));
    expect(beforeEnd.breaking.map((n: { id: string }) => n.id)).toEqual(['1']);
    expect(beforeEnd.breaking[0].url).toEqual({ ar: '/ar/news/1', en: '/en/news/1' });
    expect(beforeEnd.decisions).toEqual([]);
    expect(beforeEnd.contacts).toMatchObject([
      { phone: '151', website: 'https://moh.example', url: { ar: '/ar/#contacts', en: '/en/#contacts' } },
    ]);
    const afterEnd = documentJson(bulletin, '/api/v1/bulletin.json', aMoment({ asOf: until }));
    expect(afterEnd.breaking).toEqual([]);
  });
});

it('bulletin.json gives the ten newest decisions', () => {
  const decisions = Array.from({ length: 12 }, (_, i) => ({
    date: `2020-03-${10 + ((i * 5) % 12)}` as never,
  }));
  const bulletin = aBulletin({ items: { decisions } });
  const newest = documentJson(bulletin, '/api/v1/bulletin.json').decisions;
  expect(newest).toEqual(documentJson(bulletin, '/api/v1/decisions.json').items.slice(0, 10));
  expect(newest[0]).toMatchObject({
    date: '2020-03-21',
    url: { ar: expect.stringMatching(/^\/ar\/decisions\/\d+$/) },
  });
});

describe('live.json', () => {
  it('is smaller than 600 bytes with 20 metrics and 3 breaking items', () => {
    const ids =
      'new_cases under_treatment critical recovered deaths quarantine tests vaccinated beds ventilators icu hospital home imported contacts_traced calls flights schools masks doses'.split(
        ' ',
      );
    const [first] = aSite().metrics;
    const site = aSite({ metrics: ids.map((id) => ({ ...first, id, kind: 'level' })) });
    const days = figuresByDay(3, (metric, i) => (metric.length * 7919 * (i + 3)) % 400_000, { metrics: ids });
    const breaking = { until: '2021-08-04T00:00:00Z' as Instant };
    const bulletin = aBulletin({ site, days, news: [{ breaking }, { breaking }, { breaking }] });
    const live = documentJson(bulletin, '/api/v1/live.json');
    expect(Object.keys(live.figures)).toEqual(ids);
    expect(live).toMatchObject({ release: 527, breaking: ['3', '2', '1'], poll: 60 });
    expect(live.figures.icu[0]).toBe('2020-02-26');
    const sizeBytes = brotliCompressSync(documentText(bulletin, '/api/v1/live.json')).length;
    console.log(`live.json with 20 metrics: ${sizeBytes} bytes`);
    expect(sizeBytes).toBeLessThan(600);
  });
});

describe('openapi.json', () => {
  const bulletin = aBulletin({ news: 120 });
  const api = documentJson(bulletin, '/api/v1/openapi.json');

  it('describes every path of the API and of the data files, and defines every schema that it uses', () => {
    const described = Object.keys(api.paths).map(
      (path) => new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
    );
    const released = dataDocuments(bulletin, aMoment()).map((d) => d.path);
    for (const path of released.filter((p) => p.startsWith('/api/') || p.startsWith('/data/')))
      expect(
        described.some((pattern) => pattern.test(path)),
        path,
      ).toBe(true);
    for (const [, name] of JSON.stringify(api).matchAll(/"#\/components\/schemas\/(\w+)"/g))
      expect(api.components.schemas).toHaveProperty(name ?? '');
  });

  it('describes only staff calls that exist', () => {
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

  it('has everything that OpenAPI 3.1 requires of an operation', () => {
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
