import { numberOf } from '../../model/cell-facts.ts';
import type { Cells } from '../../model/change.ts';
import type { CivilDate } from '../../model/civil-date.ts';
import { entriesOf } from '../../model/entries.ts';
import { dayOf } from '../../model/flow-sums.ts';
import type { Total } from '../../model/remarks.ts';
import { shiftsOf } from '../../model/remarks.ts';
import { decimalsOf, type Site } from '../../model/site.ts';
import type { SummedTotal } from '../../model/total-sums.ts';
import type { CallContext } from './context.ts';
import { remarksOn } from './public-remarks.ts';

/** New figures by day. */
export type ChangedDays = Readonly<Record<CivilDate, Cells>>;

/** A total as a call finds it. */
export const summedTotal = (context: CallContext, site: Site, total: Total): SummedTotal => ({
  opening: total.opening,
  shifts: shiftsOf(remarksOn(context, total), total),
  flow: context.memory().flowSums(total.of, decimalsOf(site, total)),
});

/** New figures by ascending day: see `dayOf`. */
export type DaysInOrder = readonly (readonly [day: number, cells: Cells])[];

/** The days of a change in order. Told once for all totals: a file may change a hundred metrics on thousands of days. */
export const inOrder = (days: ChangedDays): DaysInOrder =>
  entriesOf(days)
    .map(([date, cells]) => [dayOf(date), cells] as const)
    .sort(([a], [b]) => a - b);

/** A total as a call leaves it that sets figures. */
export function changedTotal(before: SummedTotal, total: Total, days: DaysInOrder): SummedTotal {
  const changed = new Map<number, number | null>();
  for (const [day, cells] of days) {
    const value = cells[total.of];
    if (value !== undefined) changed.set(day, numberOf(value));
  }
  return { ...before, changed };
}
