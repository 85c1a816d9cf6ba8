import { describe, expect, it } from 'vitest';
import { formatsOf } from '../../../client/page/parts/formats.ts';
import { measureOf } from '../../../worker/model/measure.ts';
import type { Metric, Site } from '../../../worker/model/site.ts';
import { aBulletin } from '../a-bulletin.ts';
import { aSite } from '../a-site.ts';
import { allOf } from '../corrections-of.ts';
import { documentJson, documentText } from './data-text.ts';
import { pageHtml, textNodes, visibleText } from './page-text.ts';
import { floodWithoutItems, floodWithReadings, newSiteSeed } from './seed-bulletins.ts';

const formats = (tag: string, locale: string) => formatsOf({ tag, locale, timeZone: 'Asia/Kuwait' });
const arabic = formats('ar', 'ar-KW-u-nu-latn');
const english = formats('en', 'en-GB');
const french = formats('fr', 'fr-FR');

const metric = (fields: object): Metric =>
  ({
    id: 'level',
    kind: 'level',
    agencies: ['health'],
    label: { ar: 'المنسوب', en: 'Level' },
    tone: 'neutral',
    ...fields,
  }) as unknown as Metric;

const CM = { unit: { ar: 'سم', en: 'cm' } };
const PEOPLE = {
  unit: { ar: 'شخص', en: 'people' },
  unitForms: { ar: { few: 'أشخاص', many: 'شخصًا' }, en: { one: 'person' } },
};

/** What a card of the home page says of a metric with values on two days, after its name. */
function card(fields: object, [before, now]: readonly [number, number], language = 'en', more: object = {}) {
  const site = aSite({ metrics: [metric(fields)], ...more });
  const days = { '2021-08-01': { level: before }, '2021-08-02': { level: now } };
  const html = pageHtml(aBulletin({ site, days }), `/${language}/`);
  const from = html.indexOf('<p class="value">');
  return { html, text: visibleText(`<body>${html.slice(from, html.indexOf('</li>', from))}`) };
}

describe('a value with its unit', () => {
  it('has the decimals of its metric, and the unit in the form that the language has for the number', () => {
    const of = (fields: object, language: string) => measureOf(aSite(), metric(fields), language);
    const metres = of({ decimals: 2, unit: { ar: 'م', en: 'm' } }, 'en');
    expect([3.4, 3.42, -0.05, 0].map((n) => english.measured(n, metres))).toEqual([
      '3.40\u00a0m',
      '3.42\u00a0m',
      '-0.05\u00a0m',
      '0.00\u00a0m',
    ]);
    expect([1, 2, 1_000].map((n) => english.measured(n, of(PEOPLE, 'en')))).toEqual([
      '1\u00a0person',
      '2\u00a0people',
      '1,000\u00a0people',
    ]);
    expect([3, 11, 100].map((n) => arabic.measured(n, of(PEOPLE, 'ar')))).toEqual([
      '3\u00a0أشخاص',
      '11\u00a0شخصًا',
      '100\u00a0شخص',
    ]);
  });

  it('that is a percentage is written as the language writes it', () => {
    const percent = { decimals: 1, isPercent: true } as const;
    const written = [english, french, formats('tr', 'tr-TR'), formats('de', 'de-DE')].map((f) =>
      f.measured(42.5, percent),
    );
    expect(written).toEqual(['42.5%', '42,5\u00a0%', '%42,5', '42,5\u00a0%']);
    expect(english.measured(33.3, percent)).toBe('33.3%');
    expect(formats('ar', 'ar-EG').measured(42.5, percent)).toMatch(/٤٢٫٥٪/);
  });

  it('never loses a decimal, also of a figure that is older than the settings', () => {
    expect(english.amount(3.425, { decimals: 0 })).toBe('3.425');
    expect(english.amount(123_456_789_012.345, { decimals: 3 })).toBe('123,456,789,012.345');
  });

  it('of a total is that of its flow, unless it has its own', () => {
    const flow = metric({ id: 'rain', kind: 'flow', decimals: 1, unit: { ar: 'مم', en: 'mm' } });
    const total = metric({ id: 'all', kind: 'total', of: 'rain', opening: 0 });
    const site = aSite({ metrics: [flow, total] });
    expect(measureOf(site, total, 'en')).toMatchObject({ decimals: 1, unit: { text: 'mm' } });
    const own = metric({ id: 'all', kind: 'total', of: 'rain', opening: 0, unit: { ar: 'م', en: 'm' } });
    expect(measureOf(site, own, 'en')).toMatchObject({ decimals: 1, unit: { text: 'm' } });
  });
});

