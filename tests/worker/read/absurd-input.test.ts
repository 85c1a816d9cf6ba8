import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { aRelease, publish } from '../a-release.ts';
import { Reader, testEnv } from './reader.ts';

const reader = new Reader();

beforeAll(async () => {
  await publish(
    testEnv.BULLETIN,
    aRelease({
      documents: { '/ar/': 'ar', '/en/': 'en', '/en/news/': 'news' },
      cold: { '/data/statistics.csv': 'date' },
      shells: { ar: ['', ''], en: ['', ''] },
      news: { '1': { ar: ['1'], en: ['1'] } },
    }),
  );
});

const piece = fc.oneof(
  fc.constantFrom(
    '/',
    '//',
    '..',
    '.',
    '%2e%2e',
    '%',
    '%00',
    '%ff',
    '\\',
    '?',
    '&',
    '=',
    ';',
    ':',
    '@',
    '*',
    '~',
  ),
  fc.constantFrom('ar', 'en', 'news', '1', 'api', 'v1', 'assets', 'data', 'current', 'release', '__proto__'),
  fc.constantFrom('toString', 'constructor', '-AAAAAAAA.js', '.json', ' ', '\t', '#', 'ق', '\ud800', '𐍈'),
  fc.string({ unit: 'binary', maxLength: 20 }),
);
const absurdPath = fc.array(piece, { maxLength: 12 }).map((pieces) => `/${pieces.join('')}`);

/** Any text that a header can hold. The runtime refuses other texts before the Worker sees them. */
const headerValue = fc
  .oneof(
    fc.string({ maxLength: 60 }),
    fc
      .array(fc.constantFrom('br', ';', 'q=', '0.5', ',', '"', 'W/', '*', ' ', '=', 'identity', '9e9'))
      .map((p) => p.join('')),
    fc.constant('"a",'.repeat(2000)),
  )
  .map((text) => text.replace(/[^\x20-\x7e]/g, ''));

const headers = fc.record(
  {
    'If-None-Match': headerValue,
    'Accept-Encoding': headerValue,
    Range: headerValue,
    'Accept-Language': headerValue,
  },
  { requiredKeys: [] },
);

it('answers any request without a 5xx, a redirect to another site, or a KV key made from the request', () =>
  fc.assert(
    fc.asyncProperty(
      absurdPath,
      headers,
      fc.constantFrom('GET', 'HEAD', 'OPTIONS', 'PUT'),
      async (path, requestHeaders, method) => {
        const response = await reader.ask(path, requestHeaders as Record<string, string>, method);
        expect(response.status).toBeLessThan(500);
        expect(response.headers.get('Cache-Control')).toBeTruthy();
        const location = response.headers.get('Location');
        if (location !== null) expect(location).toMatch(/^\/(?!\/)/);
        await response.arrayBuffer();
        for (const { key } of reader.faultyKv.calls) expect(key).toMatch(/^(current$|release\/|pack\/)/);
      },
    ),
    { numRuns: 1500 },
  ));

it('answers very long paths and queries', async () => {
  for (const path of [`/${'a'.repeat(15_000)}`, `/en/?${'q=1&'.repeat(4_000)}`, `/en${'/'.repeat(10_000)}x`])
    expect((await reader.ask(path)).status).toBeLessThan(500);
});
