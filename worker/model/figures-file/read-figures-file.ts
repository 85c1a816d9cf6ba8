import { type CivilDate, daysBetween } from '../civil-date.ts';
import { type Note, noteOf } from '../messages.ts';
import type { Fault } from '../problem.ts';
import type { Site } from '../site.ts';
import { cleanCell, columnLetters, shownCell } from './clean-cell.ts';
import { columnNames, isOwnFile } from './column-names.ts';
import { type CsvRow, csvRows } from './csv-rows.ts';
import { readDates } from './date-column.ts';
import { completeRows, type FileDay, type RoundedCell, readCells } from './figure-cells.ts';
import { columnsOf, type FigureColumn } from './figure-columns.ts';
import { FileFaults } from './file-faults.ts';
import { fileStart, type Header } from './header.ts';
import { numberForm } from './number-form.ts';
import { separatorWord, TOLD, type Told } from './told.ts';

/** How a file was read: the row of its header, the metric of each column by its letters, and the signs in it. */
export type Reading = {
  readonly separator: string;
  readonly header: number;
  readonly columns: { readonly [letters: string]: string };
  readonly dates: string;
  readonly decimal: 'dot' | 'comma';
};

/** The figures of a file, and how it was read. */
export type FiguresFile = {
  /** The columns that are read: figures, and totals, which are only compared. */
  readonly columns: readonly FigureColumn[];
  /** By date as the file has them, each once. */
  readonly days: readonly FileDay[];
  /** The letters of the column of dates. */
  readonly dateColumn: string;
  readonly faults: readonly Fault[];
  readonly notes: readonly Note[];
  /** Null if nothing in the file is a header. */
  readonly reading: Reading | null;
};

/**
 * Reads figures from a CSV as people save it: `csvRows`, `fileStart`, `columnNames`, `readDates` and `readNumber` say
 * what is read. What can be meant in two ways is a fault, unless the caller tells which is meant.
 * @param today the site's today
 */
export function readFiguresFile(
  file: string,
  site: Site,
  { today, told = {} }: { readonly today: CivilDate; readonly told?: Told },
): FiguresFile {
  const faults = new FileFaults();
  const start = fileStart(file, columnNames(site), told.separator && TOLD.separator[told.separator]);
  if (!start.header) {
    const ids = site.metrics.map(({ id }) => id).join(', ');
    const { first } = start;
    if (first) faults.add('file-no-header', { row: first.row, cell: shownCell(first.cells.join(' ')), ids });
    else faults.add('file-empty', {});
    return { ...NOTHING, faults: faults.list() };
  }
  const { header, separator } = start;
  const mostRows = daysBetween(site.firstDate, today) + 1;
  const rows = rowsBelow({ header, text: start.text, separator, mostRows }, faults);
  const { date, figures, ignored } = columnsOf(header, rows, site, faults);
  if (date === null) return { ...NOTHING, faults: faults.list() };

  const dateColumn = columnLetters(date);
  const width = header.cells.findLastIndex((cell) => cleanCell(cell) !== '') + 1;
  const lastIndex = Math.max(date, ...figures.map(({ index }) => index));
  const dated = completeRows(rows, { header, width, lastIndex, separator }, faults).filter(
    ({ row, cells }) => {
      if (cells[date]) return true;
      faults.add('date-missing', { row, column: dateColumn });
      return false;
    },
  );
  const dates = readDates(
    dated.map(({ row, cells }) => ({ row, cell: cells[date] ?? '' })),
    {
      ...(told.dates ? { told: told.dates } : {}),
      column: dateColumn,
      first: site.firstDate,
      last: today,
      locales: site.languages.map(({ locale }) => locale),
    },
    faults,
  );
  const form = numberForm(dated, figures, { told, isOwn: isOwnFile(header.cells) });
  if (form.thousands === form.decimal) faults.add('file-signs-same', { cell: form.decimal });
  const options = { site, form, dash: told.dash, dateColumn };
  const { rounded, ...cells } = readCells(dated, dates, figures, options, faults);
  const example = dated.find(({ row }) => dates.dates.has(row));
  return {
    ...cells,
    dateColumn,
    faults: faults.list(),
    notes: [
      ...(dates.form === 'YYYY-MM-DD' || !example
        ? []
        : [
            noteOf('dates-read', {
              form: dates.form,
              cell: shownCell(example.cells[date] ?? ''),
              date: dates.dates.get(example.row) ?? '',
            }),
          ]),
      ...(header.last > header.row ? [noteOf('header-read', { row: header.row, last: header.last })] : []),
      ...fileNotes(form.decimal, form.thousands, ignored, rounded),
    ],
    reading: {
      separator: separatorWord(separator),
      header: header.row,
      columns: Object.fromEntries([
        [dateColumn, 'date'],
        ...figures.map(({ index, metric }) => [columnLetters(index), metric]),
      ]),
      dates: dates.form,
      decimal: form.decimal === ',' ? 'comma' : 'dot',
    },
  };
}

/** The most columns that a note names. */
const MAX_NAMED = 20;

const NOTHING: Omit<FiguresFile, 'faults'> = {
  days: [],
  columns: [],
  dateColumn: '',
  notes: [],
  reading: null,
};

/** The rows below the header, with their cells cleaned; none if they are more than the days that the site has. */
function rowsBelow(
  {
    header,
    text,
    separator,
    mostRows,
  }: {
    readonly header: Header;
    readonly text: string;
    readonly separator: string;
    readonly mostRows: number;
  },
  faults: FileFaults,
): readonly CsvRow[] {
  const rows: CsvRow[] = [];
  for (const { row, cells, isOpen } of csvRows(text, separator)) {
    if (isOpen) faults.add('file-open-quote', { row });
    if (row <= header.last || isOpen) continue;
    let hasContent = false;
    for (let i = 0; i < cells.length; i++) {
      const cell = cells[i] ?? '';
      const clean = cleanCell(cell);
      if (clean !== cell) cells[i] = clean;
      hasContent ||= clean !== '';
    }
    if (!hasContent) continue;
    rows.push({ row, cells, isOpen });
    if (rows.length <= mostRows) continue;
    faults.add('file-too-long', { row, most: mostRows });
    return [];
  }
  return rows;
}

/**
 * What the caller should know of the reading besides its dates. No note holds a figure: answers are kept, figures
 * erased.
 */
function fileNotes(
  decimal: string,
  thousands: string,
  ignored: readonly string[],
  rounded: readonly RoundedCell[],
): readonly Note[] {
  const [first] = rounded;
  return [
    ...(decimal === '.' && thousands === ''
      ? []
      : [noteOf('numbers-read', { form: `1${thousands}000${decimal}5` })]),
    ...(ignored.length > 0
      ? [noteOf('columns-ignored', { columns: ignored.slice(0, MAX_NAMED).join(', ') })]
      : []),
    ...(first ? [noteOf('numbers-rounded', { count: rounded.length, ...first })] : []),
  ];
}
