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
  ])('is 401 without a key before anything else: %s %s', async (method, path) => {
    const answer = await staff(method, path, { key: null, body: method === 'GET' ? undefined : 'no JSON' });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('WWW-Authenticate')).toMatch(/^Bearer/);
    expect(answer.headers.get('Cache-Control')).toBe('no-store');
    expect(answer.headers.get('Content-Type')).toMatch(/^application\/problem\+json/);
    expect(answer.headers.get('Access-Control-Allow-Origin')).toBeNull();
  });

  it('is 404 for a path that is not there, 405 for a method it has not, before the body is read', async () => {
    const huge = 'x'.repeat(2 ** 20 + 1);
    expect((await staff('POST', 'nothing', { body: huge })).status).toBe(404);
    expect((await staff('PUT', 'statistics/2021-02-30', { body: huge })).status).toBe(404);
    const answer = await staff('PATCH', 'site', { body: huge });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('Allow')).toBe('GET, HEAD, PUT');
  });

  it('is 413 before 415, 415 before 400, 400 before 403', async () => {
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
      const other = { 'Nashra-Agency': agency };
      const key = agency === 'nobody' ? OPERATOR_KEY : media.key;
      expect((await staff('POST', 'news', { body: '{', headers: other, key })).status).toBe(400);
      expect((await staff('POST', 'news', { body: {}, headers: other, key })).status).toBe(403);
    }
  });

  it('is 401 of a key that was revoked before anything else', async () => {
    const revoked = await createKey('media');
    expect((await staff('DELETE', `keys/${revoked.id}`)).status).toBe(200);
    expect((await staff('POST', 'news', { body: '{', key: revoked.key })).status).toBe(401);
  });

  it('takes exactly 1 MiB, and not one byte more, however it is sent', async () => {
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

  it('is 403 before 404 of an id, 404 before 422, 422 before 412 and 409', async () => {
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

  it('holds whoever revokes a key or erases an entry to the version they saw, 412 before 409', async () => {
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

  it('refuses 1,000 forged keys without one call to the Newsroom, 429 after some, and spares the valid key', async () => {
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
    const ask = (key: string) =>
      worker.fetch(
        new Request('https://bulletin.example/api/v1/staff/whoami', {
          headers: { Authorization: `Bearer ${key}`, 'CF-Connecting-IP': '192.0.2.1' },
        }),
        counted,
        createExecutionContext(),
      );
    const seen = new Set<number>();
    for (let i = 0; i < 1000; i++) {
      const forged = i % 2 ? FORGED : `nashra_${i.toString(16).padStart(16, '0')}_${'B'.repeat(43)}`;
      const answer = await ask(forged);
      seen.add(answer.status);
      if (answer.status === 429) expect(answer.headers.get('Retry-After')).toMatch(/^\d+$/);
    }
    expect([...seen].sort()).toEqual([401, 429]);
    expect(calls).toBe(0);
    expect((await ask(OPERATOR_KEY)).status).toBe(200);
    expect(calls).toBeGreaterThan(0); // the counter counts
    const none = await worker.fetch(
      new Request('https://bulletin.example/api/v1/staff/whoami', {
        headers: { 'CF-Connecting-IP': '192.0.2.1' },
      }),
      counted,
      createExecutionContext(),
    );
    expect(none.status).toBe(401);
  });
});
