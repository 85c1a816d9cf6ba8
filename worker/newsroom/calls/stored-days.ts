import type { Day } from '../../model/bulletin.ts';
import type { CivilDate } from '../../model/civil-date.ts';
import type { CallContext } from './context.ts';

/** The days as they are stored, and what may be public of them: all that deciding on figures needs. */
export type StoredDays = { readonly rows: Pick<CallContext['rows'], 'day'>; readonly shown: number };

/** Up to so many days are read one by one: to read all days takes longer. */
const FEW = 50;

/** The stored days with these dates, each read once. */
export function storedDays({ rows, shown }: CallContext, dates: ReadonlySet<CivilDate>): StoredDays {
  const days = new Map<CivilDate, Day>();
  if (dates.size > FEW) {
    for (const [date, day] of rows.days()) if (dates.has(date)) days.set(date, day);
  } else
    for (const date of dates) {
      const day = rows.day(date);
      if (day) days.set(date, day);
    }
  return { rows: { day: (date) => days.get(date) }, shown };
}
