import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Column } from '../../../worker/model/series.ts';
import { meanOfWeek, missingDays, reportInterval, weekMean, weekTrend } from '../../../worker/model/week.ts';

const nothing = (days: number): Column => Array(days).fill(null);

describe('the mean of a week', () => {
  it('is of seven reported days', () => {
    expect(meanOfWeek([1, 2, 3, 4, 5, 6, 7], 6)).toEqual({ kind: 'mean', mean: 4 });
    expect(weekMean([100, 7, 7, 7, 7, 7, 7, 7], 7)).toBe(7);
  });

  it('says of how many days there are figures if a day was not reported, and is not made of these', () => {
    expect(meanOfWeek([7, 7, 7, null, 7, 7, 7], 6)).toEqual({ kind: 'days-missing', reported: 6 });
    expect(meanOfWeek([1, 2, 3], 2)).toEqual({ kind: 'days-missing', reported: 3 });
    expect(meanOfWeek([], -1)).toEqual({ kind: 'days-missing', reported: 0 });
    expect(weekMean([752, 701, 690, null, null, 1500], 5)).toBeNull();
  });

  it('does not cross a break, but may begin at one', () => {
    const values = Array(14).fill(5);
    expect(meanOfWeek(values, 9, [4])).toEqual({ kind: 'break' });
    expect(weekMean(values, 10, [4])).toBe(5);
    expect(weekMean(values, 3, [4])).toBeNull();
    expect(weekMean(values, 9, [10])).toBe(5);
  });

  it('is exact for figures with decimals', () => {
    expect(weekMean([0.1, 0.2, 0.3, 0.1, 0.2, 0.3, 0.2], 6)).toBe(0.2);
  });
});

describe('the trend of a week', () => {
  it('is not known if a day of the two weeks was not reported, or a break parts them', () => {
    const values = [1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2];
    expect(weekTrend(values, 13)).toEqual({ now: 2, before: 1, direction: 1 });
    for (let i = 0; i < 14; i++)
      expect(
        weekTrend(
          values.map((v, at) => (at === i ? null : v)),
          13,
        ),
      ).toBeNull();
    for (let i = 1; i < 14; i++) expect(weekTrend(values, 13, [i])).toBeNull();
    expect(weekTrend([9, ...values], 14, [1])).not.toBeNull();
  });

  it('is never a rise where the reported sum of the same number of days fell, whatever is missing', () => {
    // Half of the series have few gaps, else hardly any would have a trend.
    const value = (gaps: number) => fc.option(fc.nat(2_000), { freq: gaps, nil: null });
    const series = fc.oneof(
      fc.array(value(2), { maxLength: 40 }),
      fc.array(value(60), { minLength: 14, maxLength: 40 }),
    );
    let rises = 0;
    fc.assert(
      fc.property(series, fc.array(fc.nat(40), { maxLength: 2 }), (values, breaks) => {
        for (let end = 0; end < values.length; end++) {
          const trend = weekTrend(values, end, breaks);
          if (trend === null) continue;
          const sum = (from: number) =>
            values.slice(from, from + 7).reduce<number>((a, v) => a + (v ?? NaN), 0);
          const [before, now] = [sum(end - 13), sum(end - 6)];
          expect(Math.sign(now - before)).toBe(trend.direction);
          expect(breaks.some((at) => at > end - 13 && at <= end)).toBe(false);
          if (trend.direction > 0) rises += 1;
        }
      }),
      { numRuns: 1_000 },
    );
    expect(rises).toBeGreaterThan(100);
  });
});

describe('the days without a figure', () => {
  it('are counted from the first reported day on', () => {
    expect(missingDays([null, 5, null, null, 3, null])).toEqual([0, 0, 1, 2, 2, 3]);
    expect(missingDays(nothing(2))).toEqual([0, 0]);
  });
});

describe('the interval of reports', () => {
  it('is the median gap of the latest reports, and a day if that is not known', () => {
    expect(reportInterval([])).toBe(1);
    expect(reportInterval([...nothing(9), 4, ...nothing(50), 4])).toBe(1);
    expect(reportInterval([1, 2, 3, null, 5, 6])).toBe(1);
    const weekly = Array.from({ length: 71 }, (_, i) => (i % 7 === 0 ? i : null));
    expect(reportInterval(weekly)).toBe(7);
    const everyDayOnce = Array(500).fill(1);
    expect(
      reportInterval([
        ...everyDayOnce,
        ...Array(40)
          .fill([...nothing(6), 1])
          .flat(),
      ]),
    ).toBe(7);
  });
});
