import type { Cell } from '../../model/bulletin.ts';
import { rowOf } from '../../model/cell-facts.ts';
import type { Cells } from '../../model/change.ts';
import type { CivilDate } from '../../model/civil-date.ts';
import { entriesOf } from '../../model/entries.ts';
import { type Series, seriesOf } from '../../model/series.ts';
import type { Metric, MetricId, Site } from '../../model/site.ts';
import type { CallContext } from './context.ts';
import { publicRemarks } from './public-remarks.ts';

/** New figures by day. */
export type ChangedDays = Readonly<Record<CivilDate, Cells>>;

/** A metric that is derived. */
export type Total = Extract<Metric, { kind: 'total' }>;

/**
 * The series of totals, and of their flows, as it is, and as a change would make it. Reads all days. Nothing else is worked
 * out: a site has a hundred metrics, and a file may change all of them on each day.
 */
export function changedTotals(
  context: CallContext,
  site: Site,
  changed: ChangedDays,
  totals: readonly Total[],
): { readonly before: Series; readonly after: Series } {
  const flows = new Set(totals.map(({ of }) => of));
  const ids = new Set([...flows, ...totals.map(({ id }) => id)]);
  const metrics = site.metrics.filter(({ id }) => ids.has(id));
  const few = { ...site, metrics };
  const days = new Map(context.rows.days());
  const remarks = publicRemarks(context);
  const before = seriesOf({ site: few, days, remarks });
  for (const [date, values] of entriesOf(changed)) {
    const cells: Record<MetricId, Cell> = { ...days.get(date)?.cells };
    for (const flow of flows) {
      const value = values[flow];
      if (value !== undefined) cells[flow] = rowOf(value, 0);
    }
    days.set(date, { version: 0, cells });
  }
  return { before, after: seriesOf({ site: few, days, remarks }) };
}
