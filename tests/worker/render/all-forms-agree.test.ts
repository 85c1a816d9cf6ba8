import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Bulletin } from '../../../worker/model/bulletin.ts';
import { type CivilDate, weekdayOf } from '../../../worker/model/civil-date.ts';
import { markedDays } from '../../../worker/model/marked-days.ts';
import type { Series } from '../../../worker/model/series.ts';
import { weekMean } from '../../../worker/model/week.ts';
import { aMoment } from '../a-bulletin.ts';
import { aSite } from '../a-site.ts';
import { documentJson, documentText } from './data-text.ts';
import { pageHtml } from './page-text.ts';
import { withRemarks } from './with-remarks.ts';

const METRICS = ['new_cases', 'critical', 'quarantine'] as const;
const OPENING = 10;
const EVERY_DAY = { weekdays: [1, 2, 3, 4, 5, 6, 7], time: '13:00', graceMinutes: 60 };
const site = aSite({
  metrics: aSite().metrics.map((metric) => {
    if (metric.kind === 'total') return metric;
    const due = metric.id === 'critical' ? { ...EVERY_DAY, weekdays: [1, 5] } : EVERY_DAY;
    return metric.kind === 'level' ? { ...metric, decimals: 2, min: -50, due } : { ...metric, due };
  }),
});
const AS_OF = '2021-07-30T11:00:00Z';
const TODAY = '2021-07-30' as CivilDate;
const dayName = (i: number) => `2021-07-${String(i + 1).padStart(2, '0')}`;

const whole = fc.nat(2_000);
const cellOf = (metric: (typeof METRICS)[number]) => {
  const number = metric === 'new_cases' ? whole : fc.integer({ min: -5_000, max: 9_999 }).map((n) => n / 100);
  return fc.oneof(
    { weight: 5, arbitrary: number },
    fc.constant(null),
    fc.constant({ value: null, state: 'not-reported' }),
    number.map((value) => ({ value, at: '18:00', provisionalUntil: '2021-07-20' })),
    number.map((value) => ({ value, provisionalUntil: '2021-07-31' })),
    number.map((value) => ({ value, note: { ar: 'ملاحظة', en: 'A "note", and more' } })),
  );
};
const someDays = fc.dictionary(
  fc.nat(27).map(dayName),
  fc.record(Object.fromEntries(METRICS.map((metric) => [metric, cellOf(metric)])), { requiredKeys: [] }),
  { maxKeys: 20 },
);
const someRemarks = fc.array(
  fc
    .tuple(
      fc.nat(29),
      fc.oneof(
        fc.integer({ min: -9, max: 500 }).map((amount) => ({ kind: 'adjustment', amount })),
        fc.nat(9_000).map((total) => ({ kind: 'restatement', metric: 'total_cases', total })),
        fc.constantFrom(...METRICS).map((metric) => ({ kind: 'break', metric })),
        fc.constantFrom(...METRICS).map((metric) => ({ kind: 'pause', metric })),
      ),
    )
    .map(([day, remark]) => ({ ...remark, date: dayName(day) })),
  { maxLength: 5 },
);

type Cells = { readonly [metric: string]: unknown };
const numberIn = (cell: unknown): number | null =>
  typeof cell === 'number' ? cell : (Object(cell).value ?? null);

/** The rows of a CSV of which only the last cell may be quoted, by column. */
const rowsOf = (csv: string): readonly Record<string, string>[] => {
  const [header = '', ...rows] = csv.trimEnd().split('\n');
  const names = header.split(',');
  return rows.map((row) => Object.fromEntries(row.split(',').map((cell, i) => [names[i] ?? '', cell])));
};

