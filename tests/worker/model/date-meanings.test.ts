import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseCivilDate } from '../../../worker/model/civil-date.ts';
import { readFiguresFile } from '../../../worker/model/figures-file/read-figures-file.ts';
import { aSite } from '../a-site.ts';

const DAY_MS = 86_400_000;
const iso = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** What a cell means in a way to write dates; null for nothing. Written apart from the reader. */
type Way = (cell: string) => string | null;
const inOrder =
  (...order: readonly ('y' | 'm' | 'd')[]): Way =>
  (cell) => {
    const parts = cell.split(/[-/.]/);
    const part = (name: 'y' | 'm' | 'd') => parts[order.indexOf(name)] ?? '';
    if (parts.length !== 3 || part('m').length > 2 || part('d').length > 2) return null;
    if (part('y').length !== 2 && part('y').length !== 4) return null;
    const year = part('y').length === 2 ? `20${part('y')}` : part('y');
    const text = `${year}-${part('m').padStart(2, '0')}-${part('d').padStart(2, '0')}`;
    const ms = Date.parse(`${text}T00:00:00Z`);
    return Number.isNaN(ms) || iso(ms) !== text ? null : text;
  };
const countedFrom =
  (start: string): Way =>
  (cell) =>
    /^\d{5}$/.test(cell) ? iso(Date.parse(start) + Number(cell) * DAY_MS) : null;
const WAYS: readonly Way[] = [
  inOrder('y', 'm', 'd'),
  inOrder('d', 'm', 'y'),
  inOrder('m', 'd', 'y'),
  countedFrom('1899-12-30'),
  countedFrom('1904-01-01'),
];

const two = (n: number) => String(n).padStart(2, '0');
/** A column of dates that one hand wrote, in a way that nobody knows. */
const column = fc
  .record({
    days: fc.uniqueArray(fc.nat(900), { minLength: 1, maxLength: 4 }),
    start: fc.constantFrom('2010-11-01', '2020-11-01', '2026-01-01'),
    form: fc.constantFrom('dmy', 'mdy', 'ymd', '1900', '1904'),
    sign: fc.constantFrom('/', '-', '.'),
    isShort: fc.boolean(),
    isPadded: fc.boolean(),
  })
  .map(({ days, start, form, sign, isShort, isPadded }) =>
    days.map((day) => {
      const ms = Date.parse(start) + day * DAY_MS;
      if (form === '1900' || form === '1904')
        return String((ms - Date.parse(form === '1900' ? '1899-12-30' : '1904-01-01')) / DAY_MS);
      const date = new Date(ms);
      const [d, m] = [date.getUTCDate(), date.getUTCMonth() + 1].map((n) => (isPadded ? two(n) : String(n)));
      const y = isShort ? two(date.getUTCFullYear() % 100) : String(date.getUTCFullYear());
      return [...form].map((part) => ({ d, m, y })[part]).join(sign);
    }),
  );

it('a column of dates is never read if it has two meanings among the days of the site', () => {
  const today = parseCivilDate('2026-11-27');
  if (!today) throw new Error('no date');
  let accepted = 0;
  fc.assert(
    fc.property(column, fc.constantFrom('2010-01-01', '2020-02-24', '2025-06-01'), (cells, first) => {
      const csv = cells.map((cell, i) => `${cell},${i}\n`).join('');
      const { faults, days } = readFiguresFile(`date,new_cases\n${csv}`, aSite({ firstDate: first }), {
        today,
      });
      if (faults.length > 0) return;
      accepted += 1;
      const fitting = WAYS.map((way) => cells.map(way)).filter((dates) =>
        dates.every((date) => date !== null && date >= first && date <= today),
      );
      expect(fitting.length).toBeGreaterThan(0);
      for (const dates of fitting) expect(days.map(({ date }) => date)).toEqual(dates);
    }),
    { numRuns: 2_000 },
  );
  expect(accepted).toBeGreaterThan(300);
});
