import { addDays, type CivilDate, parseCivilDate } from '../worker/model/civil-date.ts';
import { type Around, DAYS_AFTER, DAYS_BEFORE, type Values } from '../worker/model/plausibility/around.ts';

/** Figures by date. */
export type FiguresByDate = ReadonlyMap<CivilDate, Values>;

/** A date. Throws for a text that is none. */
export function day(text: string): CivilDate {
  const date = parseCivilDate(text);
  if (!date) throw new Error(`${text} is not a date`);
  return date;
}

/** What a call that sets `changed` on a date meets, in a record of all that is stored. */
export function around(record: FiguresByDate, date: CivilDate, changed: Values): Around {
  const on = (offset: number): Values => record.get(addDays(date, offset)) ?? {};
  const dates = [...record.keys()];
  const first = dates.reduce((a, b) => (a < b ? a : b), date);
  return {
    date,
    changed,
    stored: on(0),
    before: Array.from({ length: DAYS_BEFORE }, (_, i) => on(-1 - i)),
    after: Array.from({ length: DAYS_AFTER }, (_, i) => on(1 + i)),
    isCut: first < addDays(date, -DAYS_BEFORE),
    isAlone: true,
    sumBefore: (flow, from = first) =>
      dates.reduce((sum, one) => (one < date && one >= from ? sum + (record.get(one)?.[flow] ?? 0) : sum), 0),
    shifts: () => [],
  };
}