function expectAgreement(bulletin: Bulletin, entered: { readonly [date: string]: Cells }): void {
  const {
    dates,
    metrics,
    adjustments = [],
    facts = [],
    missingDays,
  } = documentJson(bulletin, '/api/v1/statistics.json');
  const rows = rowsOf(documentText(bulletin, '/data/statistics.csv'));
  expect(rows.map(({ date }) => date)).toEqual(dates);
  let sum = OPENING;
  let [begun, missing] = [false, 0];
  dates.forEach((date: string, i: number) => {
    for (const metric of METRICS) {
      expect(metrics[metric][i]).toBe(numberIn(entered[date]?.[metric]));
      expect(rows[i]?.[metric]).toBe(metrics[metric][i] === null ? '' : String(metrics[metric][i]));
      const isSaid = Object(entered[date]?.[metric]).state === 'not-reported';
      expect(rows[i]?.states?.split(' ').includes(`${metric}:not-reported`)).toBe(isSaid);
    }
    const flow = metrics.new_cases[i];
    begun ||= flow !== null;
    if (begun && flow === null) missing += 1;
    sum += flow ?? 0;
    for (const one of adjustments) if (one.date === date) sum += one.amount;
    const total = metrics.total_cases[i];
    if (total === null) return;
    expect(total).toBe(sum);
    expect(rows[i]?.total_cases).toBe(String(sum));
    expect(rows[i]?.total_cases_missing_days).toBe(String(missing));
  });
  const whole = { ...metrics };
  for (const metric of [...METRICS, 'total_cases']) {
    const part = documentJson(bulletin, `/api/v1/statistics/metrics/${metric}.json`);
    expect(part.metrics[metric]).toEqual(
      whole[metric].slice(dates.indexOf(part.dates[0]), dates.indexOf(part.dates.at(-1)) + 1),
    );
  }
  const [live, told, summary] = ['live', 'figures/en', 'bulletin'].map((name) =>
    documentJson(bulletin, `/api/v1/${name}.json`, aMoment({ asOf: AS_OF })),
  );
  const page = pageHtml(bulletin, '/en/', aMoment({ asOf: AS_OF }));
  // Totals have no part in the day of the bulletin, whatever date a remark has.
  const newest = dates.findLast((_: string, i: number) => METRICS.some((id) => metrics[id][i] !== null));
  expect(told.date).toBe(newest ?? null);
  if (newest !== undefined)
    expect(page).toMatch(new RegExp(`id="figures"><h2>Figures <span><time datetime="${newest}"`));
  for (const { metric, date, value, missingDays: lacks, total, totalDate } of summary.figures) {
    const last = whole[metric].findLastIndex((number: number | null) => number !== null);
    expect([date, value]).toEqual([dates[last] ?? null, whole[metric][last] ?? null]);
    expect(live.figures[metric]).toEqual([date, value]);
    const inWords = told.figures.find((figure: { metric: string }) => figure.metric === metric);
    expect([inWords.date, inWords.value]).toEqual([date, value]);
    if (value !== null && metric !== 'total_cases') expect(page).toContain(`>${inWords.text}<`);
    // The day that is not over lacks nothing yet.
    const isOpen = date === TODAY && (whole.new_cases[last] ?? null) === null ? 1 : 0;
    if (metric === 'total_cases' && value !== null) expect(lacks).toBe(missingDays.total_cases - isOpen);
    if (metric === 'new_cases') {
      const [, latest] = live.figures.total_cases;
      expect([total, totalDate ?? null, lacks ?? null]).toEqual(
        ['value', 'date', 'missingDays'].map((field) => Object(inWords.total)[field] ?? null),
      );
      expect(total).toBe(latest);
    }
    const isBehind = newest !== undefined && date !== null && date < newest;
    if (['reported', 'not-reported'].includes(inWords.state))
      expect(inWords.state).toBe(isBehind ? 'not-reported' : 'reported');
  }
  for (const { metric, date } of facts) expect(entered[date]?.[metric]).toBeTypeOf('object');
  expectChart(page, documentJson(bulletin, '/api/v1/statistics.json'));
  expectTables(page, bulletin, told.figures);
  expectCalendar(bulletin, live.late, told.figures);
}

/** The drawn chart has no other points, gaps and marks than the series gives a program. */
function expectChart(page: string, series: Series): void {
  const id = /id="chart" data-metric="(\w+)"/.exec(page)?.[1];
  const metric = site.metrics.find((one) => one.id === id);
  const column = (metric && series.metrics[metric.id]) ?? [];
  const start = column.findIndex((value) => value !== null);
  const width = column.findLastIndex((value) => value !== null) - start;
  expect(page.includes('class="plot"')).toBe(metric !== undefined && width >= 1);
  if (!metric || width < 1) return;
  const of = (like: RegExp) => new RegExp(`<path ${like.source} d="([^"]*)"`).exec(page)?.[1] ?? '';
  const inView = (at: number) => at >= start && at <= start + width;
  const { breaks, adjusted, provisional } = markedDays(site, series, metric, TODAY);
  const bars = (days: readonly number[], path: (x: number) => string) =>
    days
      .filter(inView)
      .map((at) => path(at - start))
      .join('');
  expect(of(/stroke="currentColor" stroke-dasharray="4"/)).toBe(bars(breaks, (x) => `M${x} 0V600`));
  expect(of(/stroke="currentColor" stroke-width="5"/)).toBe(bars(adjusted, (x) => `M${x} 600v-45`));
  const striped = of(/stroke="currentColor" stroke-width="9" stroke-dasharray="2"/);
  const days = [...striped.matchAll(/h(\d+)/g)].reduce((sum, [, length]) => sum + Number(length), 0);
  expect(days).toBe(provisional.length);
  expect(page.includes('Dashed line: ')).toBe(breaks.some(inView));
  expect(page.includes('Short bar: ')).toBe(adjusted.some(inView));
  expect(page.includes('Striped edge: ')).toBe(provisional.length > 0);
  // A program that leaves out the days that the line has no value of leaves out what the picture does.
  const isFlow = metric.kind === 'flow';
  const values = isFlow ? column.map((_, i) => weekMean(column, i, breaks)) : column;
  const drawn = [...pointsOf(of(/class="mean"/)), ...(isFlow ? [] : pointsOf(of(/class="dots"/)))];
  const expected = values.flatMap((value, i) => (value === null ? [] : [i - start]));
  expect([...new Set(drawn)].sort((a, b) => a - b)).toEqual(expected);
}

