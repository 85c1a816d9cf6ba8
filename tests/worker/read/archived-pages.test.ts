import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { aRelease, etagOf, publish } from '../a-release.ts';
import { bodyBytes, Reader, testEnv } from './reader.ts';

const SHELLS = {
  ar: ['<html lang=ar>', '<nav>', '<main>', '</html>'],
  en: ['<html>', '<nav>', '<main>', '</html>'],
};
const PATH = '/en/news/2020-03/';
const PAGE = '<html>March<nav>l<main>The news of March</html>';

let reader: Reader;
let now = Date.parse('2026-11-24T12:00:00Z');

/** Publishes a month page with a text that is new in each test, so that no isolate has its pack; gives its ETag. */
async function publishMonth(words: string, shells = SHELLS) {
  now += 60_000;
  vi.setSystemTime(now);
  const text = JSON.stringify(['March', 'l', words]);
  await publish(
    testEnv.BULLETIN,
    aRelease({
      shells,
      cold: {
        [PATH]: { text, shell: 'en' },
        '/ar/news/2020-03/': { text: JSON.stringify(['آذار', 'ل', words]), shell: 'ar' },
        '/data/statistics.csv': { text: `date\n${words}`, type: 'text/csv; charset=utf-8' },
      },
    }),
  );
  return `"${etagOf(JSON.stringify(shells.en)).slice(1, -1)}.${etagOf(text).slice(1, -1)}"`;
}

vi.useFakeTimers({ toFake: ['Date'] });
afterAll(() => void vi.useRealTimers());

beforeEach(() => {
  reader = new Reader();
});

describe('a page in a cold pack', () => {
  it("is the release's shell joined with the page's part, compressed or not", async () => {
    const etag = await publishMonth('The news of March');
    const [br, identity] = [await reader.ask(PATH, { 'Accept-Encoding': 'br' }), await reader.ask(PATH)];
    expect(br.headers.get('Content-Encoding')).toBe('br');
    expect(brotliDecompressSync(await bodyBytes(br)).toString()).toBe(PAGE);
    expect(await identity.text()).toBe(PAGE);
    for (const { status, headers } of [br, identity]) {
      expect(status).toBe(200);
      expect(headers.get('ETag')).toBe(etag);
      expect(headers.get('Content-Type')).toBe('text/html; charset=utf-8');
      expect(headers.get('Content-Security-Policy')).toBe("default-src 'self'");
      expect(headers.get('Cache-Control')).toMatch(/^max-age=10/);
    }
    expect(await (await reader.ask('/ar/news/2020-03/')).text()).toContain('<html lang=ar>آذار');
  });

  it('needs no read for HEAD and for a reader who has it', async () => {
    const etag = await publishMonth(`news ${now}`);
    const head = await reader.ask(PATH, {}, 'HEAD');
    expect([head.status, head.headers.get('ETag'), (await bodyBytes(head)).length]).toEqual([200, etag, 0]);
    for (const condition of [etag, `W/${etag}`, '*']) {
      const response = await reader.ask(PATH, { 'If-None-Match': condition });
      expect([response.status, response.headers.get('ETag')]).toEqual([304, etag]);
    }
    expect(reader.faultyKv.count('get', 'pack/')).toBe(0);
    const get = await reader.ask(PATH);
    const names = (headers: Headers) => [...headers].filter(([name]) => name !== 'content-length');
    expect(names(head.headers)).toEqual(names(get.headers));
    expect(reader.faultyKv.count('get', 'pack/')).toBe(1);
    await reader.ask(PATH);
    await reader.ask('/data/statistics.csv');
    expect(reader.faultyKv.count('get', 'pack/')).toBe(1);
  });

  it('has the shell of the newest release and a new ETag, without another read', async () => {
    const words = `news ${now}`;
    const firstEtag = await publishMonth(words);
    await reader.ask(PATH);
    const en = ['<html>', '<nav>breaking', '<main>', '</html>'];
    const secondEtag = await publishMonth(words, { ...SHELLS, en });
    expect(secondEtag).not.toBe(firstEtag);
    const response = await reader.ask(PATH, { 'If-None-Match': firstEtag });
    expect([response.status, response.headers.get('ETag')]).toEqual([200, secondEtag]);
    expect(await response.text()).toContain('<nav>breaking');
    expect(reader.faultyKv.count('get', 'pack/')).toBe(1);
  });

  it('is 503 while KV lacks the pack', async () => {
    await publishMonth(`news ${now}`);
    reader.faultyKv.fail({ on: 'get', prefix: 'pack/', fault: { kind: 'absent' } });
    expect((await reader.ask(PATH)).status).toBe(503);
    reader.faultyKv.clearFaults();
    vi.setSystemTime(now + 2_000);
    expect((await reader.ask(PATH)).status).toBe(200);
  });

  it('is the target of a redirect from the path without a slash', async () => {
    await publishMonth(`news ${now}`);
    const response = await reader.ask(PATH.slice(0, -1));
    expect([response.status, response.headers.get('Location')]).toEqual([308, PATH]);
  });
});
