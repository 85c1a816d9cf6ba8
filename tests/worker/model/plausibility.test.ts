import { describe, expect, it } from 'vitest';
import { notesOfDay } from '../../../worker/model/plausibility/notes-of-day.ts';
import { siteSchema } from '../../../worker/model/site-schema.ts';
import { parseWith } from '../../../worker/model/validation/parse.ts';
import { chanceOf } from '../../chance.ts';
import { around } from '../../figures-around.ts';
import {
  CASES,
  codes,
  daysAgo,
  history,
  notes,
  RIVER,
  site,
  TODAY,
  valuesOf,
  withoutRules,
} from './plausibility.ts';

describe('one figure, by the days before', () => {
  it('is asked about far above and far below, with what it was', () => {
    expect(notes({ cases: CASES }, { cases: 5310 })).toEqual([
      {
        id: expect.stringMatching(/^far-above-[0-9a-f]{12}$/),
        code: 'far-above',
        metric: 'cases',
        date: TODAY,
        params: {
          ...{ metric: 'cases', date: TODAY, value: 5310 },
          ...{ highest: 811, highestDate: daysAgo(11), lowest: 650, lowestDate: daysAgo(7) },
          ...{ last: 698, lastDate: daysAgo(1) },
        },
        detail: expect.stringContaining(
          'cases of 2021-08-04 is 5310, far above what it was: from 650 to 811',
        ),
      },
    ]);
    expect(codes({ cases: CASES }, { cases: 190 })).toEqual(['far-below']);
    expect(codes({ cases: CASES }, { cases: 900 })).toEqual([]);
    expect(codes({ cases: CASES }, { cases: 0 })).toEqual(['far-below']);
    expect(codes({ cases: CASES }, { cases: null })).toEqual([]);
  });

  it('names the slip that explains it, and what may have been meant', () => {
    expect(notes({ cases: CASES }, { cases: 75_200 })[0]).toMatchObject({
      code: 'times-too-large',
      params: { times: 100 },
    });
    expect(notes({ cases: CASES }, { cases: 75 })[0]).toMatchObject({
      code: 'times-too-small',
      params: { times: 10 },
    });
    expect(notes({ cases: CASES }, { cases: 7552 })[0]).toMatchObject({
      code: 'digits-doubled',
      params: { perhaps: 752 },
    });
    expect(notes({ cases: [101, 99, 105, 97, 103, 100, 98] }, { cases: 1103 })[0]).toMatchObject({
      code: 'digits-doubled',
      params: { perhaps: 103 },
    });
    expect(notes({ ill: [9012, 9020, 9031, 9040] }, { ill: 90_450 })[0]?.code).toBe('times-too-large');
    expect(notes({ ill: [1912, 1920, 1931, 1940] }, { ill: 9145 })[0]).toMatchObject({
      code: 'digits-swapped',
      params: { perhaps: 1945 },
    });
  });

  it('is asked about if it is the running total', () => {
    const total = CASES.reduce((sum, value) => sum + value, 0);
    expect(notes({ cases: CASES }, { cases: total + 720 })[0]).toMatchObject({
      code: 'running-total',
      params: { total, perhaps: 720 },
    });
  });

  it('takes the levels of rivers and frost as they are, with decimals and below zero', () => {
    expect(codes({ ill: RIVER }, { ill: 3.61 })).toEqual([]);
    expect(notes({ ill: RIVER }, { ill: 34.2 })[0]).toMatchObject({
      code: 'times-too-large',
      params: { times: 10 },
    });
    expect(codes({ ill: RIVER }, { ill: 342 })).toEqual(['times-too-large']);
    expect(codes({ ill: RIVER }, { ill: 0.342 })).toEqual(['times-too-small']);
    const frost = [-11.5, -12, -10.8, -12.4, -13.1, -12.2];
    expect(codes({ ill: frost }, { ill: -14 })).toEqual([]);
    expect(notes({ ill: frost }, { ill: 12.3 })[0]).toMatchObject({
      code: 'sign',
      params: { perhaps: -12.3 },
    });
    expect(codes({ ill: [1, -0.5, 0.2, -1, 0.4, 0.1] }, { ill: -0.2 })).toEqual([]);
  });

  it('lets small counts jump', () => {
    const small = [0, 1, 0, 2, 1, 0, 0, 3, 1, 0, 1, 2, 0, 1];
    for (const cases of [0, 1, 2, 3, 4, 5, 6]) expect(codes({ cases: small }, { cases })).toEqual([]);
    for (const ill of [0, 1, 2, 3, 4, 5]) expect(codes({ ill: small }, { ill })).toEqual([]);
    expect(codes({ cases: new Array(30).fill(0) }, { cases: 4 })).toEqual([]);
    expect(codes({ cases: small }, { cases: 30 })).toEqual(['times-too-large']);
  });

  it('is not asked about on first days, when nothing tells what is usual', () => {
    expect(codes({}, { cases: 40_000, ill: 9 })).toEqual([]);
    expect(codes({ cases: [1, 10, 15, 17] }, { cases: 400 })).toEqual([]);
  });

  it('may hold the days that were not reported before it', () => {
    expect(codes({ cases: [...CASES, null, null] }, { cases: 2150 })).toEqual([]);
    expect(codes({ cases: [...CASES, null, null] }, { cases: 21_500 })).not.toEqual([]);
    expect(codes({ cases: CASES }, { cases: 2150 })).toEqual(['far-above']);
  });

  it('is asked about once when a series leaps, and not again on the days after', () => {
    expect(codes({ cases: CASES }, { cases: 4000 })).toEqual(['far-above']);
    expect(codes({ cases: [...CASES, 4000] }, { cases: 4400 })).toEqual([]);
    expect(codes({ cases: [...CASES, 4000, 4400] }, { cases: 700 })).toEqual([]);
    expect(codes({ ill: [...RIVER, 6.1] }, { ill: 6.4 })).toEqual([]);
  });

  it('is not asked about where figures rise and fall by the week', () => {
    const week = [0, 0, 3100, 900, 950, 870, 910];
    expect(codes({ cases: [...week, ...week, ...week, 0, 0] }, { cases: 3300 })).toEqual([]);
    expect(codes({ cases: [...week, ...week, ...week, 0, 0] }, { cases: 33_000 })).toEqual([
      'times-too-large',
    ]);
  });

  it('is compared with the reading before it on the same day, and with the days after an old day', () => {
    expect(codes({ ill: RIVER }, { ill: 5.2 })).toEqual(['far-above']);
    expect(codes({ ill: RIVER }, { ill: 5.3 }, { stored: { ill: 5.2 } })).toEqual([]);
    const record = history({ cases: [...CASES, 7000, 7100, 6900] });
    const old = daysAgo(4);
    const correction = (cases: number) =>
      notesOfDay(withoutRules, around(record, old, valuesOf({ cases }))).length;
    expect(correction(2000)).toBe(0);
    expect(correction(70_000)).toBe(1);
  });
});

