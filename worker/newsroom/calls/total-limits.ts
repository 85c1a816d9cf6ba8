import { numberOf } from '../../model/cell-facts.ts';
import type { ErasedFigure } from '../../model/change.ts';
import { type CivilDate, daysBetween } from '../../model/civil-date.ts';
import { codedFault } from '../../model/coded-fault.ts';
import {
  type Collection,
  type Content,
  type ContentOf,
  isAboutFigures,
} from '../../model/collections/registry.ts';
import { fromUnits, maxUnits, toUnits } from '../../model/decimal.ts';
import { entriesOf } from '../../model/entries.ts';
import type { ItemId } from '../../model/item.ts';
import type { Fault } from '../../model/problem.ts';
import { shiftsOf, type Total } from '../../model/remarks.ts';
import { decimalsOf, type MetricId, metricOf, type Site } from '../../model/site.ts';
import { MAX_FIGURE } from '../../model/staff/figure.ts';
import { type TotalFault, totalFaultOf, unknownSince, type WholeTotal } from '../../model/total-range.ts';
import { faultOfChange } from '../../model/total-sums.ts';
import { type ChangedDays, changedTotal, inOrder, summedTotal } from './changed-totals.ts';
import { type CallContext, todayOf } from './context.ts';
import { remarksOn } from './public-remarks.ts';
import type { StoredDays } from './stored-days.ts';

// No call makes a total negative, or too large to be exact, on any day. `faultOfChange` tells it from the sums in memory, so
// that a call that is refused costs the same with ten years of figures. Only settings and erasures, which are the operator's,
// read all days of a flow.

/** A flow whose new figures would put a total out of range. */
type OutOfRange = { readonly flow: MetricId; readonly faultAt: (pointer: string) => Fault };

/**
 * The totals that new figures would put out of range.
 * @param days the changed figures of each day
 * @param stored these days as they are stored
 */
export function totalsOutOfRange(
  context: CallContext,
  site: Site,
  days: ChangedDays,
  stored: StoredDays = context,
): readonly OutOfRange[] {
  const ordered = inOrder(days);
  return site.metrics.flatMap((total) => {
    if (total.kind !== 'total') return [];
    let [rises, falls] = [false, false];
    for (const [date, values] of entriesOf(days)) {
      const value = values[total.of];
      if (value === undefined) continue;
      const [number, was] = [numberOf(value), stored.rows.day(date)?.cells[total.of]?.[0] ?? null];
      rises ||= (number ?? 0) > (was ?? 0);
      falls ||= (number ?? 0) < (was ?? 0);
    }
    const isInDoubt =
      (rises && mayBeTooLarge(context, site, total)) || (falls && mayBeNegative(context, site, total));
    if (!isInDoubt) return [];
    const before = summedTotal(context, site, total);
    const fault = faultOfChange(before, changedTotal(before, total, ordered));
    return fault ? [{ flow: total.of, faultAt: (pointer) => rangeFault(site, total, fault, pointer) }] : [];
  });
}

/** The faults of settings that put a total out of range: a new total, another flow, other decimals, another opening. */
export function openingFaults(context: CallContext, oldSite: Site, newSite: Site): readonly Fault[] {
  return newSite.metrics.flatMap((total, i) => {
    if (total.kind !== 'total') return [];
    const old = metricOf(oldSite, total.id);
    const before = old?.kind === 'total' ? old : null;
    const isKept =
      before?.of === total.of &&
      before.opening === total.opening &&
      decimalsOf(oldSite, before) === decimalsOf(newSite, total);
    if (isKept) return [];
    const fault = totalFaultOf(
      before && wholeTotal(context, oldSite, before),
      wholeTotal(context, newSite, total),
    );
    return fault ? [rangeFault(newSite, total, fault, `#/metrics/${i}/opening`)] : [];
  });
}

/** An item as a call leaves it. `content` is null if the call withdraws it. `pointer`: of the content in the body. */
type NewItem = { readonly id: ItemId; readonly content: Content | null; readonly pointer: string };

