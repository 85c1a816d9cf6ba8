import { describe, expect, it } from 'vitest';
import type { CivilDate } from '../../../worker/model/civil-date.ts';
import { markedDays, withoutAdjustments } from '../../../worker/model/marked-days.ts';
import { metricOf } from '../../../worker/model/site.ts';
import { aMoment, figuresByDay } from '../a-bulletin.ts';
import { aSite } from '../a-site.ts';
import { documentJson } from './data-text.ts';
import { pageHtml, visibleText } from './page-text.ts';
import { withRemarks } from './with-remarks.ts';

const note = { ar: 'من جزأين', en: 'Of two parts' };
const days = {
  '2021-07-30': { new_cases: 0, critical: { value: null, state: 'not-reported' }, quarantine: 4 },
  '2021-07-31': { new_cases: null, critical: 3, quarantine: null },
  '2021-08-01': { new_cases: { value: 7, provisionalUntil: '2021-08-04' }, critical: 5, quarantine: null },
  '2021-08-02': { new_cases: { value: 8, note }, critical: 6, quarantine: null },
} as never;
const known = withRemarks(
  { days },
  { kind: 'pause', metric: 'quarantine', date: '2021-08-01' },
  { kind: 'break', metric: 'critical', date: '2021-08-02' },
  { kind: 'adjustment', metric: 'new_cases', date: '2021-07-31', amount: 282 },
);
/** The cells of a row of a page's tables, by the words at its head, as a reader sees them. */
const row = (path: string, head: string, moment = aMoment()): readonly string[] => {
  const rows = [...pageHtml(known, path, moment).matchAll(/<tr><th scope="row">(.*?)<\/th>(.*?)<\/tr>/g)];
  const [, , cells = ''] = rows.find(([, th = '']) => visibleText(`<body>${th}<`).includes(head)) ?? [];
  return [...cells.matchAll(/<td>(.*?)<\/td>/g)].map(([, td]) => visibleText(`<body>>${td}<`).slice(1));
};

describe('a table of figures', () => {
  it('tells silence, what an agency says it has no figure of, a pause and a zero from each other', () => {
    expect(row('/en/', '30 Jul')).toEqual(['0', 'Agency: no figure', '4']);
    expect(row('/en/', '31 Jul')).toEqual(['Not reported', '3', 'Not reported']);
    expect(row('/en/', '2 Aug')).toEqual(['8 *', '6 *', 'Paused'].map((cell) => reversed(cell)));
    expect(row('/ar/', '30 يوليو')).toEqual(['0', 'لا رقم لدى الجهة', '4']);
    expect(row('/ar/data/', '1 أغسطس')).toEqual(['7 [1]', '5', 'متوقف']);
  });

  it('has the notes of its figures below it where there is room, in words that its marks lead to', () => {
    expect(row('/en/data/', '1 Aug')).toEqual(['[1] 7', '5', 'Paused']);
    const html = pageHtml(known, '/en/data/');
    for (const words of [
      'Provisional until 4 August 2021',
      'Of two parts',
      'Counted in another way since 2 August 2021',
    ])
      expect(visibleText(html)).toMatch(new RegExp(`\\[\\d\\] ${words}`));
    const targets = [...html.matchAll(/href="#((?:days|months)-\d+)"/g)].map(([, id]) => id);
    expect(targets.length).toBeGreaterThan(3);
    for (const id of targets) expect(html).toContain(`<p class="soft" id="${id}">`);
    // A month's sum has two ways of counting in it, or some days that may still change.
    expect(visibleText(html)).toContain('Some days of the month are provisional.');
  });

  it('says no more that a figure is provisional once its day is past', () => {
    const later = aMoment({ asOf: '2021-08-05T11:00:00Z' });
    expect(row('/en/', '1 Aug', later)[0]).toBe('7');
    expect(visibleText(pageHtml(known, '/en/data/', later))).not.toContain('Provisional');
  });
});

/** In English a mark stands before its number. */
const reversed = (cell: string): string => (cell.endsWith(' *') ? `* ${cell.slice(0, -2)}` : cell);

describe('the marks of a chart', () => {
  const long = (extra: readonly Record<string, unknown>[] = []) =>
    withRemarks(
      {
        days: {
          ...figuresByDay(60, (metric, i) => (metric === 'quarantine' ? null : 100 + i), {
            from: '2021-06-04',
          }),
          '2021-08-01': { new_cases: { value: 70, provisionalUntil: '2021-08-04' }, critical: 5 },
          '2021-08-02': { new_cases: { value: 75, provisionalUntil: '2021-08-04' }, critical: 5 },
        } as never,
      },
      ...extra,
    );
  const all = [
    { kind: 'break', date: '2021-07-04' },
    { kind: 'adjustment', date: '2021-07-14', amount: 282 },
    { kind: 'restatement', metric: 'total_cases', date: '2021-07-24', total: 9_000 },
  ];

  it('are where a series breaks, a total is revised and figures are provisional, and are named in words', () => {
    const html = pageHtml(long(all), '/en/');
    expect(html).toContain('d="M30 0V600"');
    expect(html).toContain('d="M40 600v-45M50 600v-45"');
    expect(html).toMatch(/stroke-dasharray="2" d="M57\.5 600h2"/);
    const words =
      'Dashed line: counted in another way since. Short bar: total revised. Striped edge: provisional.';
    expect(html.match(/aria-label="([^"]*chart from[^"]*)"/)?.[1]).toContain(words);
    expect(html.match(/<p class="soft key-line">([^<]*)/)?.[1]).toContain(words);
  });

  it('are not there where nothing is to be marked', () => {
    const later = aMoment({ asOf: '2021-08-05T11:00:00Z' });
    const html = pageHtml(long(), '/en/', later);
    expect(html).toContain('class="plot"');
    for (const words of ['Dashed line', 'Short bar', 'Striped edge']) expect(html).not.toContain(words);
    expect(html).not.toContain('stroke="currentColor"');
  });

  it('are the same for a reader of statistics.json, whose totals can be had without what was revised', () => {
    const bulletin = long(all);
    const series = documentJson(bulletin, '/api/v1/statistics.json');
    const site = aSite();
    const [flow, total] = [metricOf(site, 'new_cases' as never), metricOf(site, 'total_cases' as never)];
    if (!flow || !total) throw new Error('the site has both');
    const marked = markedDays(site, series, flow, '2021-08-03' as CivilDate);
    expect(marked).toEqual({ breaks: [30], adjusted: [40, 50], provisional: [58, 59] });
    expect(markedDays(site, series, total, '2021-08-03' as CivilDate)).toEqual(marked);
    const cases: (number | null)[] = series.metrics.new_cases;
    const sums = cases.map((_, i) => cases.slice(0, i + 1).reduce<number>((sum, n) => sum + (n ?? 0), 10));
    expect(withoutAdjustments(site, series, total)).toEqual(sums);
    expect(series.metrics.total_cases[59]).not.toBe(sums[59]);
  });
});
