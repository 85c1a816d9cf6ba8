import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MetricId } from '../../../worker/model/site.ts';
import { breaksOf } from '../../../worker/render/views/remarks.ts';
import { aBulletin, aMoment, type BulletinSpec, figuresByDay } from '../a-bulletin.ts';
import { aSite } from '../a-site.ts';
import { documentJson, documentText } from './data-text.ts';
import { pageText, withRemarks } from './with-remarks.ts';

const FRANCE = {
  days: {
    '2021-05-19': { new_cases: 19_050 },
    '2021-05-20': { new_cases: 15_415 },
    '2021-05-21': { new_cases: 13_700 },
  },
} satisfies BulletinSpec;

describe('a total that its agency takes cases off', () => {
  const bulletin = aBulletin(FRANCE);
  const revised = withRemarks(
    { days: { '2021-05-18': { new_cases: 5_900_000 }, ...FRANCE.days } },
    { kind: 'restatement', date: '2021-05-20', amount: -348_840 },
  );

  it('falls on its day, the flow stays what was reported, and the files tell how', () => {
    const statistics = documentJson(revised, '/api/v1/statistics.json');
    expect(statistics.metrics.new_cases).toEqual([5_900_000, 19_050, 15_415, 13_700]);
    expect(statistics.metrics.total_cases).toEqual([5_900_010, 5_919_060, 5_585_635, 5_599_335]);
    expect(statistics.adjustments).toEqual([
      { metric: 'total_cases', date: '2021-05-20', amount: -348_840, remark: '1' },
    ]);
    for (const path of ['/api/v1/statistics/years/2021.json', '/api/v1/statistics/metrics/total_cases.json'])
      expect(documentJson(revised, path).adjustments, path).toEqual(statistics.adjustments);
    expect(documentJson(revised, '/api/v1/statistics/metrics/new_cases.json').adjustments).toBeUndefined();
    expect(documentText(revised, '/data/statistics.csv')).toMatch(/2021-05-20,15415,,,5585635/);
    expect(documentJson(revised, '/api/v1/remarks.json').items).toMatchObject([
      {
        kind: 'restatement',
        amount: -348_840,
        url: { ar: '/ar/data/#remarks-1', en: '/en/data/#remarks-1' },
      },
    ]);
  });

  it('is told in words beside the total and on the data page, in each language', () => {
    expect(pageText(revised, '/en/')).toContain('Total lowered by 348,840 on 20 May 2021');
    expect(pageText(revised, '/en/data/')).toContain(
      'Total lowered by 348,840 on 20 May 2021: Counted again',
    );
    expect(pageText(revised, '/ar/')).toContain('خُفّض المجموع بمقدار 348,840 في 20 مايو 2021');
  });

  it('has a site without remarks read as before', () => {
    expect(documentJson(bulletin, '/api/v1/statistics.json')).not.toHaveProperty('adjustments');
  });

  it('may be given as it is now, also for a day without a figure', () => {
    const given = withRemarks(
      { days: { '2021-05-19': { new_cases: 100 }, '2021-05-21': { new_cases: 7 } } },
      { kind: 'adjustment', date: '2021-05-19', amount: 5 },
      { kind: 'restatement', metric: 'total_cases', date: '2021-05-20', total: 60 },
      { kind: 'restatement', metric: 'total_cases', date: '2021-05-23', total: 70 },
    );
    const { dates, metrics, adjustments } = documentJson(given, '/api/v1/statistics.json');
    expect(dates.at(-1)).toBe('2021-05-23');
    expect(metrics.total_cases).toEqual([115, 60, 67, null, 70]);
    expect(adjustments.map(({ amount }: { amount: number }) => amount)).toEqual([5, -55, 3]);
    const [flow] = documentJson(given, '/api/v1/bulletin.json').figures;
    expect(flow).toMatchObject({ date: '2021-05-21', value: 7, total: 67 });
  });

  it('is always its opening, its flow and its adjustments up to the day', () =>
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.nat(1_000), { nil: null }), { minLength: 1, maxLength: 20 }),
        fc.array(
          fc.tuple(
            fc.integer({ min: 0, max: 25 }),
            fc.oneof(
              fc.integer({ min: -500, max: 500 }).map((amount) => ({ kind: 'adjustment', amount })),
              fc.nat(5_000).map((total) => ({ kind: 'restatement', metric: 'total_cases', total })),
            ),
          ),
          { maxLength: 6 },
        ),
        (values, shifts) => {
          const day = (i: number) => `2021-01-${String(i + 1).padStart(2, '0')}`;
          const days = figuresByDay(values.length, (_, i) => values[i] ?? null, {
            from: '2021-01-01',
            metrics: ['new_cases'],
          });
          const bulletin = withRemarks({ days }, ...shifts.map(([i, shift]) => ({ date: day(i), ...shift })));
          const { dates, metrics, adjustments = [] } = documentJson(bulletin, '/api/v1/statistics.json');
          dates.forEach((date: string, i: number) => {
            const flow = metrics.new_cases
              .slice(0, i + 1)
              .reduce((sum: number, v: number | null) => sum + (v ?? 0), 0);
            const added = adjustments
              .filter((a: { date: string }) => a.date <= date)
              .reduce((sum: number, { amount }: { amount: number }) => sum + amount, 0);
            const total = metrics.total_cases[i];
            const sum = 10 + flow + added;
            if (total !== null) expect(total).toBe(sum);
            else expect(sum < 0 || metrics.new_cases[i] === null).toBe(true);
            expect(total ?? 0).toBeGreaterThanOrEqual(0);
          });
          expect(adjustments).toHaveLength(shifts.length);
        },
      ),
      { numRuns: 60 },
    ));
});

