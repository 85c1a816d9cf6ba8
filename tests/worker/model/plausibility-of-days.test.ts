import { describe, expect, it } from 'vitest';
import type { ItemId } from '../../../worker/model/item.ts';
import { notesOfDay } from '../../../worker/model/plausibility/notes-of-day.ts';
import type { Shift } from '../../../worker/model/remarks.ts';
import { around } from '../../figures-around.ts';
import { CASES, codes, daysAgo, history, notes, site, TODAY, valuesOf } from './plausibility.ts';

describe('the figures of a day together', () => {
  // Each day some fall ill, some recover, and the rules hold.
  const CRITICAL = [40, 41, 43, 40, 39, 42, 44, 41, 40, 42, 43, 44, 42, 41];
  const RECOVERED = [500, 612, 590, 520, 480, 610, 555, 540, 580, 505, 499, 530, 600, 560];
  let ill = 0;
  const ILL = CASES.map((cases, i) => {
    ill += cases - (RECOVERED[i] ?? 0);
    return ill;
  });
  /** The sum of the cases up to a day, by its place. */
  const sumTo = (place: number) => CASES.slice(0, place + 1).reduce((sum, cases) => sum + cases, 0);
  const columns = { cases: CASES, recovered: RECOVERED, ill: ILL, critical: CRITICAL };
  const now = { cases: 720, recovered: 530, ill: ill + 190, critical: 42 };
  const ask = (today: Parameters<typeof notes>[1], more: object = {}) =>
    notes(columns, today, { rules: true, ...more });

  it('are not asked about if the rules hold', () => {
    expect(ask(now)).toEqual([]);
  });

  it('are asked about if a part is larger than its whole', () => {
    expect(ask({ ill: 42, critical: now.ill })).toContainEqual(
      expect.objectContaining({
        code: 'part-above-whole',
        metric: null,
        params: { date: TODAY, sum: 'critical', of: 'ill', difference: now.ill - 42 },
      }),
    );
  });

  it('are asked about if a sum differs, with the digits that would explain it', () => {
    expect(ask({ ...now, cases: 702 })).toEqual([
      expect.objectContaining({
        code: 'sum-differs-by-slip',
        metric: 'cases',
        params: {
          ...{ metric: 'cases', date: TODAY, sum: 'ill + total_recovered', of: 'total_cases' },
          ...{ difference: 18, value: 702, perhaps: 720 },
        },
        detail:
          'ill + total_recovered minus total_cases on 2021-08-04 is 18, and should be 0: cases is 702: should it be 720?',
      }),
    ]);
    expect(ask({ ...now, ill: now.ill + 7 })[0]).toMatchObject({ params: { difference: 7 } });
  });

  it('are checked by a rule once all of them are known, and not by the figures of others', () => {
    expect(ask({ cases: 702, recovered: 530 })).toEqual([]);
    expect(ask({ ill: now.ill }, { stored: { cases: 702, recovered: 530 } })[0]?.code).toBe('sum-differs');
    expect(ask({ critical: 43 }, { stored: { cases: 702, recovered: 530, ill: now.ill } })).toEqual([]);
  });

  it('are asked about once for a difference that stays in the totals', () => {
    const broken = { ...columns, ill: ILL.map((value, i) => (i > 9 ? value + 5 : value)) };
    expect(codes(broken, { ...now, ill: now.ill + 5 }, { rules: true })).toEqual([]);
    expect(codes(broken, now, { rules: true })).toEqual([]);
    expect(codes(broken, { ...now, ill: now.ill + 12 }, { rules: true })).toEqual(['sum-differs']);
  });

  it('are compared with totals as remarks have moved them: no total that a remark moves is a jump', () => {
    const remark = '1' as ItemId;
    const total = CASES.reduce((sum, cases) => sum + cases, 0);
    const now = { cases: 720, recovered: 530, ill: ill + 190, critical: 42 };
    const moved = (shift: object, date = TODAY) => ({
      rules: true,
      shifts: { total_cases: [{ remark, date, ...shift } as Shift] },
    });
    // Cases come off, and those who are ill with them…
    const fewer = { ...now, ill: now.ill - 900 };
    expect(codes(columns, fewer, { rules: true })).toContain('sum-differs');
    expect(codes(columns, fewer, moved({ amount: -900 }))).not.toContain('sum-differs');
    expect(codes(columns, fewer, moved({ total: total + 720 - 900 }))).not.toContain('sum-differs');
    // …or they are counted anew later.
    expect(codes(columns, now, moved({ amount: -900 }))).toEqual([]);
    // A slip is found on that day too, and on the days after.
    expect(codes(columns, { ...fewer, cases: 702 }, moved({ amount: -900 }))).toContain(
      'sum-differs-by-slip',
    );
    const since = ILL.map((value, i) => (i > 8 ? value - 900 : value));
    for (const shift of [{ amount: -900 }, { total: total - 900 }])
      for (const [today, found] of [
        [fewer, []],
        [{ ...fewer, cases: 702 }, ['sum-differs-by-slip']],
      ] as const)
        expect(
          codes(
            { ...columns, ill: since },
            today,
            moved('total' in shift ? { total: sumTo(9) - 900 } : shift, daysAgo(5)),
          ),
        ).toEqual(found);
  });

  it('are compared with the running total as a remark has moved it', () => {
    const total = CASES.reduce((sum, cases) => sum + cases, 0);
    const shift = { remark: '1' as ItemId, date: daysAgo(3), amount: -6_000 };
    const typed = { cases: total - 6_000 + 720 };
    expect(codes({ cases: CASES }, typed)).toEqual(['far-above']);
    expect(notes({ cases: CASES }, typed, { shifts: { total_cases: [shift] } })[0]).toMatchObject({
      code: 'running-total',
      params: { total: total - 6_000, perhaps: 720 },
    });
  });

  it('need no older figure where a whole day is at hand, and each total only once where none is', () => {
    const record = history({
      cases: new Array(50).fill(0).map((_, i) => 700 + (i % 7)),
      recovered: new Array(50).fill(600),
      ill: new Array(50).fill(0).map((_, i) => 9000 + 100 * i),
    });
    const sums: string[] = [];
    const meets = { ...around(record, TODAY, now), sumBefore: (flow: string) => sums.push(flow) };
    notesOfDay(site, meets);
    expect(sums).toEqual([]);
    notesOfDay(site, { ...meets, before: [] });
    expect(sums.sort()).toEqual(['cases', 'recovered']);
  });

  it('are asked about if they stand in each other’s columns', () => {
    expect(notes(columns, { ...now, critical: 530, recovered: 42 })).toEqual([
      expect.objectContaining({
        code: 'columns-shifted',
        params: { date: TODAY, columns: 'recovered 42 → 530; critical 530 → 42' },
      }),
    ]);
    const apart = { cases: CASES, recovered: CRITICAL, ill: ILL, critical: [9, 8, 9, 11, 10, 9, 8] };
    // A cell was left out, so that each figure stands one column too far to the left.
    expect(notes(apart, { cases: 42, recovered: now.ill, ill: 9 })).toEqual([
      expect.objectContaining({
        code: 'columns-shifted',
        params: { date: TODAY, columns: `recovered ${now.ill} → 42; ill 9 → ${now.ill}; critical – → 9` },
      }),
    ]);
    // Somebody's 720,42 in two cells.
    expect(codes(apart, { cases: 7, recovered: 720, ill: 42, critical: now.ill })).toContain(
      'columns-shifted',
    );
  });

  it('are asked about if they repeat the day before', () => {
    const yesterday = { cases: 698, recovered: 560, ill, critical: 41 };
    expect(codes(columns, yesterday)).toContain('same-as-before');
    expect(codes(columns, { ...yesterday, cases: 699 })).not.toContain('same-as-before');
    const quiet = { cases: new Array(20).fill(0), ill: new Array(20).fill(120) };
    expect(codes(quiet, { cases: 0, ill: 120 })).toEqual([]);
  });
});

