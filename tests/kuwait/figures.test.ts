import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Seed } from '../../scripts/seed/read-seed.ts';
import { itOfKuwait, record } from './kuwait.ts';

const readData = (name: string) => readFileSync(new URL(`data/${name}`, import.meta.url), 'utf8');
const parseCsv = (csv: string): readonly Readonly<Record<string, string>>[] => {
  const [header = '', ...lines] = csv.trimEnd().split('\n');
  const names = header.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(names.map((name, i) => [name, cells[i] ?? '']));
  });
};
const seed: Seed = record;
const days = parseCsv([seed.figures.header, ...seed.figures.days.map((d) => d.csv)].join('\n'));

itOfKuwait('has every day from the first case to the end of the series', () => {
  const dates = parseCsv(readData('kuwait-cumulative.csv')).map((row) => row.Date);
  expect(days.map((day) => day.date)).toEqual(dates.slice(dates.indexOf('2020-02-24')));
});

itOfKuwait(
  'has the daily differences of the cumulative totals, and people under treatment from the same totals',
  () => {
    const rows = parseCsv(readData('kuwait-cumulative.csv'));
    for (const [i, day] of days.entries()) {
      const index = rows.findIndex((row) => row.Date === day.date);
      const [today, dayBefore] = [rows[index], rows[index - 1]];
      const difference = (name: string) => Number(today?.[name]) - Number(dayBefore?.[name]);
      expect({ i, ...day }).toMatchObject({
        new_cases: String(difference('Confirmed')),
        recovered: String(difference('Recovered')),
        deaths: String(difference('Deaths')),
        under_treatment: String(Number(today?.Confirmed) - Number(today?.Recovered) - Number(today?.Deaths)),
      });
    }
  },
);

itOfKuwait('starts its totals at zero, because no case was counted before', () => {
  const dayBefore = parseCsv(readData('kuwait-cumulative.csv')).find((row) => row.Date === '2020-02-23');
  expect(dayBefore).toMatchObject({ Confirmed: '0', Recovered: '0', Deaths: '0' });
  const totals = seed.site.metrics.filter((metric) => metric.kind === 'total');
  expect(totals.map((total) => total.opening)).toEqual([0, 0, 0]);
});

itOfKuwait(
  'has figures of intensive care and quarantine exactly on the days when they were announced',
  () => {
    const announced = new Map(parseCsv(readData('kuwait-official-days.csv')).map((row) => [row.date, row]));
    for (const day of days) {
      const row = announced.get(day.date);
      expect(day).toMatchObject({ critical: row?.icu ?? '', quarantine: row?.in_quarantine ?? '' });
    }
    expect(days.filter((day) => day.critical !== '')).toHaveLength(67);
    expect(days.filter((day) => day.quarantine !== '')).toHaveLength(3);
  },
);

itOfKuwait('names the figures in the words of the original site', () => {
  expect(seed.site.metrics.filter((m) => m.kind !== 'total').map((m) => m.label.ar)).toEqual([
    'عدد الحالات المستجدة',
    'عدد حالات تتلقى العلاج',
    'عدد الحالات الحرجة',
    'عدد حالات الشفاء',
    'عدد حالات الوفاة',
    'أعداد المتواجدين بالمحاجر',
  ]);
});
