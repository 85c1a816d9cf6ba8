import { numberOf } from '../../model/cell-facts.ts';
import type { Cells } from '../../model/change.ts';
import { type CivilDate, daysBetween } from '../../model/civil-date.ts';
import { codedFault } from '../../model/coded-fault.ts';
import { fromUnits, maxUnits, toUnits } from '../../model/decimal.ts';
import { entriesOf } from '../../model/entries.ts';
import type { Fault } from '../../model/problem.ts';
import { shiftsOf } from '../../model/remarks.ts';
import { decimalsOf, type Metric, type MetricId, type Site } from '../../model/site.ts';
import { MAX_FIGURE } from '../../model/staff/figure.ts';
import { type CallContext, todayOf } from './context.ts';
import { publicRemarks } from './public-remarks.ts';
import type { StoredDays } from './stored-days.ts';

/** A total that a change would make too large to be exact: see `maxUnits`. JSON readers differ there (RFC 7493 §2.2). */
type TooLarge = {
  readonly flow: MetricId;
  readonly params: { readonly metric: MetricId; readonly most: number };
};

/**
 * The totals that new figures would make too large. A change that brings a total nearer to 0 is never refused, so that a
 * total which is too large already can be corrected.
 * @param days the changed figures of each day
 * @param stored these days as they are stored
 */
export function totalsTooLarge(
  context: CallContext,
  site: Site,
  days: Readonly<Record<CivilDate, Cells>>,
  stored: StoredDays = context,
): readonly TooLarge[] {
  return site.metrics.flatMap((total) => {
    if (total.kind !== 'total') return [];
    const flow = total.of;
    const decimals = decimalsOf(site, total);
    let rise = 0;
    for (const [date, values] of entriesOf(days))
      if (Object.hasOwn(values, flow))
        rise +=
          toUnits(numberOf(values[flow] ?? null) ?? 0, decimals) -
          toUnits(stored.rows.day(date)?.cells[flow]?.[0] ?? 0, decimals);
    return rise !== 0 && isTooLarge(context, site, total, rise)
      ? [{ flow, params: tooLarge(site, total) }]
      : [];
  });
}

/** The faults of settings that make a total too large: a new total, another flow, more decimals, a larger opening. */
export function openingFaults(context: CallContext, oldSite: Site, newSite: Site): readonly Fault[] {
  return newSite.metrics.flatMap((total, i) => {
    if (total.kind !== 'total') return [];
    const isKept = oldSite.metrics.some(
      (old) =>
        old.kind === 'total' &&
        old.id === total.id &&
        old.of === total.of &&
        old.opening >= total.opening &&
        decimalsOf(oldSite, old) === decimalsOf(newSite, total),
    );
    return !isKept && isTooLarge(context, newSite, total, 0)
      ? [codedFault(`#/metrics/${i}/opening`, 'total-too-large', tooLarge(newSite, total))]
      : [];
  });
}

type Total = Extract<Metric, { kind: 'total' }>;

/**
 * Whether a total may get too large.
 * @param rise by how much a call raises the total, in units of its last decimal
 */
export function isTooLarge(context: CallContext, site: Site, total: Total, rise: number): boolean {
  const decimals = decimalsOf(site, total);
  const opening = toUnits(total.opening, decimals);
  // Without reading the days: no figure is larger than MAX_FIGURE, and 24 years of such figures are not too large. No
  // remark adds more than MAX_FIGURE either.
  const days = Math.max(0, daysBetween(site.firstDate, todayOf(context, site)) + 1);
  const most = context.rows.usage.amount('remarks', '') * MAX_FIGURE;
  if (opening + most + days * MAX_FIGURE <= maxUnits(decimals)) return false;
  const remarks = shiftsOf(publicRemarks(context), total).reduce(
    (units, shift) => units + Math.abs(toUnits('total' in shift ? shift.total : shift.amount, decimals)),
    0,
  );
  const sum = opening + context.rows.unitsOf(total.of, decimals) + rise;
  return (rise >= 0 ? sum : -sum) + remarks > maxUnits(decimals);
}

const tooLarge = (site: Site, total: Total) => {
  const decimals = decimalsOf(site, total);
  return { metric: total.id, most: fromUnits(maxUnits(decimals), decimals) };
};
