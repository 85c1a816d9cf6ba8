import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCivilDate } from '../../../worker/model/civil-date.ts';
import { readFiguresFile } from '../../../worker/model/figures-file/read-figures-file.ts';
import { TOLD } from '../../../worker/model/figures-file/told.ts';
import { MESSAGE_CODES } from '../../../worker/model/messages.ts';
import { aSite } from '../a-site.ts';

/** How a hand or a program may write numbers: the sign before decimals, and that between thousands. */
type Style = { readonly decimal: string; readonly thousands: string };

const DECIMALS = ['.', ',', '٫', '،'];
const THOUSANDS = ['', '.', ',', '٬', '،', ' ', '\u00a0', '\u2009', '\u202f', "'", '’'];
const STYLES: readonly Style[] = DECIMALS.flatMap((decimal) =>
  THOUSANDS.filter((thousands) => thousands !== decimal).map((thousands) => ({ decimal, thousands })),
);
const DIGITS = ['0123456789', '٠١٢٣٤٥٦٧٨٩', '۰۱۲۳۴۵۶۷۸۹'] as const;
type Signs = readonly [before: string, after: string, meanings: readonly (1 | -1)[]];
const PLAIN: Signs = ['', '', [1]];
/** Signs around a number, by all that they can mean. */
const SIGNS: readonly Signs[] = [
  PLAIN,
  ['-', '', [-1]],
  ['\u2212', '', [-1]],
  ['\u200f-', '', [-1]],
  ['', '-', [1, -1]],
  ['(', ')', [1, -1]],
  ['+', '', [1, -1]],
];

/** What a text means in a style; null for nothing. Written apart from the reader: it knows one style and no file. */
function meaningIn(text: string, { decimal, thousands }: Style, most: number): number | null {
  // The sign of Arabic stands before decimals whatever the others mean.
  const [whole = '', fraction = '', ...more] = text.replaceAll('٫', decimal).split(decimal);
  if (more.length > 0 || (whole !== text && !/^\d+$/.test(fraction))) return null;
  const groups = thousands === '' ? [whole] : whole.split(thousands);
  const [first = '', ...others] = groups;
  if (!/^\d+$/.test(first) || others.some((group) => !/^\d{3}$/.test(group))) return null;
  if (others.length > 0 && !/^[1-9]\d{0,2}$/.test(first)) return null;
  return fraction.replace(/0+$/, '').length > most ? null : Number(`${groups.join('')}.${fraction || '0'}`);
}

const metric = { kind: 'level', agencies: ['health'], tone: 'neutral', min: -1e9 };
const label = { ar: 'رقم', en: 'Number' };
const siteOf = (decimals: number) =>
  aSite({ metrics: [{ ...metric, id: 'number', label, ...(decimals > 0 ? { decimals } : {}) }] });
const today = parseCivilDate('2026-11-27');

const read = (cells: readonly string[], decimals: number, told = {}) => {
  if (!today) throw new Error('no date');
  const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
  const file = cells.map((cell, i) => `2021-08-${String(i + 10)},${quoted(cell)}\n`).join('');
  return readFiguresFile(`date,number\n${file}`, siteOf(decimals), { today, told });
};

const digits = fc.oneof(
  fc.constantFrom('0', '1', '000', '752', '007'),
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 5 }),
);
const writing = fc
  .record({
    groups: fc.array(digits, { minLength: 1, maxLength: 3 }),
    marks: fc.array(fc.constantFrom(...DECIMALS, ...THOUSANDS), { minLength: 3, maxLength: 3 }),
    sign: fc.oneof({ weight: 2, arbitrary: fc.constant(PLAIN) }, fc.constantFrom(...SIGNS)),
    script: fc.constantFrom(...DIGITS),
  })
  .map(({ groups, marks, sign: [before, after, signs], script }) => {
    const body = groups.map((group, i) => (i === 0 ? group : `${marks[i - 1]}${group}`)).join('');
    const inScript = [...body].map((c) => (/\d/.test(c) ? script[Number(c)] : c)).join('');
    return { cell: `${before}${inScript}${after}`, body, signs };
  });

describe('a number in a file', () => {
  it('is never read if it has two meanings, whatever signs and digits it is written with', () => {
    let accepted = 0;
    fc.assert(
      fc.property(fc.array(writing, { minLength: 1, maxLength: 3 }), fc.nat(3), (writings, decimals) => {
        const { faults, days } = read(
          writings.map(({ cell }) => cell),
          decimals,
        );
        if (faults.length > 0) return;
        accepted += 1;
        // One file is written in one style: each style that fits all of its numbers must give the same.
        const fitting = STYLES.map((style) =>
          writings.map(({ body, signs }) => ({ number: meaningIn(body, style, decimals), signs })),
        ).filter((column) => column.every(({ number }) => number !== null));
        expect(fitting.length).toBeGreaterThan(0);
        for (const column of fitting)
          for (const [i, { number, signs }] of column.entries())
            for (const sign of signs) expect(days[i]?.values[0]).toBe(sign * (number ?? 0) + 0);
      }),
      { numRuns: 2_000 },
    );
    expect(accepted).toBeGreaterThan(300);
  });

  it('is read in every style that the caller tells, or refused, but never as another', () => {
    const words = fc.record({
      decimal: fc.constantFrom('dot', 'comma'),
      thousands: fc.constantFrom('comma', 'dot', 'space', 'apostrophe'),
    } as const);
    fc.assert(
      fc.property(
        words,
        fc.integer({ min: -1e8, max: 1e8 }),
        fc.nat(3),
        fc.constantFrom(...DIGITS),
        (told, units, decimals, script) => {
          const [decimal, thousands] = [TOLD.decimal[told.decimal], TOLD.thousands[told.thousands]];
          if (decimal === thousands) return;
          const plain = Math.abs(units)
            .toString()
            .padStart(decimals + 1, '0');
          const whole = plain.slice(0, plain.length - decimals).replace(/\B(?=(\d{3})+$)/g, thousands);
          const text = `${units < 0 ? '-' : ''}${whole}${decimals > 0 ? decimal : ''}${plain.slice(plain.length - decimals)}`;
          const { faults, days } = read(
            [[...text].map((c) => (/\d/.test(c) ? script[Number(c)] : c)).join('')],
            decimals,
            told,
          );
          expect(faults).toEqual([]);
          expect(days[0]?.values[0]).toBe(Number(`${units}e-${decimals}`) + 0);
        },
      ),
    );
  });

  it('that is refused says how to write it', () => {
    fc.assert(
      fc.property(writing, fc.nat(3), ({ cell }, decimals) => {
        for (const { code, detail } of read([cell], decimals).faults) {
          expect(MESSAGE_CODES).toContain(code);
          expect(detail).toMatch(/write|at most|decimals|less than|more than|negative/);
        }
      }),
    );
  });

  it('has the digits of Arabic and Persian, which mean the same', () => {
    const { faults, days } = read(['١٢٣', '۴۵۶', ' ٧٨٩\u00a0'], 0);
    expect(faults).toEqual([]);
    expect(days.map(({ values }) => values[0])).toEqual([123, 456, 789]);
  });
});
