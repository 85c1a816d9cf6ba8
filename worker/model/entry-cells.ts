import { ascending } from './ascending.ts';
import { type Cell, type Day, ERASED } from './bulletin.ts';
import { isEarlierReading, rowOf } from './cell-facts.ts';
import type { Change, Erasure } from './change.ts';
import type { CivilDate } from './civil-date.ts';
import { entriesOf } from './entries.ts';
import { type Entry, FORM } from './ledger.ts';
import type { MetricId } from './site.ts';

/** The figures that an entry sets, by date, in the order in which their corrections are numbered. */
export type CellsByDate = Iterable<readonly [CivilDate, Day['cells']]>;

/**
 * The figures of an entry, erased ones as `ERASED`, without readings that are not the day's. In form 2 they are in the order of dates and metrics: an erased
 * figure has lost its place in the payload, and the corrections must keep their numbers. In the first form they are in
 * the order of the payload, and an erasure takes the whole payload.
 * @param change null if the whole payload was erased
 */
export function cellsByDate(
  entry: Entry,
  change: Extract<Change, { kind: 'figures' }> | null,
  erasures: readonly Erasure[],
): CellsByDate {
  const days = new Map<CivilDate, Record<MetricId, Cell>>();
  const cellsOf = (date: CivilDate) => {
    const cells = days.get(date) ?? {};
    days.set(date, cells);
    return cells;
  };
  for (const [date, values] of entriesOf(change?.payload.days ?? {})) {
    const cells = cellsOf(date);
    for (const [metric, value] of entriesOf(values))
      if (!isEarlierReading(value)) cells[metric] = rowOf(value, entry.seq);
  }
  for (const { figures } of erasures)
    for (const { date, metric, reported, at, earlier } of figures) {
      const cells = cellsOf(date);
      if (earlier) continue;
      cells[metric] = !reported
        ? [null, entry.seq]
        : at === undefined
          ? [null, entry.seq, ERASED]
          : [null, entry.seq, ERASED, { at }];
    }
  if (entry.form !== FORM) return days;
  return [...days]
    .sort(byName)
    .map(([date, cells]) => [date, Object.fromEntries(entriesOf(cells).toSorted(byName))] as const);
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => ascending(a, b);
