import type { CivilDate } from './civil-date.ts';
import { fromUnits, maxUnits, toUnits } from './decimal.ts';
import { dateOf, dayOf, type FlowSums } from './flow-sums.ts';
import type { TotalParts } from './series.ts';
import type { TotalFault } from './total-range.ts';

/**
 * A total with the sums of its flow. `changed`: figures of the flow that a call sets, by ascending day (see `dayOf`); null is
 * "not reported".
 */
export type SummedTotal = Omit<TotalParts, 'decimals'> & {
  readonly flow: FlowSums;
  readonly changed?: ReadonlyMap<number, number | null>;
};

/** A day on which more happens to a total than its stored flow tells: a call changes the flow, or a remark the total. */
type Knot = {
  readonly day: number;
  /** The total at the end of the day, in units. */
  readonly units: number;
  /** Whether the total is told for the day: its flow is reported, or a remark says so. */
  readonly isSaid: boolean;
};

/**
 * The values of a total as the public has them (see `runningTotal`), without a walk through all days: between two knots the
 * flow tells what it adds.
 */
export class TotalSums {
  readonly #flow: FlowSums;
  readonly #knots: readonly Knot[];
  /** What was found last: the last knot until then, the day, and its total. Whoever asks day by day goes on from there. */
  #found = { knot: 0, day: -Infinity, units: 0 };

  constructor(total: SummedTotal) {
    this.#flow = total.flow;
    const opening = { day: -Infinity, units: toUnits(total.opening, total.flow.decimals), isSaid: false };
    this.#knots = [opening, ...knotsOf(total, knotDays(total))];
  }

  /** The value on a day (see `dayOf`); null if nothing is told of the day, or nobody knows the total. */
  at(day: number): number | null {
    let { knot, day: from, units } = this.#found;
    if (day < from || from === -Infinity) [knot, from, units] = [0, -Infinity, this.#knots[0]?.units ?? 0];
    for (let next = this.#knots[knot + 1]; next && next.day <= day; next = this.#knots[knot + 1]) {
      knot += 1;
      ({ day: from, units } = next);
    }
    units += this.#flow.over(from + 1, day).units;
    this.#found = { knot, day, units };
    const known = this.#knots[knot];
    return this.#value({ units, isSaid: known?.day === day ? known.isSaid : this.#flow.on(day) !== null });
  }

  /** The last date with a value, and the value; null without any. */
  last(): { readonly date: CivilDate | null; readonly value: number | null } {
    let to = this.#flow.last;
    for (const knot of this.#knots.toReversed()) {
      const from = Math.max(knot.day + 1, this.#flow.first);
      let units = knot.units + this.#flow.over(from, to).units;
      // The last day mostly has a value. It has none where an erasure left less than nothing, or something too large.
      for (let day = to; day >= from; day--) {
        const added = this.#flow.on(day);
        const value = this.#value({ units, isSaid: added !== null });
        if (value !== null) return { date: dateOf(day), value };
        units -= added ?? 0;
      }
      const value = this.#value(knot);
      if (value !== null) return { date: dateOf(knot.day), value };
      to = Math.min(to, knot.day - 1);
    }
    return { date: null, value: null };
  }

  #value({ units, isSaid }: Pick<Knot, 'units' | 'isSaid'>): number | null {
    const { decimals } = this.#flow;
    return isSaid && units >= 0 && units <= maxUnits(decimals) ? fromUnits(units, decimals) : null;
  }
}

/**
 * The first fault of a total as a call leaves it, like `totalFaultOf`, for a call that changes figures of its flow or its
 * remarks, and nothing else of it: then between two knots both differ by the same amount on all days.
 */
export function faultOfChange(before: SummedTotal, after: SummedTotal): TotalFault | null {
  const days = distinct([...knotDays(before), ...knotDays(after)]);
  const knotsBefore = knotsOf(before, days);
  const { flow } = after;
  const most = maxUnits(flow.decimals);
  for (const [k, { day, units: now }] of knotsOf(after, days).entries()) {
    const moved = now - (knotsBefore[k]?.units ?? 0);
    if (moved === 0) continue;
    const from = day + 1;
    const isOut = (to: number): boolean => {
      const run = flow.over(from, to);
      return moved < 0 ? now + run.least < 0 : now + run.most > most;
    };
    const code = moved < 0 ? 'total-negative' : 'total-too-large';
    if (moved < 0 ? now < 0 : now > most) return { code, date: dateOf(day) };
    const to = Math.min((days[k + 1] ?? Infinity) - 1, flow.last);
    if (from <= to && isOut(to)) return { code, date: dateOf(firstDay(from, to, isOut)) };
  }
  return null;
}

/** The first day from which on something holds; it does on the last one. */
function firstDay(first: number, last: number, holds: (day: number) => boolean): number {
  let [low, high] = [first, last];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The days of the knots of a total, ascending. */
function knotDays({ shifts, changed }: SummedTotal): readonly number[] {
  const days = [...(changed?.keys() ?? [])];
  return shifts.length === 0 ? days : distinct([...shifts.map(({ date }) => dayOf(date)), ...days]);
}

const distinct = (days: readonly number[]): readonly number[] => [...new Set(days)].sort((a, b) => a - b);

/** The knots of a total on ascending days, which are all its own and maybe others. */
function knotsOf({ opening, shifts, flow, changed }: SummedTotal, days: readonly number[]): readonly Knot[] {
  const { decimals } = flow;
  const moved = shifts.map((shift) => ({ day: dayOf(shift.date), shift }));
  let units = toUnits(opening, decimals);
  let after = -Infinity;
  let next = 0;
  return days.map((day) => {
    if (day - after > 1) units += flow.over(after + 1, day - 1).units;
    after = day;
    const set = changed?.get(day);
    const added = set === undefined ? flow.on(day) : set && toUnits(set, decimals);
    units += added ?? 0;
    let isSaid = added !== null;
    for (let move = moved[next]; move?.day === day; move = moved[++next]) {
      const { shift } = move;
      units = 'total' in shift ? toUnits(shift.total, decimals) : units + toUnits(shift.amount, decimals);
      isSaid = true;
    }
    return { day, units, isSaid };
  });
}
