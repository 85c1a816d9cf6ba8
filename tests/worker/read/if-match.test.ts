import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { aRelease, etagOf, publish } from '../a-release.ts';
import { Reader, testEnv } from './reader.ts';

const PAGE = '<h1>Bulletin</h1>';
const CSV = 'date,deaths\n2020-02-24,\n';
const now = Date.parse('2026-11-27T12:00:00Z');
let reader: Reader;

vi.useFakeTimers({ toFake: ['Date'] });
afterAll(() => void vi.useRealTimers());

beforeEach(async () => {
  vi.setSystemTime(now);
  reader = new Reader();
  await publish(
    testEnv.BULLETIN,
    aRelease({
      documents: { '/ar/': PAGE, '/en/': PAGE },
      cold: { '/data/statistics.csv': { text: CSV, type: 'text/csv; charset=utf-8' } },
    }),
  );
});

// RFC 9110 §13.1.1 and §13.2.2: the same for a document in memory and for one in a cold pack.
describe.each([
  ['/en/', PAGE],
  ['/data/statistics.csv', CSV],
])('If-Match of %s', (path, content) => {
  const etag = etagOf(content);

  it('is 412 if it names another version, before If-None-Match is looked at', async () => {
    for (const condition of ['"other"', `W/${etag}`, '"a", "b"', 'nonsense']) {
      const response = await reader.ask(path, { 'If-Match': condition, 'If-None-Match': etag });
      expect(response.status, condition).toBe(412);
      expect(response.headers.get('Cache-Control')).toBe('no-store');
      expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*');
      expect(response.headers.get('Nashra-Release')).toMatch(/^\d+$/);
      expect(await response.json()).toMatchObject({ status: 412, detail: expect.stringContaining(etag) });
    }
  });

  it('changes nothing if it names this version', async () => {
    for (const condition of [etag, `"a", ${etag}`, '*']) {
      expect((await reader.ask(path, { 'If-Match': condition })).status, condition).toBe(200);
      const both = await reader.ask(path, { 'If-Match': condition, 'If-None-Match': etag });
      expect(both.status, condition).toBe(304);
    }
  });

  it('means nothing for an address that does not exist', async () => {
    expect((await reader.ask('/en/nothing', { 'If-Match': '"other"' })).status).toBe(404);
  });
});
