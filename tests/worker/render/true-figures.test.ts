import { brotliCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dataDocuments } from '../../../worker/render/data-documents.ts';
import { aBulletin, aMoment, type BulletinSpec, figuresByDay } from '../a-bulletin.ts';
import { aSite } from '../a-site.ts';
import { documentJson, documentText, toldFigure } from './data-text.ts';
import { pageHtml, textNodes, visibleText } from './page-text.ts';
import { epidemicWithoutItems } from './seed-bulletins.ts';
import { withRemarks } from './with-remarks.ts';

type Days = NonNullable<BulletinSpec['days']>;

/** The heading and the sentence of the chart. */
const chartText = (html: string): string =>
  visibleText(`<body>${/id="chart".*?<\/h2><p>.*?<\/p>/.exec(html)?.[0]}`);
const cardText = (html: string, metric: string): string =>
  visibleText(`<body>${new RegExp(`id="metric-${metric}".*?</li>`).exec(html)?.[0]}`);

describe('an average and a trend', () => {
  const weekend: Days = {
    ...epidemicWithoutItems.days,
    '2021-08-04': { new_cases: 752 },
    '2021-08-05': { new_cases: 701 },
    '2021-08-06': { new_cases: 690 },
    '2021-08-09': { new_cases: 1_500 },
  };
  const bulletin = aBulletin({ ...epidemicWithoutItems, days: weekend });
  const asOf = '2021-08-09T11:00:00Z';

  it('are not claimed after two days that were not reported, in no form of the figure', () => {
    for (const language of ['en', 'ar']) {
      const html = pageHtml(bulletin, `/${language}/`, aMoment({ asOf }));
      expect(chartText(html)).not.toMatch(/up |أكثر|%/);
      expect(cardText(html, 'new_cases')).not.toMatch(/average|متوسط/);
      expect(html).not.toContain('class="now"');
      expect(toldFigure(bulletin, 'new_cases', { language, asOf })).toMatchObject({
        value: 1_500,
        text: '1,500',
        change: null,
        average: { value: null, text: null, why: 'days-missing', reportedDays: 5 },
      });
    }
    expect(chartText(pageHtml(bulletin, '/en/', aMoment({ asOf })))).toContain(
      'Of the 7 days to 9 August 2021, 5 were reported: too few for an average.',
    );
    expect(chartText(pageHtml(bulletin, '/ar/', aMoment({ asOf })))).toContain(
      'أُعلنت أرقام 5 أيام من الأيام السبعة المنتهية في 9 أغسطس 2021، فلا متوسط لها.',
    );
  });

  it('stay those of the days when a total is revised, and the total of a lump after silent days is a lower bound', () => {
    const revised = withRemarks(
      { ...epidemicWithoutItems, days: weekend },
      { kind: 'restatement', metric: 'total_cases', date: '2021-08-09', amount: -3_771 },
    );
    const html = pageHtml(revised, '/en/', aMoment({ asOf }));
    expect(cardText(html, 'new_cases')).toContain(
      'Total cases 400,000 cases (at least: 2 days were not reported)Total lowered by 3,771 cases on 9 August 2021',
    );
    expect(cardText(html, 'new_cases')).not.toMatch(/average|more than|fewer than/);
    expect(cardText(pageHtml(revised, '/ar/', aMoment({ asOf })), 'new_cases')).toMatch(
      /خُفّض المجموع بمقدار 3,771 حالة في 9 أغسطس 2021/,
    );
    expect(toldFigure(revised, 'new_cases', { asOf })).toMatchObject({
      value: 1_500,
      change: null,
      total: { value: 400_000, missingDays: 2 },
      average: { value: null, why: 'days-missing' },
    });
    // A day after whole weeks: the average is of what was reported, and knows nothing of the revision.
    const whole = withRemarks(epidemicWithoutItems, {
      ...{ kind: 'restatement', metric: 'total_cases', date: '2021-08-03', amount: -128 },
    });
    expect(chartText(pageHtml(whole, '/en/'))).toContain('down 16% on the week before');
    expect(toldFigure(whole, 'new_cases')).toMatchObject({
      average: { value: 5_590 / 7 },
      total: { value: 400_000 },
    });
  });

  it('are told by card, sentence, chart and JSON alike where all days were reported', () => {
    const html = pageHtml(aBulletin({ ...epidemicWithoutItems }), '/en/');
    expect(chartText(html)).toContain('down 16% on the week before');
    expect(chartText(html)).toContain(
      'The daily average was 799 cases in the 7 days to 3 August 2021, and 947 cases in the 7 days before.',
    );
    expect(cardText(html, 'new_cases')).toContain('7-day average 799 cases');
    expect(html).toMatch(/class="now".*?>799</);
    const { average } = toldFigure(aBulletin({ ...epidemicWithoutItems }), 'new_cases');
    expect(average).toEqual({ value: 5_590 / 7, text: '799', unit: 'cases' });
  });

  it('are never a rise where the sum of as many reported days fell, and all forms agree, whatever is missing', () => {
    const day = fc.option(fc.nat(2_000), { freq: 60, nil: null });
    let rises = 0;
    fc.assert(
      fc.property(fc.array(day, { minLength: 14, maxLength: 24 }), (values) => {
        const last = values.findLastIndex((value) => value !== null);
        const days = figuresByDay(values.length, (_, i) => values[i] ?? null, {
          from: '2021-07-01',
          metrics: ['new_cases'],
        });
        const random = aBulletin({ days });
        const html = pageHtml(random, '/en/', aMoment({ asOf: '2021-07-15T09:00:00Z' }));
        const sums = [last - 6, last - 13].map((from) =>
          values.slice(Math.max(0, from), from + 7).reduce<number>((sum, v) => sum + (v ?? Number.NaN), 0),
        );
        const [now = 0, before = 0] = sums;
        if (chartText(html).includes('up ')) {
          rises += 1;
          expect(now).toBeGreaterThan(before);
        }
        if (chartText(html).includes('down ')) expect(now).toBeLessThan(before);
        const average = toldFigure(random, 'new_cases')?.average ?? null;
        const shown = /7-day average ([\d.,]+)/.exec(cardText(html, 'new_cases'))?.[1] ?? null;
        expect(shown).toBe(average?.text ?? null);
        expect(/daily average was ([\d.,]+) in/.exec(chartText(html))?.[1] ?? null).toBe(shown);
        expect(/class="now".*?>([\d.,]+)</.exec(html)?.[1] ?? null).toBe(shown);
        expect(average?.value ?? null).toBe(Number.isNaN(now) || last < 6 ? null : now / 7);
      }),
      { numRuns: 120 },
    );
    expect(rises).toBeGreaterThan(5);
  });
});