/** The days of the points of path data with absolute beginnings and relative lines. */
function pointsOf(d: string): readonly number[] {
  let x = 0;
  return [...d.matchAll(/([Ml])(-?[\d.]+)/g)].map(([, command, a]) => {
    x = command === 'M' ? Number(a) : x + Number(a);
    return x;
  });
}

/** The tables tell each number, and why there is none, as the files do. */
function expectTables(page: string, bulletin: Bulletin, told: readonly Told[]): void {
  const { dates, metrics, facts = [], pauses = [] } = documentJson(bulletin, '/api/v1/statistics.json');
  const rows = page.matchAll(/<th scope="row"><time datetime="([\d-]{10})">.*?<\/th>(.*?)<\/tr>/g);
  for (const [, day = '', tds = ''] of rows) {
    const cells = [...tds.matchAll(/<td>(?:<span class="soft">)?([^<]*)/g)].map(([, cell]) => cell);
    for (const [column, metric] of METRICS.entries()) {
      const isOn = (one: Said) => one.metric === metric && one.date === day;
      const value = metrics[metric][dates.indexOf(day)];
      const cell = cells[column]?.replace(/^\* /, '').replaceAll(',', '').replace('−', '-');
      const isSaid = facts.some((one: Said) => isOn(one) && one.state !== undefined);
      const isPaused = pauses.some((one: Said) => one.metric === metric && one.date <= day);
      const isLate = told.find((one) => one.metric === metric)?.late?.date === day;
      const why = isSaid ? 'Agency: no figure' : isPaused ? 'Paused' : isLate ? 'Late' : 'Not reported';
      expect(value === null ? cell : Number(cell)).toBe(value ?? why);
    }
  }
}

type Said = { readonly metric: string; readonly date: string; readonly state?: string };
type Told = { readonly metric: string; readonly state: string; readonly late?: { readonly date: string } };

/** Both calendars have the same events, nothing of what is paused, and what is late was due. */
function expectCalendar(bulletin: Bulletin, late: readonly string[], told: readonly Told[]): void {
  const moment = aMoment({ asOf: AS_OF });
  const { events } = documentJson(bulletin, '/api/v1/calendar.json', moment);
  const ics = documentText(bulletin, '/calendar.ics', moment).replaceAll('\r\n ', '');
  const starts = [...ics.matchAll(/^DTSTART:(.*)\r$/gm)].map(([, at]) => at);
  expect(starts).toEqual(events.map(({ at }: { at: string }) => at.replaceAll(/[-:]/g, '')));
  const summaries = [...ics.matchAll(/^SUMMARY:(.*)\r$/gm)].map(([, text]) => text);
  const { pauses = [] } = documentJson(bulletin, '/api/v1/statistics.json');
  const isPaused = (metric: string, date: string) =>
    pauses.some((one: { metric: string; date: string }) => one.metric === metric && one.date <= date);
  events.forEach(({ date, metrics }: { date: string; metrics: readonly string[] }, i: number) => {
    const due = METRICS.filter(
      (metric) =>
        !isPaused(metric, date) && (metric !== 'critical' || [1, 5].includes(weekdayOf(date as CivilDate))),
    );
    expect(metrics).toEqual(due);
    const labels = metrics.map((id) => site.metrics.find((one) => one.id === id)?.label.ar);
    expect(summaries[i]).toBe(['Bulletin ع', ...labels].join(' · '));
  });
  const isLate = ({ metric }: Told) => late.includes(metric);
  expect(told.filter(({ late: missing }) => missing)).toEqual(told.filter(isLate));
  for (const metric of late) {
    expect(isPaused(metric, TODAY) ? 'paused' : 'late').toBe(
      told.find((one) => one.metric === metric)?.state,
    );
  }
}

it('page, chart, calendar, JSON and CSV tell the same, whatever was reported, corrected, adjusted, left out or said', () => {
  fc.assert(
    fc.property(someDays, someDays, someRemarks, (first, second, remarks) => {
      const spec = { site, days: first as never };
      const corrected = { kind: 'figures', payload: { days: second } } as never;
      const bulletin = withRemarks({ ...spec, changes: [corrected] }, ...remarks);
      const entered: Record<string, Cells> = { ...first };
      for (const [date, cells] of Object.entries(second)) entered[date] = { ...entered[date], ...cells };
      expectAgreement(bulletin, entered);
    }),
    { numRuns: 40 },
  );
});
