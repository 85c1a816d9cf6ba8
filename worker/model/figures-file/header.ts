import { cleanCell } from './clean-cell.ts';
import { type NamedColumn, nameKey } from './column-names.ts';
import { type CsvRow, csvRows, MAX_COLUMNS } from './csv-rows.ts';

/** The header of a file: its row, and what each of its cells names, undefined for a name that nobody knows. */
export type Header = {
  readonly row: number;
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
 * may stand above it. The separator is the one that the file tells, else the one that shows a header.
 * @param told the separator that the caller names
 */
export function fileStart(
  whole: string,
  names: ReadonlyMap<string, NamedColumn>,
  told: string | undefined,
): FileStart {
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
      const headers = rows.map(
        (row): Header => ({
          row: row.row,
          cells: row.cells,
          names: row.cells.map((cell) => names.get(nameKey(cleanCell(cell)))),
        }),
      );
      const ranked = headers.map((header) => ({ header, rank: rankOf(header) }));
      const rank = Math.max(0, ...ranked.map((one) => one.rank));
      const header = rank === 0 ? null : (ranked.find((one) => one.rank === rank)?.header ?? null);
      return { text, separator, header, first: rows[0] ?? null, rank };
    },
  );
  const best = Math.max(...starts.map(({ rank }) => rank));
  const likely = starts.filter(({ rank }) => rank === best).sort((a, b) => widthOf(b) - widthOf(a));
  const blank = likely.find(({ first }) => first === null);
  return blank ?? likely[0] ?? { text, separator: ',', header: null, first: null };
}

/**
 * How much a row looks like a header. 3: it names the date and a metric. 2: the date and something unknown. 1: metrics,
 * but no date.
 */
function rankOf({ names, cells }: Header): number {
  const hasDate = names.some((name) => name?.kind === 'date');
  const metrics = names.filter((name) => name?.kind === 'metrics').length;
  const filled = cells.slice(0, MAX_COLUMNS).filter((cell) => cleanCell(cell) !== '').length;
  if (hasDate) return metrics > 0 ? 3 : filled > 1 ? 2 : 0;
  return metrics > 0 && filled > 1 ? 1 : 0;
}

const widthOf = ({ first, header }: FileStart): number => (header ?? first)?.cells.length ?? 0;
