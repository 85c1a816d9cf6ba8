import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { aRelease, etagOf, publish } from '../a-release.ts';
import { bodyBytes, Reader, testEnv } from './reader.ts';

const SHELLS = {
  ar: ['<html lang=ar>', '<nav>', '<main>', '</html>'],
  en: ['<html>', '<nav>', '<main>', '</html>'],
};
const DECISIONS = {
  '1': { ar: ['ق١', 'ل', 'م'], en: ['d1', 'l', 'Schools close'] },
  '3': { ar: ['ق٣', 'ل', 'م'], en: ['d3', 'l', 'Flights stop'] },
  '5': { ar: ['ق٥', 'ل', 'م'], en: ['d5', 'l', 'Withdrawn decision'] },
};
const RUMOURS = { '1': { ar: ['ش', 'ل', 'م'], en: ['r1', 'l', 'Not true'] } };
const NEWS = {
  '3': { ar: ['ر٣', 'ل', 'م'], en: ['h3', 'l', 'Third'] },
  '5': { ar: ['ر٥', 'ل', 'م'], en: ['h5', 'l', 'Withdrawn on Sunday'] },
  '6': { ar: ['ر٦', 'ل', 'م'], en: ['h6', 'l', 'Sixth'] },
};

let reader: Reader;
let now = Date.parse('2026-11-24T12:00:00Z');

/** Publishes a minute later, so that the isolate reads the new release. */
async function publishNext(spec: Parameters<typeof aRelease>[0] = {}) {
  now += 60_000;
  vi.setSystemTime(now);
  await publish(
    testEnv.BULLETIN,
    aRelease({
      shells: SHELLS,
      news: NEWS,
      decisions: DECISIONS,
      rumours: RUMOURS,
      withdrawn: ['5'],
      ...spec,
    }),
  );
}

vi.useFakeTimers({ toFake: ['Date'] });
afterAll(() => void vi.useRealTimers());

beforeEach(async () => {
  reader = new Reader();
  await publishNext();
});

