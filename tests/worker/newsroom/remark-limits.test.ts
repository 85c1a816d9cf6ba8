import { beforeAll, describe, expect, it } from 'vitest';
import { aSite } from '../a-site.ts';
import { createKey, get, setUpSite, confirmedStaff as staff } from '../staff-client.ts';
import '../fresh-site.ts';

const DAY = '2021-05-20';
const remark = (fields: object = {}) => ({
  ...{ metric: 'new_cases', kind: 'restatement', date: DAY, text: { ar: 'نص', en: 'Counted again' } },
  ...fields,
});
const put = (values: object, fields: object = {}) =>
  staff('PUT', `statistics/${DAY}`, { body: { values, ...fields } });
const metrics = (change: (metric: { id: string; kind: string }) => object, ...more: readonly object[]) =>
  ({ metrics: [...aSite().metrics.map((metric) => ({ ...metric, ...change(metric) })), ...more] }) as never;
const ofCases = (fields: object) => metrics(({ id }) => (id === 'new_cases' ? fields : {}));

describe('a remark that changes a total', () => {
  let health: string;
  const post = (fields: object) => staff('POST', 'remarks', { key: health, body: remark(fields) });

  beforeAll(async () => {
    await setUpSite(ofCases({ decimals: 1, negative: true }));
    health = (await createKey('health')).key;
    expect((await put({ new_cases: -15 })).status).toBe(200); // the total is -5
  });

  it('may bring a total up that is below 0, and not further down', async () => {
    expect((await post({ amount: -1 })).status).toBe(422);
    const added = await post({ total: 1000.5 });
    expect(added.status, JSON.stringify(added.body)).toBe(201);
    expect((await get('/api/v1/statistics.json')).body.metrics.total_cases).toEqual([1000.5]);
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
