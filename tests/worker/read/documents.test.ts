import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Instant } from '../../../worker/model/instant.ts';
import { aRelease, etagOf, publish } from '../a-release.ts';
import { bodyBytes, Reader, testEnv } from './reader.ts';

const JSON_TYPE = 'application/json';
const CSV = 'date,deaths\n2020-02-24,\n';
const PAGE = '<h1>Bulletin</h1>';

let reader: Reader;
let now = Date.parse('2026-11-24T12:00:00Z');

/** Publishes a minute later, so that the isolate reads the new release; gives the release. */
async function publishNext(spec: Parameters<typeof aRelease>[0] = {}) {
  now += 60_000;
  vi.setSystemTime(now);
  const release = aRelease(spec);
  await publish(testEnv.BULLETIN, release);
  return release;
}

vi.useFakeTimers({ toFake: ['Date'] });
afterAll(() => void vi.useRealTimers());

beforeEach(async () => {
  reader = new Reader();
  await publishNext({
    documents: {
      '/ar/': '<h1>نشرة</h1>',
      '/en/': PAGE,
      '/en/news/': '<h1>News</h1>',
      '/api/v1/site.json': { text: '{}', type: JSON_TYPE },
      '/data/figures.png': { text: 'png', type: 'image/png', encoding: 'identity' },
    },
    cold: {
      '/data/statistics.csv': { text: CSV, type: 'text/csv; charset=utf-8' },
      '/en/news/2020-03/': '<h1>March</h1>',
    },
  });
});

describe('encodings', () => {
  it('sends the packed Brotli to a client that accepts it', async () => {
    const response = await reader.ask('/en/', { 'Accept-Encoding': 'br' });
    expect(response.headers.get('Content-Encoding')).toBe('br');
    expect(brotliDecompressSync(await bodyBytes(response)).toString()).toBe(PAGE);
  });

  it.each(['', 'gzip', 'br;q=0', 'br;q=0.1, identity'])(
    'sends uncompressed content for %j',
    async (accept) => {
      const response = await reader.ask('/en/', { 'Accept-Encoding': accept });
      expect(response.headers.get('Content-Encoding')).toBeNull();
      expect(await response.text()).toBe(PAGE);
    },
  );

  it('uses cf.clientAcceptEncoding rather than the header', async () => {
    const ctx = { waitUntil() {}, passThroughOnException() {}, props: {} } as unknown as ExecutionContext;
    const { default: worker } = await import('../../../worker/index.ts');
    await reader.ask('/en/');
    const request = new Request('https://bulletin.example/en/', {
      headers: { 'Accept-Encoding': 'br, gzip' },
      cf: { clientAcceptEncoding: 'gzip' } as unknown as RequestInitCfProperties,
    });
    const response = await worker.fetch(request, reader.env, ctx);
    expect(response.headers.get('Content-Encoding')).toBeNull();
    expect(await response.text()).toBe(PAGE);
  });

  it('sends a document that is packed uncompressed as it is', async () => {
    const response = await reader.ask('/data/figures.png', { 'Accept-Encoding': 'br' });
    expect(response.headers.get('Content-Encoding')).toBeNull();
    expect(await response.text()).toBe('png');
  });
});

