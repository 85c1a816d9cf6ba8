import { IttyRouter } from 'itty-router';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import worker from '../../../worker/index.ts';
import type { Routes } from '../../../worker/platform/routes.ts';
import { answerFromColdPack, answerFromRelease } from '../../../worker/read/public-routes.ts';
import type { RoutedRequest } from '../../../worker/read/routed-request.ts';
import { aRelease, publish } from '../a-release.ts';
import { bodyBytes, Reader, testEnv } from './reader.ts';

let reader: Reader;
let now = Date.parse('2026-11-24T12:00:00Z');

vi.useFakeTimers({ toFake: ['Date'] });
afterAll(() => void vi.useRealTimers());

/** Publishes a new release after a minute, so that the first reader has to wait for it and takes the router's path. */
beforeEach(async () => {
  now += 60_000;
  vi.setSystemTime(now);
  reader = new Reader();
  await publish(
    testEnv.BULLETIN,
    aRelease({
      documents: { '/ar/': 'ar', '/en/': 'en', '/en/news/': 'news', '/api/v1/figures/en.json': '{}' },
      cold: {
        '/data/statistics.csv': { text: `date ${now}`, type: 'text/csv; charset=utf-8' },
        '/en/news/2020-03/': { text: JSON.stringify(['March', String(now)]), shell: 'en' },
      },
      shells: { ar: ['<', '|', '>'], en: ['<', '|', '>'] },
      news: { '1': { en: ['1', 'one'] }, '3': { en: ['3', String(now)] }, '5': { en: ['5', 'gone'] } },
      withdrawn: ['5'],
    }),
  );
});

/** Asks for a path exactly as written: `new Request` would normalize it. */
const askUnnormalized = (path: string, method = 'GET', headers: Record<string, string> = {}) => {
  const request = { url: `https://bulletin.example${path}`, method, headers: new Headers(headers) };
  const ctx = { waitUntil() {} } as unknown as ExecutionContext;
  return worker.fetch(request as Request, reader.env, ctx);
};

describe('a reader who waits for the release and a reader who does not get the same answer', () => {
  type Ask = { readonly path: string; readonly method?: string; readonly headers?: Record<string, string> };
  const asks: readonly Ask[] = [
    { path: '/' },
    { path: '/en/' },
    { path: '/en/', method: 'HEAD' },
    { path: '/en/', headers: { 'If-None-Match': '*' } },
    { path: '/en/?a=1' },
    { path: '/api/v1/figures/en.json' },
    { path: '/api/v1/figures/fr.json' },
    { path: '/data/statistics.csv' },
    { path: '/data/statistics.csv', headers: { 'Accept-Encoding': 'br' } },
    { path: '/data/statistics.csv', headers: { 'If-None-Match': '*' } },
    { path: '/en/news/2020-03/' },
    { path: '/en/news/2020-03/?a=1' },
    { path: '/en/news/3' },
    { path: '/en/news/3', headers: { 'Accept-Encoding': 'br' } },
    { path: '/en/news/3', headers: { 'If-None-Match': '*' } },
    { path: '/en/news/5' },
    { path: '/en/news/4' },
    { path: '/en/news/6' },
    { path: '/en/news' },
    { path: '/en/news/3/' },
    { path: '/nowhere' },
    { path: '/nowhere', method: 'HEAD' },
    { path: '/nowhere?a=1' },
    { path: '/api/v1/nothing.json' },
    { path: '/api/v1/nothing.json', method: 'HEAD' },
    { path: '/assets/none-00000000.js' },
    { path: '/en/', method: 'OPTIONS' },
    { path: '/nowhere', method: 'OPTIONS' },
    { path: '/en/', method: 'POST' },
    { path: '/nowhere', method: 'DELETE' },
  ];

  it.each(asks)('$path $method $headers', async ({ path, method, headers }) => {
    const answers = [];
    for (let i = 0; i < 3; i++) {
      const response = await reader.ask(path, headers, method);
      answers.push({
        status: response.status,
        headers: [...response.headers],
        bytes: await bodyBytes(response),
      });
    }
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });
});

describe('an address whose parsed path differs from the path as sent', () => {
  it.each([
    '/x/../api/v1/staff/status',
    '/./api/v1/staff/status',
    '/%2e/api/v1/staff/status',
    '/x/%2E%2e/api/v1/staff/status',
    '/x/.%2e/api/v1/staff/status',
    '/api\\v1\\staff\\status',
    '/api/v1/st\taff/status',
    '/api/v1/staff#status',
    '/api/v1/staff?status',
  ])('%j belongs to the write plane, whether the isolate has a release or not', async (path) => {
    for (let i = 0; i < 2; i++) {
      for (const method of ['GET', 'OPTIONS', 'POST'])
        expect((await askUnnormalized(path, method)).status, method).toBe(401);
      await reader.ask('/en/');
    }
  });

  it.each(['/api/v1/staffroom', '/api/v1/staff.json', '/api/v1/%73taff/status', '/api//v1/staff/status'])(
    '%j does not: 404, whether the isolate has a release or not',
    async (path) => {
      for (let i = 0; i < 2; i++) {
        expect((await askUnnormalized(path)).status).toBe(404);
        await reader.ask('/en/');
      }
    },
  );
});

describe('a query string of 16 kB', () => {
  const query = 'a=1&'.repeat(4_000);

  it.each([
    ['a document', '/en/', 200],
    ['a page in a pack', '/en/news/2020-03/', 200],
    ['an item', '/en/news/3', 200],
    ['an unknown path', '/nowhere', 404],
    ['a path that only the router can parse', '/en/./nowhere', 404],
    ['the write plane', '/api/v1/staff/status', 401],
  ])('does not slow the answer for %s', async (_, path, status) => {
    const startedMs = performance.now();
    for (let i = 0; i < 10; i++) expect((await askUnnormalized(`${path}?${query}`)).status).toBe(status);
    expect(performance.now() - startedMs).toBeLessThan(200);
  });

  it('is still read by the write plane, which needs it', async () => {
    const headers = { Authorization: `Bearer ${testEnv.OPERATOR_KEY}` };
    await expect(askUnnormalized('/api/v1/staff/ledger?after=3', 'GET', headers)).resolves.toMatchObject({
      status: 503, // the reader's Newsroom throws when called, so the call reached it
    });
  });
});

it('a route that reads what only a later route provides does not compile', () => {
  const routes: Routes<RoutedRequest> = IttyRouter();
  // @ts-expect-error only the last route provides the release
  routes.all('*', ({ release }) => new Response(release.index.n));
  // @ts-expect-error this route needs a release
  routes.all('*', answerFromRelease);
  // @ts-expect-error this route needs a release too
  routes.all('*', answerFromColdPack);
  routes.all('*', ({ path }) => new Response(path));
});
