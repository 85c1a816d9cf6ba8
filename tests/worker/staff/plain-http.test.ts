import { createExecutionContext, env } from 'cloudflare:test';
import { beforeAll, describe, expect, it } from 'vitest';
import worker from '../../../worker/index.ts';
import { createKey, OPERATOR_KEY, setUpSite } from '../staff-client.ts';

const ask = (url: string, init: RequestInit = {}) =>
  worker.fetch(new Request(url, init), env, createExecutionContext());

const withKey = (key: string) => ({ headers: { Authorization: `Bearer ${key}` } });

describe('a staff call over plain http', () => {
  let agencyKey: string;
  beforeAll(async () => {
    await setUpSite();
    agencyKey = (await createKey('media')).key;
  });

  it('is refused before the key is looked at: a right key, a wrong key and no key get the same answer', async () => {
    const answers = new Set<string>();
    for (const init of [withKey(OPERATOR_KEY), withKey(agencyKey), withKey('nonsense'), {}])
      for (const path of ['whoami', 'nothing/here', 'site']) {
        const answer = await ask(`http://bulletin.example/api/v1/staff/${path}`, init);
        expect(answer.status).toBe(403);
        expect(answer.headers.get('Content-Type')).toBe('application/problem+json');
        expect(answer.headers.get('Cache-Control')).toBe('no-store');
        answers.add(await answer.text());
      }
    expect(answers.size).toBe(1);
    expect([...answers][0]).toMatch(/https.*revoke/);
  });

  it('changes nothing', async () => {
    const post = (scheme: string) =>
      ask(`${scheme}://bulletin.example/api/v1/staff/keys`, {
        method: 'POST',
        headers: { ...withKey(OPERATOR_KEY).headers, 'Content-Type': 'application/json' },
        body: JSON.stringify({ agency: 'media' }),
      });
    const keys = async () =>
      (await ask('https://bulletin.example/api/v1/staff/keys', withKey(OPERATOR_KEY))).text();
    const before = await keys();
    expect((await post('http')).status).toBe(403);
    expect(await keys()).toBe(before);
    expect((await post('https')).status).toBe(201);
    expect(await keys()).not.toBe(before);
  });

  it.each(['localhost', 'localhost:8787', '127.0.0.1:8787', '[::1]:8787'])(
    'is accepted at %s, where the site runs on this machine',
    async (host) => {
      const answer = await ask(`http://${host}/api/v1/staff/whoami`, withKey(OPERATOR_KEY));
      expect(answer.status).toBe(200);
    },
  );

  it.each(['localhost.bulletin.example', '127.0.0.1.example', '192.168.1.5'])(
    'is refused at %s, which is another machine',
    async (host) => {
      const answer = await ask(`http://${host}/api/v1/staff/whoami`, withKey(OPERATOR_KEY));
      expect(answer.status).toBe(403);
    },
  );
});

it.each([
  ['a staff answer', 'GET', '/api/v1/staff/whoami', OPERATOR_KEY, 200],
  ['a refused key', 'GET', '/api/v1/staff/whoami', 'nonsense', 401],
  ['an unknown staff path', 'GET', '/api/v1/staff/nothing', OPERATOR_KEY, 404],
  ['a preflight', 'OPTIONS', '/ar/', null, 204],
  ['a refused method', 'POST', '/ar/', null, 405],
  ['a page', 'GET', '/ar/', null, 200],
  ['JSON', 'GET', '/api/v1/live.json', null, 200],
  ['an unknown page', 'GET', '/ar/nothing', null, 404],
  ['unknown JSON', 'GET', '/api/v1/nothing.json', null, 404],
  ['a path without its slash', 'GET', '/ar', null, 308],
])('tells browsers to stay on https: %s', async (_, method, path, key, status) => {
  const answer = await ask(`https://bulletin.example${path}`, {
    method,
    ...(key === null ? {} : withKey(key)),
  });
  expect(answer.status).toBe(status);
  expect(answer.headers.get('Strict-Transport-Security')).toBe('max-age=31536000');
});
