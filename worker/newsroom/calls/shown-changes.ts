import { factsOf, numberOf } from '../../model/cell-facts.ts';
import { entriesOf } from '../../model/entries.ts';
import type { JsonObject } from '../../model/json.ts';
import type { MetricId, Site } from '../../model/site.ts';
import { TotalSums } from '../../model/total-sums.ts';
import { type ChangedDays, changedTotal, inOrder, summedTotal } from './changed-totals.ts';
import type { CallContext } from './context.ts';
import type { StoredDays } from './stored-days.ts';

/** The most changes that a dry run shows. It counts the others. */
export const MAX_CHANGES = 200;

/**
 * What a dry run shows of a change: `changes`, each figure as it was and as it would be, in the order of dates and of
 * the site's metrics; how many are not listed; and `totals`, the running sums of the changed flows on the last day.
 */
export function shownChanges(
  context: CallContext,
  site: Site,
  changed: ChangedDays,
  stored: StoredDays = context,
): JsonObject {
  const days = entriesOf(changed).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const changes: JsonObject[] = [];
  const flows = new Set<MetricId>();
  const totals = site.metrics.flatMap((metric) => (metric.kind === 'total' ? [metric] : []));
  let count = 0;
  for (const [date, values] of days) {
    if (count >= MAX_CHANGES) {
      for (const { of } of totals) if (Object.hasOwn(values, of)) flows.add(of);
      count += Object.keys(values).length;
      continue;
    }
    const cells = stored.rows.day(date)?.cells;
    for (const { id: metric } of site.metrics) {
      const now = values[metric];
      if (now === undefined) continue;
      flows.add(metric);
      count += 1;
      if (count > MAX_CHANGES) continue;
      const facts = factsOf(now);
      const was = cells?.[metric]?.[0] ?? null;
      changes.push({ date, metric, was, now: numberOf(now), ...(facts ? { facts } : {}) });
    }
  }
  return {
    changes,
    ...(count > MAX_CHANGES ? { moreChanges: count - MAX_CHANGES } : {}),
    totals: totalsOf(context, site, changed, flows),
  };
}

function totalsOf(
  context: CallContext,
  site: Site,
  changed: ChangedDays,
  flows: ReadonlySet<MetricId>,
): readonly JsonObject[] {
  const days = inOrder(changed);
  return site.metrics.flatMap((total) => {
    if (total.kind !== 'total' || !flows.has(total.of)) return [];
    const before = summedTotal(context, site, total);
    const now = new TotalSums(changedTotal(before, total, days)).last();
    const was = new TotalSums(before).last();
    return { metric: total.id, date: now.date, was: was.value, now: now.value };
  });
}