describe("an item's page", () => {
  it('is compressed quickly for its first read, and better for all others, under one ETag', async () => {
    const words = Array.from({ length: 3000 }, (_, i) => `word${(i * 7919) % 997} of`).join(' ');
    await publishNext({ news: { '3': { ar: ['ر', 'ل', words], en: ['h', 'l', words] } } });
    const answers = [];
    for (let i = 0; i < 3; i++) {
      const answer = await reader.ask('/en/news/3', { 'Accept-Encoding': 'br' });
      const bytes = await bodyBytes(answer);
      const text = brotliDecompressSync(bytes).toString();
      answers.push({ text, etag: answer.headers.get('ETag'), size: bytes.length });
    }
    const [first, second, third] = answers;
    expect(second?.size).toBeLessThan(first?.size ?? 0);
    expect(third).toEqual(second);
    expect({ ...second, size: 0 }).toEqual({ ...first, size: 0 });
  });

  it("is the release's shell joined with the item's part, compressed or not", async () => {
    const page = '<html>h3<nav>l<main>Third</html>';
    const [br, identity] = [
      await reader.ask('/en/news/3', { 'Accept-Encoding': 'br' }),
      await reader.ask('/en/news/3'),
    ];
    expect(br.status).toBe(200);
    expect(br.headers.get('Content-Encoding')).toBe('br');
    expect(brotliDecompressSync(await bodyBytes(br)).toString()).toBe(page);
    expect(await identity.text()).toBe(page);
    expect(br.headers.get('ETag')).toBe(identity.headers.get('ETag'));
    expect(br.headers.get('Content-Security-Policy')).toBe("default-src 'self'");
    expect(br.headers.get('Cache-Control')).toMatch(/^max-age=10/);
  });

  it('has its own ETag, which changes with the shell and with the part', async () => {
    const etag = async (path: string) => (await reader.ask(path)).headers.get('ETag');
    const first = await etag('/en/news/3');
    expect(first).toMatch(/^"[^"]+"$/);
    expect(await etag('/ar/news/3')).not.toBe(first);
    expect(await etag('/en/news/6')).not.toBe(first);
    await publishNext();
    expect(await etag('/en/news/3')).toBe(first);
    await publishNext({ shells: { ...SHELLS, en: ['<html>', '<nav>breaking', '<main>', '</html>'] } });
    const second = await etag('/en/news/3');
    expect(second).not.toBe(first);
    await publishNext({ news: { ...NEWS, '3': { ...NEWS['3'], en: ['h3', 'l', 'Third, edited'] } } });
    expect([first, second]).not.toContain(await etag('/en/news/3'));
  });

  it('rendered by older templates has their shell and policy, until the new templates render it', async () => {
    const shells = { ar: ['<old ar>', '<o>', '<o>', '</old>'], en: ['<old>', '<o>', '<o>', '</old>'] };
    const older = { before: { policy: "default-src 'none'", shells } };
    await publishNext({ template: 'before', older });
    const old = await reader.ask('/en/news/3');
    expect(await old.text()).toBe('<old>h3<o>l<o>Third</old>');
    expect(old.headers.get('Content-Security-Policy')).toBe("default-src 'none'");
    expect((await reader.ask('/en/')).headers.get('Content-Security-Policy')).toBe("default-src 'self'");
    await publishNext({ older });
    const renewed = await reader.ask('/en/news/3', { 'If-None-Match': old.headers.get('ETag') ?? '' });
    expect([renewed.status, await renewed.text()]).toEqual([200, '<html>h3<nav>l<main>Third</html>']);
    expect(renewed.headers.get('Content-Security-Policy')).toBe("default-src 'self'");
  });

  it('is 304 for a reader who has it', async () => {
    const etag = (await reader.ask('/en/news/3')).headers.get('ETag') ?? '';
    const response = await reader.ask('/en/news/3', { 'If-None-Match': etag });
    expect(response.status).toBe(304);
    expect((await bodyBytes(response)).length).toBe(0);
  });

  it('is not joined for a reader who has it, nor for HEAD', async () => {
    // The part can't be joined: only a GET fails, because only a GET joins it.
    await publishNext({ news: { '3': { en: 'no part' } } });
    const parts = [etagOf(JSON.stringify(SHELLS.en)), etagOf('no part')];
    const etag = `"${parts.map((part) => part.slice(1, -1)).join('.')}"`;
    for (const condition of [etag, `W/${etag}`, '*']) {
      const response = await reader.ask('/en/news/3', { 'If-None-Match': condition });
      expect([response.status, response.headers.get('ETag')]).toEqual([304, etag]);
    }
    const head = await reader.ask('/en/news/3', { 'If-None-Match': '"other"' }, 'HEAD');
    expect([head.status, head.headers.get('ETag'), (await bodyBytes(head)).length]).toEqual([200, etag, 0]);
    expect((await reader.ask('/en/news/3')).status).toBe(500);
  });

  it('has the same status and headers for HEAD and GET', async () => {
    await publishNext({ news: { ...NEWS, '7': { en: ['h', 'l', String(now)] } } });
    for (const path of ['/en/news/7', '/en/news/5']) {
      const [head, get] = [await reader.ask(path, {}, 'HEAD'), await reader.ask(path)];
      const names = (headers: Headers) => [...headers].filter(([name]) => name !== 'content-length');
      expect([head.status, names(head.headers)]).toEqual([get.status, names(get.headers)]);
    }
  });

  it('costs one read of its pack, which then serves all other pages in that pack', async () => {
    await publishNext({ news: { ...NEWS, '7': { en: ['h', 'l', String(now)] } } });
    for (const path of ['/en/news/7', '/en/news/6', '/ar/news/6', '/en/news/7', '/en/news/3'])
      expect((await reader.ask(path)).status).toBe(200);
    expect(reader.faultyKv.count('get', 'pack/')).toBe(1);
  });

  it('costs one read for many readers at once', async () => {
    await publishNext({ news: { ...NEWS, '8': { en: ['h', 'l', String(now)] } } });
    reader.faultyKv.fail({ on: 'get', prefix: 'pack/', fault: { kind: 'delay', ms: 30 } });
    const responses = await Promise.all(Array.from({ length: 50 }, () => reader.ask('/en/news/8')));
    expect(responses.map((response) => response.status)).toEqual(Array(50).fill(200));
    expect(reader.faultyKv.count('get', 'pack/')).toBe(1);
  });

  it('is 503 while KV lacks the pack', async () => {
    await publishNext({ news: { ...NEWS, '9': { en: ['h', 'l', String(now)] } } });
    reader.faultyKv.fail({ on: 'get', prefix: 'pack/', fault: { kind: 'absent' } });
    expect((await reader.ask('/en/news/9')).status).toBe(503);
    reader.faultyKv.clearFaults();
    vi.setSystemTime(now + 2_000);
    expect((await reader.ask('/en/news/9')).status).toBe(200);
  });
});

