import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCivilDate } from '../../../worker/model/civil-date.ts';
import { csvRows } from '../../../worker/model/figures-file/csv-rows.ts';
import { readNumber } from '../../../worker/model/figures-file/number-cell.ts';
import { type FiguresFile, readFiguresFile } from '../../../worker/model/figures-file/read-figures-file.ts';
import { aSite } from '../a-site.ts';
import { CLERK_FILES } from './clerk-files.ts';
import { MORE_CLERK_FILES } from './more-clerk-files.ts';

const base = { kind: 'level', agencies: ['health'], tone: 'neutral' };
const site = aSite({
  metrics: [
    { ...base, id: 'new_cases', kind: 'flow', label: { ar: 'الحالات المستجدّة', en: 'New cases' } },
    { ...base, id: 'deaths', kind: 'flow', label: { ar: 'الوفيات', en: 'Deaths' } },
    {
      ...base,
      id: 'river',
      label: { ar: 'منسوب النهر', en: 'River level' },
      decimals: 2,
      min: -5,
      max: 20,
      unit: { ar: 'م', en: 'm' },
    },
    { ...base, id: 'share', label: { ar: 'النسبة', en: 'Share' }, decimals: 1, unit: 'percent' },
    {
      ...base,
      id: 'flow_rate',
      label: { ar: 'التصريف', en: 'Flow' },
      decimals: 3,
      unit: { ar: 'م³/ث', en: 'm³/s' },
    },
    { ...base, id: 'rain', kind: 'flow', label: { ar: 'المطر', en: 'Rain' }, decimals: 1 },
    {
      id: 'total_cases',
      kind: 'total',
      of: 'new_cases',
      opening: 10,
      label: { ar: 'الإجمالي', en: 'Total' },
      tone: 'neutral',
    },
  ],
});

const FILES = [...CLERK_FILES, ...MORE_CLERK_FILES];

const day = (text: string) => {
  const date = parseCivilDate(text);
  if (!date) throw new Error(`${text} is no date`);
  return date;
};

/** The figures of a file by date and metric: the totals, or all others. */
const figuresIn = ({ columns, days }: FiguresFile, areTotals: boolean) =>
  Object.fromEntries(
    days.map(({ date, values }) => [
      date,
      Object.fromEntries(
        columns.flatMap(({ metric }, i) =>
          values[i] === undefined || (metric === 'total_cases') !== areTotals ? [] : [[metric, values[i]]],
        ),
      ),
    ]),
  );

describe('a file as a clerk makes it', () => {
  it.each(FILES)('%s', (_, file, expected) => {
    const { told = {}, today = '2026-11-27', days, totals, faults = [], says = [], notes } = expected;
    const read = readFiguresFile(
      file,
      expected.firstDate ? { ...site, firstDate: day(expected.firstDate) } : site,
      {
        today: day(today),
        told,
      },
    );
    expect(
      read.faults.map(({ code, params }) =>
        [
          `${code} ${params?.row ?? ''}${params?.column ?? ''}`,
          params?.count ? ` ×${params.count}` : '',
        ].join(''),
      ),
    ).toEqual(faults);
    const details = read.faults.map(({ detail }) => detail).join('\n');
    for (const text of says) expect(details).toContain(text);
    if (faults.length === 0 && days) expect(figuresIn(read, false)).toEqual(days);
    if (totals) expect(figuresIn(read, true)).toEqual(totals);
    if (notes) expect(read.notes.map(({ code }) => code)).toEqual(notes);
  });

  it('is a year of files and more, each another', () => {
    expect(FILES.length).toBeGreaterThanOrEqual(50);
    const inputs = FILES.map(([, file, { told, today }]) => `${file}${JSON.stringify(told)}${today}`);
    expect(new Set(inputs).size).toBe(FILES.length);
  });
});

describe('the reader of files', () => {
  const cell = fc.string({
    unit: fc.constantFrom('a', '1', ',', ';', '"', '\n', '\r', '\t', ' '),
    maxLength: 6,
  });
  const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 6 });

  it('reads every table that RFC 4180 can write, with any separator and any line ends', () => {
    fc.assert(
      fc.property(
        table,
        fc.constantFrom(',', ';', '\t'),
        fc.constantFrom('\n', '\r\n', '\r'),
        (rows, sign, end) => {
          const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
          const text = rows.map((cells) => cells.map(quoted).join(sign) + end).join('');
          const expected = rows
            .map((cells, i) => ({ row: i + 1, cells, isOpen: false }))
            .filter(({ cells }) => cells.some((content) => content.trim() !== ''));
          expect([...csvRows(text, sign)]).toEqual(expected);
        },
      ),
    );
  });

  it('reads every decimal to the double nearest to it, and none that has more decimals', () => {
    const range = (decimals: number) => ({ decimals, least: -1e12, most: 1e12 });
    fc.assert(
      fc.property(
        fc.integer({ min: -1e9, max: 1e9 }),
        fc.integer({ min: 0, max: 3 }),
        fc.constantFrom('', '0', '00'),
        fc.boolean(),
        (whole, decimals, zeros, isComma) => {
          const point = isComma ? ',' : '.';
          const digits = String(Math.abs(whole)).padStart(decimals + 1, '0');
          const at = digits.length - decimals;
          const text = `${whole < 0 ? '-' : ''}${digits.slice(0, at)}${point}${digits.slice(at)}${zeros}`;
          if (/[.,]$/.test(text)) return;
          const read = readNumber(text, { thousands: '', decimal: point, isTold: true }, range(decimals));
          expect(read).toMatchObject({ ok: true, value: Number(text.replace(',', '.')) + 0 });
          const needed = decimals - (/0*$/.exec(digits.slice(at))?.[0].length ?? 0);
          if (needed > 0)
            expect(
              readNumber(text, { thousands: '', decimal: point, isTold: true }, range(needed - 1)),
            ).toMatchObject({
              ok: false,
              code: 'number-decimals',
            });
        },
      ),
    );
  });

  it('reads no more rows than the site has days, and no more columns than a header may have', () => {
    const many = (head: string, line: string) => head + line.repeat(100_000);
    const codes = (file: string) =>
      readFiguresFile(file, site, { today: day('2026-11-27') }).faults.map(({ code }) => code);
    expect(codes(many('date,new_cases\n', '04/08/2021,1\n'))).toEqual(['file-too-long']);
    expect(codes(many('date,new_cases\n', 'x\n'))).toEqual(['file-too-long']);
    expect(codes(many('date,new_cases', ',x'))).toEqual(['file-too-wide']);
    expect(codes(`${many('date,new_cases', ',')}\n2021-08-04,1\n`)).toEqual([]);
    // What is no row costs a step for each of its characters, and is no fault.
    for (const nothing of [',', '\r', ',\r\n', ' ']) expect(codes(many(clean, nothing))).toEqual([]);
  });
});

const clean = 'date,new_cases\n2021-08-04,1\n';
