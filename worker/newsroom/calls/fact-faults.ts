import { isErased } from '../../model/bulletin.ts';
import { factsOf } from '../../model/cell-facts.ts';
import type { Cells } from '../../model/change.ts';
import { type CivilDate, clockTimeAt, instantOf } from '../../model/civil-date.ts';
import { codedFault } from '../../model/coded-fault.ts';
import { entriesOf } from '../../model/entries.ts';
import type { Fault } from '../../model/problem.ts';
import type { Site } from '../../model/site.ts';
import { type CallContext, todayOf } from './context.ts';

/**
 * The faults of what is told of a day's figures beside their numbers: an hour of reading that is still to come, and a
 * number that is provisional until a day before its own, or before today. What is stored already may be sent again.
 */
export function factFaults(
  context: CallContext,
  site: Site,
  date: CivilDate,
  values: Cells,
): readonly Fault[] {
  const { now } = context;
  const today = todayOf(context, site);
  const cells = context.rows.day(date)?.cells;
  return entriesOf(values).flatMap(([metric, value]) => {
    const { at, provisionalUntil } = factsOf(value) ?? {};
    const cell = cells?.[metric];
    const stored = cell && !isErased(cell) ? cell[3] : undefined;
    const faults: Fault[] = [];
    if (at !== undefined && at !== stored?.at && instantOf(date, at, site.timeZone) > now)
      faults.push(
        codedFault(`#/values/${metric}/at`, 'at-after-now', {
          at,
          now: clockTimeAt(now, site.timeZone),
          date: today,
        }),
      );
    if (provisionalUntil === undefined || provisionalUntil === stored?.provisionalUntil) return faults;
    const pointer = `#/values/${metric}/provisionalUntil`;
    if (provisionalUntil < date) faults.push(codedFault(pointer, 'provisional-before-date', { date }));
    else if (provisionalUntil < today) faults.push(codedFault(pointer, 'provisional-past', { today }));
    return faults;
  });
}
