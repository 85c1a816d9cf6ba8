import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatsOf } from '../../../client/page/parts/formats.ts';
import type { Bulletin } from '../../../worker/model/bulletin.ts';
import { aBulletin, aMoment, type BulletinSpec, figuresByDay } from '../a-bulletin.ts';
import { aSite } from '../a-site.ts';
import { documentJson, toldFigure } from './data-text.ts';
import { pageHtml, visibleText } from './page-text.ts';
import { pageText, withRemarks } from './with-remarks.ts';

type Days = NonNullable<BulletinSpec['days']>;
const days = (of: object) => of as Days;

const chartText = (html: string): string =>
  visibleText(`<body>${/id="chart".*?<\/h2><p>.*?<\/p>/.exec(html)?.[0]}`);
const cardText = (html: string, metric: string): string =>
  visibleText(`<body>${new RegExp(`id="metric-${metric}".*?</li>`).exec(html)?.[0]}`);

/** A site with one flow, and a total of it. */
const siteWith = (fields: object, flow = aSite().metrics[0], total = aSite().metrics[3]) =>
  aSite({ metrics: [{ ...flow, ...fields }, total] });
const series = (values: readonly (number | null)[], from = '2021-07-01') =>
  figuresByDay(values.length, (_, i) => values[i] ?? null, { from, metrics: ['new_cases'] });
const homeOf = (bulletin: Bulletin, asOf = '2021-08-03T11:00:00Z', language = 'en') =>
  pageHtml(bulletin, `/${language}/`, aMoment({ asOf }));
const week = (n: number) => Array.from({ length: 7 }, () => n);

describe('the day of the bulletin', () => {
  const spec = { days: figuresByDay(3, (_, i) => 7 + i, { from: '2021-07-30' }) };

  it('is that of the newest figure that an agency reports, whatever date an adjustment has', () => {
    for (const date of ['2021-07-30', '2021-08-01', '2021-08-02', '2021-08-03']) {
      const bulletin = withRemarks(spec, { kind: 'adjustment', date, amount: 30 });
      const told = documentJson(bulletin, '/api/v1/figures/en.json');
      expect([told.date, told.figures.map(({ state }: { state: string }) => state)]).toEqual([
        '2021-08-01',
        Array(4).fill('reported'),
      ]);
      expect(pageText(bulletin, '/en/')).toContain('Figures Sunday, 1 August 2021');
      const [flow] = documentJson(bulletin, '/api/v1/bulletin.json').figures;
      const { total } = told.figures[0];
      expect([flow.total, flow.totalDate, flow.missingDays]).toEqual([
        total.value,
        total.date,
        total.missingDays,
      ]);
      expect(documentJson(bulletin, '/api/v1/live.json').figures.total_cases).toEqual([
        total.date,
        total.value,
      ]);
      // The day that is not over lacks nothing yet.
      expect(total.missingDays).toBe(date === '2021-08-02' || date === '2021-08-03' ? 1 : 0);
    }
  });

  it('is not that of a metric that the home page leaves out', () => {
    const [flow, level, ...rest] = aSite().metrics;
    const site = aSite({ metrics: [flow, { ...level, home: { shown: false } }, ...rest] });
    const bulletin = aBulletin({ site, days: { ...spec.days, '2021-08-02': { critical: 4 } } });
    const told = documentJson(bulletin, '/api/v1/figures/en.json');
    expect(told).toMatchObject({
      date: '2021-08-01',
      figures: [{ state: 'reported' }, { state: 'reported' }, {}, {}],
    });
  });
});

