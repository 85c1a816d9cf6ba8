import type { MessageCode } from '../messages.ts';
import type { MetricRange } from './metric-range.ts';

/** The sign between thousands of a file's numbers, '' for none, and the sign before decimals. */
export type NumberForm = {
  readonly thousands: string;
  readonly decimal: '.' | ',';
  /** Whether the sign before decimals is certain, because the caller tells it. */
  readonly isTold?: boolean;
  /** Whether a sign before three digits is before decimals, in a metric that has so many: the file shows it elsewhere. */
  readonly isShown?: boolean;
};

/** A number, or why a cell is none. `isRounded`: it has the form that programs use for numbers too long for a cell. */
export type NumberCell =
  | { readonly ok: true; readonly value: number; readonly isRounded: boolean }
  | { readonly ok: false; readonly code: MessageCode; readonly decimals?: number };

const DECIMAL = /^(-?)(\d{1,40})(?:\.(\d{1,40}))?(?:[eE]([+-]?\d{1,3}))?$/;
/** Groups of three, with any sign that programs write between thousands. No number of thousands begins with 0. */
const GROUPED =
  /^-?[1-9]\d{0,2}(?:([,.'’ \u00a0\u2007\u2009\u202f\u060c\u066c])\d{3}(?:\1\d{3})*)(?:[.,\u066b]\d+)?$/;
const SIGN_AND_THREE = /^-?[1-9]\d{0,2}([.,\u066b])\d{3}$/;
const SPACES = /[\u00a0\u2007\u2009\u202f]/g;
/** The form in which spreadsheets shorten a number: of 123456789012 only the first digits are left. */
const SHORTENED = /^-?\d(?:\.(\d+))?E\+?(\d{1,3})$/;

/** The most digits of a whole number that is exact in all cases. */
const MAX_DIGITS = 15;
const ZERO = 0x30;

/** The number of a cell that has nothing but digits, as most have; null for any other. */
export function wholeNumber(cell: string): number | null {
  if (cell.length === 0 || cell.length > MAX_DIGITS) return null;
  let value = 0;
  for (let i = 0; i < cell.length; i++) {
    const digit = cell.charCodeAt(i) - ZERO;
    if (digit < 0 || digit > 9) return null;
    value = value * 10 + digit;
  }
  return value;
}

/**
 * Reads a number exactly: the double nearest to the decimal that the cell shows.
 * @param cell a clean cell with content
 */
export function readNumber(cell: string, form: NumberForm, range: MetricRange): NumberCell {
  const digitsAlone = wholeNumber(cell);
  if (digitsAlone !== null) return inRange(digitsAlone, range, false);
  if (!form.isTold && mayBeThousands(cell, form, range)) return { ok: false, code: 'number-thousands' };
  const [isShort, shown = '', power] = SHORTENED.exec(cell) ?? [];
  if (isShort && Number(power) > shown.length) return { ok: false, code: 'number-shortened' };
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
 * In many countries 1.000 or 1,000 is a thousand: with fewer decimals than that, a sign before three digits has two
 * meanings. With three decimals it has one if another number of the file shows what the sign is.
 */
function mayBeThousands(cell: string, { isShown = false }: NumberForm, { decimals }: MetricRange): boolean {
  return (decimals < 3 || !isShown) && SIGN_AND_THREE.test(cell);
}

function inRange(value: number, { least, most }: MetricRange, isRounded: boolean): NumberCell {
  if (value < least) return { ok: false, code: 'number-too-small' };
  // Adding 0 turns -0 into 0.
  return value > most ? { ok: false, code: 'number-too-large' } : { ok: true, value: value + 0, isRounded };
}

/** A number with a point before decimals and nothing between thousands. The signs of Arabic have one meaning. */
function plainNumber(written: string, { thousands, decimal, isTold }: NumberForm): string {
  // Who tells what a comma is means that of Arabic too.
  const cell = isTold ? written.replaceAll('\u060c', ',') : written;
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
  if (/^-?\d+[,\u060c]\d+$/.test(cell)) return 'number-decimal-comma';
  const rest = cell.replace(/^-(?=\d)/, '');
  if (/[-+±()]/.test(rest) && SIGNED.test(rest)) return 'number-signed';
  return PERCENTAGE.test(cell) ? 'number-percent' : 'number-unreadable';
}

/** Signs that are a minus in one hand and none, or a change, in another: `(12)`, `12-`, `- 12`, `+12`. */
const SIGNED = /^(?:[-+±(]\s*)*[\d.,\u066b\u066c]*\d(?:\s*[-+±)])*$/;
const PERCENTAGE = /^-?[\d.,\u066b]+\s*[%\u066a]$|^[%\u066a]\s*-?[\d.,\u066b]+$/;
