import type { MessageCode } from '../messages.ts';
import type { MetricRange } from './metric-range.ts';

/** The sign between thousands of a file's numbers, '' for none, and the sign before decimals. */
export type NumberForm = {
  readonly thousands: string;
  readonly decimal: '.' | ',';
  /** The caller tells the sign before decimals. */
  readonly isTold?: boolean;
};

/** A number, or why a cell is none. `isRounded`: it has the form that programs use for numbers too long for a cell. */
export type NumberCell =
  | { readonly ok: true; readonly value: number; readonly isRounded: boolean }
  | { readonly ok: false; readonly code: MessageCode; readonly decimals?: number };

const WHOLE = /^\d{1,15}$/;
const DECIMAL = /^(-?)(\d{1,40})(?:\.(\d{1,40}))?(?:[eE]([+-]?\d{1,3}))?$/;
/** Groups of three, with any sign that programs write between thousands. */
const GROUPED = /^-?\d{1,3}(?:([,.'’ \u00a0\u202f\u066c])\d{3}(?:\1\d{3})*)(?:[.,\u066b]\d+)?$/;
const POINT_AND_THREE = /^-?[1-9]\d{0,2}\.\d{3}$/;
const SPACES = /[\u00a0\u202f]/g;

/**
 * Reads a number exactly: the double nearest to the decimal that the cell shows.
 * @param cell a clean cell with content
 */
export function readNumber(cell: string, form: NumberForm, range: MetricRange): NumberCell {
  if (WHOLE.test(cell)) return inRange(Number(cell), range, false);
  // In many countries 1.000 is a thousand: with fewer decimals than that, a point before three digits has two meanings.
  if (range.decimals < 3 && !form.isTold && form.decimal === '.' && POINT_AND_THREE.test(cell))
    return { ok: false, code: 'number-thousands' };
  const plain = plainNumber(cell, form);
  const [, minus, whole, fraction = '', exponent = '0'] = DECIMAL.exec(plain) ?? [];
  if (whole === undefined) return { ok: false, code: whyNot(cell, form) };
  const isRounded = /e/i.test(plain);
  const digits = `${whole}${fraction}`.replace(/0+$/, '');
  const dropped = whole.length + fraction.length - digits.length;
  // As many decimals as the number has without zeros at its end.
  const decimals = digits === '' ? 0 : Math.max(0, fraction.length - dropped - Number(exponent));
  if (decimals > range.decimals) return { ok: false, code: 'number-decimals', decimals };
  return inRange(Number(`${minus}${whole}.${fraction}e${exponent}`), range, isRounded);
}

/**
 * Whether the numbers of a file have a comma before decimals: one shows that in one way alone, and none speaks against
 * it.
 */
export function hasDecimalComma(cells: Iterable<string>): boolean {
  let hasComma = false;
  for (const cell of cells) {
    if (cell.length < 3) continue;
    if (cell.includes('.')) return false;
    if (!cell.includes(',')) continue;
    if (/,\d*,/.test(cell)) return false;
    hasComma ||= /^-?\d+,(?:\d{1,2}|\d{4,})(?:e[+-]?\d+)?$/i.test(cell);
  }
  return hasComma;
}

function inRange(value: number, { least, most }: MetricRange, isRounded: boolean): NumberCell {
  if (value < least) return { ok: false, code: 'number-too-small' };
  // Adding 0 turns -0 into 0.
  return value > most ? { ok: false, code: 'number-too-large' } : { ok: true, value: value + 0, isRounded };
}

/** A number with a point before decimals and nothing between thousands. The signs of Arabic have one meaning. */
function plainNumber(cell: string, { thousands, decimal }: NumberForm): string {
  const spaced = thousands === ' ' ? cell.replace(SPACES, ' ') : cell.replaceAll('’', "'");
  const [, sign] = GROUPED.exec(spaced) ?? [];
  const grouped = sign !== undefined && (sign === '\u066c' || sign === thousands);
  const ungrouped = grouped ? spaced.replaceAll(sign, '') : spaced;
  // Where the comma stands before decimals, a point that is left has no meaning.
  const known = decimal === ',' ? ungrouped.replaceAll('.', '?').replace(',', '.') : ungrouped;
  return known.replace('\u066b', '.');
}

function whyNot(cell: string, { decimal }: NumberForm): MessageCode {
  const [, sign] = GROUPED.exec(cell) ?? [];
  if (sign !== undefined && sign !== decimal) return 'number-thousands';
  return /^-?\d+,\d+$/.test(cell) ? 'number-decimal-comma' : 'number-unreadable';
}
