import { describe, expect, it } from 'vitest';
import { decodePack, encodePack, type ItemsIndex } from '../../../worker/pack/format.ts';

const CHUNK = new TextEncoder().encode('the bytes');

/** An index of items with so many ids. */
const indexOf = (count: number): ItemsIndex => ({
  kind: 'items',
  items: Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      `${i + 1}`,
      { status: 200, template: 't', parts: { ar: { etag: `"${i}"`, at: i, length: 1 } } },
    ]),
  ),
});

describe('a pack', () => {
  it.each([1, 100, 20_000])('gives back its index and its bytes: %d items', (count) => {
    const index = indexOf(count);
    const { buffer } = encodePack(index, [CHUNK, CHUNK]);
    const decoded = decodePack<ItemsIndex>(buffer, 'items');
    expect(decoded.index.items).toEqual(index.items);
    expect(new TextDecoder().decode(decoded.bytes)).toBe('the bytesthe bytes');
  });

  it('compresses a large index, and only a large one', () => {
    const sizes = (count: number) => {
      const json = JSON.stringify(indexOf(count)).length;
      return { json, pack: encodePack(indexOf(count), []).length };
    };
    const [small, large] = [sizes(1000), sizes(20_000)];
    expect(small.pack).toBeGreaterThan(small.json);
    expect(large.pack).toBeLessThan(large.json / 5);
  });

  it.each([100, 20_000])('is refused if it is cut short: %d items', (count) => {
    const pack = encodePack(indexOf(count), []);
    for (const length of [0, 3, 4, pack.length - 1])
      expect(() => decodePack(pack.slice(0, length).buffer, 'items'), `${length}`).toThrow('cut short');
  });
});
