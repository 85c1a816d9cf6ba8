import { ascending } from '../../model/ascending.ts';
import type { CivilDate } from '../../model/civil-date.ts';
import { codedFault } from '../../model/coded-fault.ts';
import { columnLetters } from '../../model/figures-file/clean-cell.ts';
import { FILE_POINTER } from '../../model/figures-file/file-faults.ts';
import type { FiguresFile } from '../../model/figures-file/read-figures-file.ts';
import { dayOf } from '../../model/flow-sums.ts';
import { type Note, noteOf } from '../../model/messages.ts';
import type { Fault } from '../../model/problem.ts';
import type { Total } from '../../model/remarks.ts';
import { type MetricId, metricOf, type Site } from '../../model/site.ts';
import { TotalSums } from '../../model/total-sums.ts';
import { type ChangedDays, changedTotal, inOrder, summedTotal } from './changed-totals.ts';
import type { CallContext } from './context.ts';

/** A total of a file that is not the sum of the figures: where it first differs. */
type Difference = {
  readonly metric: Total;
  readonly place: {
    readonly row: number;
    readonly column: string;
    readonly date: CivilDate;
    readonly given: number;
  };
  readonly sum: number | null;
};

/**
 * Compares the totals of a file with the sums of the figures. They are never stored. One that is what the site has now,
 * and not what the change makes of it, comes from the site's own file: a note says that it is worked out again. Any
 * other difference is a fault, because a figure may be missing: one for each total, with the first date.
 */
export function checkTotals(
  context: CallContext,
  site: Site,
  changed: ChangedDays,
  { days, columns }: FiguresFile,
): { readonly faults: readonly Fault[]; readonly notes: readonly Note[] } {
  const totals = columns.flatMap(({ index, metric: id }, at) => {
    const metric = metricOf(site, id);
    return metric?.kind === 'total' ? [{ at, metric, letters: columnLetters(index) }] : [];
  });
  if (!totals.some(({ at }) => days.some(({ values }) => values[at] !== undefined)))
    return { faults: [], notes: [] };
  const changedDays = inOrder(changed);
  const compared = totals.map(({ metric, ...column }) => {
    const total = summedTotal(context, site, metric);
    const after = new TotalSums(changedTotal(total, metric, changedDays));
    return { ...column, metric, before: new TotalSums(total), after };
  });
  const known = new Map<MetricId, CivilDate>();
  const wrong = new Map<MetricId, Difference>();
  for (const { date, row, values } of days.toSorted((a, b) => ascending(a.date, b.date))) {
    const day = dayOf(date);
    for (const { at, metric, letters, before, after } of compared) {
      const given = values[at];
      if (typeof given !== 'number') continue;
      const sum = after.at(day);
      if (given === sum) continue;
      if (given === before.at(day)) {
        if (!known.has(metric.id)) known.set(metric.id, date);
      } else if (!wrong.has(metric.id))
        wrong.set(metric.id, { metric, place: { row, column: letters, date, given }, sum });
    }
  }
  const [since] = [...known.values()].sort();
  return {
    faults: [...wrong.values()].map(({ metric, place, sum }) => {
      const params = { ...place, metric: metric.id };
      return sum === null
        ? codedFault(FILE_POINTER, 'total-alone', { ...params, of: metric.of })
        : codedFault(FILE_POINTER, 'total-differs', { ...params, sum });
    }),
    notes:
      since === undefined
        ? []
        : [noteOf('totals-derived', { metrics: [...known.keys()].join(', '), date: since })],
  };
}
