import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Bulletin } from '../../../worker/model/bulletin.ts';
import { aMoment } from '../a-bulletin.ts';
import { aSite } from '../a-site.ts';
import { documentJson, documentText } from './data-text.ts';
import { pageHtml } from './page-text.ts';
import { withRemarks } from './with-remarks.ts';

const METRICS = ['new_cases', 'critical', 'quarantine'] as const;
const OPENING = 10;
const site = aSite({
  metrics: aSite().metrics.map((metric) =>
    metric.kind === 'level' ? { ...metric, decimals: 2, min: -50 } : metric,
  ),
});
const dayName = (i: number) => `2021-07-${String(i + 1).padStart(2, '0')}`;

const whole = fc.nat(2_000);
const cellOf = (metric: (typeof METRICS)[number]) => {
  const number = metric === 'new_cases' ? whole : fc.integer({ min: -5_000, max: 9_999 }).map((n) => n / 100);
  return fc.oneof(
    { weight: 5, arbitrary: number },
    fc.constant(null),
    fc.constant({ value: null, state: 'not-reported' }),
    number.map((value) => ({ value, at: '18:00', provisionalUntil: '2021-07-20' })),
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
    documentJson(bulletin, `/api/v1/${name}.json`, aMoment({ asOf: '2021-07-30T11:00:00Z' })),
  );
  const page = pageHtml(bulletin, '/en/', aMoment({ asOf: '2021-07-30T11:00:00Z' }));
  for (const { metric, date, value, missingDays: lacks } of summary.figures) {
    const last = whole[metric].findLastIndex((number: number | null) => number !== null);
    expect([date, value]).toEqual([dates[last] ?? null, whole[metric][last] ?? null]);
    expect(live.figures[metric]).toEqual([date, value]);
    const inWords = told.figures.find((figure: { metric: string }) => figure.metric === metric);
    expect([inWords.date, inWords.value]).toEqual([date, value]);
    if (value !== null && metric !== 'total_cases') expect(page).toContain(`>${inWords.text}<`);
    if (metric === 'total_cases' && value !== null) expect(lacks).toBe(missingDays.total_cases);
  }
  for (const { metric, date } of facts) expect(entered[date]?.[metric]).toBeTypeOf('object');
}

it('page, JSON and CSV tell the same, whatever was reported, corrected, adjusted, left out or said', () => {
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