describe('a total', () => {
  it('has its own date wherever it stands, if its flow was silent since', () => {
    const bulletin = aBulletin({
      site: siteWith({ unit: { ar: 'حالات', en: 'cases' }, unitForms: { en: { one: 'case' } } }),
      days: days({ '2021-07-30': { new_cases: 4 }, '2021-08-01': { new_cases: 2 } }),
    });
    const silent = aBulletin({
      days: days({
        '2021-07-30': { new_cases: 4 },
        '2021-08-01': { new_cases: 2, critical: 1 },
        '2021-08-03': { critical: 3 },
      }),
    });
    expect(cardText(homeOf(silent), 'new_cases')).toContain(
      'All cases 16 on 1 August 2021 (at least: 1 day was not reported)',
    );
    expect(cardText(homeOf(silent, undefined, 'ar'), 'new_cases')).toContain('16 في 1 أغسطس 2021');
    expect(cardText(homeOf(bulletin), 'new_cases')).not.toContain('cases on');
    expect(toldFigure(silent, 'new_cases').total).toMatchObject({
      date: '2021-08-01',
      dateText: '1 August 2021',
      missingDays: 1,
    });
    expect(toldFigure(bulletin, 'new_cases').total).toMatchObject({ unit: 'cases', value: 16 });
  });

  it('of a flow that may be negative is no lower bound', () => {
    const values = [5, null, -3, null, null, 2];
    const bulletin = aBulletin({ site: siteWith({ negative: true }), days: series(values, '2021-07-29') });
    for (const path of ['/en/', '/en/data/']) expect(pageText(bulletin, path)).not.toContain('at least');
    expect(pageText(bulletin, '/en/')).toContain('All cases 14 (3 days were not reported)');
    expect(pageText(bulletin, '/en/data/')).toContain('(3 days were not reported)');
    expect(pageText(bulletin, '/en/data/')).toContain('2 (1 day was not reported)');
    expect(toldFigure(bulletin, 'new_cases').total.missingText).toBe('3 days were not reported');
    expect(pageText(bulletin, '/ar/')).toContain('لم تُعلن أرقام 3 أيام');
    expect(pageText(bulletin, '/ar/')).not.toContain('على الأقل');
  });

  it('has its opening told on the data page', () => {
    const bulletin = aBulletin({ days: series([1]) });
    expect(pageText(bulletin, '/en/data/')).toContain(
      'Sum of “New cases” since the beginning, and 10 from before',
    );
    expect(pageText(bulletin, '/ar/data/')).toContain('يضاف إليه 10 مما قبلها');
  });
});

