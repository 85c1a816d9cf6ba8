import { createExecutionContext, env } from 'cloudflare:test';
import { beforeAll, describe, expect, it } from 'vitest';
import worker from '../../../worker/index.ts';
import { createKey, newsContent, OPERATOR_KEY, setUpSite, pacedStaff as staff } from '../staff-client.ts';

const FORGED = `nashra_0123456789abcdef_${'A'.repeat(43)}`;

describe('the order of checks', () => {
  let media: { id: string; key: string };
  let id: string;
  beforeAll(async () => {
    await setUpSite();
    media = await createKey('media');
    id = (await staff('POST', 'news', { key: media.key, body: newsContent() })).body.id;
  });

  it.each([
    ['GET', 'whoami'],
    ['GET', 'nothing/here/at/all'],
    ['PATCH', 'site'],
    ['POST', 'import'],
  ])('answers 401 without a key before it checks anything else: %s %s', async (method, path) => {
    const answer = await staff(method, path, { key: null, body: method === 'GET' ? undefined : 'no JSON' });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('WWW-Authenticate')).toMatch(/^Bearer/);
    expect(answer.headers.get('Cache-Control')).toBe('no-store');
    expect(answer.headers.get('Content-Type')).toMatch(/^application\/problem\+json/);
    expect(answer.headers.get('Access-Control-Allow-Origin')).toBeNull();
  });

  it('answers 404 for an unknown path and 405 for a wrong method before it reads the body', async () => {
    const huge = 'x'.repeat(2 ** 20 + 1);
    expect((await staff('POST', 'nothing', { body: huge })).status).toBe(404);
    expect((await staff('PUT', 'statistics/2021-02-30', { body: huge })).status).toBe(404);
    const answer = await staff('PATCH', 'site', { body: huge });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('Allow')).toBe('GET, HEAD, PUT');
  });

  it('answers 413 before 415, 415 before 400, and 400 before 403', async () => {
    const headers = { 'Content-Type': 'text/plain' };
    const huge = 'x'.repeat(2 ** 20 + 1);
    expect((await staff('PUT', 'site', { body: huge, headers, key: media.key })).status).toBe(413);
    expect((await staff('PUT', 'site', { body: '{', headers, key: media.key })).status).toBe(415);
    const gzip = { 'Content-Encoding': 'gzip' };
    expect((await staff('PUT', 'site', { body: '{', headers: gzip, key: media.key })).status).toBe(415);
    expect((await staff('PUT', 'site', { body: '{', key: media.key })).status).toBe(400);
    expect((await staff('PUT', 'site', { body: '', key: media.key })).status).toBe(400);
    expect((await staff('PUT', 'site', { body: {}, key: media.key })).status).toBe(403);
    for (const agency of ['health', 'nobody']) {
      const asAgency = { 'Nashra-Agency': agency };
      const key = agency === 'nobody' ? OPERATOR_KEY : media.key;
      expect((await staff('POST', 'news', { body: '{', headers: asAgency, key })).status).toBe(400);
      expect((await staff('POST', 'news', { body: {}, headers: asAgency, key })).status).toBe(403);
    }
  });

  it('answers 401 for a revoked key before it checks anything else', async () => {
    const revoked = await createKey('media');
    expect((await staff('DELETE', `keys/${revoked.id}`)).status).toBe(200);
    expect((await staff('POST', 'news', { body: '{', key: revoked.key })).status).toBe(401);
  });

  it('accepts a body of exactly 1 MiB, and not one byte more, whether it has a length or is streamed', async () => {
    const body = (sizeBytes: number) => `{"x":"${'y'.repeat(sizeBytes - 8)}"}`;
    expect((await staff('POST', 'import', { body: body(2 ** 20) })).status).toBe(422);
    const stream = new Blob([body(2 ** 20 + 1)]).stream();
    const request = new Request('https://bulletin.example/api/v1/staff/import', {
      method: 'POST',
      headers: { Authorization: `Bearer ${OPERATOR_KEY}`, 'Content-Type': 'application/json' },
      body: stream,
    });
    expect((await worker.fetch(request, env, createExecutionContext())).status).toBe(413);
  });

  it('answers 403 before 404 for an unknown id, 404 before 422, and 422 before 412', async () => {
    const finance = await createKey('finance');
    expect((await staff('PUT', `news/${id}`, { key: finance.key, body: { nonsense: 1 } })).status).toBe(403);
    expect((await staff('DELETE', 'keys/none', { key: finance.key, body: {} })).status).toBe(403);
    expect((await staff('PUT', 'news/77777', { key: media.key, body: { nonsense: 1 } })).status).toBe(404);
    const stale = { 'If-Match': '"9"' };
    expect(
      (await staff('PUT', `news/${id}`, { key: media.key, body: { nonsense: 1 }, headers: stale })).status,
    ).toBe(422);
    expect(
      (await staff('PUT', `news/${id}`, { key: media.key, body: { content: newsContent() }, headers: stale }))
        .status,
    ).toBe(412);
  });

  it('refuses to revoke a key or erase an entry with an outdated version, 412 before 409', async () => {
    const { id } = await createKey('finance');
    const revoke = (version: string) =>
      staff('DELETE', `keys/${id}`, { headers: { 'If-Match': version } }).then(({ status }) => status);
    expect(await revoke('"2"')).toBe(412);
    expect(await revoke('"1"')).toBe(200);
    expect(await revoke('"1"')).toBe(412);
    expect(await revoke('"2"')).toBe(409);
    await staff('PUT', 'statistics/2020-03-01', { body: { values: { critical: 1 } } });
    const { entries } = (await staff('GET', 'status')).body;
    const erase = (version: string) =>
      staff('POST', `ledger/${entries}/erasure`, {
        body: { reason: 'r' },
        headers: { 'If-Match': version },
      }).then(({ status }) => status);
    expect(await erase('"1"')).toBe(412);
    expect(await erase('"0"')).toBe(201); // there is no erasure yet
    expect(await erase('"0"')).toBe(412);
    expect(await erase('*')).toBe(409);
  });

  it('refuses 1,000 forged keys without a call to the Newsroom, some with 429, and accepts a valid key', async () => {
    let calls = 0;
    const counted = {
      ...env,
      NEWSROOM: new Proxy(env.NEWSROOM, {
        get(target, name) {
          calls += 1;
          const value = Reflect.get(target, name);
          return typeof value === 'function' ? value.bind(target) : value;
        },
      }),
    };
    const whoami = (key: string) =>
      worker.fetch(
        new Request('https://bulletin.example/api/v1/staff/whoami', {
          headers: { Authorization: `Bearer ${key}`, 'CF-Connecting-IP': '192.0.2.1' },
        }),
        counted,
        createExecutionContext(),
      );
    const statuses = new Set<number>();
    for (let i = 0; i < 1000; i++) {
      const forged = i % 2 ? FORGED : `nashra_${i.toString(16).padStart(16, '0')}_${'B'.repeat(43)}`;
      const answer = await whoami(forged);
      statuses.add(answer.status);
      if (answer.status === 429) expect(answer.headers.get('Retry-After')).toMatch(/^\d+$/);
    }
    expect([...statuses].sort()).toEqual([401, 429]);
    expect(calls).toBe(0);
    expect((await whoami(OPERATOR_KEY)).status).toBe(200);
    expect(calls).toBeGreaterThan(0); // the counter works
    const withoutKey = await worker.fetch(
      new Request('https://bulletin.example/api/v1/staff/whoami', {
        headers: { 'CF-Connecting-IP': '192.0.2.1' },
      }),
      counted,
      createExecutionContext(),
    );
    expect(withoutKey.status).toBe(401);
  });
});
