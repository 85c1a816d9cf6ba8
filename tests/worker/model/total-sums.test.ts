import { describe, expect, it } from 'vitest';
import { addDays, type CivilDate } from '../../../worker/model/civil-date.ts';
import { dayOf, FlowSums } from '../../../worker/model/flow-sums.ts';
import type { Shift } from '../../../worker/model/remarks.ts';
import { runningTotal } from '../../../worker/model/series.ts';
import { totalFaultOf } from '../../../worker/model/total-range.ts';
import { faultOfChange, type SummedTotal, TotalSums } from '../../../worker/model/total-sums.ts';
import { chanceOf } from '../../chance.ts';

const FIRST = '2019-12-30' as CivilDate;
type Flow = Map<CivilDate, number | null>;

/** A total, and what it is by the definition: the sum of all days, one after the other. */
function byDays({ opening, shifts, flow: { decimals } }: SummedTotal, flow: Flow) {
  const dates = [...new Set([...flow.keys(), ...shifts.map(({ date }) => date)])].sort();
  const column = dates.map((date) => flow.get(date) ?? null);
  return {
    ...{ opening, shifts, decimals, flow, dates },
    ...runningTotal(dates, column, { opening, shifts, decimals }),
  };
}

describe('a total by its sums', () => {
  it('is what it is by all days, and no fault of a change is missed, whatever changes', () => {
    const seen = new Map<string, number>();
    for (let seed = 1; seed <= 400; seed++) {
      const chance = chanceOf(seed);
      const whole = (most: number) => Math.floor(chance() * most);
      const span = 1 + whole(seed % 5 === 0 ? 900 : 60);
      const anyDate = () => addDays(FIRST, whole(span));
      const decimals = whole(2);
      // Large sums are exact beyond 2^53 too, as multiples of a power of two: no order of adding rounds them.
      const scale = whole(2) === 0 ? 2 ** 42 : 1;
      const number = (units: number) => (units * scale) / 10 ** decimals;
      const figure = () => (whole(4) === 0 ? null : number(whole(400) - 190));
      const some = (count: number): Flow =>
        new Map(Array.from({ length: whole(count) }, () => [anyDate(), figure()]));
      const shifts = (count: number): readonly Shift[] =>
        Array.from({ length: whole(count) }, (_, i) => {
          const at = { date: anyDate(), remark: `${i + 1}` as never };
          return whole(3) === 0
            ? { ...at, total: number(whole(500)) }
            : { ...at, amount: number(whole(300) - 150) };
        }).sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : Number(a.remark) - Number(b.remark)));
      const stored = some(span);
      // In any order, and with days that are set again.
      const flow = new FlowSums(decimals, some(20));
      for (const [date] of [...stored]) flow.set(date, 7);
      for (let i = 0; i < span; i++) flow.set(addDays(FIRST, i), stored.get(addDays(FIRST, i)) ?? null);
      const before = { opening: number(whole(3) * 200), shifts: shifts(4), flow };
      const changed = whole(2) ? some(whole(3) ? 3 : span) : null;
      const byDay = [...(changed ?? [])].map(([date, value]) => [dayOf(date), value] as const);
      const after: SummedTotal = changed
        ? { ...before, changed: new Map(byDay.sort(([a], [b]) => a - b)) }
        : { ...before, shifts: shifts(4) };

      const [was, now] = [byDays(before, stored), byDays(after, new Map([...stored, ...(changed ?? [])]))];
      const fault = totalFaultOf(was, now);
      expect(faultOfChange(before, after), `seed ${seed}`).toEqual(fault);
      const sums = new TotalSums(after);
      const last = now.column.findLastIndex((value) => value !== null);
      expect(sums.last(), `seed ${seed}`).toEqual({
        date: now.dates[last] ?? null,
        value: now.column[last] ?? null,
      });
      expect(
        now.dates.map((date) => sums.at(dayOf(date))),
        `seed ${seed}`,
      ).toEqual(now.column);
      expect(sums.at(dayOf(FIRST) + span + 3)).toBe(null);
      const kind = `${fault?.code ?? 'no fault'}${last < now.dates.length - 1 ? ', unknown today' : ''}`;
      seen.set(kind, (seen.get(kind) ?? 0) + 1);
    }
    for (const kind of ['no fault', 'total-negative', 'total-too-large', 'total-negative, unknown today'])
      expect(seen.get(kind), `${kind} of ${JSON.stringify([...seen])}`).toBeGreaterThan(5);
  });
});
