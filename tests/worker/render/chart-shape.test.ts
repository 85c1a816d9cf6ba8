import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chartShape, weekMean } from '../../../client/page/chart/chart-shape.ts';
import type { CivilDate } from '../../../worker/model/civil-date.ts';

const from = '2020-02-24' as CivilDate;

describe('the mean of a week', () => {
  it('leaves out what was not reported, which is not zero', () => {
    expect(weekMean([7, 7, 7, null, 7, 7, 7], 6)).toBe(7);
  });
  it('is unknown with fewer than four reported days', () => {
    expect(weekMean([7, null, null, null, null, 7, 7], 6)).toBeNull();
    expect(weekMean([], -1)).toBeNull();
  });
});

describe('the shape of a chart', () => {
  it('has a gap where nothing was reported', () => {
    const values = Array.from({ length: 60 }, (_, i) => (i >= 20 && i < 40 ? null : 5));
    const shape = chartShape(from, values);
    expect(shape?.line.match(/M/g)).toHaveLength(2);
    expect(shape?.range.match(/M/g)).toHaveLength(2);
  });

  it('gives its highest day and its last mean', () => {
    const shape = chartShape(from, [...Array.from({ length: 30 }, () => 10), 90, 10, 10]);
    expect(shape?.peak).toEqual({ value: 90, position: 24 / 26 });
    expect(shape?.top).toBe(100);
    expect(shape?.now?.mean).toBeCloseTo(150 / 7);
  });

  it('is not drawn from too few values', () => {
    expect(chartShape(from, [1, 2, 3])).toBeNull();
    expect(chartShape(from, Array(100).fill(null))).toBeNull();
    expect(chartShape(from, [...Array(99).fill(null), 12])).toBeNull(); // a single day is not a line
  });

  it('is drawn for a series of zeros', () => {
    expect(chartShape(from, Array(100).fill(0))?.top).toBeGreaterThan(0);
  });

  it('holds only finite numbers, whatever was reported', () =>
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat(2 ** 40)), { maxLength: 600 }), (values) => {
        expect(JSON.stringify(chartShape(from, values))).not.toMatch(/NaN|Infinity|undefined/);
      }),
    ));

  it('has at most seven days on its axis', () =>
    fc.assert(
      fc.property(fc.integer({ min: 14, max: 546 }), (length) => {
        expect(chartShape(from, Array(length).fill(1))?.days.length).toBeLessThanOrEqual(7);
      }),
    ));
});