/** The faults of remarks that together put a total out of range. Each names the last of them that counts on that day. */
export function remarkTotalFaults(
  context: CallContext,
  site: Site,
  collection: Collection,
  items: readonly NewItem[],
): readonly Fault[] {
  if (!isAboutFigures(collection)) return [];
  const changes = items.map(({ content, ...item }) => ({
    ...item,
    content: content && isRemark(content) ? content : null,
  }));
  const changed = new Set(changes.map(({ id }) => id));
  const left = changes.flatMap(({ id, content }) => (content ? [{ id, content }] : []));
  return site.metrics.flatMap((total) => {
    if (total.kind !== 'total') return [];
    const stored = remarksOn(context, total);
    const kept = stored.filter(({ id }) => !changed.has(id));
    const shifts = shiftsOf([...kept, ...left], total);
    const moved = new Set([
      ...shiftsOf(left, total).map(({ remark }) => remark),
      ...shiftsOf(stored, total).flatMap(({ remark }) => (changed.has(remark) ? [remark] : [])),
    ]);
    if (moved.size === 0) return [];
    const before = summedTotal(context, site, total);
    const fault = faultOfChange(before, { ...before, shifts });
    if (!fault) return [];
    const own = changes.filter(({ id }) => moved.has(id));
    const { date } = fault;
    const last =
      own.findLast(({ content }) => content && date !== null && content.date <= date) ?? own.at(-1);
    const field = ['amount', 'total'].find((name) => Object(last?.content)[name] !== undefined);
    return [rangeFault(site, total, fault, `${last?.pointer ?? '#'}${field ? `/${field}` : ''}`)];
  });
}

const isRemark = (content: Content): content is ContentOf['remarks'] => 'metric' in content;

/**
 * The totals that nobody will know today, once figures are erased: an erasure is never refused. `date`: since when.
 * @param seq of the entry that they are erased from: later entries may have set them again
 */
export function unknownTotals(
  context: CallContext,
  site: Site,
  figures: readonly ErasedFigure[],
  seq: number,
): readonly { readonly metric: MetricId; readonly date: CivilDate }[] {
  const gone = Map.groupBy(
    figures.filter(({ date, metric }) => context.rows.day(date)?.cells[metric]?.[1] === seq),
    ({ metric }) => metric,
  );
  return site.metrics.flatMap((total) => {
    const erased = total.kind === 'total' ? gone.get(total.of) : undefined;
    if (total.kind !== 'total' || !erased) return [];
    const whole = wholeTotal(context, site, total);
    const flow = new Map([...whole.flow, ...erased.map(({ date }) => [date, null] as const)]);
    const date = unknownSince({ ...whole, flow });
    return date === null ? [] : [{ metric: total.id, date }];
  });
}

/** A total, its remarks, and its flow on all days. */
const wholeTotal = (context: CallContext, site: Site, total: Total): WholeTotal => ({
  opening: total.opening,
  shifts: shiftsOf(remarksOn(context, total), total),
  decimals: decimalsOf(site, total),
  flow: new Map(context.rows.valuesOf(total.of)),
});

// Without reading the days: no figure is larger than MAX_FIGURE, and 24 years of such figures are not too large. No remark
// adds more than MAX_FIGURE either.
function mayBeTooLarge(context: CallContext, site: Site, total: Total): boolean {
  const decimals = decimalsOf(site, total);
  const days = Math.max(0, daysBetween(site.firstDate, todayOf(context, site)) + 1);
  const remarks = context.rows.usage.amount('remarks', '');
  return toUnits(total.opening, decimals) + (remarks + days) * MAX_FIGURE > maxUnits(decimals);
}

// Nothing else takes from a total, so a sum can't be below 0 without it.
const mayBeNegative = (context: CallContext, site: Site, total: Total): boolean => {
  const flow = metricOf(site, total.of);
  if (flow?.kind === 'flow' && flow.negative) return true;
  return shiftsOf(remarksOn(context, total), total).some((shift) => 'amount' in shift && shift.amount < 0);
};

function rangeFault(site: Site, total: Total, { code, date }: TotalFault, pointer: string): Fault {
  const decimals = decimalsOf(site, total);
  return code === 'total-negative'
    ? codedFault(pointer, code, { metric: total.id, date: date ?? site.firstDate })
    : codedFault(pointer, code, { metric: total.id, most: fromUnits(maxUnits(decimals), decimals) });
}
