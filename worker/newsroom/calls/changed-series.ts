import { rowOf } from '../../model/cell-facts.ts';
import type { Cells } from '../../model/change.ts';
import type { CivilDate } from '../../model/civil-date.ts';
import { entriesOf } from '../../model/entries.ts';
import { type Series, seriesOf } from '../../model/series.ts';
import type { Site } from '../../model/site.ts';
import type { CallContext } from './context.ts';
import { publicRemarks } from './public-remarks.ts';

/** New figures by day. */
export type ChangedDays = Readonly<Record<CivilDate, Cells>>;

/** The series as it is, and as a change would make it: with totals. Reads all days. */
export function changedSeries(
  context: CallContext,
  site: Site,
  changed: ChangedDays,
): { readonly before: Series; readonly after: Series } {
  const days = new Map(context.rows.days());
  const remarks = publicRemarks(context);
  const before = seriesOf({ site, days, remarks });
  for (const [date, values] of entriesOf(changed)) {
    const day = days.get(date);
    const cells = Object.fromEntries(entriesOf(values).map(([id, value]) => [id, rowOf(value, 0)]));
    days.set(date, { version: 0, cells: { ...day?.cells, ...cells } });
  }
  return { before, after: seriesOf({ site, days, remarks }) };
}
