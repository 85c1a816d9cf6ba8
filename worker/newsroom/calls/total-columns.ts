import type { CivilDate } from '../../model/civil-date.ts';
import { codedFault } from '../../model/coded-fault.ts';
import { entriesOf } from '../../model/entries.ts';
import { columnLetters } from '../../model/figures-file/clean-cell.ts';
import { FILE_POINTER } from '../../model/figures-file/file-faults.ts';
import type { FiguresFile } from '../../model/figures-file/read-figures-file.ts';
import { type Note, noteOf } from '../../model/messages.ts';
import type { Fault } from '../../model/problem.ts';
import type { Series } from '../../model/series.ts';
import { type MetricId, metricOf, type Site } from '../../model/site.ts';
import { type ChangedDays, changedSeries } from './changed-series.ts';
import type { CallContext } from './context.ts';

/** A total of a file that is not the sum of the figures. */
type Difference = {
  readonly metric: MetricId;
  readonly date: CivilDate;
  readonly given: number;
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
  { totals, rows, columns }: FiguresFile,
): { readonly faults: readonly Fault[]; readonly notes: readonly Note[] } {
  if (![...totals.values()].some((sums) => Object.keys(sums).length > 0)) return { faults: [], notes: [] };
  const { before, after } = changedSeries(context, site, changed);
  const [valueBefore, valueAfter] = [valuesOf(before), valuesOf(after)];
  const known = new Map<MetricId, CivilDate>();
  const wrong = new Map<MetricId, Difference>();
  for (const [date, sums] of [...totals].sort(([a], [b]) => (a < b ? -1 : 1)))
    for (const [metric, given] of entriesOf(sums)) {
      const sum = valueAfter(metric, date);
      if (given === null || given === sum) continue;
      if (given === valueBefore(metric, date)) {
        if (!known.has(metric)) known.set(metric, date);
      } else if (!wrong.has(metric)) wrong.set(metric, { metric, date, given, sum });
    }
  const [since] = [...known.values()].sort();
  return {
    faults: [...wrong.values()].map(({ metric, date, given, sum }) => {
      const total = metricOf(site, metric);
      const index = columns.find((column) => column.metric === metric)?.index ?? 0;
      const place = { row: rows.get(date) ?? 0, column: columnLetters(index), date, metric, given };
      return sum === null
        ? codedFault(FILE_POINTER, 'total-alone', { ...place, of: total?.kind === 'total' ? total.of : '' })
        : codedFault(FILE_POINTER, 'total-differs', { ...place, sum });
    }),
    notes:
      since === undefined
        ? []
        : [noteOf('totals-derived', { metrics: [...known.keys()].join(', '), date: since })],
  };
}

/** Finds the value of a metric on a date. */
function valuesOf({ dates, metrics }: Series): (metric: MetricId, date: CivilDate) => number | null {
  const index = new Map(dates.map((date, i) => [date, i]));
  return (metric, date) => metrics[metric]?.[index.get(date) ?? -1] ?? null;
}