describe('the headers', () => {
  it('of a page include its ETag, caching, CORS and security headers, and no cookie', async () => {
    const { status, headers } = await reader.ask('/en/');
    expect(status).toBe(200);
    expect(headers.get('ETag')).toBe(etagOf(PAGE));
    expect(headers.get('Content-Type')).toBe('text/html; charset=utf-8');
    expect(headers.get('Cache-Control')).toBe('max-age=10, stale-while-revalidate=20, stale-if-error=3600');
    expect(headers.get('Vary')).toBe('Accept-Encoding');
    expect(headers.get('Access-Control-Allow-Origin')).toBe('*');
    expect(headers.get('Access-Control-Expose-Headers')).toBe('ETag, Nashra-Release, Retry-After');
    expect(Number(headers.get('Nashra-Release'))).toBeGreaterThan(0);
    expect(headers.get('Content-Security-Policy')).toBe("default-src 'self'");
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    for (const name of ['Strict-Transport-Security', 'Referrer-Policy', 'Permissions-Policy'])
      expect(headers.get(name), name).toBeTruthy();
    expect(headers.get('Set-Cookie')).toBeNull();
  });

  it('of data let it load nothing, and let any site embed it', async () => {
    const { headers } = await reader.ask('/api/v1/site.json');
    expect(headers.get('Content-Type')).toBe(JSON_TYPE);
    expect(headers.get('Content-Security-Policy')).toContain("default-src 'none'");
    expect(headers.get('Cross-Origin-Resource-Policy')).toBe('cross-origin');
  });

  it('let no cache keep a document past the boundary of the release', async () => {
    await publishNext({ boundary: new Date(now + 60_000 + 7_500).toISOString() as Instant });
    expect((await reader.ask('/en/')).headers.get('Cache-Control')).toMatch(
      /^max-age=7, stale-while-revalidate=0,/,
    );
    vi.setSystemTime(now + 3_000);
    expect((await reader.ask('/en/')).headers.get('Cache-Control')).toMatch(
      /^max-age=4, stale-while-revalidate=0,/,
    );
    vi.setSystemTime(now + 20_000);
    expect((await reader.ask('/en/')).headers.get('Cache-Control')).toMatch(
      /^max-age=0, stale-while-revalidate=0,/,
    );
  });

  it('past the boundary of a release are those of the next release, even for the first reader', async () => {
    const documents = (words: string) => ({ documents: { '/ar/': words, '/en/': words } });
    await publishNext({
      ...documents('<p>breaking'),
      boundary: new Date(now + 60_000 + 3_000).toISOString() as Instant,
    });
    expect(await (await reader.ask('/en/')).text()).toBe('<p>breaking');
    await publish(testEnv.BULLETIN, aRelease(documents('<p>calm')));
    vi.setSystemTime(now + 3_000);
    const response = await reader.ask('/en/');
    expect(await response.text()).toBe('<p>calm');
    expect(response.headers.get('Cache-Control')).toMatch(/^max-age=10/);
  });

  it('are the same for HEAD, without a body', async () => {
    for (const path of ['/en/', '/data/statistics.csv', '/none']) {
      const [get, head] = [await reader.ask(path), await reader.ask(path, {}, 'HEAD')];
      expect(head.status).toBe(get.status);
      const names = (headers: Headers) => [...headers].filter(([name]) => name !== 'content-length');
      expect(names(head.headers)).toEqual(names(get.headers));
      expect((await bodyBytes(head)).length).toBe(0);
    }
  });
});

describe('conditional requests', () => {
  it.each(['/en/', '/data/statistics.csv'])(
    'get a 304 for %s if the reader has it, without a read of the body',
    async (path) => {
      const etag = (await reader.ask(path, {}, 'HEAD')).headers.get('ETag') ?? '';
      for (const condition of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
        const response = await reader.ask(path, { 'If-None-Match': condition });
        expect(response.status).toBe(304);
        expect(response.headers.get('ETag')).toBe(etag);
        expect(response.headers.get('Cache-Control')).toMatch(/^max-age=10/);
        expect(response.headers.get('Vary')).toBe('Accept-Encoding');
        expect(response.headers.get('Access-Control-Expose-Headers')).toBe(
          'ETag, Nashra-Release, Retry-After',
        );
        expect((await bodyBytes(response)).length).toBe(0);
      }
      expect(reader.faultyKv.count('get', 'pack/')).toBe(0);
      expect((await reader.ask(path, { 'If-None-Match': '"other"' })).status).toBe(200);
    },
  );

  it('see one ETag for every encoding and query string', async () => {
    const etags = await Promise.all(
      [
        reader.ask('/en/', { 'Accept-Encoding': 'br' }),
        reader.ask('/en/', { 'Accept-Encoding': 'identity' }),
        reader.ask('/en/?a=1&b=//c', { 'Accept-Encoding': 'br' }),
      ].map(async (response) => (await response).headers.get('ETag')),
    );
    expect(new Set(etags)).toEqual(new Set([etagOf(PAGE)]));
  });
});