describe('a change of a figure', () => {
  it('of a level is higher or lower, with its unit; of what is counted, more or fewer', () => {
    expect(card(CM, [282, 277]).text).toBe('277 cm5 cm lower than the day before');
    expect(card(CM, [277, 282]).text).toBe('282 cm5 cm higher than the day before');
    expect(card(CM, [282, 277], 'ar').text).toBe('277 سمأدنى بـ5 سم من اليوم السابق');
    expect(card(CM, [277, 282], 'ar').text).toBe('282 سمأعلى بـ5 سم من اليوم السابق');
    expect(card(PEOPLE, [12, 11]).text).toBe('11 people1 person fewer than the day before');
    expect(card(PEOPLE, [12, 15], 'ar').text).toBe('15 شخصًاأكثر بـ3 أشخاص من اليوم السابق');
    expect(card({ ...CM, decimals: 2 }, [3.37, 3.42]).text).toContain('0.05 cm higher');
    const flow = { kind: 'flow', unit: { ar: 'حالة', en: 'cases' } };
    expect(card(flow, [20, 15]).text).toBe('15 cases5 cases fewer than the day before');
    expect(card({ decimals: 1, min: -40 }, [1.5, -2]).text).toContain('-2.03.5 lower than the day before');
  });

  it('of a percentage is in percentage points, in the plural form of the language', () => {
    const share = { unit: 'percent', decimals: 1 };
    expect(card(share, [40, 42.5]).text).toBe('42.5%2.5 percentage points higher than the day before');
    expect(card({ unit: 'percent' }, [41, 40]).text).toBe('40%1 percentage point lower than the day before');
    expect(card({ unit: 'percent' }, [42, 40], 'ar').text).toContain('أدنى بنقطتين مئويتين من اليوم السابق');
    expect(card({ unit: 'percent' }, [40, 45], 'ar').text).toContain('أعلى بـ5 نقاط مئوية من اليوم السابق');
  });

  it('is called better or worse only where the settings say so, in words and in colour together', () => {
    const lower = card({ ...CM, better: 'lower' }, [282, 277]);
    expect(lower.text).toBe('277 cm5 cm lower than the day before, which is better');
    expect(lower.html).toContain('class="delta down good"');
    expect(card({ ...CM, better: 'lower' }, [277, 282]).html).toContain('class="delta up bad"');
    expect(card({ ...CM, better: 'higher' }, [282, 277], 'ar').text).toContain('وهذا أسوأ');
    for (const better of [{}, { better: 'neither' }]) {
      const { html, text } = card({ ...CM, ...better }, [282, 277]);
      expect(text).not.toMatch(/better|worse/);
      expect(html).toContain('class="delta down"');
    }
    expect(card({ ...CM, better: 'lower' }, [277, 277]).text).toBe('277 cmThe same as the day before');
  });
});

