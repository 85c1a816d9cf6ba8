import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { unavailable } from '../../../dist/build.ts';
import { joinPage } from '../../../worker/pack/format.ts';
import { aRelease, publish } from '../a-release.ts';
import { bodyBytes, Reader, testEnv } from './reader.ts';

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
  expect(response.headers.get('Access-Control-Expose-Headers')).toContain('Retry-After');
  expect(response.headers.get('Vary')).toBe('Accept-Encoding');
  expect(response.headers.get('Strict-Transport-Security')).toBe('max-age=31536000');
  expect(response.headers.get('Content-Type')).toMatch(
    /^\/api\//.test(path) ? /^application\/problem\+json/ : /^text\/html/,
  );
  const head = await reader.ask(path, {}, 'HEAD');
  expect(head.status).toBe(503);
  if (!/^\/api\//.test(path)) expect(await bodyBytes(head)).toHaveLength(0);
}

const sha256 = async (text: string): Promise<string> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))).toBase64();

/** The build's own page with the `Retry-After` of this response in it. */
const builtPage = (language: string, { headers }: Response): string =>
  joinPage(unavailable.pages[language] ?? [], [headers.get('Retry-After') ?? '']);

it.each(paths)('%s is 503 while there is no release', expectUnavailable);

describe('the page of a Worker without a release', () => {
  const languages = Object.keys(unavailable.pages);

  it.each(languages)(
    'is first in the language of the path, then in every other language: %s',
    async (language) => {
      const response = await new Reader().ask(`/${language}/news/`);
      const html = await response.text();
      expect(html).toBe(builtPage(language, response));
      const sections = [...html.matchAll(/<section lang="([^"]+)"/g)].map(([, tag]) => tag);
      expect(sections).toEqual([language, ...languages.filter((tag) => tag !== language)]);
      expect(html).toContain(`<html lang="${language}"`);
    },
  );

  it.each(['/', '/nowhere/', '/data/statistics.csv', '/__proto__/', '/constructor'])(
    'is in the default language at %s',
    async (path) => {
      const response = await new Reader().ask(path);
      expect(await response.text()).toBe(builtPage(unavailable.defaultLanguage, response));
    },
  );

  it('can load its own style and nothing else, and no site can frame it', async () => {
    const response = await new Reader().ask('/');
    const html = await response.text();
    const [, style = ''] = /<style>(.*?)<\/style>/s.exec(html) ?? [];
    const hash = await sha256(style);
    expect(response.headers.get('Content-Security-Policy')).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    expect(html).not.toMatch(/<script|<link|<img| style=| on\w+=/);
    expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff');
  });
});

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

it.each(['/ar/', '/api/v1/bulletin.json'])(
  '%s spreads the retries of readers over ten seconds',
  async (path) => {
    const seconds = new Set<number>();
    for (let i = 0; i < 300; i++) {
      const response = await new Reader().ask(path);
      const retryAfter = response.headers.get('Retry-After');
      seconds.add(Number(retryAfter));
      const page = await response.text();
      if (path === '/ar/') expect(page).toContain(`<meta http-equiv="refresh" content="${retryAfter}"`);
    }
    expect([...seconds].sort((a, b) => a - b)).toEqual([5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
  },
);

describe('the page of an open site with a pack that can’t be read', () => {
  const releasePage = {
    policy: "default-src 'none'; style-src 'sha256-own'",
    pages: { ar: ['<p>نشرتنا ', '</p>'], en: ['<p>Our bulletin ', '</p>'] },
  } as const;

  /** A reader of a site whose KV refuses reads of packs. */
  async function withoutPacks(spec: Parameters<typeof aRelease>[0]): Promise<Reader> {
    const reader = new Reader();
    reader.faultyKv.fail({ on: 'get', prefix: 'pack/', fault: { kind: 'refuse' } });
    const fresh = String(now); // packs that no isolate has read
    const packs = {
      cold: { '/data/statistics.csv': { text: `date ${fresh}`, type: 'text/csv; charset=utf-8' } },
      news: { '1': { en: [fresh], ar: [fresh] } },
      shells: { en: ['', ''], ar: ['', ''] },
    };
    await publish(testEnv.BULLETIN, aRelease({ ...packs, ...spec }));
    return reader;
  }

  it.each([
    ['/en/news/1', releasePage.pages.en],
    ['/ar/news/1', releasePage.pages.ar],
    ['/data/statistics.csv', releasePage.pages.ar],
  ])('is the page in the release: %s', async (path, page) => {
    const reader = await withoutPacks({ unavailable: releasePage });
    const response = await reader.ask(path);
    expect(response.status).toBe(503);
    const { headers } = response;
    expect(await response.text()).toBe(joinPage(page, [headers.get('Retry-After') ?? '']));
    expect(headers.get('Content-Security-Policy')).toBe(releasePage.policy);
    expect(headers.get('Content-Type')).toBe('text/html; charset=utf-8');
    expect(headers.get('Cache-Control')).toBe('no-store');
    expect(headers.get('Access-Control-Allow-Origin')).toBe('*');
    expect(headers.get('Vary')).toBe('Accept-Encoding');
  });

  it('is the build’s page if the release has none', async () => {
    const reader = await withoutPacks({});
    const response = await reader.ask('/en/news/1');
    expect(response.status).toBe(503);
    const language = Object.hasOwn(unavailable.pages, 'en') ? 'en' : unavailable.defaultLanguage;
    expect(await response.text()).toBe(builtPage(language, response));
  });

  it('is the build’s page if the release is not open', async () => {
    const reader = await withoutPacks({ unavailable: releasePage, open: false });
    for (const path of ['/', '/en/', '/en/news/1', '/data/statistics.csv']) {
      const response = await reader.ask(path);
      expect(response.status).toBe(503);
      expect(response.headers.get('Content-Security-Policy')).toBe(unavailable.policy);
      expect(await response.text()).not.toMatch(/Our bulletin|نشرتنا/);
    }
  });
});

it('the site is open for a reader who got a 503 six seconds ago, before it opened', async () => {
  await publish(testEnv.BULLETIN, aRelease({ open: false }));
  expect((await new Reader().ask('/')).status).toBe(503);
  await publish(testEnv.BULLETIN, aRelease());
  vi.setSystemTime(now + 6_000);
  expect((await new Reader().ask('/')).status).toBe(200);
});

it('the site is open after it opens', async () => {
  await publish(testEnv.BULLETIN, aRelease());
  const response = await new Reader().ask('/');
  expect(response.status).toBe(200);
  expect((await bodyBytes(response)).length).toBeGreaterThan(0);
});
