import { beforeAll, describe, expect, it } from 'vitest';
import { aSite } from '../a-site.ts';
import { emptySite } from '../empty-site.ts';
import { createKey, get, setUpSite, confirmedStaff as staff } from '../staff-client.ts';
import '../fresh-site.ts';

const DAY = '2021-05-20';
const remark = (fields: object = {}) => ({
  ...{ metric: 'new_cases', kind: 'restatement', date: DAY, text: { ar: 'نص', en: 'Counted again' } },
  ...fields,
});
const put = (values: object, fields: object = {}) =>
  staff('PUT', `statistics/${DAY}`, { body: { values, ...fields } });
const day = (date: string, values: object) =>
  staff('PUT', `statistics/${date}`, { body: { values, reason: 'r' } });
const totals = async () => (await get('/api/v1/statistics.json')).body.metrics.total_cases;
/** Erases a figure in the last entry that set it. */
async function erase(date: string, metric: string, fields: object = {}) {
  const { items } = (await staff('GET', 'ledger')).body;
  const { seq } = items.findLast(
    ({ payload }: { payload?: { days?: Record<string, object> } }) => payload?.days?.[date],
  );
  return staff('POST', `ledger/${seq}/erasure`, {
    body: { reason: 'r', cells: [{ metric, date }], ...fields },
  });
}
const metrics = (change: (metric: { id: string; kind: string }) => object, ...more: readonly object[]) =>
  ({ metrics: [...aSite().metrics.map((metric) => ({ ...metric, ...change(metric) })), ...more] }) as never;
const ofCases = (fields: object) => metrics(({ id }) => (id === 'new_cases' ? fields : {}));

describe('a remark that changes a total', () => {
  let health: string;
  const post = (fields: object) => staff('POST', 'remarks', { key: health, body: remark(fields) });

  beforeAll(async () => {
    await setUpSite(ofCases({ decimals: 1, negative: true }));
    health = (await createKey('health')).key;
    // The total is 10 + 990, then 10: without its first figure it would be -980.
    await day('2021-05-19', { new_cases: 990 });
    expect((await put({ new_cases: -990 })).status).toBe(200);
    expect((await erase('2021-05-19', 'new_cases')).status).toBe(201);
  });

  it('may bring a total up that an erasure leaves below 0, and not further down', async () => {
    expect((await post({ amount: -1 })).status).toBe(422);
    const added = await post({ total: 1000.5 });
    expect(added.status, JSON.stringify(added.body)).toBe(201);
    expect(await totals()).toEqual([1000.5]);
    expect((await post({ amount: -1000 })).status).toBe(201); // -1000 only where it began
  });

  it('is said as it is whatever the settings become: they can’t make it another amount or another total’s', async () => {
    const change = async (site: Parameters<typeof setUpSite>[0]) =>
      staff('PUT', 'site', { body: { ...aSite(), ...site } });
    const fewer = await change(ofCases({ decimals: 0, negative: true }));
    expect(fewer.body.errors[0].detail).toContain('says 1000.5');
    const second = aSite().metrics.find(({ kind }) => kind === 'total');
    const both = metrics(({ id }) => (id === 'new_cases' ? { decimals: 1, negative: true } : {}), {
      ...second,
      id: 'all_cases',
      opening: 0,
    });
    expect((await change(both)).body.errors[0].detail).toContain('which has only one');
  });

  it('is no longer its agency’s to change once another agency reports the metric; its words are', async () => {
    const { id } = (await post({ kind: 'problem' })).body;
    await setUpSite(ofCases({ decimals: 1, negative: true, agencies: ['media'] }));
    const edit = (content: object) =>
      staff('PATCH', `remarks/${id}`, { key: health, body: { content, reason: 'r' } });
    expect((await edit({ kind: 'restatement', total: 0 })).status).toBe(403);
    expect((await edit({ text: { en: 'Other words' } })).status).toBe(200);
    await setUpSite(ofCases({ decimals: 1, negative: true }));
  });

  it('does not stop reports, however many remarks about other things there are', async () => {
    await setUpSite({ ...(ofCases({ decimals: 1, negative: true }) as object), limits: { remarks: 2000 } });
    const items = Array.from({ length: 1000 }, () => ({
      agency: 'health',
      content: remark({ kind: 'problem', metric: 'critical' }),
    }));
    const imported = await staff('POST', 'import', { body: { collection: 'remarks', items } });
    expect(imported.status, JSON.stringify(imported.body).slice(0, 300)).toBe(201);
    expect((await put({ new_cases: 12.5 }, { reason: 'r' })).status).toBe(200);
  });
});

