import { describe, expect, it } from 'vitest';
import type { CivilDate } from '../../../worker/model/civil-date.ts';
import { decisionStatus, phaseStatus } from '../../../worker/model/status.ts';

const day = (n: number | null) =>
  n === null ? undefined : (`2020-03-${String(n).padStart(2, '0')}` as CivilDate);
const TODAY = day(15) as CivilDate;

describe('the status of a decision on 15 March', () => {
  it.each([
    // from, until, replaced from -> the status and its day
    [null, null, null, 'decided', null],
    [14, null, null, 'in-force', 14],
    [15, 15, null, 'in-force', 15],
    [16, 20, null, 'starts', 16],
    [10, 14, null, 'ended', 14],
    [null, 14, null, 'ended', 14],
    [null, 15, null, 'in-force', 9], // without a first day, the decision is in force from its own date
    [10, null, 15, 'replaced', 15],
    [10, null, 16, 'in-force', 10],
    [null, null, 12, 'replaced', 12],
    [10, 14, 12, 'ended', 14],
    [20, null, 12, 'replaced', 12],
  ] as const)('in force from %s to %s, replaced from %s, is %s', (from, until, replaced, kind, on) => {
    const [effectiveFrom, effectiveUntil] = [day(from), day(until)];
    const decision = {
      date: day(9) as CivilDate,
      ...(effectiveFrom ? { effectiveFrom } : {}),
      ...(effectiveUntil ? { effectiveUntil } : {}),
    };
    const status = on === null ? { kind } : { kind, on: day(on) };
    expect(decisionStatus(decision, day(replaced), TODAY)).toEqual(status);
  });
});

describe('the status of a phase on 15 March', () => {
  it.each([
    [null, null, 'to-come'],
    [null, 20, 'to-come'],
    [null, 14, 'over'],
    [16, null, 'to-come'],
    [15, 15, 'on'],
    [10, null, 'on'],
    [10, 14, 'over'],
  ] as const)('from %s to %s is %s', (start, end, status) => {
    const [from, until] = [day(start), day(end)];
    expect(phaseStatus({ ...(from ? { from } : {}), ...(until ? { until } : {}) }, TODAY)).toBe(status);
  });
});
