import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  differenceOf,
  fromUnits,
  hasDecimals,
  MAX_DECIMALS,
  maxUnits,
  meanOf,
  sumOf,
  toUnits,
} from '../../../worker/model/decimal.ts';
import { type Column, runningTotal } from '../../../worker/model/series.ts';

/** The decimal with so many units of its last place, as staff write it. */
function written(units: bigint, decimals: number): string {
  const digits = String(units < 0n ? -units : units).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  return `${units < 0n ? '-' : ''}${whole}${fraction && `.${fraction}`}`;
}

const LARGEST = 999_999_999_999_999n;
const decimals = fc.integer({ min: 0, max: MAX_DECIMALS });
const unitsUpTo = (max: bigint) =>
  fc.oneof(fc.bigInt({ min: -max, max }), fc.bigInt({ min: -9999n, max: 9999n }));

/** A running total without remarks. */
const totalsOf = (flow: Column, opening: number, places: number): Column =>
  runningTotal([], flow, { opening, shifts: [], decimals: places }).column;

describe('decimals', () => {
  it('print as they were entered, up to 15 digits', () => {
    fc.assert(
      fc.property(unitsUpTo(LARGEST), decimals, (units, places) => {
        const text = written(units, places);
        const value = Number(text);
        expect(JSON.stringify(value)).toBe(units === 0n ? '0' : text);
        expect(hasDecimals(value, places)).toBe(true);
        expect(BigInt(toUnits(value, places))).toBe(units);
        expect(fromUnits(toUnits(value, places), places)).toBe(value);
      }),
      { numRuns: 2_000 },
    );
  });

  it('have sums, differences, running totals and means that BigInt agrees with', () => {
    const few = fc.array(unitsUpTo(1_000_000_000_000n), { minLength: 1, maxLength: 400 });
    fc.assert(
      fc.property(few, decimals, (units, places) => {
        const values = units.map((n) => Number(written(n, places)));
        const sum = units.reduce((a, b) => a + b, 0n);
        expect(sumOf(values, places)).toBe(Number(written(sum, places)));
        const [a = 0n, b = 0n] = [units[0], units.at(-1)];
        const difference = differenceOf(values[0] ?? 0, values.at(-1) ?? 0, places);
        expect(difference).toBe(Number(written(a - b, places)));
        const totals = totalsOf(values, 0.5, MAX_DECIMALS);
        const scaled = sum * 10n ** BigInt(MAX_DECIMALS - places) + 500n;
        expect(totals.at(-1)).toBe(
          scaled <= LARGEST && scaled >= 0n ? Number(written(scaled, MAX_DECIMALS)) : null,
        );
        // The same quotient with 20 more digits, rounded by the parser of numbers.
        const long = (sum * 10n ** 20n) / BigInt(values.length);
        const mean = Number(`${long}e-${20 + places}`);
        expect(Math.abs(meanOf(values, places) - mean)).toBeLessThanOrEqual(Math.abs(mean) * Number.EPSILON);
      }),
      { numRuns: 500 },
    );
  });

  it('are exact where doubles are not', () => {
    expect(0.1 + 0.2).not.toBe(0.3);
    expect(sumOf([0.1, 0.2], 1)).toBe(0.3);
    expect(differenceOf(3.42, 3.37, 2)).toBe(0.05);
    expect(totalsOf([0.1, null, 0.2, 0.7], 0, 1)).toEqual([0.1, null, 0.3, 1]);
    expect(
      totalsOf(
        Array.from({ length: 1_000 }, () => 0.001),
        0.3,
        3,
      ).at(-1),
    ).toBe(1.3);
    expect(meanOf([0.1, 0.2, 0.3], 1)).toBe(0.2);
  });

  it('are refused where they have too many places or digits', () => {
    expect(hasDecimals(3.425, 2)).toBe(false);
    expect(hasDecimals(0.30000000000000004, 3)).toBe(false);
    expect(hasDecimals(1e-9, 3)).toBe(false);
    expect(hasDecimals(1.5, 0)).toBe(false);
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 1e300, 2 ** 53])
      for (const places of [0, 3]) expect(hasDecimals(value, places)).toBe(false);
    expect(hasDecimals(Number.MAX_SAFE_INTEGER, 0)).toBe(true);
    // One more unit with three decimals: this double is also the nearest to the decimal beside it.
    expect(hasDecimals(fromUnits(maxUnits(3), 3), 3)).toBe(true);
    expect(hasDecimals(fromUnits(maxUnits(3) + 1, 3), 3)).toBe(false);
  });
});
