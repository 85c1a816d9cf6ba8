import { cleanCell } from './clean-cell.ts';
import type { ColumnNames, NamedColumn } from './column-names.ts';
import { type CsvRow, csvRows, MAX_COLUMNS } from './csv-rows.ts';
import { mayBeHeader, twoRows } from './two-row-header.ts';

/**
 * The header of a file: its row, the last one if it has two, and what each of its cells names, undefined for a name that
 * nobody knows.
 */
export type Header = {
  readonly row: number;
  readonly last: number;
  readonly cells: readonly string[];
  readonly names: readonly (NamedColumn | undefined)[];
};

/** What the beginning of a file shows: its separator, and its header or the row that comes closest to one. */
export type FileStart = {
  /** The text from the first row on. */
  readonly text: string;
  readonly separator: string;
  readonly header: Header | null;
  /** The first row with content; null in an empty file. */
  readonly first: CsvRow | null;
};

const SEPARATORS = [',', ';', '\t'] as const;

/** Titles stand above a header: in the first rows with content, and no further down. */
const MAX_TITLE_ROWS = 20;

/** The beginning of a file in which a header is looked for, in characters: room for long titles and 100 long labels. */
const MAX_START = 100_000;

/** A line by which a file tells Excel its separator. Excel does not show it, so it is no row. */
const SEPARATOR_LINE = /^\ufeff?"?sep=([^\r\n])"?[ \t]*(?:\r\n|\r|\n|$)/i;

/**
 * Finds the separator and the header of a file. The header is the first row that names the date and a metric: titles
 * may stand above it, and its names may stand in two rows. The separator is the one that the file tells, else the one that shows a header.
 * @param told the separator that the caller names
 */
export function fileStart(whole: string, names: ColumnNames, told: string | undefined): FileStart {
  const [line = '', own] = SEPARATOR_LINE.exec(whole) ?? [];
  const text = whole.slice(line.length).replace(/^\ufeff/, '');
  const known = told ?? own;
  const starts = (known === undefined ? SEPARATORS : [known]).map(
    (separator): FileStart & { rank: number } => {
      const rows: CsvRow[] = [];
      for (const row of csvRows(text.slice(0, MAX_START), separator)) {
        rows.push(row);
        if (rows.length === MAX_TITLE_ROWS) break;
      }
      const { header, rank } = headerIn(rows, names);
      return { text, separator, header, first: rows[0] ?? null, rank };
    },
  );
  const best = Math.max(...starts.map(({ rank }) => rank));
  const likely = starts.filter(({ rank }) => rank === best).sort((a, b) => widthOf(b) - widthOf(a));
  const blank = likely.find(({ first }) => first === null);
  return blank ?? likely[0] ?? { text, separator: ',', header: null, first: null };
}

/** The row, or two rows, that look most like a header. */
function headerIn(rows: readonly CsvRow[], names: ColumnNames): { header: Header | null; rank: number } {
  const headers = rows.map(
    (row): Header => ({
      row: row.row,
      last: row.row,
      cells: row.cells,
      names: row.cells.map((cell) => names.named(cell)),
    }),
  );
  const ranks = headers.map(rankOf);
  const rank = Math.max(0, ...ranks);
  const at = ranks.indexOf(rank);
  const [header, above, below] = [headers[at], rows[at], rows[at + 1]];
  if (rank === 0 || !header || !above) return { header: null, rank: 0 };
  if (rank === FULL) {
    const date = header.names.findIndex((name) => name?.kind === 'date');
    const isTwo = below && mayBeHeader(below, date, names);
    return { header: isTwo ? joined(above, below, names) : header, rank };
  }
  for (const [i, row] of rows.entries()) {
    const next = rows[i + 1];
    const both = next && joined(row, next, names);
    if (both && rankOf(both) === FULL) return { header: both, rank: FULL };
  }
  return { header, rank };
}

const joined = (above: CsvRow, below: CsvRow, names: ColumnNames): Header => ({
  row: above.row,
  last: below.row,
  ...twoRows(above, below, names),
});

/** The rank of a row that names the date and a metric. */
const FULL = 3;

/**
 * How much a row looks like a header. 3: it names the date and a metric. 2: the date and something unknown. 1: metrics,
 * but no date.
 */
function rankOf({ names, cells }: Header): number {
  const hasDate = names.some((name) => name?.kind === 'date');
  const metrics = names.filter((name) => name?.kind === 'metrics').length;
  const filled = cells.slice(0, MAX_COLUMNS).filter((cell) => cleanCell(cell) !== '').length;
  if (hasDate) return metrics > 0 ? FULL : filled > 1 ? 2 : 0;
  return metrics > 0 && filled > 1 ? 1 : 0;
}

const widthOf = ({ first, header }: FileStart): number => (header ?? first)?.cells.length ?? 0;
