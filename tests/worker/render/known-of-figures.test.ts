import { describe, expect, it } from 'vitest';
import { aMoment } from '../a-bulletin.ts';
import { aSite } from '../a-site.ts';
import { aMeasuredBulletin } from './a-measured-bulletin.ts';
import { documentJson, documentText } from './data-text.ts';
import { withRemarks } from './with-remarks.ts';

const bulletin = aMeasuredBulletin();
const moment = aMoment({ asOf: '2021-08-02T11:00:00Z' });
const figureIn = (path: string, metric: string) =>
  documentJson(bulletin, path, moment).figures.find((one: { metric: string }) => one.metric === metric);

describe('what is known of figures is in every file', () => {
  it('problems are in the series, also of a year and of a metric that they reach', () => {
    const rain = { metric: 'rain', date: '2021-07-24', until: '2021-07-25', remark: '5' };
    const river = { metric: 'river', date: '2021-07-30', remark: '4' };
    for (const path of ['statistics', 'statistics/years/2021'])
      expect(documentJson(bulletin, `/api/v1/${path}.json`).problems).toEqual([rain, river]);
    expect(documentJson(bulletin, '/api/v1/statistics/metrics/river.json').problems).toEqual([river]);
    expect(documentJson(bulletin, '/api/v1/statistics/metrics/share.json').problems).toBeUndefined();
  });

  it('problems are states of their days in the CSV, once a day', () => {
    const twice = aMeasuredBulletin({
      changes: [
        {
          kind: 'items',
          payload: {
            collection: 'remarks',
            items: [
              {
                id: '90',
                agency: 'health',
                publishedAt: '2021-08-03T11:00:00Z',
                content: { metric: 'river', kind: 'problem', date: '2021-07-31', text: { ar: 'خلل' } },
              },
            ],
          } as never,
        },
      ],
    });
    for (const of of [bulletin, twice]) {
      const rows = documentText(of, '/data/statistics.csv').trimEnd().split('\n');
      const days = (state: string) =>
        rows.filter((row) => row.split(/[ ,]/).includes(state)).map((row) => row.slice(0, 10));
      expect(days('rain:problem')).toEqual(['2021-07-24', '2021-07-25']);
      expect(days('river:problem')).toEqual(['2021-07-30', '2021-07-31', '2021-08-01', '2021-08-02']);
      for (const row of rows) expect(row.match(/river:problem/g)?.length ?? 0).toBeLessThanOrEqual(1);
    }
  });

  it('the problem of today and the newest break are in bulletin.json', () => {
    expect(figureIn('/api/v1/bulletin.json', 'river')).toMatchObject({
      problem: { date: '2021-07-30', remark: '4' },
      break: { date: '2021-07-25', remark: '3' },
    });
    const rain = figureIn('/api/v1/bulletin.json', 'rain');
    expect([rain.problem, rain.break]).toEqual([undefined, undefined]);
  });

  it('figures/{language}.json has them in words, and that the agency has no figure of a later day', () => {
    expect(figureIn('/api/v1/figures/en.json', 'river')).toMatchObject({
      problem: { date: '2021-07-30', remark: '4', text: 'Known problem since 30 July 2021' },
      break: { date: '2021-07-25', remark: '3', text: 'Counted in another way since 25 July 2021' },
    });
    expect(figureIn('/api/v1/figures/en.json', 'river').notReported).toBeUndefined(); // a figure came later
    expect(figureIn('/api/v1/figures/en.json', 'share').notReported).toEqual({
      date: '2021-08-02',
      text: 'The agency reports no figure for 2 August 2021',
    });
    expect(figureIn('/api/v1/figures/ar.json', 'river').problem.text).toMatch(/30 يوليو/);
  });

  it('figures/{language}.json has at most 100 kB, with all of that about each of 100 metrics with the longest names', () => {
    const unit = { ar: 'ع'.repeat(99), en: 'e'.repeat(99) };
    const long = { ar: 'ع'.repeat(300), en: 'e'.repeat(300) };
    const ids = Array.from({ length: 100 }, (_, i) => `a_metric_${i}`);
    const none = { value: null, state: 'not-reported' } as never;
    const most = withRemarks(
      {
        site: aSite({
          metrics: ids.map((id) => ({
            id,
            kind: 'level',
            agencies: ['health'],
            label: long,
            unit,
            tone: 'calm',
          })),
        }),
        days: {
          '2021-07-31': Object.fromEntries(ids.map((id) => [id, 123_456_789])),
          '2021-08-01': Object.fromEntries(ids.map((id) => [id, 123_456_790])),
          '2021-08-02': Object.fromEntries(ids.map((id) => [id, none])),
        },
      },
      ...ids.flatMap((metric) => [
        { metric, kind: 'problem', date: '2021-07-30', until: '2021-09-30' },
        { metric, kind: 'break', date: '2021-07-30' },
      ]),
    );
    for (const path of ['figures/ar', 'figures/en', 'bulletin']) {
      const sizeBytes = Buffer.byteLength(documentText(most, `/api/v1/${path}.json`, moment));
      console.log(`${path}.json with all that is known of 100 metrics: ${sizeBytes} bytes`);
      expect(sizeBytes).toBeLessThan(100_000);
    }
  });
});
