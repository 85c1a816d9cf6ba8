import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHART_DAYS, CHART_HEIGHT, chartShape } from '../../../client/page/chart/chart-shape.ts';
import { valueAxis } from '../../../client/page/chart/value-axis.ts';
import type { CivilDate } from '../../../worker/model/civil-date.ts';
import type { Column } from '../../../worker/model/series.ts';

const from = '2020-02-24' as CivilDate;
const flow = (values: Column, breaks: readonly number[] = []) =>
  chartShape({ kind: 'flow', from, values, breaks });
const level = (values: Column, breaks: readonly number[] = []) =>
  chartShape({ kind: 'level', from, values, breaks });
const nothing = (days: number): Column => Array(days).fill(null);
const days = (count: number, value: (i: number) => number | null): Column =>
  Array.from({ length: count }, (_, i) => value(i));

/** The points of path data with absolute beginnings and relative lines. */
function pointsOf(d: string): readonly (readonly [number, number])[] {
  let [x, y] = [0, 0];
  return [...d.matchAll(/([Ml])(-?[\d.]+)[ ]?(-?[\d.]+)/g)].map(([, command, a, b]) => {
    [x, y] = command === 'M' ? [Number(a), Number(b)] : [x + Number(a), y + Number(b)];
    return [x, y] as const;
  });
}
/** How many lines and dots path data has. */
const parts = (d: string | undefined) => d?.match(/M/g)?.length ?? 0;