it('the page of a withdrawn item is 410 with its text, and is not cached', async () => {
  const response = await reader.ask('/en/news/5', { 'If-None-Match': '*' });
  expect(response.status).toBe(410);
  expect(await response.text()).toContain('Withdrawn on Sunday');
  expect(response.headers.get('Cache-Control')).toBe('no-store');
  expect(Number(response.headers.get('Nashra-Release'))).toBeGreaterThan(0);
});

it.each(['7', '999999', '0', '03', '-1', '1e0', '1', '2', '3x', '%33', '', '999999999999999999999'])(
  'the unknown id %j is 404 without a read',
  async (id) => {
    await reader.ask('/en/');
    const callsBefore = reader.faultyKv.calls.length;
    const response = await reader.ask(`/en/news/${id}`);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('Not here');
    expect(reader.faultyKv.calls.length).toBe(callsBefore);
  },
);

it('an id between published ids that was never published is 404', async () => {
  expect((await reader.ask('/en/news/4')).status).toBe(404);
});

it.each(['/fr/news/3', '/en/contacts/3', '/en/none/3', '/en/news/3/more', '/en/constructor/3'])(
  '%s is not an item’s page: 404',
  async (path) => {
    expect((await reader.ask(path)).status).toBe(404);
  },
);

it('a permalink with a slash at its end redirects to the permalink without it', async () => {
  const response = await reader.ask('/en/news/3/');
  expect(response.status).toBe(308);
  expect(response.headers.get('Location')).toBe('/en/news/3');
});

describe('decisions and rumours have pages like news', () => {
  it.each([
    ['/en/decisions/1', 200, 'Schools close'],
    ['/en/decisions/3', 200, 'Flights stop'],
    ['/en/decisions/5', 410, 'Withdrawn decision'],
    ['/en/decisions/2', 404, 'Not here'],
    ['/en/decisions/6', 404, 'Not here'],
    ['/en/rumours/1', 200, 'Not true'],
    ['/en/rumours/2', 404, 'Not here'],
    ['/en/rumours/3', 404, 'Not here'],
    ['/ar/decisions/1', 200, 'ق١'],
  ])('and %s is %i', async (path, status, words) => {
    const response = await reader.ask(path);
    expect(response.status).toBe(status);
    expect(await response.text()).toContain(words);
  });

  it('and an unknown id costs no read', async () => {
    await reader.ask('/en/');
    const callsBefore = reader.faultyKv.calls.length;
    for (const path of ['/en/decisions/6', '/en/rumours/2', '/en/faq/1', '/en/guidance/1', '/en/plan/1'])
      expect((await reader.ask(path)).status, path).toBe(404);
    expect(reader.faultyKv.calls.length).toBe(callsBefore);
  });

  it.each(['/en/decisions/1', '/ar/rumours/1'])(
    'and %s/ redirects to the path without the slash',
    async (path) => {
      const response = await reader.ask(`${path}/`);
      expect([response.status, response.headers.get('Location')]).toEqual([308, path]);
    },
  );
});