describe('what else is known about a series', () => {
  const bulletin = withRemarks(
    { days: figuresByDay(3, (_, i) => i + 1, { from: '2021-08-01' }) },
    { kind: 'break', date: '2021-08-02' },
    { kind: 'pause', metric: 'critical', date: '2021-08-03', until: '2021-08-05' },
    { kind: 'problem', metric: 'quarantine', date: '2021-08-01', nextWord: '2021-08-09T09:00:00Z' },
    { kind: 'pause', metric: 'quarantine', date: '2021-07-01', until: '2021-07-05' },
  );

  it('is told beside the metric for as long as it holds', () => {
    const home = pageText(bulletin, '/en/');
    expect(home).toContain('Counted in another way since 2 August 2021');
    expect(home).toContain('Reporting paused from 3 August 2021 to 5 August 2021');
    expect(home).toContain('Known problem since 1 August 2021');
    expect(home).not.toContain('July');
    const later = pageText(bulletin, '/en/', aMoment({ asOf: '2021-08-06T11:00:00Z' }));
    expect(later).not.toContain('paused');
    expect(later).toContain('Known problem');
  });

  it('stays on the data page with its whole text', () => {
    const data = pageText(bulletin, '/en/data/');
    expect(data).toContain('Known problem since 1 August 2021: Counted again');
    expect(data).toContain('The agency says more on 9 August 2021');
    expect(data).toContain('Reporting paused from 1 July 2021 to 5 July 2021: Counted again');
  });

  it('parts the series of a flow and of its totals', () => {
    const of = (id: string) => breaksOf(bulletin, id as MetricId);
    expect([of('new_cases'), of('total_cases'), of('critical')]).toEqual([
      ['2021-08-02'],
      ['2021-08-02'],
      [],
    ]);
  });
});

describe('what is known of a figure beside its number', () => {
  const day = (values: object) => values as { readonly [metric: string]: number };
  const bulletin = aBulletin({
    days: {
      '2021-08-02': day({
        new_cases: 7,
        critical: { value: 3, at: '18:00', note: { ar: 'نص', en: 'Two "wards", late' } },
        quarantine: { value: 1, provisionalUntil: '2021-08-04' },
      }),
      '2021-08-03': day({ new_cases: { value: null, state: 'not-reported' } }),
    },
  });

  it('is in JSON beside the values, and the day that has no figure is there', () => {
    const { dates, metrics, facts } = documentJson(bulletin, '/api/v1/statistics.json');
    expect([dates.at(-1), metrics.new_cases]).toEqual(['2021-08-03', [7, null]]);
    expect(facts).toEqual([
      { metric: 'critical', date: '2021-08-02', at: '18:00', note: { ar: 'نص', en: 'Two "wards", late' } },
      { metric: 'quarantine', date: '2021-08-02', provisionalUntil: '2021-08-04' },
      { metric: 'new_cases', date: '2021-08-03', state: 'not-reported' },
    ]);
    const metric = documentJson(bulletin, '/api/v1/statistics/metrics/critical.json');
    expect(metric.facts).toEqual([facts[0]]);
    expect(documentJson(bulletin, '/api/v1/bulletin.json').figures.slice(0, 2)).toMatchObject([
      { metric: 'new_cases', date: '2021-08-02', facts: [{ date: '2021-08-03', state: 'not-reported' }] },
      { metric: 'critical', facts: [{ date: '2021-08-02', at: '18:00' }] },
    ]);
  });

  it('is in the last two columns of the CSV, which are always there', () => {
    const remarked = withRemarks(
      { days: { '2021-08-01': { new_cases: 7 }, '2021-08-03': { new_cases: 8, critical: 1 } } },
      { kind: 'pause', metric: 'critical', date: '2021-08-02' },
      { kind: 'break', date: '2021-08-03' },
      { kind: 'adjustment', date: '2021-08-03', amount: -5 },
    );
    expect(documentText(remarked, '/data/statistics.csv').split('\n')).toEqual([
      'date,new_cases,critical,quarantine,total_cases,total_cases_missing_days,states,notes',
      '2021-08-01,7,,,17,0,,',
      '2021-08-02,,,,,,critical:paused,',
      '2021-08-03,8,1,,20,1,new_cases:break total_cases:adjusted:-5,',
      '',
    ]);
    const english = aBulletin({
      site: aSite({ defaultLanguage: 'en' }),
      days: { '2021-08-02': day({ critical: { value: 3, at: '18:00', note: { en: 'Two "wards", late' } } }) },
    });
    expect(documentText(english, '/data/statistics/2021.csv')).toContain(
      '2021-08-02,,3,,,,critical:at:18:00,"critical: Two ""wards"", late"\n',
    );
  });

  it('is told in words, until it ends by itself', () => {
    for (const path of ['/en/', '/en/data/']) {
      const page = pageText(bulletin, path);
      expect(page).toContain('The agency reports no figure for 3 August 2021');
      expect(page).toContain('Read at 18:00');
      expect(page).toContain('Two "wards", late'.replaceAll('"', '&quot;'));
      expect(page).toContain('Provisional until 4 August 2021');
      const later = pageText(bulletin, path, aMoment({ asOf: '2021-08-04T21:00:00Z' }));
      expect(later).not.toContain('Provisional');
    }
  });
});