describe('the date of figures', () => {
  it('is asked about if it leaves out days, more than were ever left out', () => {
    expect(notes({ cases: [...CASES, null, null, null] }, { cases: 700 })).toEqual([
      expect.objectContaining({ code: 'after-gap', params: { date: TODAY, last: daysAgo(4), missed: 3 } }),
    ]);
    expect(codes({ cases: [...CASES, null] }, { cases: 700 })).toEqual([]);
    expect(codes({ cases: [700, null, null, ...CASES, null, null, null] }, { cases: 700 })).toEqual([]);
  });

  it('is asked about on a weekday that never has figures', () => {
    // 2021-08-04 is a Wednesday.
    const record = (skipped: readonly number[]) =>
      Array.from({ length: 28 }, (_, i) => (skipped.includes((28 - i) % 7) ? null : 700 + (i % 5) * 9));
    expect(notes({ cases: record([0, 1]) }, { cases: 705 })).toEqual([
      expect.objectContaining({ code: 'weekday-not-usual', params: { date: TODAY, weekday: 3 } }),
    ]);
    expect(codes({ cases: record([1, 2]) }, { cases: 705 })).toEqual([]);
    expect(codes({ cases: record([0]).slice(14) }, { cases: 705 })).toEqual([]);
  });

  it('is asked about on a weekday on which its metric is not due, and on no other', () => {
    const asked = (weekdays: readonly number[]) =>
      notesOfDay(
        {
          metrics: site.metrics.map((metric) =>
            metric.id === 'cases' && metric.kind !== 'total'
              ? { ...metric, due: { weekdays, time: '13:00', graceMinutes: 60 } }
              : metric,
          ),
        },
        around(history({ cases: CASES }), TODAY, valuesOf({ cases: 720 })),
      ).map(({ code }) => code);
    expect(asked([7, 1, 2])).toEqual(['weekday-not-usual']);
    expect(asked([3])).toEqual([]);
  });

  it('is not asked about again for a correction', () => {
    expect(
      codes({ cases: [...CASES, null, null, null] }, { cases: 701 }, { stored: { cases: 700 } }),
    ).toEqual([]);
  });
});
