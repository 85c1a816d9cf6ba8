import type { Figures } from '../change.ts';
import type { CivilDate } from '../civil-date.ts';
import { type MetricId, metricOf, type Site } from '../site.ts';
import { columnLetters, shownCell } from './clean-cell.ts';
import type { CsvRow } from './csv-rows.ts';
import type { DateColumn } from './date-column.ts';
import type { FigureColumn } from './figure-columns.ts';
import type { FileFaults } from './file-faults.ts';
import { rangeOf } from './metric-range.ts';
import { hasDecimalComma, type NumberForm, readNumber } from './number-cell.ts';
import { TOLD, type Told } from './told.ts';

/** A cell with a number that a program may have rounded. */
export type RoundedCell = { readonly row: number; readonly column: string };

/** The figures of a file: see `FiguresFile`. */
export type FigureCells = {
  readonly days: ReadonlyMap<CivilDate, Figures>;
  readonly totals: ReadonlyMap<CivilDate, Figures>;
  readonly rows: ReadonlyMap<CivilDate, number>;
  readonly rounded: readonly RoundedCell[];
};

/** Reads the cells of metrics in the rows that have a date. */
export function readCells(
  rows: readonly CsvRow[],
  { dates }: DateColumn,
  columns: readonly FigureColumn[],
  { site, form, dateColumn }: { readonly site: Site; readonly form: NumberForm; readonly dateColumn: string },
  faults: FileFaults,
): FigureCells {
  const days = new Map<CivilDate, Figures>();
  const totals = new Map<CivilDate, Figures>();
  const rowOf = new Map<CivilDate, number>();
  const rounded: RoundedCell[] = [];
  const readable = columns.flatMap((column) => {
    const metric = metricOf(site, column.metric);
    return metric
      ? [{ ...column, kind: metric.kind, isTotal: metric.kind === 'total', range: rangeOf(site, metric) }]
      : [];
  });
  for (const { row, cells } of rows) {
    if (faults.isFull) break;
    const date = dates.get(row);
    if (date === undefined) continue;
    const other = rowOf.get(date);
    if (other !== undefined) {
      faults.add('date-twice', { row, column: dateColumn, date, other });
      continue;
    }
    const figures: Record<MetricId, number> = {};
    const sums: Record<MetricId, number> = {};
    for (const { index, metric, kind, isTotal, range } of readable) {
      const cell = cells[index] ?? '';
      if (cell === '') continue;
      const read = readNumber(cell, form, range);
      if (read.ok && !read.isRounded) {
        (isTotal ? sums : figures)[metric] = read.value;
        continue;
      }
      const place = { row, column: columnLetters(index), cell: shownCell(cell) };
      if (!read.ok) {
        const { least, most, decimals } = range;
        const isNegative = read.code === 'number-too-small' && kind === 'flow';
        const code = isNegative ? 'number-negative' : read.code;
        const details = DETAILS[code]?.({ least, most, decimals, has: read.decimals ?? 0 });
        faults.add(code, { ...place, metric, ...details }, causeOf(code, cell, metric));
        continue;
      }
      if (read.isRounded) rounded.push({ row, column: place.column });
      (isTotal ? sums : figures)[metric] = read.value;
    }
    days.set(date, figures);
    totals.set(date, sums);
    rowOf.set(date, row);
  }
  return { days, totals, rows: rowOf, rounded };
}

type Details = {
  readonly least: number;
  readonly most: number;
  readonly decimals: number;
  readonly has: number;
};

/** What a fault of a number says about its metric. */
const DETAILS: { readonly [code: string]: (details: Details) => { readonly [name: string]: number } } = {
  'number-decimals': ({ decimals, has }) => ({ decimals, has }),
  'number-too-small': ({ least }) => ({ least }),
  'number-too-large': ({ most }) => ({ most }),
};

/**
 * Signs within numbers have one cause in the whole file; a wrong text, a cause for each text; the rest, one a metric.
 */
const causeOf = (code: string, cell: string, metric: MetricId): string =>
  code === 'number-unreadable'
    ? cell
    : code.startsWith('number-d') || code.startsWith('number-th')
      ? ''
      : metric;

/** A digit, a sign, a digit. */
const SHORTEST_DECIMAL = 3;

/**
 * The form of a file's numbers: as the caller tells, else with a point before decimals, or a comma where only that
 * fits.
 */
export function numberForm(
  rows: readonly CsvRow[],
  columns: readonly FigureColumn[],
  { thousands, decimal }: Told,
): NumberForm {
  if (decimal !== undefined || thousands !== undefined)
    return {
      thousands: thousands === undefined ? '' : TOLD.thousands[thousands],
      decimal: decimal === undefined ? (thousands === 'dot' ? ',' : '.') : TOLD.decimal[decimal],
      isTold: true,
    };
  return { thousands: '', decimal: hasDecimalComma(numbersIn(rows, columns)) ? ',' : '.' };
}

/** The cells that are long enough to have decimals: of a file of small counts none, which a megabyte has half a million of. */
function numbersIn(rows: readonly CsvRow[], columns: readonly FigureColumn[]): readonly string[] {
  const numbers: string[] = [];
  for (const { cells } of rows)
    for (const { index } of columns) {
      const cell = cells[index];
      if (cell !== undefined && cell.length >= SHORTEST_DECIMAL) numbers.push(cell);
    }
  return numbers;
}

/**
 * The rows with as many cells as the columns that are read need. A number with a comma, but no quotes, makes a row too
 * long.
 */
export function completeRows(
  rows: readonly CsvRow[],
  headerLength: number,
  lastIndex: number,
  faults: FileFaults,
): readonly CsvRow[] {
  return rows.filter(({ row, cells }) => {
    const filled = cells.findLastIndex((cell) => cell !== '') + 1;
    const lengths = { row, cells: filled > headerLength ? filled : cells.length, columns: headerLength };
    if (filled > headerLength) faults.add('row-too-long', lengths);
    else if (cells.length <= lastIndex) faults.add('row-too-short', lengths);
    else return true;
    return false;
  });
}