describe('the pages of a flood', () => {
  const flood = aBulletin(floodWithoutItems);
  const html = pageHtml(flood, '/en/');
  const text = visibleText(html);

  it('say the river’s level in metres, wherever it stands', () => {
    expect(textNodes(html)).toContain('1.19');
    expect(text).toContain('River level at Pont-Neuf1.19 m0.04 m higher than the day before, which is worse');
    expect(text).toContain('River level at Pont-Neuf (m)');
    expect(text).toContain('Dam of Upper Lorne, filled44.8%1.0 percentage points higher');
    expect(html).toMatch(/<meta name="description" content="[^"]* River level at Pont-Neuf: 1\.19\u00a0m · /);
    const data = visibleText(pageHtml(flood, '/en/data/'));
    expect(data).toContain('Latest: 1.19 m on 5 March 2026');
    expect(data).toContain('Temperature at night (°C)');
    expect(visibleText(pageHtml(flood, '/fr/'))).toContain('1,19 m');
  });

  it('are described for programs: columns with unit and type, figures with unit and decimals', () => {
    const metadata = documentJson(flood, '/data/statistics.csv-metadata.json');
    const [header] = documentText(flood, '/data/statistics.csv').split('\n');
    const { columns } = metadata.tableSchema;
    expect(columns.map(({ titles }: { titles: string }) => titles).join()).toBe(header);
    expect(columns[1]).toMatchObject({
      datatype: 'decimal',
      'dc:title': [{ '@language': 'fr' }, { '@value': 'River level at Pont-Neuf', '@language': 'en' }],
      'schema:unitText': [{}, { '@value': 'm', '@language': 'en' }],
    });
    expect([columns[2]['schema:unitText'], columns[4].datatype]).toEqual(['%', 'integer']);
    const { figures } = documentJson(flood, '/api/v1/bulletin.json');
    expect(figures[0]).toMatchObject({ value: 1.19, change: 0.04, unit: { fr: 'm', en: 'm' }, decimals: 2 });
    expect(figures[1]).toMatchObject({ unit: 'percent', decimals: 1 });
    expect(figures[5]).not.toHaveProperty('decimals');
  });

  it('have the figures in groups, without those that the settings leave out', () => {
    const headings = [...html.matchAll(/<(h[34])[^>]*>(.*?)<\/\1>/gs)]
      .map(([, level, inner = '']) => `${level} ${visibleText(`<body>${inner}<`)}`)
      .slice(0, 7);
    expect(headings).toEqual([
      'h3 The water',
      'h4 River level at Pont-Neuf',
      'h4 Dam of Upper Lorne, filled',
      'h3 The people',
      'h4 People in shelters',
      'h4 Roads closed',
      'h4 Rescues',
    ]);
    expect(html).not.toContain('id="metric-night_temperature"');
  });

  it('have the last of three readings a day, with its hour, and correct nothing', () => {
    const read = aBulletin(floodWithReadings);
    expect(allOf(read.corrections)).toEqual([]);
    const { dates, metrics, facts } = documentJson(read, '/api/v1/statistics.json');
    const river = (date: string) => metrics.river_level[dates.indexOf(date)];
    expect([river('2026-02-04'), river('2026-03-04'), river('2026-03-05')]).toEqual([3.64, 1.18, 1.12]);
    const hours = facts.filter(({ metric }: { metric: string }) => metric === 'river_level');
    expect(new Set(hours.map(({ at }: { at: string }) => at))).toEqual(new Set(['20:00']));
    expect(hours).toHaveLength(metrics.river_level.filter((value: number | null) => value !== null).length);
    const page = visibleText(pageHtml(read, '/en/'));
    expect(page).toContain('River level at Pont-Neuf1.12 m0.06 m lower than the day before, which is better');
    expect(page).toContain('Read at 20:00');
    expect(visibleText(pageHtml(read, '/fr/'))).toContain('1,12 m');
    expect(documentText(read, '/data/statistics.csv')).toMatch(/2026-03-05,1\.12,/);
  });

  it('correct a level with its unit and its decimals', () => {
    const days = { '2026-03-05': { river_level: 1.2 } } as never;
    const corrected = aBulletin({
      ...floodWithoutItems,
      changes: [{ kind: 'figures', reason: 'misread', payload: { days } }],
    });
    expect(visibleText(pageHtml(corrected, '/en/'))).toContain('Corrected: was 1.19 m, now 1.20 m');
    expect(visibleText(pageHtml(corrected, '/en/changes/'))).toContain('Was 1.19 m, now 1.20 m');
  });

  it('don’t take the day of a metric that is left out for the day of those that are shown', () => {
    const days = { ...floodWithoutItems.days, '2026-03-06': { night_temperature: -1.5 } };
    const later = visibleText(pageHtml(aBulletin({ ...floodWithoutItems, days }), '/en/'));
    expect(later).toContain('Figures Thursday, 5 March 2026');
    expect(later).toContain('River level at Pont-Neuf1.19 m');
  });
});

it('the seed has a form of each unit for the numbers of each plural form in Arabic', () => {
  const site: Site = newSiteSeed.site;
  for (const one of site.metrics) expect(Object.keys(one.unitForms?.ar ?? {}), one.id).toContain('few');
});
