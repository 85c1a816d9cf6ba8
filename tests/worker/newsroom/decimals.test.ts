import { beforeAll, describe, expect, it } from 'vitest';
import { verifyLedger } from '../../../scripts/verify-ledger.mjs';
import { aSite } from '../a-site.ts';
import { ledger, storedAndFolded } from '../ledger-rows.ts';
import { get, setUpSite, pacedStaff as staff } from '../staff-client.ts';

const FAULTS = {
  decimals: 'must have at most 2 decimals',
  whole: 'must be a whole number from 0, or null',
};

const inBoth = (text: string) => ({ ar: text, en: text });
const about = (id: string) => ({ id, label: inBoth(id), tone: 'neutral', agencies: ['health'] });
const RIVER = { ...about('river'), kind: 'level', decimals: 2, min: -1.5, max: 12, unit: inBoth('m') };
const RAIN = { ...about('rain'), kind: 'flow', decimals: 1, unit: inBoth('mm') };
const MOVED = { ...about('moved'), kind: 'flow', negative: true };
const CASES = { ...about('cases'), kind: 'flow' };
const ALL_RAIN = { ...about('all_rain'), kind: 'total', of: 'rain', opening: 0.3 };
const SPILL = { ...about('spill'), kind: 'flow', decimals: 1 };
const ALL_SPILL = { ...about('all_spill'), kind: 'total', of: 'spill', opening: 99_999_999_999_990 };
const METRICS = [RIVER, RAIN, MOVED, CASES, ALL_RAIN, SPILL];
const withMetrics = (metrics: readonly object[], more: object = {}) => aSite({ metrics, ...more });

const put = (date: string, values: unknown, reason?: string) =>
  staff('PUT', `statistics/${date}`, { body: { values, ...(reason ? { reason } : {}) } });

/** The faults of new settings, by place. */
async function settingsFaults(site: object): Promise<Readonly<Record<string, string>>> {
  const { status, body } = await staff('PUT', 'site', { body: site });
  expect(status).toBe(422);
  return Object.fromEntries(
    body.errors.map(({ pointer, detail }: { pointer: string; detail: string }) => [pointer, detail]),
  );
}

describe('settings of metrics', () => {
  beforeAll(() => setUpSite());

  it('refer to groups, flows and languages that exist, and each fault is at its place', async () => {
    const groups = [
      { id: 'water', label: inBoth('Water') },
      { id: 'water', label: inBoth('Again') },
    ];
    const metrics = [
      { ...RIVER, decimals: 4, group: 'air' },
      { ...RAIN, decimals: 1, min: 0, better: 'up', unit: 'per cent' },
      { ...CASES, unit: 'percent', unitForms: { en: { one: 'case', couple: 'x' }, fr: { one: 'cas' } } },
      { ...ALL_RAIN, opening: 0.25, decimals: 1 },
      { ...about('a'), kind: 'level', min: 0.5, max: -1 },
      { ...about('b'), kind: 'level', home: { shown: 'no', pinned: true }, unit: { ar: '', en: 'x' } },
    ];
    expect(await settingsFaults(withMetrics(metrics, { groups }))).toEqual({
      '#/metrics/0/decimals': 'must be a whole number from 0 to 3',
      '#/metrics/1/min': 'is of levels: a flow with negative figures has negative: true',
      '#/metrics/1/better': 'must be lower, higher or neither',
      '#/metrics/1/unit': 'must be texts by language, or percent',
      '#/metrics/2/unitForms/en/couple': 'is not a known field',
      '#/metrics/2/unitForms/fr': 'is not a known field',
      '#/metrics/3/decimals': 'is of flows and levels: a total comes with its flow',
      '#/metrics/5/home/shown': 'must be true or false',
      '#/metrics/5/home/pinned': 'is not a known field',
      '#/metrics/5/unit/ar': 'must not be empty',
    });
    const references = [
      { ...RIVER, group: 'air' },
      RAIN,
      { ...CASES, unit: 'percent', unitForms: { en: { one: 'case' } } },
      { ...ALL_RAIN, opening: 0.25 },
      { ...about('a'), kind: 'level', min: 0.5, max: -1 },
    ];
    expect(await settingsFaults(withMetrics(references, { groups }))).toEqual({
      '#/groups/1/id': 'is used twice',
      '#/metrics/0/group': 'must be one of the groups',
      '#/metrics/2/unitForms': 'needs a unit in texts',
      '#/metrics/3/opening': 'must have at most 1 decimal',
      '#/metrics/4/min': 'must be a whole number',
      '#/metrics/4/max': 'must not be lower than min, which is 0 if not set',
    });
  });

  it('never has a total that JSON can not print as it is', async () => {
    await setUpSite({ metrics: [SPILL, ALL_SPILL] });
    expect((await put('2020-03-01', { spill: 9.8 })).status).toBe(200);
    expect(await put('2020-03-02', { spill: 0.2 })).toMatchObject({
      status: 422,
      body: { errors: [{ detail: 'makes the total all_spill larger than 99999999999999.9' }] },
    });
    expect((await put('2020-03-02', { spill: 0.1 })).status).toBe(200);
    const { all_spill } = (await get('/api/v1/statistics.json')).body.metrics;
    expect(JSON.stringify(all_spill)).toBe('[99999999999999.8,99999999999999.9]');
    const finer = { metrics: [{ ...SPILL, decimals: 2 }, ALL_SPILL] };
    expect(await settingsFaults(aSite(finer))).toEqual({
      '#/metrics/1/opening': expect.stringContaining('must have at most 2 decimals'),
    });
  });
});