describe('the highest day', () => {
  it('is never a figure after silent days, which may stand for several', () => {
    const bulletin = aBulletin({ days: series([752, 701, 690, null, null, 2_100, 600]) });
    const text = chartText(homeOf(bulletin));
    expect(text).toContain('The highest day was 752, on 1 July 2021.');
    expect(text).toContain('2,100 on 6 July 2021 comes after days that were not reported');
    expect(homeOf(bulletin)).not.toContain('Highest 2,100');
    expect(chartText(homeOf(bulletin, undefined, 'ar'))).toContain('أعلى عدد في يوم واحد 752');
    expect(chartText(homeOf(aBulletin({ days: series([1, null, 5, null, 7]) })))).not.toContain(
      'highest day',
    );
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.nat(500), { freq: 4, nil: null }), { minLength: 2, maxLength: 20 }),
        (values) => {
          const shown = chartText(homeOf(aBulletin({ days: series(values) })));
          const [, n, day] = /highest day was (\d+), on (\d+) July/.exec(shown) ?? [];
          if (day === undefined) return;
          const at = Number(day) - 1;
          expect(values[at]).toBe(Number(n));
          const isFirst = values.slice(0, at).every((value) => value === null);
          expect(isFirst || values[at - 1] !== null).toBe(true);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('is that since the last break, says so, and a break that is to come changes nothing', () => {
    const spec = { days: series([...week(100), 1, 2, 1]) };
    const broken = (date: string) => withRemarks(spec, { kind: 'break', date });
    expect(chartText(homeOf(broken('2021-07-08')))).toContain(
      'Since 8 July 2021, the highest day was 2, on 9 July 2021.',
    );
    expect(chartText(homeOf(broken('2021-07-08'), undefined, 'ar'))).toContain('منذ 8 يوليو 2021');
    expect(chartText(homeOf(broken('2021-08-05')))).toBe(chartText(homeOf(aBulletin(spec))));
    expect(chartText(homeOf(aBulletin(spec)))).toContain(
      'The highest day was 100, on 1 July 2021. 6 more days had the same figure.',
    );
  });
});

describe('a trend', () => {
  const trend = (before: number, now: number, fields: object = {}, language = 'en') =>
    chartText(
      homeOf(
        aBulletin({ site: siteWith(fields), days: series([...week(before), ...week(now)]) }),
        '2021-07-14T11:00:00Z',
        language,
      ),
    );

  it('never rounds a change to none, or to all', () => {
    expect(trend(1_000, 1_004)).toContain('up less than 1% on the week before');
    expect(trend(1_000, 996)).toContain('down less than 1% on the week before');
    expect(trend(1_000, 4)).toContain('down more than 99% on the week before');
    expect(trend(1_000, 0)).toContain('down 100% on the week before');
    expect(trend(1_000, 1_000)).toContain('the same as the week before');
    expect(trend(1_000, 1_004, {}, 'ar')).toContain('بنسبة تقل عن');
  });

  it('of a percentage is in points, and months have no sum of percentages', () => {
    const share = { unit: 'percent', decimals: 1 };
    expect(trend(40.1, 41.8, share)).toContain('up 1.7 percentage points on the week before');
    expect(trend(41, 40, share)).toContain('down 1.0 percentage points on the week before');
    expect(trend(40.1, 41.8, share, 'ar')).toContain('نقطة مئوية');
    const bulletin = aBulletin({ site: siteWith(share), days: series([...week(40), ...week(41)]) });
    for (const path of ['/en/', '/en/data/']) expect(pageText(bulletin, path)).not.toContain('567');
  });

  it('and dots of a first week name no missing day where all were reported', () => {
    expect(pageText(aBulletin({ days: series([1, 2, 3]) }), '/en/')).not.toContain('not reported.');
    expect(pageText(aBulletin({ days: series([1, 2, 3]) }), '/en/')).toContain('Each dot is a day.');
    expect(pageText(aBulletin({ days: series([1, null, 3]) }), '/en/')).toContain('near which some days');
  });
});

describe('a unit beside a number', () => {
  const PEOPLE = {
    unit: { ar: 'شخص', en: 'people' },
    unitForms: { ar: { few: 'أشخاص', many: 'شخصًا' }, en: { one: 'person' } },
  };
  const told = (values: readonly number[], fields: object, language = 'en') =>
    toldFigure(aBulletin({ site: siteWith({ ...PEOPLE, ...fields }), days: series(values) }), 'new_cases', {
      language,
    });

  it('has the form of the number as it is written, with its decimals', () => {
    const arabic = formatsOf({ tag: 'ar', locale: 'ar-KW-u-nu-latn', timeZone: 'Asia/Kuwait' });
    const english = formatsOf({ tag: 'en', locale: 'en-GB', timeZone: 'Asia/Kuwait' });
    const unit = (language: 'ar' | 'en', decimals = 0) => ({
      decimals,
      unit: { text: PEOPLE.unit[language], forms: PEOPLE.unitForms[language] },
    });
    expect([arabic.meanAmount(103.43, unit('ar')), arabic.meanUnitAfter(103.43, unit('ar'))]).toEqual([
      '103',
      'أشخاص',
    ]);
    expect([english.meanAmount(1.04, unit('en', 1)), english.meanUnitAfter(1.04, unit('en', 1))]).toEqual([
      '1.0',
      'people',
    ]);
    expect([english.meanAmount(1.04, unit('en')), english.meanUnitAfter(1.04, unit('en'))]).toEqual([
      '1',
      'person',
    ]);
    expect(english.meanAmount(40, { decimals: 0, isPercent: true })).toBe('40.0%');
    const page = homeOf(
      aBulletin({ site: siteWith(PEOPLE), days: series([103, 103, 103, 103, 104, 104, 104]) }),
      undefined,
      'ar',
    );
    expect(cardText(page, 'new_cases')).toContain('103 أشخاص');
    expect(chartText(page)).toContain('103 أشخاص');
  });

  it('stands in figures.json in the form of each of its numbers', () => {
    expect(told([1], {})).toMatchObject({ text: '1', unit: 'person', total: { text: '11', unit: 'people' } });
    expect(told([103], {}, 'ar')).toMatchObject({ unit: 'أشخاص', total: { text: '113', unit: 'شخصًا' } });
    expect(told([103, 103, 103, 103, 104, 104, 104], {}, 'ar').average).toMatchObject({
      text: '103',
      unit: 'أشخاص',
    });
  });

  it('says less of what is measured, fewer of what is counted', () => {
    const rain = aBulletin({
      site: siteWith({ decimals: 1, unit: { ar: 'مم', en: 'mm' } }),
      days: series([3.2, 2.1]),
    });
    expect(cardText(homeOf(rain), 'new_cases')).toContain('1.1 mm less than the day before');
  });

  it('is in sentences of the language whose words are shown', () => {
    const french = formatsOf({ tag: 'fr', locale: 'fr-FR', timeZone: 'Europe/Paris' });
    expect(french.plural('figure.pointsHigher', 1.5, 1)).toContain('percentage points');
    expect(french.plural('figure.age', 0)).toContain('days');
  });
});
