import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundaries } from '../../../worker/model/boundary.ts';
import type { Instant } from '../../../worker/model/instant.ts';
import type { MetricId } from '../../../worker/model/site.ts';
import { breaksOf } from '../../../worker/render/views/remarks.ts';
import { aBulletin, aMoment, type BulletinSpec, figuresByDay } from '../a-bulletin.ts';
import { aSite } from '../a-site.ts';
import { documentJson, documentText } from './data-text.ts';
import { pageHtml } from './page-text.ts';
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

  it('leaves on the record what its edit and its withdrawal changed, in words and with units', () => {
    const content = { ar: 'عُدّ من جديد', en: 'Counted again' };
    const metrics = aSite().metrics.map((metric) => ({
      ...metric,
      unit: { ar: 'حالة', en: 'cases' },
      unitForms: { ar: { few: 'حالات' }, en: { one: 'case' } },
    }));
    const date = '2021-05-20';
    const payload = { collection: 'remarks', id: '1' };
    const first = { metric: 'new_cases', kind: 'restatement', date, amount: -120, text: content };
    const edit = (fields: object) =>
      ({
        kind: 'edit',
        reason: 'Two',
        payload: { ...payload, content: { ...first, ...fields } },
      }) as never;
    const record = (...changes: readonly never[]) => {
      const items = [{ id: '1', agency: 'health', publishedAt: '2021-05-20T08:00:00Z', content: first }];
      return aBulletin({
        ...FRANCE,
        site: aSite({ metrics }),
        changes: [
          { kind: 'items', payload: { collection: 'remarks', items } as never },
          { kind: 'figures', reason: 'r', payload: { days: { [date]: { new_cases: null } } } as never },
          ...changes,
        ],
      });
    };
    const nextWord = '2021-08-20T09:00:00Z';
    const period = { from: '2021-04-01', until: '2021-04-30' };
    const edited = record(
      edit({ amount: -90_000, period }),
      edit({ kind: 'problem', amount: undefined, nextWord }),
    );
    const english = pageText(edited, '/en/changes/');
    expect(english).toContain('figure: New cases');
    expect(english).toMatch(/amount: Was [-−]120 cases, now [-−]90,000 cases/);
    expect(english).toContain('days it belongs to: Was nothing, now 1 April 2021 to 30 April 2021');
    expect(english).toContain('kind: Was a revised total, now a known problem');
    expect(english).toContain('now 20 August 2021 at 12:00');
    expect(english).toContain('Was 15,415 cases, now not reported');
    const arabic = pageText(edited, '/ar/changes/');
    expect(arabic).toContain('كان 15,415 حالة، وأصبح غير معلن');
    expect(arabic).not.toMatch(/new_cases|restatement|problem|T09:00|Z/);
    const [last, before] = documentJson(edited, '/api/v1/changes.json').items;
    expect(last).toMatchObject({ metric: 'new_cases', collection: 'remarks', now: { kind: 'problem' } });
    expect(before).toMatchObject({ was: { amount: -120 }, now: { amount: -90_000 } });

    const withdrawn = record({ kind: 'withdrawal', reason: 'Not so', payload } as never);
    expect(pageText(withdrawn, '/en/changes/')).toMatch(
      /Withdrawn: Counted again.*figure: New cases.*kind: a revised total.*amount: [-−]120 cases/,
    );
    expect(documentJson(withdrawn, '/api/v1/changes.json').items[0]).toMatchObject({
      kind: 'withdrawal',
      metric: 'new_cases',
      was: { metric: 'new_cases', kind: 'restatement', date, amount: -120, text: content },
    });
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
    expect(flow).toMatchObject({ date: '2021-05-21', value: 7, total: 70, totalDate: '2021-05-23' });
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
    {
      days: figuresByDay(3, (id, i) => (id === 'critical' && i === 2 ? null : i + 1), { from: '2021-08-01' }),
    },
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

  it('is told as what will be until its day, and a next word until its minute', () => {
    const ahead = withRemarks(
      { days: figuresByDay(3, (_, i) => i + 1, { from: '2021-08-01' }) },
      { kind: 'break', date: '2021-08-05' },
      { kind: 'pause', date: '2021-08-05' },
      { kind: 'pause', metric: 'critical', date: '2021-08-05', until: '2021-08-06' },
      { kind: 'problem', metric: 'quarantine', date: '2021-08-05', nextWord: '2021-08-03T12:30:20Z' },
    );
    const data = (asOf: string, language = 'en') => pageText(ahead, `/${language}/data/`, aMoment({ asOf }));
    const before = data('2021-08-03T12:30:59Z');
    for (const words of [
      'Will be counted in another way from 5 August 2021',
      'Reporting will be paused from 5 August 2021:',
      'Reporting will be paused from 5 August 2021 to 6 August 2021',
      'A problem is expected from 5 August 2021',
      'The agency says more on 3 August 2021',
    ])
      expect(before).toContain(words);
    expect(before).not.toMatch(/since 5 August/);
    expect(data('2021-08-03T11:00:00Z', 'ar')).toContain('سيتوقف إعلان هذا الرقم ابتداءً من 5 أغسطس 2021');
    expect(pageText(ahead, '/en/')).not.toMatch(/paused|expected/);
    expect(boundaries(ahead, '2021-08-03T11:00:00Z' as Instant)[0]).toBe('2021-08-03T12:31:00Z');
    expect(boundaries(ahead, '2021-08-03T12:31:00Z' as Instant)[0]).toBe('2021-08-03T21:00:00Z');
    const after = data('2021-08-05T12:31:00Z');
    expect(after).toContain('Reporting paused since 5 August 2021');
    expect(after).toContain('Counted in another way since 5 August 2021');
    expect(after).not.toContain('says more');
  });

  it('never says of what has a figure that it is paused', () => {
    const days = {
      '2021-08-01': { critical: 1, new_cases: 1 },
      '2021-08-02': { critical: 2, new_cases: 1 },
    };
    const stateOf = (spec: object) => {
      const told = withRemarks(spec, { kind: 'pause', metric: 'critical', date: '2021-08-02' });
      const { figures } = documentJson(told, '/api/v1/figures/en.json');
      const { state } = figures.find(({ metric }: { metric: string }) => metric === 'critical');
      return [
        state,
        pageText(told, '/en/').includes('paused'),
        /paused/.test(documentText(told, '/data/statistics.csv')),
      ];
    };
    expect(stateOf({ days })).toEqual(['reported', false, false]);
    const silent = { ...days, '2021-08-02': { new_cases: 1 } };
    expect(stateOf({ days: silent })).toEqual(['paused', true, true]);
  });

  it('counts the changes of a total that the home page has no room for', () => {
    const told = withRemarks(
      { days: figuresByDay(3, () => 900, { from: '2021-08-01' }) },
      { kind: 'adjustment', date: '2021-08-02', amount: -100 },
      { kind: 'adjustment', date: '2021-08-02', amount: -20 },
      { kind: 'adjustment', date: '2021-08-02', amount: 30 },
    );
    expect(pageText(told, '/en/')).toContain('Total raised by 30 on 2 August 2021 and 2 other revisions');
    expect(pageHtml(told, '/en/')).toContain('href="/en/data/#metric-new_cases">and 2 other');
    expect(pageText(told, '/ar/')).toContain('وتعديلان آخران');
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
