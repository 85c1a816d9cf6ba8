import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import worker from '../../../worker/index.ts';
import { aRelease, publish } from '../a-release.ts';
import { Reader, testEnv } from './reader.ts';

let reader: Reader;
let now = Date.parse('2026-11-24T12:00:00Z');

vi.useFakeTimers({ toFake: ['Date'] });
afterAll(() => void vi.useRealTimers());

beforeEach(async () => {
  reader = new Reader();
  now += 60_000;
  vi.setSystemTime(now);
  await publish(
    testEnv.BULLETIN,
    aRelease({ shells: { en: ['', '', '', ''] }, news: { '3': { en: 'no part' } } }),
  );
});

describe('methods', () => {
  it.each(['/en/', '/', '/nowhere', '/api/v1/site.json'])('OPTIONS %s is a preflight', async (path) => {
    const response = await reader.ask(path, { Origin: 'https://news.example' }, 'OPTIONS');
    expect(response.status).toBe(204);
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*');
    expect(response.headers.get('Access-Control-Allow-Methods')).toBe('GET, HEAD');
    expect(response.headers.get('Access-Control-Allow-Headers')).toBe('*');
    expect(response.headers.get('Cache-Control')).toBeTruthy();
  });

  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'PROPFIND'])(
    '%s is 405 with the allowed methods',
    async (method) => {
      const response = await reader.ask('/en/', {}, method);
      expect(response.status).toBe(405);
      expect(response.headers.get('Allow')).toBe('GET, HEAD, OPTIONS');
      expect(response.headers.get('Content-Type')).toBe('application/problem+json');
      expect(response.headers.get('Cache-Control')).toBe('no-store');
    },
  );
});

describe('an error under a public path can be read by any website', () => {
  const expectReadableByAll = (response: Response, status: number) => {
    expect(response.status).toBe(status);
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*');
    expect(response.headers.get('Vary')).toBe('Accept-Encoding');
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    expect(response.headers.get('Content-Type')).toBe('application/problem+json');
  };

  it('if the URL is invalid', async () => {
    const ctx = { waitUntil() {} } as unknown as ExecutionContext;
    const request = { url: 'http://a b<>/nowhere', method: 'GET', headers: new Headers() } as Request;
    expectReadableByAll(await worker.fetch(request, reader.env, ctx), 400);
  });

  it('if it is an error of the Worker', async () => {
    expectReadableByAll(await reader.ask('/en/news/3'), 500);
  });

  it('if the method is not allowed', async () => {
    expectReadableByAll(await reader.ask('/en/', {}, 'DELETE'), 405);
  });
});

it('an error of the Worker in the write plane can be read by no other website', async () => {
  const env = { ...reader.env, BAD_KEYS: undefined as unknown as Reader['env']['BAD_KEYS'] };
  const request = new Request('https://bulletin.example/api/v1/staff/site', {
    headers: { Authorization: 'Bearer x' },
  });
  const response = await worker.fetch(request, env, { waitUntil() {} } as unknown as ExecutionContext);
  expect(response.status).toBe(500);
  expect(response.headers.get('Access-Control-Allow-Origin')).toBeNull();
});
