import type { Figures } from '../../model/change.ts';
import { type CivilDate, parseCivilDate } from '../../model/civil-date.ts';
import type { Fault } from '../../model/problem.ts';
import { type MetricId, metricOf, type Site } from '../../model/site.ts';
import { MAX_FIGURE } from '../../model/staff/bodies.ts';
import { RESTATE } from './remark-faults.ts';

/** The figures of an import's CSV, and all its faults. Totals are only checked, so they are not in `days`. */
export type FiguresCsv = {
  readonly days: ReadonlyMap<CivilDate, Figures>;
  readonly totals: ReadonlyMap<CivilDate, Figures>;
  /** The line number of each date; the header is line 1. */
  readonly lineNumbers: ReadonlyMap<CivilDate, number>;
  readonly faults: readonly Fault[];
};

const POINTER = '#/figures';

/** The columns of the site's own files that say what is known of the figures. An import leaves them out. */
const DERIVED: ReadonlySet<string> = new Set(['states', 'notes']);

/** The most faults that the answer to an import lists: cells are many. Reading stops when there are more. */
export const MAX_IMPORT_FAULTS = 200;

/** The ids in the header of a CSV of figures, without `date`. They are not checked. */
export const csvColumns = (csv: string): readonly string[] => cellsOf(linesOf(csv)[0] ?? '').slice(1);

/**
 * Parses figures from CSV with the header `date,<metric>,…`: the form of `/data/statistics.csv`. It supports the part of
 * RFC 4180 that figures need: quotes around a cell are removed, but a line break inside quotes ends the cell. An
 * empty cell leaves its figure as it is. A fault names its line (the header is line 1) and column.
 */
export function parseFiguresCsv(csv: string, site: Site): FiguresCsv {
  const faults: Fault[] = [];
  const fault = (detail: string) => faults.push({ pointer: POINTER, detail });
  const days = new Map<CivilDate, Figures>();
  const totals = new Map<CivilDate, Figures>();
  const lineNumbers = new Map<CivilDate, number>();
  const lines = linesOf(csv);
  const header = cellsOf(lines[0] ?? '');
  const columns = header.slice(1);
  if (header[0] !== 'date') {
    fault('line 1: the first column must be date');
    return { days, totals, lineNumbers, faults };
  }
  const isFull = () => faults.length > MAX_IMPORT_FAULTS;
  const named = new Set<string>();
  for (const [i, id] of columns.entries()) {
    if (isFull()) break;
    if (DERIVED.has(id)) continue;
    if (!metricOf(site, id))
      fault(`line 1: ${id === '' ? `column ${i + 2}` : id} is not a metric of this site`);
    else if (named.has(id)) fault(`line 1: ${id} appears twice`);
    named.add(id);
  }

  for (const [i, line] of lines.slice(1).entries()) {
    if (isFull()) break;
    if (line === '') continue;
    const cells = cellsOf(line);
    const date = parseCivilDate(cells[0] ?? '');
    const rowProblem = rowFault(date, cells.length, header.length, days);
    if (rowProblem !== null || !date) {
      fault(`line ${i + 2}${rowProblem}`);
      continue;
    }
    const figures: Record<MetricId, number> = {};
    const sums: Record<MetricId, number> = {};
    for (const [column, id] of columns.entries()) {
      const cell = cells[column + 1] ?? '';
      if (cell === '' || DERIVED.has(id)) continue;
      if (isFull()) break;
      const metric = metricOf(site, id);
      const value = /^\d{1,16}$/.test(cell) ? Number(cell) : Number.NaN;
      if (!Number.isSafeInteger(value) || (metric?.kind !== 'total' && value > MAX_FIGURE))
        fault(
          `line ${i + 2}, ${id}: must be a whole number from 0 to ${MAX_FIGURE}, or empty${cell.startsWith('-') ? `; ${RESTATE}` : ''}`,
        );
      else if (metric?.kind === 'total') sums[metric.id] = value;
      else if (metric) figures[metric.id] = value;
    }
    days.set(date, figures);
    lineNumbers.set(date, i + 2);
    totals.set(date, sums);
  }
  return { days, totals, lineNumbers, faults };
}

const linesOf = (csv: string): readonly string[] => csv.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);

function rowFault(
  date: CivilDate | null,
  cells: number,
  expected: number,
  days: ReadonlyMap<CivilDate, Figures>,
): string | null {
  if (!date) return ', date: must be a real date, YYYY-MM-DD';
  if (days.has(date)) return `, date: ${date} appears twice`;
  return cells === expected ? null : `: has ${cells} columns, the header has ${expected}`;
}

// Figures and dates need no quotes, but spreadsheets may add them, and notes do.
const cellsOf = (line: string): string[] =>
  [...line.matchAll(/(?:^|,)\s*(?:"((?:[^"]|"")*)"\s*(?=,|$)|([^,]*))/g)].map(([, inQuotes, plain = '']) =>
    (inQuotes ?? plain).trim(),
  );