describe('the shape of a chart', () => {
  it('has a gap where a day was not reported, and draws no mean over it', () => {
    const shape = flow(days(60, (i) => (i >= 20 && i < 40 ? null : 5)));
    expect(parts(shape?.line)).toBe(2);
    expect(parts(shape?.range)).toBe(2);
    const oneGap = flow(days(60, (i) => (i === 30 ? null : 5)));
    expect(pointsOf(oneGap?.line ?? '').map(([x]) => x)).toEqual([
      ...Array.from({ length: 24 }, (_, i) => i + 6),
      ...Array.from({ length: 23 }, (_, i) => i + 37),
    ]);
  });

  it('gives its highest day and its last mean', () => {
    const shape = flow([...days(30, () => 10), 90, 10, 10]);
    expect(shape?.peak).toEqual({ x: 30 / 32, y: 0.1, value: 90 });
    expect(shape?.now?.value).toBeCloseTo(150 / 7);
    expect(flow([...days(30, () => 10), null, 10])?.now).toBeNull();
  });

  it('draws a mean of less than one where it is, not at the next whole number', () => {
    const shape = flow([...days(7, () => 0), 3, ...days(13, () => 0)]);
    const heights = pointsOf(shape?.line ?? '').map(([, y]) => ((CHART_HEIGHT - y) / CHART_HEIGHT) * 3);
    expect(Math.max(...heights)).toBeCloseTo(3 / 7, 2);
  });

  it('shows few values as dots, and is not drawn from a single one', () => {
    expect(parts(flow([1, 2, 3])?.dots)).toBe(3);
    expect(flow([1, 2, 3])?.line).toBe('');
    expect(flow(nothing(100))).toBeNull();
    expect(flow([...nothing(99), 12])).toBeNull();
    expect(parts(level([3, ...nothing(20), 4, 5, null, 9])?.dots)).toBe(2);
  });

  it('draws no band up to a figure that may stand for several days', () => {
    const shape = flow([...days(28, () => 10), null, null, 90]);
    const lowest = (d: string | undefined) => Math.min(...pointsOf(d ?? '').map(([, y]) => y));
    expect(lowest(shape?.range)).toBe(0.9 * CHART_HEIGHT);
    expect(pointsOf(shape?.dots ?? '')).toEqual([[30, 0.1 * CHART_HEIGHT]]);
  });

  it('shows every reported day of a series with unreported weekends', () => {
    const shape = flow(days(70, (i) => (i % 7 > 4 ? null : i)));
    expect(shape?.line).toBe('');
    expect(parts(shape?.dots)).toBe(50);
    const years = flow(days(540, (i) => (i % 7 > 4 ? null : i)));
    expect([parts(years?.dots), parts(years?.range)]).toEqual([0, 1]); // hundreds of dots would be a band anyway
  });

  it('covers the days from the first reported one to the last, as many as there is room for', () => {
    const shape = level([...nothing(50), 1, 2, null, 4, ...nothing(50)]);
    expect(shape).toMatchObject({ first: '2020-04-14', last: '2020-04-17', width: 3 });
    expect(flow(days(CHART_DAYS + 6, () => 1))?.width).toBe(CHART_DAYS - 1);
  });

  it('draws a level day by day, and keeps each peak of a long one', () => {
    const shape = level([120, 125, 131, null, 128, 127]);
    expect(pointsOf(shape?.line ?? '').map(([x]) => x)).toEqual([0, 1, 2, 4, 5]);
    expect(shape?.now).toEqual({ x: 1, y: 1 - 127 / 150, value: 127 });
    const long = level(days(500, (i) => (i === 251 ? 1_000 : 10)));
    expect(Math.min(...pointsOf(long?.line ?? '').map(([, y]) => y))).toBe(0);
    expect(pointsOf(long?.line ?? '').length).toBeLessThan(200);
  });

  it('has room for what is below zero', () => {
    const shape = level([-3, -1, 2, 4]);
    expect(shape?.values.map(({ value }) => value)).toEqual([-4, -2, 0, 2, 4]);
    for (const [, y] of pointsOf(shape?.line ?? '')) {
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y).toBeLessThanOrEqual(CHART_HEIGHT);
    }
    expect(level([-3, -1])?.values.map(({ value }) => value)).toEqual([-3, -2, -1, 0]);
  });

  it('draws no line, band or mean across a break', () => {
    expect(
      parts(
        flow(
          days(60, () => 5),
          [30],
        )?.line,
      ),
    ).toBe(2);
    expect(
      parts(
        flow(
          days(63, () => 5),
          [28],
        )?.range,
      ),
    ).toBe(2);
    expect(
      parts(
        flow(
          days(63, () => 5),
          [31],
        )?.range,
      ),
    ).toBe(2);
    expect(
      parts(
        level(
          days(60, () => 5),
          [30],
        )?.line,
      ),
    ).toBe(2);
  });

  it('is drawn for a series of zeros', () => {
    expect(flow(days(100, () => 0))?.values.map(({ value }) => value)).toEqual([1]);
  });

  it('holds only finite numbers and small paths, whatever was reported', () =>
    fc.assert(
      fc.property(
        fc.constantFrom('flow', 'level'),
        fc.array(fc.option(fc.integer({ min: -(2 ** 40), max: 2 ** 40 })), { maxLength: 600 }),
        fc.integer({ min: 0, max: 3 }),
        fc.array(fc.nat(600), { maxLength: 3 }),
        (kind, values, decimals, breaks) => {
          const scaled = values.map((v) => (v === null ? null : Number(`${v}e-${decimals}`)));
          const shape = chartShape({ kind, from, values: scaled, breaks });
          expect(JSON.stringify(shape)).not.toMatch(/NaN|Infinity|undefined/);
          expect(JSON.stringify(shape).length).toBeLessThan(8_000);
        },
      ),
    ));

  it('has at most seven days on its axis', () =>
    fc.assert(
      fc.property(fc.integer({ min: 14, max: 546 }), (length) => {
        expect(flow(Array(length).fill(1))?.days.length).toBeLessThanOrEqual(7);
      }),
    ));
});

describe('the axis of values', () => {
  it('has round steps, whole ones for what is counted, and decimals as the values have', () => {
    expect(valueAxis([3, 1]).ticks).toEqual([1, 2, 3]);
    expect(valueAxis([1_993]).ticks).toEqual([500, 1_000, 1_500, 2_000]);
    expect(valueAxis([3.42, 1.5]).ticks).toEqual([1, 2, 3, 4]);
    expect(valueAxis([0.3, 0.1]).ticks).toEqual([0.1, 0.2, 0.3]);
    expect(valueAxis([0.004]).ticks).toEqual([0.001, 0.002, 0.003, 0.004]);
    expect(valueAxis([-0.4, 0.25])).toMatchObject({
      top: 0.4,
      bottom: -0.4,
      ticks: [-0.4, -0.2, 0, 0.2, 0.4],
    });
  });
});
