import { exports } from 'cloudflare:workers';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aRelease, etagOf, publish } from '../a-release.ts';
import { Reader, testEnv } from './reader.ts';

const MB = 1_000_000;
const READERS = 12;
const PATH = '/data/large.csv';
/** 16 MB as a whole series has them: Brotli makes them much smaller. */
const CONTENT = Array.from(
  { length: (16 * MB) / 32 },
  (_, i) => `${String(i).padStart(15, '0')},${String(i * 7919).padStart(14, '0')}\n`,
)
  .join('')
  .padEnd(16 * MB, '-');
const asIdentity = { 'Accept-Encoding': 'identity' };

/** The bytes that were cut from contents for their readers. */
let cut = 0;
const arrays: { slice(from?: number, to?: number): Uint8Array } = Object.getPrototypeOf(Uint8Array.prototype);
const { slice } = arrays;
beforeAll(async () => {
  arrays.slice = function (...range) {
    const piece = slice.apply(this, range);
    cut += piece.length;
    return piece;
  };
  const large = { text: CONTENT, type: 'text/csv; charset=utf-8', quality: 3 };
  const release = aRelease({ documents: { [PATH]: large }, cold: { '/data/cold.csv': large } });
  await publish(testEnv.BULLETIN, release);
});
afterAll(() => {
  arrays.slice = slice;
});

const streamOf = (response: Response): ReadableStreamDefaultReader<Uint8Array> => {
  if (!response.body) throw new Error('no body');
  return response.body.getReader();
};

describe('a large document for a client without Brotli', () => {
  it.each([PATH, '/data/cold.csv'])('at %s is what its Brotli holds, with its length', async (path) => {
    const reader = new Reader();
    const response = await reader.ask(path, asIdentity);
    expect(response.status).toBe(200);
    expect(response.headers.get('Content-Encoding')).toBeNull();
    expect(etagOf(new Uint8Array(await response.arrayBuffer()))).toBe(etagOf(CONTENT));
    const sent = await exports.default.fetch(`https://bulletin.example${path}`, { headers: asIdentity });
    expect((await sent.text()) === CONTENT).toBe(true);
    const head = await reader.ask(path, asIdentity, 'HEAD');
    expect([head.status, head.headers.get('Content-Length')]).toEqual([200, String(16 * MB)]);
    const unchanged = await reader.ask(path, {
      ...asIdentity,
      'If-None-Match': head.headers.get('ETag') ?? '',
    });
    expect([unchanged.status, unchanged.body]).toEqual([304, null]);
  });

  it('is in memory once and sent as slowly as each of twelve readers takes it, and no more when they go', async () => {
    const reader = new Reader();
    const first = await reader.ask(PATH, asIdentity);
    await first.body?.cancel();
    cut = 0;
    const streams = await Promise.all(
      Array.from({ length: READERS }, async () => streamOf(await reader.ask(PATH, asIdentity))),
    );
    let [taken, largestHeld] = [0, 0];
    for (let round = 0; round < 5; round++)
      for (const stream of streams) {
        taken += (await stream.read()).value?.length ?? 0;
        await scheduler.wait(1);
        largestHeld = Math.max(largestHeld, cut - taken);
      }
    console.log(`${READERS} slow readers of 16 MB hold at most ${largestHeld} bytes together`);
    expect(taken).toBeGreaterThan(0);
    expect(cut).toBeGreaterThanOrEqual(taken); // else pieces are cut in a way that `cut` does not count
    expect(largestHeld).toBeLessThan(READERS * 256 * 1024);
    await Promise.all(streams.map((stream) => stream.cancel()));
    const cutAtEnd = cut;
    await scheduler.wait(50);
    expect(cut).toBe(cutAtEnd);
  });

  it('is sent in pieces to a client that takes Brotli too, and arrives as it is', async () => {
    const response = await new Reader().ask(PATH, { 'Accept-Encoding': 'br' });
    expect(response.headers.get('Content-Encoding')).toBe('br');
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect(bytes.length).toBeGreaterThan(MB);
    expect(etagOf(brotliDecompressSync(bytes))).toBe(etagOf(CONTENT));
  });
});
