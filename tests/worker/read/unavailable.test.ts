import { afterAll, beforeEach, expect, it, vi } from 'vitest';
import { aRelease, publish } from '../a-release.ts';
import { bytesOf, Reader, testEnv } from './reader.ts';

let now = Date.parse('2026-11-24T12:00:00Z');
vi.useFakeTimers({ toFake: ['Date'] });
afterAll(() => void vi.useRealTimers());
beforeEach(() => {
  now += 60_000;
  vi.setSystemTime(now);
});

const paths = ['/', '/ar/', '/en', '/nowhere', '/api/v1/bulletin.json', '/data/statistics.csv', '/en/news/1'];

async function expectUnavailable(path: string) {
  const reader = new Reader();
  const response = await reader.ask(path);
  expect(response.status).toBe(503);
  expect(Number(response.headers.get('Retry-After'))).toBeGreaterThan(0);
  expect(response.headers.get('Cache-Control')).toBe('no-store');
  expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*');
  expect(response.headers.get('Content-Type')).toMatch(
    /^\/api\//.test(path) ? /^application\/problem\+json/ : /^text\/html/,
  );
  const head = await reader.ask(path, {}, 'HEAD');
  expect(head.status).toBe(503);
}

it.each(paths)('%s is 503 while there is no release', expectUnavailable);

it.each(paths)('%s is 503 until the site is open', async (path) => {
  await publish(
    testEnv.BULLETIN,
    aRelease({
      open: false,
      cold: { '/data/statistics.csv': 'date' },
      shells: { en: ['', ''] },
      news: { '1': { en: ['secret'] } },
    }),
  );
  await expectUnavailable(path);
});

it.each(['/ar/', '/api/v1/bulletin.json'])('%s spreads readers over ten seconds', async (path) => {
  const seconds = new Set<number>();
  for (let i = 0; i < 300; i++) {
    const response = await new Reader().ask(path);
    const retryAfter = response.headers.get('Retry-After');
    seconds.add(Number(retryAfter));
    const page = await response.text();
    if (path === '/ar/') expect(page).toContain(`<meta http-equiv="refresh" content="${retryAfter}">`);
  }
  expect([...seconds].sort((a, b) => a - b)).toEqual([5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
});

it('opens to a reader who was told six seconds ago that it is closed', async () => {
  await publish(testEnv.BULLETIN, aRelease({ open: false }));
  expect((await new Reader().ask('/')).status).toBe(503);
  await publish(testEnv.BULLETIN, aRelease());
  vi.setSystemTime(now + 6_000);
  expect((await new Reader().ask('/')).status).toBe(200);
});

it('opens', async () => {
  await publish(testEnv.BULLETIN, aRelease());
  const response = await new Reader().ask('/');
  expect(response.status).toBe(200);
  expect((await bytesOf(response)).length).toBeGreaterThan(0);
});