describe('paths', () => {
  it('include the root, which has the same bytes as the home page in the default language', async () => {
    const [root, home] = [await reader.ask('/'), await reader.ask('/ar/')];
    expect(root.headers.get('ETag')).toBe(home.headers.get('ETag'));
    expect(await bodyBytes(root)).toEqual(await bodyBytes(home));
  });

  it.each([
    ['/ar', '/ar/'],
    ['/en?x=1', '/en/'],
    ['/en/news', '/en/news/'],
    ['/en/news/2020-03', '/en/news/2020-03/'],
  ])('%s redirects to %s', async (path, target) => {
    const response = await reader.ask(path);
    expect(response.status).toBe(308);
    expect(response.headers.get('Location')).toBe(target);
    expect(response.headers.get('Cache-Control')).toBeTruthy();
  });

  it.each(['//evil.example', '//evil.example/', '//', '//en', '//en/', '/en//', '/\\evil.example'])(
    '%s is 404 and never redirected',
    async (path) => {
      const response = await reader.ask(path);
      expect(response.status).toBe(404);
      expect(response.headers.get('Location')).toBeNull();
    },
  );

  it.each([
    ['/en/nothing', 'Not here'],
    ['/en/news/2020-04/', 'Not here'],
    ['/ar/x/y', 'لا توجد'],
    ['/nothing', 'لا توجد'],
    ['/fr/', 'لا توجد'],
    ['/__proto__', 'لا توجد'],
    ['/constructor/', 'لا توجد'],
    ['/assets/gone-00000000.js', 'لا توجد'],
    ['/favicon.ico', 'لا توجد'], // a static file, which the platform serves without the Worker
  ])('%s is 404 in the language of the path, not cached, without a KV read', async (path, words) => {
    await reader.ask('/en/');
    const callsBefore = reader.faultyKv.calls.length;
    const response = await reader.ask(path);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain(words);
    expect(response.headers.get('Content-Type')).toMatch(/^text\/html/);
    expect(response.headers.get('Content-Security-Policy')).toBeTruthy();
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    expect(reader.faultyKv.calls.length).toBe(callsBefore);
  });

  it.each(['/api', '/api/', '/api/v1/none.json', '/api/v1/news/page-99.json'])(
    '%s is 404 with problem details',
    async (path) => {
      const response = await reader.ask(path);
      expect(response.status).toBe(404);
      expect(response.headers.get('Content-Type')).toBe('application/problem+json');
      expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*');
      expect(await response.json()).toMatchObject({ type: 'about:blank', title: 'Not Found', status: 404 });
    },
  );
});

describe('cold packs', () => {
  it('are read once, when a reader asks for one of their documents', async () => {
    await publishNext({ cold: { '/data/fresh.csv': { text: 'date\n0', type: 'text/csv; charset=utf-8' } } });
    const readsBefore = reader.faultyKv.count('get', 'pack/');
    const response = await reader.ask('/data/fresh.csv', { 'Accept-Encoding': 'br' });
    expect(brotliDecompressSync(await bodyBytes(response)).toString()).toBe('date\n0');
    expect(await (await reader.ask('/data/fresh.csv')).text()).toBe('date\n0');
    expect(reader.faultyKv.count('get', 'pack/') - readsBefore).toBe(1);
  });

  it('give a 503 while KV refuses, and their documents after KV recovers', async () => {
    await publishNext({ cold: { '/data/new.csv': { text: 'date\n1', type: 'text/csv; charset=utf-8' } } });
    reader.faultyKv.fail({ on: 'get', prefix: 'pack/', fault: { kind: 'refuse' } });
    for (let i = 0; i < 10; i++) {
      const response = await reader.ask('/data/new.csv');
      expect(response.status).toBe(503);
      expect(Number(response.headers.get('Retry-After'))).toBeGreaterThan(0);
    }
    expect(reader.faultyKv.count('get', 'pack/')).toBe(1);
    reader.faultyKv.clearFaults();
    vi.setSystemTime(now + 2_000);
    expect(await (await reader.ask('/data/new.csv')).text()).toBe('date\n1');
  });
});

it('a thousand requests in five seconds cost at most one KV read and no call to the Newsroom', async () => {
  await reader.ask('/en/');
  const callsBefore = reader.faultyKv.calls.length;
  for (let i = 0; i < 1000; i++) {
    vi.setSystemTime(now + i * 5);
    await reader.ask(i % 2 ? '/en/' : '/api/v1/site.json', { 'Accept-Encoding': 'br' });
  }
  expect(reader.faultyKv.calls.length - callsBefore).toBeLessThanOrEqual(1);
});

it('all documents served with one release number come from that release', async () => {
  const words = (n: number) => `<h1>${n}</h1>`;
  let newest = 0;
  for (let i = 0; i < 100; i++) {
    const { n } = await publishNext({
      documents: {
        '/ar/': words(i),
        '/en/': words(i),
        '/api/v1/site.json': { text: `${i}`, type: JSON_TYPE },
      },
      cold: { '/data/statistics.csv': { text: `${i}`, type: 'text/csv; charset=utf-8' } },
    });
    const contentsByRelease = new Map<string, Set<string>>();
    for (const path of ['/en/', '/api/v1/site.json', '/data/statistics.csv', '/ar/']) {
      const response = await reader.ask(path);
      const release = response.headers.get('Nashra-Release') ?? '';
      expect(Number(release)).toBeGreaterThanOrEqual(newest);
      newest = Number(release);
      const content = (await response.text()).replace(/<.*?>/g, '');
      contentsByRelease.set(release, (contentsByRelease.get(release) ?? new Set()).add(content));
    }
    for (const contents of contentsByRelease.values()) expect(contents.size).toBe(1);
    expect(newest).toBe(n);
  }
});