const NEGATIVE = 'must not be negative: to change a total by itself, POST remarks with kind restatement';

describe('a metric with decimals', () => {
  beforeAll(() => setUpSite({ metrics: METRICS }));

  it('takes figures that it has the decimals, the bounds and the sign for, and names the others', async () => {
    const body = '{"values":{"river":3.420,"rain":0.1,"moved":-0,"cases":12.0}}';
    expect((await staff('PUT', 'statistics/2020-03-01', { body })).status).toBe(200);
    const { values } = (await staff('GET', 'statistics/2020-03-01')).body;
    expect(JSON.stringify(values)).toBe('{"river":3.42,"rain":0.1,"moved":0,"cases":12,"spill":9.8}');
    expect((await put('2020-03-02', { river: -1.5, moved: -3, rain: 0.2 })).status).toBe(200);
    const wrong: readonly (readonly [object, string])[] = [
      [{ river: 3.425 }, FAULTS.decimals],
      [{ river: -1.51 }, 'must be at least -1.5'],
      [{ river: 12.01 }, 'must be at most 12'],
      [{ river: '3.42' }, 'must be a number with at most 2 decimals, from -1.5, or null'],
      [{ rain: 0.25 }, 'must have at most 1 decimal'],
      [{ rain: -0.1 }, NEGATIVE],
      [{ rain: 100_000_000_000.1 }, 'must be at most 100000000000'],
      [{ cases: 1.5 }, FAULTS.whole],
      [{ cases: -1 }, NEGATIVE],
      [{ moved: 0.5 }, 'must be a whole number from -1000000000000, or null'],
    ];
    for (const [values, detail] of wrong) {
      const answer = await put('2020-03-03', values);
      expect(answer, JSON.stringify(values)).toMatchObject({ status: 422, body: { errors: [{ detail }] } });
    }
    for (const number of ['1e-400', '3.4200000000000000001']) {
      const answer = await staff('PUT', 'statistics/2020-03-03', { body: `{"values":{"river":${number}}}` });
      expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: '#/values/river' }] } });
    }
  });

  it('has totals and changes without rounding, in JSON and in CSV, and an import takes the file back', async () => {
    await put('2020-03-04', { rain: 0.7, river: 3.37 });
    await put('2020-03-05', { rain: 0.1, river: 3.42 });
    const { body } = await get('/api/v1/statistics.json');
    expect(body.metrics).toMatchObject({
      river: [3.42, -1.5, null, 3.37, 3.42],
      rain: [0.1, 0.2, null, 0.7, 0.1],
      moved: [0, -3, null, null, null],
      cases: [12, null, null, null, null],
      all_rain: [0.4, 0.6, null, 1.3, 1.4],
    });
    const { figures } = (await get('/api/v1/bulletin.json')).body;
    expect(figures).toMatchObject([
      { metric: 'river', value: 3.42, change: 0.05 },
      { metric: 'rain', value: 0.1, change: -0.6, total: 1.4 },
      { metric: 'moved', change: -3 },
      {},
      {},
      {},
    ]);
    const csv = (await get('/data/statistics.csv')).body;
    expect(csv).toContain('\n2020-03-02,-1.5,0.2,-3,,0.6,0.1,0,,\n');
    expect(await staff('POST', 'import', { body: { figures: csv } })).toMatchObject({
      status: 200,
      body: { changed: [] },
    });
    const wrongCsv =
      'date,river,rain,cases,all_rain\n2020-03-06,3.425,1.00,1.000,0.12\n2020-03-07,-1.51,-0.1,-1,\n';
    const refused = await staff('POST', 'import', { body: { figures: wrongCsv } });
    type Coded = {
      readonly code: string;
      readonly params: { readonly row: number; readonly column: string };
    };
    expect(
      refused.body.errors.map(({ code, params: { row, column } }: Coded) => `${code} ${column}${row}`),
    ).toEqual([
      'number-thousands B2', // and D2: 3.425 may be a count of thousands, as 1.000 may be
      'number-decimals E2',
      'number-too-small B3',
      'number-negative C3',
      'number-negative D3',
    ]);
    const sum = await staff('POST', 'import', {
      body: { figures: 'date,rain,all_rain\n2020-03-06,0.2,1.7\n' },
    });
    expect(sum.body.errors[0].detail).toContain('all_rain (1.7) is not the sum of the figures (1.6)');
  });

  it('is corrected and erased like any other, and the public ledger holds it as it was entered', async () => {
    const corrected = await put('2020-03-05', { river: 3.05 }, 'Misread.');
    expect(corrected.status).toBe(200);
    const [correction] = (await get('/api/v1/changes.json')).body.items;
    expect(correction).toMatchObject({ metric: 'river', was: 3.42, now: 3.05 });
    const { items } = (await get('/api/v1/ledger.json')).body;
    expect(JSON.stringify(items[0].payload)).toBe('{"days":{"2020-03-05":{"river":3.05}}}');
    const { entries } = (await staff('GET', 'status')).body;
    const cells = [{ metric: 'river', date: '2020-03-05' }];
    const erased = await staff('POST', `ledger/${entries}/erasure`, { body: { reason: 'A court', cells } });
    expect(erased.status).toBe(201);
    expect(verifyLedger(await ledger())).toMatchObject({ fault: null });
    const { stored, folded } = await storedAndFolded();
    expect(folded).toEqual(stored);
    const { metrics } = (await get('/api/v1/statistics.json')).body;
    expect([metrics.river.at(-1), metrics.all_rain.at(-1)]).toEqual([null, 1.4]);
  });

  it('never loses decimals, bounds or signs of its figures by new settings', async () => {
    const narrow = [
      { ...RIVER, decimals: 1, min: -1 },
      { ...RAIN, decimals: 0 },
      { ...MOVED, negative: false },
      { ...CASES, decimals: 3 },
      { ...ALL_RAIN, opening: 0 },
      SPILL,
    ];
    expect(await settingsFaults(withMetrics(narrow))).toEqual({
      '#/metrics/0/decimals': 'river of 2020-03-01 is 3.42: a figure must have at most 1 decimal',
      '#/metrics/1/decimals': 'rain of 2020-03-01 is 0.1: a figure must be a whole number from 0, or null',
      '#/metrics/2/negative': 'moved of 2020-03-02 is -3: a figure must not be negative',
    });
    const bounds = [{ ...RIVER, min: -1 }, RAIN, MOVED, CASES, ALL_RAIN, SPILL];
    expect(await settingsFaults(withMetrics(bounds))).toEqual({
      '#/metrics/0/min': 'river of 2020-03-02 is -1.5: a figure must be at least -1',
    });
    expect(
      await settingsFaults(withMetrics([{ ...RIVER, max: 3.4 }, RAIN, MOVED, CASES, ALL_RAIN, SPILL])),
    ).toEqual({
      '#/metrics/0/max': 'river of 2020-03-01 is 3.42: a figure must be at most 3.4',
    });
    const wider = [
      { ...RIVER, decimals: 3, min: -2 },
      { ...RAIN, decimals: 2 },
      MOVED,
      CASES,
      ALL_RAIN,
      SPILL,
    ];
    expect((await staff('PUT', 'site', { body: withMetrics(wider) })).status).toBe(200);
    expect((await get('/api/v1/statistics.json')).body.metrics.all_rain).toEqual([0.4, 0.6, null, 1.3, 1.4]);
  });
});