describe('a total over days that were not reported', () => {
  const days: Days = {
    '2021-07-30': { new_cases: 5 },
    '2021-08-01': { new_cases: 3 },
    '2021-08-03': { new_cases: 1 },
  };
  const bulletin = aBulletin({ days });

  it('is a lower bound, in words on the pages', () => {
    const home = pageHtml(bulletin, '/en/');
    expect(cardText(home, 'new_cases')).toContain('All cases 19 (at least: 2 days were not reported)');
    expect(textNodes(home)).toContain('19');
    expect(visibleText(pageHtml(bulletin, '/en/data/'))).toMatch(/19 on 3 August 2021.* \(at least: 2 days/);
    expect(cardText(pageHtml(bulletin, '/ar/'), 'new_cases')).toContain('(على الأقل: لم يُعلن رقما يومين)');
    expect(visibleText(home)).toContain('at least 4'); // the sum of August
    expect(visibleText(pageHtml(aBulletin({ ...epidemicWithoutItems }), '/en/'))).not.toContain('at least');
  });

  it('has its missing days in JSON and in the CSV, the same in the parts', () => {
    const { figures } = documentJson(bulletin, '/api/v1/bulletin.json');
    expect(figures).toMatchObject([
      { metric: 'new_cases', total: 19, missingDays: 2 },
      { metric: 'critical' },
      { metric: 'quarantine' },
      { metric: 'total_cases', value: 19, missingDays: 2 },
    ]);
    expect(figures[1]).not.toHaveProperty('missingDays');
    expect(toldFigure(bulletin, 'new_cases').total).toMatchObject({
      metric: 'total_cases',
      text: '19',
      missingDays: 2,
      missingText: 'at least: 2 days were not reported',
    });
    for (const path of ['statistics', 'statistics/years/2021', 'statistics/metrics/total_cases'])
      expect(documentJson(bulletin, `/api/v1/${path}.json`).missingDays, path).toEqual({ total_cases: 2 });
    const rows = documentText(bulletin, '/data/statistics.csv').trimEnd().split('\n');
    expect(rows[0]).toMatch(/,total_cases,total_cases_missing_days,states,notes$/);
    expect(rows.slice(1).map((row) => row.split(',').slice(4, 6).join())).toEqual([
      '15,0',
      ',',
      '18,1',
      ',',
      '19,2',
    ]);
  });

  it('changes a later year’s file when a day of an earlier one is reported as 0', () => {
    const spread: Days = { '2020-12-30': { new_cases: 1 }, '2021-01-01': { new_cases: 2 } };
    const stampOf = (spec: Days) =>
      dataDocuments(aBulletin({ days: spec }), aMoment()).find(({ path }) => path.endsWith('/2021.csv'))
        ?.stamp;
    expect(stampOf({ ...spread, '2020-12-31': { new_cases: 0 } })).not.toBe(stampOf(spread));
  });
});

describe('a figure of long ago', () => {
  // Reported daily, and every seven days.
  const days: Days = figuresByDay(30, (metric, i) => (metric === 'new_cases' || i % 7 === 0 ? i + 1 : null), {
    from: '2021-07-05',
    metrics: ['new_cases', 'critical'],
  });
  const bulletin = aBulletin({ days });
  const on = (day: string) => aMoment({ asOf: `${day}T09:00:00Z` });
  const live = (day: string) => documentJson(bulletin, '/api/v1/live.json', on(day));

  it('is old after twice the interval of its reports, and live.json says of how many days', () => {
    expect(live('2021-08-05').old).toEqual({});
    expect(live('2021-08-06').old).toEqual({ new_cases: 3, total_cases: 3 });
    expect(live('2021-08-16').old).toEqual({ new_cases: 13, total_cases: 13 });
    expect(live('2021-08-17').old).toEqual({ new_cases: 14, critical: 15, total_cases: 14 });
    const { figures } = documentJson(bulletin, '/api/v1/bulletin.json', on('2021-08-17'));
    expect(figures.map((f: { ageDays?: number }) => f.ageDays)).toEqual([14, 15, undefined, 14]);
  });

  it('has its age on the pages, and no trend that looks current', () => {
    const text = (path: string, day: string) => visibleText(pageHtml(bulletin, path, on(day)));
    expect(text('/en/', '2021-08-05')).not.toMatch(/ago|old/);
    expect(text('/en/', '2021-08-05')).toContain('on the week before');
    expect(text('/en/', '2021-08-17')).toContain('The latest figures are 14 days old.');
    expect(text('/en/', '2021-08-17')).toContain('Last: 29 on 2 August 2021 (15 days ago)');
    expect(text('/en/', '2021-08-17')).not.toContain('on the week before');
    expect(text('/ar/', '2021-08-17')).toContain('مضى على أحدث الأرقام 14 يومًا.');
    expect(text('/en/data/', '2021-08-17')).toContain('29 on 2 August 2021 (15 days ago)');
    const told = toldFigure(bulletin, 'critical', { asOf: '2021-08-17T09:00:00Z' });
    expect(told).toMatchObject({
      state: 'not-reported',
      dateText: '2 August 2021',
      ageDays: 15,
      ageText: '15 days ago',
    });
  });

  it('keeps live.json under 600 bytes if all of 20 metrics are old, and late', () => {
    const [first] = aSite().metrics;
    const ids = Array.from({ length: 20 }, (_, i) => `${'abcdefghijklmnopqrst'[i]}_metric_${i * 7919}`);
    const due = { weekdays: [1, 2, 3, 4, 5, 6, 7], time: '13:00', graceMinutes: 0 };
    const site = aSite({ metrics: ids.map((id) => ({ ...first, id, due })) });
    const old = figuresByDay(5, (metric, i) => ((metric.length + i) * 7919) % 400_000, { metrics: ids });
    const breaking = { until: '2031-08-04T00:00:00Z' as never };
    const stale = aBulletin({ site, days: old, news: [{ breaking }, { breaking }, { breaking }] });
    const text = documentText(stale, '/api/v1/live.json', on('2026-11-27'));
    expect(Object.keys(JSON.parse(text).old)).toHaveLength(20);
    expect(JSON.parse(text).late).toEqual(ids);
    const sizeBytes = brotliCompressSync(text).length;
    console.log(`live.json with 20 old and late metrics: ${sizeBytes} bytes`);
    expect(sizeBytes).toBeLessThan(600);
  });
});
