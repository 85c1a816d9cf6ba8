import { runInDurableObject } from 'cloudflare:test';
import { beforeAll, describe, expect, it } from 'vitest';
import { STAFF_CALL_KINDS, staffCall } from '../../../worker/model/staff/calls.ts';
import { aSite } from '../a-site.ts';
import { createKey, newsContent, newsroom, setUpSite, pacedStaff as staff } from '../staff-client.ts';

describe('a staff call', () => {
  beforeAll(() => setUpSite());

  it('refuses a name that is named twice, whatever the call, and changes nothing', async () => {
    const calls = STAFF_CALL_KINDS.map(staffCall).filter(({ body }) => body !== undefined);
    expect(calls.length).toBeGreaterThan(8);
    const { entries } = (await staff('GET', 'status')).body;
    for (const { method, path } of calls) {
      const url = path
        .replace('{date}', '2020-03-01')
        .replace('{collection}', 'news')
        .replace(/\{\w+\}/, '1');
      const answer = await staff(method, url, { body: '{"reason":"x","content":{"a":[{"b":1,"b":1}]}}' });
      expect(answer, `${method} ${url}`).toMatchObject({
        status: 400,
        body: { errors: [{ pointer: '#/content/a/0/b', detail: 'is named twice in its object' }] },
      });
      expect(answer.body.detail).toContain('#/content/a/0/b');
    }
    expect((await staff('GET', 'status')).body.entries).toBe(entries);
  });

  it('refuses a merge patch and an import that name something twice', async () => {
    const { id } = (await staff('POST', 'news', { body: newsContent() })).body;
    const patch = await staff('PATCH', `news/${id}`, {
      body: '{"content":{"date":"2021-08-01","date":"2021-08-02"}}',
      headers: { 'Content-Type': 'application/merge-patch+json' },
    });
    expect(patch).toMatchObject({ status: 400, body: { errors: [{ pointer: '#/content/date' }] } });
    const item = JSON.stringify({ agency: 'health', content: newsContent() });
    const items = `{"collection":"news","items":[${item},${item.replace('{', '{"agency":"media",')}]}`;
    expect(await staff('POST', 'import', { body: items })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '#/items/1/agency' }] },
    });
  });

  it('refuses figures that only rounding makes whole numbers', async () => {
    for (const number of ['1e-400', `0.${'0'.repeat(1_000_000)}1`, '2.00000000000000000001']) {
      const answer = await staff('PUT', 'statistics/2020-03-01', { body: `{"values":{"deaths":${number}}}` });
      expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: '#/values/deaths' }] } });
      expect(JSON.stringify(answer.body).length).toBeLessThan(600);
    }
    const written = await staff('PUT', 'statistics/2020-03-01', { body: '{"values":{"new_cases":1.20e1}}' });
    expect(written.status).toBe(200);
    expect((await staff('GET', 'statistics/2020-03-01')).body.values.new_cases).toBe(12);
    const opening = JSON.stringify(aSite()).replace(/"opening":\d+/, '"opening":1e-400');
    expect(opening).toContain('1e-400');
    expect(await staff('PUT', 'site', { body: opening })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: expect.stringMatching(/^#\/metrics\/\d+\/opening$/) }] },
    });
  });

  it('takes an agency key in the one spelling in which it was issued', async () => {
    const { key } = await createKey('media');
    const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const statuses: number[] = [];
    for (const digit of digits.slice(0, 16)) {
      const index = digits.indexOf(key.at(-1) ?? '') ^ digits.indexOf(digit);
      const headers = { 'CF-Connecting-IP': `203.0.113.${statuses.length}` };
      const spelling = key.slice(0, -1) + digits[index];
      statuses.push((await staff('GET', 'whoami', { key: spelling, headers })).status);
    }
    expect(statuses).toEqual([200, ...Array(15).fill(401)]);
  });
});

describe('a total', () => {
  /** The sum is 2^53-1 with three figures of 1 trillion and this opening. */
  const opening = Number.MAX_SAFE_INTEGER - 3_000_000_000_000;
  const withOpening = (value: number) =>
    aSite({ metrics: aSite().metrics.map((m) => (m.kind === 'total' ? { ...m, opening: value } : m)) });
  const put = (day: number, value: number | null) =>
    staff('PUT', `statistics/2020-03-0${day}`, {
      body: { values: { new_cases: value }, reason: 'Counted.' },
    });

  it('never gets past 2^53-1, by a figure, an import or an opening', async () => {
    await setUpSite({ metrics: withOpening(opening).metrics });
    for (const day of [1, 2, 3]) expect((await put(day, 1_000_000_000_000)).status).toBe(200);
    const detail = `makes the total total_cases larger than ${Number.MAX_SAFE_INTEGER}`;
    expect(await put(4, 1)).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '#/values/new_cases', detail }] },
    });
    expect((await put(4, 0)).status).toBe(200);
    expect(
      await staff('POST', 'import', { body: { figures: 'date,new_cases\n2020-03-05,1\n' } }),
    ).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '#/figures', detail: `new_cases ${detail}` }] },
    });
    expect(await staff('PUT', 'site', { body: withOpening(opening + 1) })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '#/metrics/3/opening', detail }] },
    });
    expect((await put(1, 999_999_999_998)).status).toBe(200);
    expect((await put(4, 2)).status).toBe(200);
    const moved = { figures: 'date,new_cases\n2020-03-01,999999999999\n2020-03-04,1\n', reason: 'Moved.' };
    expect((await staff('POST', 'import', { body: moved })).status).toBe(201);
  });

  it('that is too large already can be corrected, and the settings can change', async () => {
    await setUpSite({ metrics: withOpening(opening).metrics });
    await put(1, 1_000_000_000_000);
    // As a version that did not count would have stored it.
    await runInDurableObject(newsroom(), (_, { storage }) => {
      const cells = JSON.stringify({ new_cases: [9_000_000_000_000, 1] });
      storage.sql.exec("INSERT INTO day (date, version, cells) VALUES ('2020-03-09', 1, ?)", cells);
    });
    expect((await put(8, 1)).status).toBe(422);
    expect((await put(1, 5)).status).toBe(200);
    const site = { ...withOpening(opening), name: { ar: 'اسم' } };
    expect((await staff('PUT', 'site', { body: site })).status).toBe(200);
    expect((await staff('PUT', 'site', { body: withOpening(opening + 1) })).status).toBe(422);
    expect((await staff('PUT', 'site', { body: withOpening(opening - 1) })).status).toBe(200);
  });
});
