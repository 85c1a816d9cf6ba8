import { addDays, type CivilDate, parseCivilDate } from '../civil-date.ts';
import { nameKey } from './column-names.ts';

/**
 * How a file writes its dates. `YY` is of this century, `19YY` of the last, though the file has two digits; `serial` counts
 * days as Excel does, `serial-1904` as it does in its other calendar.
 */
export const DATE_FORMS = [
  'YYYY-MM-DD',
  'YYYYMMDD',
  'DD/MM/YYYY',
  'MM/DD/YYYY',
  'DD/MM/YY',
  'MM/DD/YY',
  'YY/MM/DD',
  'DD/MM/19YY',
  'MM/DD/19YY',
  '19YY/MM/DD',
  'D-Mon-YYYY',
  'D-Mon-YY',
  'D-Mon-19YY',
  'serial',
  'serial-1904',
] as const;
export type DateForm = (typeof DATE_FORMS)[number];

/** The number of each month from 1, by `nameKey` of its names. */
export type MonthNames = ReadonlyMap<string, number>;

/** Day, month and year, with the sign between them. Midnight may follow: programs write it after a date. */
const MIDNIGHT = '(?:[T ]0?0:00(?::00(?:\\.0+)?)?)?';
const YEAR_FIRST = new RegExp(`^(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})${MIDNIGHT}$`);
const YEAR_LAST = new RegExp(`^(\\d{1,2})([-/.])(\\d{1,2})\\2(\\d{4})${MIDNIGHT}$`);
const SHORT_YEAR = new RegExp(`^(\\d{1,2})([-/.])(\\d{1,2})\\2(\\d{1,2})${MIDNIGHT}$`);
const NAMED_MONTH = /^(\d{1,2})([-/. ])(\p{L}[\p{L}\p{M}. ]{1,30}?)\2(\d{4}|\d{2})$/u;
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;
const SERIAL = /^(\d{5})(?:\.0+)?$/;

/** Day 0 of Excel's dates, which takes 1900 for a leap year: right from 1900-03-01 on, day 61. */
const SERIAL_START = parseCivilDate('1899-12-30');
/** Day 0 of Excel's calendar of 1904, which old files of the Macintosh have. */
const SERIAL_1904_START = parseCivilDate('1904-01-01');

/** The date that a cell shows in a form; null if it shows none. */
export function dateIn(cell: string, form: DateForm, months: () => MonthNames): CivilDate | null {
  switch (form) {
    case 'YYYY-MM-DD': {
      const [, year, , month, day] = YEAR_FIRST.exec(cell) ?? [];
      return dateOf(year, month, day);
    }
    case 'YYYYMMDD': {
      const [, year, month, day] = COMPACT.exec(cell) ?? [];
      return dateOf(year, month, day);
    }
    case 'DD/MM/YYYY': {
      const [, day, , month, year] = YEAR_LAST.exec(cell) ?? [];
      return dateOf(year, month, day);
    }
    case 'MM/DD/YYYY': {
      const [, month, , day, year] = YEAR_LAST.exec(cell) ?? [];
      return dateOf(year, month, day);
    }
    case 'DD/MM/YY':
    case 'DD/MM/19YY':
    case 'MM/DD/YY':
    case 'MM/DD/19YY':
    case 'YY/MM/DD':
    case '19YY/MM/DD':
      return shortDate(cell, form);
    case 'D-Mon-YYYY':
    case 'D-Mon-YY':
    case 'D-Mon-19YY': {
      const [, day, , name = '', year = ''] = NAMED_MONTH.exec(cell) ?? [];
      const isShort = year.length === 2;
      if (day === undefined || isShort === (form === 'D-Mon-YYYY')) return null;
      const century = form === 'D-Mon-YY' ? '20' : form === 'D-Mon-19YY' ? '19' : '';
      return dateOf(`${century}${year}`, String(months().get(monthKey(name)) ?? 0), day);
    }
    case 'serial':
    case 'serial-1904': {
      const [, days] = SERIAL.exec(cell) ?? [];
      const start = form === 'serial' ? SERIAL_START : SERIAL_1904_START;
      return days === undefined || start === null ? null : addDays(start, Number(days));
    }
    default:
      return form satisfies never;
  }
}

/** A date with a year of two digits, which stand first or last. */
function shortDate(cell: string, form: DateForm): CivilDate | null {
  const [, a = '', , b = '', c = ''] = SHORT_YEAR.exec(cell) ?? [];
  const century = form.includes('19YY') ? '19' : '20';
  const year = form.endsWith('DD') ? a : c;
  if (year.length !== 2) return null;
  const [month, day] = form.endsWith('DD') ? [b, c] : form.startsWith('DD') ? [b, a] : [a, b];
  return dateOf(`${century}${year}`, month, day);
}

const dateOf = (year = '', month = '', day = ''): CivilDate | null =>
  parseCivilDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);

/**
 * How a cell writes day and month: the sign between them, and whether it writes zeros before digits, if that can be
 * seen. A file that does both ways has gone through two programs. Null for cells of another form.
 */
export function writingOf(cell: string): { readonly sign: string; readonly padded: boolean | null } | null {
  const [, first = '', sign, second = ''] = YEAR_LAST.exec(cell) ?? SHORT_YEAR.exec(cell) ?? [];
  if (sign === undefined) return null;
  const isPadded = first.startsWith('0') || second.startsWith('0');
  return { sign, padded: isPadded ? true : first.length === 1 || second.length === 1 ? false : null };
}

/** The names of months, long and short, in English and in the languages of these locales. */
export function monthNames(locales: readonly string[]): MonthNames {
  const names = new Map<string, number>([['sept', 9]]);
  for (const locale of [...locales, 'en'])
    for (const style of ['long', 'short'] as const) {
      const format = new Intl.DateTimeFormat(locale, { month: style, calendar: 'gregory', timeZone: 'UTC' });
      for (let month = 0; month < 12; month++)
        names.set(monthKey(format.format(Date.UTC(2021, month, 15))), month + 1);
    }
  return names;
}

const monthKey = (name: string): string => nameKey(name).replaceAll('.', '');