describe('a total', () => {
  const add = (fields: object) => staff('POST', 'remarks', { body: remark(fields) });
  const patch = (id: string, content: object, method = 'PATCH') =>
    staff(method, `remarks/${id}`, { body: { content, reason: 'r' } });
  const withdraw = (id: string) => staff('DELETE', `remarks/${id}`, { body: { reason: 'r' } });
  const file = (...lines: readonly string[]) =>
    staff('POST', 'import', { body: { figures: ['date,new_cases', ...lines, ''].join('\n'), reason: 'r' } });
  const items = (...contents: readonly object[]) =>
    staff('POST', 'import', {
      body: {
        collection: 'remarks',
        items: contents.map((content) => ({ agency: 'health', content: remark(content) })),
      },
    });
  const faults = ({
    status,
    body,
  }: {
    status: number;
    body: { errors?: { pointer: string; code?: string }[] };
  }) => [status, ...(body.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`)];

  // The totals: 10 + 500 = 510, then 510 + 40 - 520 = 30.
  beforeAll(async () => {
    await emptySite();
    await setUpSite();
    await day('2021-05-19', { new_cases: 500 });
    await day(DAY, { new_cases: 40 });
  });

  it('never gets below 0 by a figure that is corrected, once more was taken off', async () => {
    const { id } = (await add({ amount: -520 })).body;
    expect(await totals()).toEqual([510, 30]);
    expect(faults(await day('2021-05-19', { new_cases: 469 }))).toEqual([
      422,
      '#/values/new_cases total-negative',
    ]);
    expect(faults(await day('2021-05-19', { new_cases: null }))).toEqual([
      422,
      '#/values/new_cases total-negative',
    ]);
    expect(faults(await file('2021-05-19,469'))).toEqual([422, '#/figures total-negative']);
    // What a file takes from one day and gives another may come too late…
    expect(faults(await file('2021-05-19,400', '2021-05-21,200'))).toEqual([422, '#/figures total-negative']);
    // …or in time.
    expect((await file('2021-05-19,300', '2021-05-20,240')).status).toBe(201);
    expect((await file('2021-05-19,500', '2021-05-20,40')).status).toBe(201);
    expect((await day('2021-05-19', { new_cases: 470 })).status).toBe(200);
    expect(await totals()).toEqual([480, 0]);
    expect((await day('2021-05-19', { new_cases: 500 })).status).toBe(200);
    expect((await withdraw(id)).status).toBe(200);
  });

  it('never gets below 0 by a remark that is edited, moved or withdrawn, nor by settings', async () => {
    const more = (await add({ kind: 'adjustment', amount: 100, date: '2021-05-19' })).body.id;
    const less = (await add({ amount: -600 })).body.id;
    expect(await totals()).toEqual([610, 50]);
    expect(faults(await withdraw(more))).toEqual([422, '# total-negative']);
    expect(faults(await patch(more, { amount: 49 }))).toEqual([422, '#/content/amount total-negative']);
    expect(faults(await patch(more, { kind: 'problem', amount: null }))).toEqual([
      422,
      '#/content total-negative',
    ]);
    expect(faults(await patch(more, { metric: 'critical', kind: 'break', amount: null }))[0]).toBe(422);
    expect(faults(await patch(more, { date: '2021-05-21' }))).toEqual([
      422,
      '#/content/amount total-negative',
    ]);
    expect(faults(await patch(less, { date: '2021-05-18' }))).toEqual([
      422,
      '#/content/amount total-negative',
    ]);
    const opening = (value: number) =>
      staff('PUT', 'site', {
        body: {
          ...aSite(),
          ...(metrics(({ kind }) => (kind === 'total' ? { opening: value } : {})) as object),
        },
      });
    expect((await opening(60)).status).toBe(200);
    expect((await patch(less, { amount: -650 })).status).toBe(200);
    expect(faults(await opening(9))).toEqual([422, '#/metrics/3/opening total-negative']);
    // A second total of the flow begins with all that is said about the flow.
    const total = aSite().metrics.find(({ kind }) => kind === 'total');
    const second = metrics(({ kind }) => (kind === 'total' ? { opening: 60 } : {}), {
      ...total,
      id: 'all_cases',
      opening: 9,
    });
    expect(faults(await staff('PUT', 'site', { body: { ...aSite(), ...(second as object) } }))[1]).toMatch(
      /total-negative$/,
    );
    // The words may change, and what the remark takes off may become less.
    expect((await patch(less, { text: { ar: 'غيره', en: 'Other words' } })).status).toBe(200);
    expect((await patch(less, { amount: -640 })).status).toBe(200);
    expect((await withdraw(less)).status).toBe(200);
    expect((await withdraw(more)).status).toBe(200);
    expect((await opening(10)).status).toBe(200);
  });

  it('never gets below 0 by remarks of one import that each alone would be right', async () => {
    expect(faults(await items({ amount: -300 }, { amount: -300, date: '2021-05-21' }))).toEqual([
      422,
      '#/items/1/content/amount total-negative',
    ]);
    // One that alone would be wrong may be right with the other.
    const imported = await items({ amount: -600 }, { kind: 'adjustment', amount: 100, date: '2021-05-19' });
    expect(imported.status, JSON.stringify(imported.body)).toBe(201);
    expect(await totals()).toEqual([610, 50]);
    for (const id of imported.body.items) expect((await withdraw(id)).status).toBe(200);
  });

  it('is not known from the day on from which an erasure leaves less than 0', async () => {
    const { id } = (await add({ amount: -520 })).body;
    await day('2021-05-21', { new_cases: 3 });
    const dry = await erase('2021-05-19', 'new_cases', { dryRun: true });
    expect(dry.body.unknownTotals, JSON.stringify(dry.body)).toEqual([{ metric: 'total_cases', date: DAY }]);
    const erased = await erase('2021-05-19', 'new_cases');
    expect(erased).toMatchObject({
      status: 201,
      body: { unknownTotals: [{ metric: 'total_cases', date: DAY }] },
    });
    expect(await totals()).toEqual([null, null]);
    expect((await get('/data/statistics.csv')).body).toContain('2021-05-21,3,,,,');
    const { body } = await get('/api/v1/figures/en.json');
    const of = (metric: string) =>
      body.figures.find((figure: { metric: string }) => figure.metric === metric);
    expect([of('new_cases').total, of('total_cases').value]).toEqual([null, null]);
    expect(of('total_cases').unknownSince).toBe(DAY);
    for (const page of ['/en/', '/en/data/'])
      expect((await get(page)).body.replaceAll(/<[^>]+>/g, '')).toMatch(
        /not known since 20 May( 2021)?, because/,
      );
    // It may be told again, and what was taken off may become less.
    expect((await day(DAY, { new_cases: 39 })).status).toBe(422);
    expect((await add({ total: 30 })).status).toBe(201);
    expect(await totals()).toEqual([30, 33]);
    expect((await patch(id, { amount: -50 })).status).toBe(200);
  });
});