it('gives a note the same id for the same figures, and another for others', () => {
  const id = (cases: number) => notes({ cases: CASES }, { cases })[0]?.id;
  expect(id(5310)).toBe(id(5310));
  expect(id(5310)).not.toBe(id(5311));
  const more = notes({ cases: [600, ...CASES], ill: RIVER }, { cases: 5310, ill: 3.4 });
  expect(more[0]?.id).toBe(id(5310));
});

it('answers for any figures, however odd', () => {
  const chance = chanceOf(3);
  const number = () => [0, 1, -1, 0.001, 1e12, 752, -3.5][Math.floor(chance() * 7)] ?? 0;
  for (let i = 0; i < 200; i++) {
    const column = () => Array.from({ length: 35 }, () => (chance() < 0.3 ? null : number()));
    const found = notes(
      { cases: column(), recovered: column(), ill: column(), critical: column() },
      { cases: number(), recovered: number(), ill: number(), critical: number() },
      { rules: true },
    );
    expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
    for (const note of found)
      expect(JSON.stringify(note)).not.toMatch(/null,"date":null|NaN|Infinity|undefined/);
  }
});

it('takes rules that name metrics, each once', () => {
  const faults = (rules: unknown) => {
    const parsed = parseWith(siteSchema({ ...site, rules }), { ...site, rules });
    return parsed.ok || parsed.problem.kind !== 'invalid'
      ? []
      : parsed.problem.errors.map(({ pointer, detail }) => [pointer, detail]);
  };
  expect(faults(site.rules)).toEqual([]);
  expect(faults([{ sum: ['cases', 'none'], is: 'equal', of: ['cases'] }])).toEqual([
    ['#/rules/0/sum/1', 'must be one of the metrics'],
    ['#/rules/0/of/0', 'is named twice in this rule'],
  ]);
  expect(faults([{ sum: [], is: 'above', of: ['cases'] }]).map(([pointer]) => pointer)).toEqual([
    '#/rules/0/sum',
    '#/rules/0/is',
  ]);
  expect(faults('x')).toEqual([['#/rules', 'must be a list']]);
});
