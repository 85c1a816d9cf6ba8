import type { CivilDate } from '../civil-date.ts';
import { shownCell } from './clean-cell.ts';
import { DATE_FORMS, type DateForm, dateIn, type MonthNames, monthNames, writingOf } from './date-forms.ts';
import type { FileFaults } from './file-faults.ts';

/** A cell of the column of dates: clean, with content. */
export type DateCell = { readonly row: number; readonly cell: string };

/** The dates of a column, by row, and the form in which all of them are written. */
export type DateColumn = { readonly form: DateForm; readonly dates: ReadonlyMap<number, CivilDate> };

export type DateOptions = {
  /** The form that the caller names: of `04/08/2021`, whether the day or the month is first. */
  readonly told?: 'dmy' | 'mdy';
  readonly column: string;
  /** The first and the last date that figures may have. */
  readonly first: CivilDate;
  readonly last: CivilDate;
  readonly locales: readonly string[];
};

/**
 * Reads a column of dates. All are written in one form, and only where the whole column can be read in one way alone:
 * where two forms fit, the one that gives no date outside of the site's days is right, if it is the only one.
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
  if (iso.dates.size === cells.length) return iso;

  const isPossible = (form: DateForm) =>
    !(form === 'DD/MM/YYYY' && told === 'mdy') &&
    !(form === 'MM/DD/YYYY' && told === 'dmy') &&
    !(form === 'D-Mon-19YY' && first >= '2000');
  const readings = DATE_FORMS.filter(isPossible).map(read);
  const most = Math.max(...readings.map(({ dates }) => dates.size));
  const likely = readings.filter(({ dates }) => dates.size === most && most > 0);
  const within = likely.filter(({ inRange }) => inRange === most);
  const [best = iso, other] = within.length > 0 ? within : likely;
  const isUnclear = other !== undefined && best.dates.size === cells.length;
  for (const { row, cell } of cells) {
    if (faults.isFull) break;
    const date = best.dates.get(row);
    const place = { row, column, cell: shownCell(cell) };
    if (date === undefined) faults.add('date-unreadable', { ...place, form: best.form }, shapeOf(cell));
    else if (isUnclear)
      faults.add('date-ambiguous', { ...place, first: date, second: other.dates.get(row) ?? date });
  }
  const mixed = isUnclear || told !== undefined ? null : mixedWriting(cells);
  if (mixed) faults.add('date-mixed', { row: mixed.row, column, cell: mixed.cell, other: mixed.other });
  return best;
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
