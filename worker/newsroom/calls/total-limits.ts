import { numberOf } from '../../model/cell-facts.ts';
import type { Cells } from '../../model/change.ts';
import { type CivilDate, daysBetween } from '../../model/civil-date.ts';
import { entriesOf } from '../../model/entries.ts';
import type { Fault } from '../../model/problem.ts';
import type { MetricId, Site } from '../../model/site.ts';
import { MAX_FIGURE } from '../../model/staff/bodies.ts';
import { type CallContext, todayOf } from './context.ts';

/** The largest total, 2^53-1: beyond it a double can't hold every whole number, and JSON readers differ (RFC 7493 §2.2). */
const MAX_TOTAL = Number.MAX_SAFE_INTEGER;

/** A total that a change would make larger than `MAX_TOTAL`. */
type TooLarge = { readonly flow: MetricId; readonly detail: string };

/**
 * The totals that new figures would make too large. A change that does not raise a total is never refused, so that a total
 * which is too large already can be corrected.
 * @param days the changed figures of each day
 */
export function totalsTooLarge(
  context: CallContext,
  site: Site,
  days: Readonly<Record<CivilDate, Cells>>,
): readonly TooLarge[] {
  return site.metrics.flatMap((total) => {
    if (total.kind !== 'total') return [];
    const flow = total.of;
    let rise = 0;
    for (const [date, values] of entriesOf(days))
      if (Object.hasOwn(values, flow))
        rise += (numberOf(values[flow] ?? null) ?? 0) - (context.rows.day(date)?.cells[flow]?.[0] ?? 0);
    return rise > 0 && isTooLarge(context, site, total, rise)
      ? [{ flow, detail: tooLargeDetail(total.id) }]
      : [];
  });
}

/** The faults of settings that make a total too large: a new total, another flow, or a larger opening. */
export function openingFaults(context: CallContext, oldSite: Site, newSite: Site): readonly Fault[] {
  return newSite.metrics.flatMap((total, i) => {
    if (total.kind !== 'total') return [];
    const isKept = oldSite.metrics.some(
      (old) =>
        old.kind === 'total' && old.id === total.id && old.of === total.of && old.opening >= total.opening,
    );
    return !isKept && isTooLarge(context, newSite, total, 0)
      ? [{ pointer: `#/metrics/${i}/opening`, detail: tooLargeDetail(total.id) }]
      : [];
  });
}

type Total = { readonly of: MetricId; readonly opening: number };

/** Whether a total may get too large. `rise`: by how much a change may raise it. */
export function isTooLarge(context: CallContext, site: Site, { of, opening }: Total, rise: number): boolean {
  // Without reading the days: no figure is larger than MAX_FIGURE, and 24 years of such figures are not too large. No
  // remark adds more than MAX_FIGURE either.
  const days = Math.max(0, daysBetween(site.firstDate, todayOf(context, site)) + 1);
  const remarks = context.rows.usage.amount('remarks', '') * MAX_FIGURE;
  if (opening + remarks + days * MAX_FIGURE <= MAX_TOTAL) return false;
  return opening + remarks + context.rows.sumOf(of) + rise > MAX_TOTAL;
}

const tooLargeDetail = (id: MetricId) => `makes the total ${id} larger than ${MAX_TOTAL}`;
