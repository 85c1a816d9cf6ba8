import { isLaterReading } from '../../model/bulletin.ts';
import { type CellValue, factsOf, numberOf, rowOf } from '../../model/cell-facts.ts';
import type { Cells } from '../../model/change.ts';
import type { CivilDate } from '../../model/civil-date.ts';
import { entriesOf, keysOf } from '../../model/entries.ts';
import { type Note, noteOf } from '../../model/messages.ts';
import type { MetricId } from '../../model/site.ts';
import type { StoredDays } from './stored-days.ts';

/**
 * Parts the changed figures of a day from readings that come late: the day has one of a later hour, which no reader has
 * seen yet. These are only for the ledger. Once the later one is public, a reading of an earlier hour is a correction.
 */
export function withoutEarlier(
  context: StoredDays,
  date: CivilDate,
  figures: Cells,
): { readonly changed: Cells; readonly earlier: Cells } {
  const cells = context.rows.day(date)?.cells;
  const changed: Record<MetricId, CellValue> = {};
  const earlier: Record<MetricId, CellValue> = {};
  for (const [metric, value] of entriesOf(figures)) {
    const cell = cells?.[metric];
    if (cell && cell[1] > context.shown && isLaterReading(rowOf(value, 0), cell))
      earlier[metric] = { value: numberOf(value), ...factsOf(value), earlier: true };
    else changed[metric] = value;
  }
  return { changed, earlier };
}

/** Says what becomes of readings that come late. It names no number, so that an answer may be kept. */
export const earlierNote = (date: CivilDate, earlier: Cells): Note =>
  noteOf('earlier-reading', { date, metrics: keysOf(earlier).join(', ') });
