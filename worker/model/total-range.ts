import type { CivilDate } from './civil-date.ts';
import { maxUnits, toUnits } from './decimal.ts';
import { runningUnits, type TotalParts } from './series.ts';

/** A total with its flow: the values by date, in any order; null is "not reported". */
export type WholeTotal = TotalParts & { readonly flow: ReadonlyMap<CivilDate, number | null> };

/** A total that gets below 0, or too large to be exact: see `maxUnits`. `date`: the first day; null: by its opening. */
export type TotalFault = {
  readonly code: 'total-negative' | 'total-too-large';
  readonly date: CivilDate | null;
};

/**
 * The first fault of a total at the end of any day, as a call leaves it; null if there is none. What was so before, such as
 * by an erasure, is no fault as long as the call brings that day no further from what is right, so that it can be corrected.
 * @param before null for a new total
 */
export function totalFaultOf(before: WholeTotal | null, after: WholeTotal): TotalFault | null {
  const dates = [...new Set([...datesOf(after), ...(before ? datesOf(before) : [])])].sort();
  const units = unitsOn(dates, after);
  const scale = before ? 10 ** (after.decimals - before.decimals) : 1;
  const unitsBefore = before ? unitsOn(dates, before) : [];
  const most = maxUnits(after.decimals);
  for (const [i, now] of units.entries()) {
    const was = (unitsBefore[i] ?? 0) * scale;
    const date = dates[i - 1] ?? null;
    if (now < 0 && now < was) return { code: 'total-negative', date };
    if (now > most && now > was) return { code: 'total-too-large', date };
  }
  return null;
}

/** The first day from which on nobody knows the total today, because the sum of what is left is out of range; else null. */
export function unknownSince(total: WholeTotal): CivilDate | null {
  const dates = datesOf(total).sort();
  const isKnown = (units: number) => units >= 0 && units <= maxUnits(total.decimals);
  const since = unitsOn(dates, total).findLastIndex(isKnown) + 1;
  return dates[since - 1] ?? null;
}

const datesOf = ({ flow, shifts }: WholeTotal): CivilDate[] => [
  ...new Set([...flow.keys(), ...shifts.map(({ date }) => date)]),
];

/** The opening, then the sum at the end of each date, in units of its last decimal. */
const unitsOn = (dates: readonly CivilDate[], total: WholeTotal): readonly number[] => [
  toUnits(total.opening, total.decimals),
  ...runningUnits(
    dates,
    dates.map((date) => total.flow.get(date) ?? null),
    total,
  ).units,
];
