import type { CivilDate } from '../civil-date.ts';
import { shownCell } from './clean-cell.ts';
import { DATE_FORMS, type DateForm, dateIn, type MonthNames, monthNames, writingOf } from './date-forms.ts';
import type { FileFaults } from './file-faults.ts';
import type { Told } from './told.ts';

type ToldDates = NonNullable<Told['dates']>;

/** A cell of the column of dates: clean, with content. */
export type DateCell = { readonly row: number; readonly cell: string };

/** The dates of a column, by row, and the form in which all of them are written. */
export type DateColumn = { readonly form: DateForm; readonly dates: ReadonlyMap<number, CivilDate> };

export type DateOptions = {
  /** What the caller tells: of `04/08/2021` whether the day or the month is first, of `44412` which calendar it counts in. */
  readonly told?: ToldDates;
  readonly column: string;
  /** The first and the last date that figures may have. */
  readonly first: CivilDate;
  readonly last: CivilDate;
  readonly locales: readonly string[];
};

/**
 * Reads a column of dates. All are written in one form, and only where the whole column can be read in one way alone:
 * where two forms fit, the one that gives no date outside of the site's days is right, if it is the only one. A date out
 * of the site's days is a fault.
 */
export function readDates(cells: readonly DateCell[], options: DateOptions, faults: FileFaults): DateColumn {
  const { told, column, first, last, locales } = options;
  let names: MonthNames | undefined;
  const months = () => {
    names ??= monthNames(locales);
    return names;
  };
  const read = (form: DateForm): DateColumn & { readonly inRange: number } => {
    const dates = new Map<number, CivilDate>();
    let inRange = 0;
    for (const { row, cell } of cells) {
      const date = dateIn(cell, form, months);
      if (date === null) continue;
      dates.set(row, date);
      if (date >= first && date <= last) inRange += 1;
    }
    return { form, dates, inRange };
  };
  const iso = read('YYYY-MM-DD');
  if (iso.dates.size === cells.length) {
    addRangeFaults(iso, options, faults);
    return iso;
  }
  const readings = DATE_FORMS.filter((form) => isPossible(form, told, first)).map(read);
  const most = Math.max(...readings.map(({ dates }) => dates.size));
  const likely = readings.filter(({ dates }) => dates.size === most && most > 0);
  const within = Math.max(0, ...likely.map(({ inRange }) => inRange));
  const [best = iso, ...more] = likely.filter(({ inRange }) => inRange === within);
  const other =
    within > 0 && best.dates.size === cells.length
      ? more.find(({ dates }) => cells.some(({ row }) => dates.get(row) !== best.dates.get(row)))
      : undefined;
  const unclear = best.form.startsWith('serial') ? 'date-serial' : 'date-ambiguous';
  for (const { row, cell } of cells) {
    if (faults.isFull) break;
    const date = best.dates.get(row);
    const place = { row, column, cell: shownCell(cell) };
    if (date === undefined) faults.add('date-unreadable', { ...place, form: best.form }, shapeOf(cell));
    else if (other && other.dates.get(row) !== date)
      faults.add(unclear, { ...place, first: date, second: other.dates.get(row) ?? date });
  }
  if (other) return best;
  const mixed = told !== undefined ? null : mixedWriting(cells);
  if (mixed) faults.add('date-mixed', { row: mixed.row, column, cell: mixed.cell, other: mixed.other });
  addRangeFaults(best, options, faults);
  return best;
}

/** The forms that speak against what the caller tells. */
const TOLD_AGAINST: { readonly [told in ToldDates]: RegExp } = {
  dmy: /^(?:MM|YY\/|19YY\/)/,
  mdy: /^(?:DD|YY\/|19YY\/)/,
  excel1900: /^serial-1904$/,
  excel1904: /^serial$/,
};

const isPossible = (form: DateForm, told: ToldDates | undefined, first: CivilDate): boolean =>
  !(told && TOLD_AGAINST[told].test(form)) && !(form.includes('19YY') && first >= '2000');

/** Dates outside of the site's days, one fault for each end. */
function addRangeFaults(
  { dates }: DateColumn,
  { column, first, last }: DateOptions,
  faults: FileFaults,
): void {
  for (const [row, date] of dates) {
    if (date < first) faults.add('date-before-first', { row, column, date, first });
    if (date > last) faults.add('date-after-today', { row, column, date, today: last });
  }
}

/** The first date that is written in another way than one before it; null if there is none. */
function mixedWriting(cells: readonly DateCell[]): (DateCell & { readonly other: string }) | null {
  const seen = new Map<string, string>();
  for (const { row, cell } of cells) {
    const writing = writingOf(cell);
    if (!writing) continue;
    const { sign, padded } = writing;
    const other =
      [...seen].find(([key]) => !key.startsWith(sign))?.[1] ??
      (padded === null ? undefined : seen.get(`${sign}${!padded}`));
    if (other !== undefined) return { row, cell, other };
    const key = `${sign}${padded}`;
    if (!seen.has(key)) seen.set(key, cell);
  }
  return null;
}

/** What dates of one form have in common, however long the column: their signs and letters, with 0 for digits. */
const shapeOf = (cell: string): string => cell.replace(/\d+/g, '0').slice(0, 40);
