import type { CellValue } from '../cell-facts.ts';
import type { CivilDate } from '../civil-date.ts';
import { type Metric, type MetricId, metricOf, PERCENT, type Site } from '../site.ts';
import { cellWords, isDash, NOT_REPORTED } from './cell-words.ts';
import { columnLetters, shownCell } from './clean-cell.ts';
import { nameKey } from './column-names.ts';
import type { CsvRow } from './csv-rows.ts';
import type { DateColumn } from './date-column.ts';
import type { FigureColumn } from './figure-columns.ts';
import type { FileFaults } from './file-faults.ts';
import type { Header } from './header.ts';
import { type MetricRange, rangeOf } from './metric-range.ts';
import { type NumberForm, readNumber, wholeNumber } from './number-cell.ts';
import type { Told } from './told.ts';

/** A cell with a number that a program may have rounded. */
export type RoundedCell = { readonly row: number; readonly column: string };

/**
 * A day of a file, with its row as a spreadsheet counts. `values` are those of `FigureCells.columns`, in their order;
 * undefined for an empty cell. A file may have half a million, so they are no records by metric.
 */
export type FileDay = {
  readonly date: CivilDate;
  readonly row: number;
  readonly values: readonly (CellValue | undefined)[];
};

/** The figures of a file, by day as the file has them. */
export type FigureCells = {
  readonly columns: readonly FigureColumn[];
  readonly days: readonly FileDay[];
  readonly rounded: readonly RoundedCell[];
};

/** A column with what its cells may hold. */
type ReadableColumn = FigureColumn & {
  readonly kind: Metric['kind'];
  readonly isPercent: boolean;
  readonly range: MetricRange;
};

/** Reads the cells of metrics in the rows that have a date. */
export function readCells(
  rows: readonly CsvRow[],
  { dates }: DateColumn,
  columns: readonly FigureColumn[],
  {
    site,
    form,
    dash,
    dateColumn,
  }: {
    readonly site: Site;
    readonly form: NumberForm;
    readonly dash: Told['dash'];
    readonly dateColumn: string;
  },
  faults: FileFaults,
): FigureCells {
  const days: FileDay[] = [];
  const rowOf = new Map<CivilDate, number>();
  const rounded: RoundedCell[] = [];
  const readable = columns.flatMap((column): ReadableColumn[] => {
    const metric = metricOf(site, column.metric);
    if (!metric) return [];
    return [
      { ...column, kind: metric.kind, isPercent: metric.unit === PERCENT, range: rangeOf(site, metric) },
    ];
  });
  const words = cellWords(site);
  for (const { row, cells } of rows) {
    if (faults.isFull) break;
    const date = dates.get(row);
    if (date === undefined) continue;
    const other = rowOf.get(date);
    if (other !== undefined) {
      faults.add('date-twice', { row, column: dateColumn, date, other });
      continue;
    }
    const values = readable.map((column) => {
      const cell = cells[column.index] ?? '';
      if (cell === '') return undefined;
      const whole = wholeNumber(cell);
      const { least, most } = column.range;
      return whole !== null && whole >= least && whole <= most ? whole : otherCell(cell, row, column);
    });
    days.push({ date, row, values });
    rowOf.set(date, row);
  }
  return { columns: readable, days, rounded };

  function otherCell(cell: string, row: number, column: ReadableColumn): CellValue | undefined {
    const { metric, kind, range, isPercent } = column;
    const place = { row, column: columnLetters(column.index), cell: shownCell(cell) };
    const word = words.get(nameKey(cell));
    if (word !== undefined) return kind === 'total' ? undefined : word;
    if (isDash(cell)) {
      if (dash === 'zero') return 0;
      if (dash === 'not-reported') return kind === 'total' ? undefined : NOT_REPORTED;
      faults.add('cell-dash', place);
      return undefined;
    }
    const read = readNumber(isPercent ? cell.replace(/^[%\u066a]\s*|\s*[%\u066a]$/, '') : cell, form, range);
    if (read.ok) {
      if (read.isRounded) rounded.push({ row, column: place.column });
      return read.value;
    }
    const { least, most, decimals } = range;
    const isNegative = read.code === 'number-too-small' && kind === 'flow';
    const code = isNegative ? 'number-negative' : read.code;
    const details = DETAILS[code]?.({ least, most, decimals, has: read.decimals ?? 0 });
    faults.add(code, { ...place, metric, ...details }, causeOf(code, cell, metric));
    return undefined;
  }
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

/** The codes of signs within numbers. */
const SIGNS: ReadonlySet<string> = new Set([
  'number-decimals',
  'number-decimal-comma',
  'number-thousands',
  'number-signed',
]);

/**
 * Signs within numbers have one cause in the whole file; a wrong text, a cause for each text, whatever numbers are in it,
 * such as a unit; the rest, one a metric.
 */
const causeOf = (code: string, cell: string, metric: MetricId): string =>
  code === 'number-unreadable' ? cell.replace(/[\d.,\s]+/g, '0') : SIGNS.has(code) ? '' : metric;

/**
 * The rows with as many cells as the columns that are read need. A number with a comma, but no quotes, makes a row too
 * long: then figures stand in the wrong columns, also if the last cells are empty.
 * @param width the columns of the header up to its last name
 */
export function completeRows(
  rows: readonly CsvRow[],
  {
    header,
    width,
    lastIndex,
    separator,
  }: {
    readonly header: Header;
    readonly width: number;
    readonly lastIndex: number;
    readonly separator: string;
  },
  faults: FileFaults,
): readonly CsvRow[] {
  const most = separator === ',' ? header.cells.length : Number.POSITIVE_INFINITY;
  return rows.filter(({ row, cells }) => {
    const filled = cells.findLastIndex((cell) => cell !== '') + 1;
    const isLong = filled > width || cells.length > most;
    const lengths = {
      row,
      cells: filled > width ? filled : cells.length,
      columns: isLong && filled <= width ? most : width,
    };
    if (isLong) faults.add('row-too-long', lengths);
    else if (cells.length <= lastIndex) faults.add('row-too-short', lengths);
    else return true;
    return false;
  });
}
