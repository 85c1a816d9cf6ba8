import { addDays, type CivilDate } from '../civil-date.ts';
import type { Shift } from '../remarks.ts';
import type { Metric } from '../site.ts';
import { type Around, exact, valueOn } from './around.ts';

export type Total = Extract<Metric, { kind: 'total' }>;

/**
 * A total at the end of a day, as the call leaves it. Nothing is read from before its last restatement.
 * @param shifts those that count, in their order: none is later than the day
 * @param day the date, or one of the days before that are at hand
 */
export function totalAfter(
  around: Around,
  { of, opening }: Total,
  shifts: readonly Shift[],
  day: CivilDate = around.date,
): number {
  const last = shifts.findLastIndex((shift) => 'total' in shift);
  const restated = shifts[last];
  const isRestated = restated !== undefined && 'total' in restated;
  const from = isRestated ? addDays(restated.date, 1) : undefined;
  let sum = isRestated ? restated.total : opening;
  for (const shift of shifts.slice(last + 1)) if ('amount' in shift) sum += shift.amount;
  if (from === undefined || from < around.date) sum += around.sumBefore(of, from);
  if (day === around.date) {
    const isCounted = from === undefined || from <= day;
    return exact(isCounted ? sum + (valueOn(around, of) ?? 0) : sum);
  }
  for (const [i, values] of around.before.entries()) {
    if (addDays(around.date, -1 - i) <= day) break;
    sum -= values[of] ?? 0;
  }
  return exact(sum);
}

/** The shifts of a total before the date: without those of the date itself. */
export const shiftsBefore = (around: Around, total: Total): readonly Shift[] =>
  around.shifts(total.id).filter(({ date }) => date < around.date);

/** What remarks add to a total, by day: on the date and on the days before that are at hand. */
export function movesOf(around: Around, total: Total): ReadonlyMap<CivilDate, number> {
  const first = addDays(around.date, -around.before.length);
  const moves = new Map<CivilDate, number>();
  const shifts = around.shifts(total.id);
  shifts.forEach((shift, i) => {
    if (shift.date < first) return;
    const added =
      'amount' in shift
        ? shift.amount
        : shift.total - totalAfter(around, total, shifts.slice(0, i), shift.date);
    moves.set(shift.date, exact((moves.get(shift.date) ?? 0) + added));
  });
  return moves;
}
