import type { MetricId, Site } from '../site.ts';
import { columnLetters, shownCell } from './clean-cell.ts';
import { isOwnColumn, isOwnFile } from './column-names.ts';
import { type CsvRow, MAX_COLUMNS } from './csv-rows.ts';
import type { FileFaults } from './file-faults.ts';
import type { Header } from './header.ts';

/** A column of a metric: where it is, from 0, and its name as the file has it. */
export type FigureColumn = { readonly index: number; readonly name: string; readonly metric: MetricId };

/**
 * The columns of a file: that of dates (null if there is none), those of metrics, and the names of those that are not
 * read.
 */
export type FileColumns = {
  readonly date: number | null;
  readonly figures: readonly FigureColumn[];
  readonly ignored: readonly string[];
};

/**
 * The columns that a header names. A column without name and values is none. One with a name that nobody knows is not
 * read if it is empty, or one of the site's own CSV; else it is a fault, because a figure may be meant.
 */
export function columnsOf(
  header: Header,
  rows: readonly CsvRow[],
  site: Site,
  faults: FileFaults,
): FileColumns {
  const { row } = header;
  if (!header.names.some((named) => named?.kind === 'date')) {
    faults.add('file-no-date', { row });
    return { date: null, figures: [], ignored: [] };
  }
  const width = header.cells.findLastIndex((cell) => cell.trim() !== '') + 1;
  if (width > MAX_COLUMNS) {
    faults.add('file-too-wide', { row, columns: width, most: MAX_COLUMNS });
    return { date: null, figures: [], ignored: [] };
  }
  const idList = site.metrics.map(({ id }) => id);
  const ids = idList.join(', ');
  // In the site's own file a name is an id: a metric may be labelled as one of the other columns.
  const isOwn = isOwnFile(header.cells);
  const known: ReadonlySet<string> = new Set(idList);
  const filled: boolean[] = [];
  for (const { cells } of rows)
    for (let index = 0; index < Math.min(cells.length, MAX_COLUMNS); index++)
      filled[index] ||= cells[index] !== '';
  let date: number | null = null;
  const figures = new Map<MetricId, FigureColumn>();
  const ignored: string[] = [];
  for (const [index, name] of header.cells.slice(0, width).entries()) {
    if (faults.isFull) break;
    const place = { row, column: columnLetters(index), cell: shownCell(name) };
    const named = isOwn && isOwnColumn(name) && !known.has(name) ? undefined : header.names[index];
    const [id, ...others] = named?.kind === 'metrics' ? named.ids : [];
    const other = id && figures.get(id);
    if (named?.kind === 'unclear')
      faults.add(
        'header-unclear',
        { ...place, cell: shownCell(named.above), other: shownCell(named.below), ids },
        named.below,
      );
    else if (named?.kind === 'date') {
      if (date === null) date = index;
      else faults.add('file-two-dates', place);
    } else if (others.length > 0 && named?.kind === 'metrics')
      faults.add('column-ambiguous', { ...place, ids: named.ids.join(', ') }, index);
    else if (other)
      faults.add(
        'column-twice',
        { ...place, metric: other.metric, other: columnLetters(other.index) },
        index,
      );
    else if (id) figures.set(id, { index, name: place.cell, metric: id });
    else if (place.cell === '') {
      if (filled[index]) faults.add('column-unnamed', { row, column: place.column }, index);
    } else if (isOwnColumn(name)) continue;
    else if (!filled[index]) ignored.push(place.cell);
    else faults.add('column-unknown', { ...place, ids }, index);
  }
  return { date, figures: [...figures.values()], ignored };
}
