import { describe, expect, it } from 'vitest';
import { BoundedCache } from '../../../worker/platform/bounded-cache.ts';
import { prefersBrotli } from '../../../worker/read/accept-encoding.ts';
import { buildAsset } from '../../../worker/read/build-asset.ts';
import { cacheControl } from '../../../worker/read/cache-control.ts';
import { ifNoneMatchHits } from '../../../worker/read/preconditions.ts';
import { requestPath } from '../../../worker/read/request-path.ts';

describe('Accept-Encoding', () => {
  it.each([
    ['br', true],
    ['gzip, deflate, br, zstd', true],
    ['BR', true],
    ['br;q=0.5', true],
    ['br ; q=0.001', true],
    ['*', true],
    ['gzip, *;q=0.1', true],
    ['identity, br', true],
    ['identity;q=0.5, br;q=0.5', true],
    ['identity;q=0.5, br;q=0.4', false],
    ['br;q=0', false],
    ['br;q=0.000', false],
    ['br;q=0, *', false],
    ['*;q=0', false],
    ['gzip, deflate', false],
    ['identity', false],
    ['', false],
    [null, false],
    ['br;q=abc', false],
    ['br;q=2', false],
    [',,;;q=,br;;;q', false],
  ])('%j accepts Brotli: %s', (header, brotli) => {
    expect(prefersBrotli(header)).toBe(brotli);
    expect(prefersBrotli(header)).toBe(brotli);
  });
});

describe('If-None-Match', () => {
  it.each([
    ['"a"', true],
    ['W/"a"', true],
    ['*', true],
    [' * ', true],
    ['"b", "a"', true],
    ['"b",W/"a" , "c"', true],
    ['"b, \\"", "a"', true],
    ['a', false],
    ['"A"', false],
    ['"b"', false],
    ['""', false],
    ['"', false],
    ['"x*y"', false],
    ['W/W/"a"', false],
    ['W/ "a"', false],
    ['x"a"', false],
    ['"a"x', false],
    ['W/W/"a", "b", "a"', true],
    [' ,, W/"a"\t,', true],
    ['",'.repeat(20_000), false],
    ['"a"b,'.repeat(20_000), false],
    ['', false],
    [null, false],
  ])('%j matches "a": %s', (header, matches) => {
    expect(ifNoneMatchHits(header, '"a"')).toBe(matches);
  });
});

describe('Cache-Control', () => {
  it.each([
    [3_600, 10, 20],
    [30, 10, 20],
    [29.9, 10, 19],
    [10, 10, 0],
    [4.2, 4, 0],
    [0, 0, 0],
    [-100, 0, 0],
  ])('%s seconds before the boundary: max-age %s, stale-while-revalidate %s', (seconds, maxAge, stale) => {
    expect(cacheControl(seconds * 1000, 0)).toBe(
      `max-age=${maxAge}, stale-while-revalidate=${stale}, stale-if-error=3600`,
    );
  });
});

describe('the path of a URL', () => {
  it.each([
    ['https://bulletin.example/', '/'],
    ['https://bulletin.example', '/'],
    ['http://localhost:8787/ar/?a=/b', '/ar/'],
    ['http://localhost//evil.example/x', '//evil.example/x'],
    ['http://localhost/?', '/'],
    ['http://localhost/%00%ff', '/%00%ff'],
  ])('of %s is %s', (url, path) => {
    expect(requestPath(url)).toBe(path);
  });
});

describe('an asset of another build', () => {
  const assets = { 'chart.js': '/assets/chart-AB12CD34.js', 'page.css.map': '/assets/page-AAAAAAAA.css.map' };
  it.each([
    ['/assets/chart-00000000.js', '/assets/chart-AB12CD34.js'],
    ['/assets/chart.js', '/assets/chart-AB12CD34.js'],
    ['/assets/chart-8fcd2e1fa2.js', '/assets/chart-AB12CD34.js'],
    ['/assets/page-11111111.css.map', '/assets/page-AAAAAAAA.css.map'],
    ['/assets/chart-AB12CD34.js', null],
    ['/assets/none-00000000.js', null],
    ['/assets/__proto__', null],
    ['/assets/constructor-00000000.js', null],
    ['/assets/', null],
  ])('%s is replaced by %s', (path, currentPath) => {
    expect(buildAsset(assets, path)).toBe(currentPath);
  });
});

describe('a bounded cache', () => {
  it('drops the entry that was unused longest, and refuses an entry larger than the cache', () => {
    const cache = new BoundedCache<string>(10_000);
    cache.set('a', 'a', 4_000);
    cache.set('b', 'b', 4_000);
    expect(cache.get('a')).toBe('a');
    cache.set('c', 'c', 4_000);
    cache.set('d', 'd', 11_000);
    expect(['a', 'b', 'c', 'd'].map((key) => cache.get(key))).toEqual(['a', undefined, 'c', undefined]);
    cache.set('c', 'e', 5_500);
    expect([cache.get('a'), cache.get('c')]).toEqual(['a', 'e']);
  });

  it('counts keys and entries too, so that a million empty values do not fill the memory', () => {
    const cache = new BoundedCache<null>(1_000_000);
    for (let i = 0; i < 10_000; i++) cache.set(String(i), null, 0);
    expect(cache.get('0')).toBeUndefined();
    expect(cache.get('9999')).toBeNull();
    cache.set('x'.repeat(600_000), null, 0);
    expect(cache.get('x'.repeat(600_000))).toBeUndefined();
    expect(cache.sizeBytes).toBeLessThanOrEqual(1_000_000);
  });

  it('finds a value by any string that equals its key', () => {
    const cache = new BoundedCache<string>(10_000);
    for (const key of ['', 'plain', 'خبر', '𐍈', '\ufeffmark', '/en/news/3']) {
      cache.set(`${key}?query`.slice(0, key.length), key, 1);
      expect(cache.get(key)).toBe(key);
    }
  });
});
