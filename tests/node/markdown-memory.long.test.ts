import { expect, it } from 'vitest';
import { markdownHtml } from '../../worker/render/views/markdown.ts';
import { usedBytes } from '../used-bytes.ts';

/** An isolate's heap may hold 128 MiB: https://developers.cloudflare.com/workers/platform/limits/#memory */
const MAX_BYTES = 16 * 1024 * 1024;
const LENGTH = 50_000;
const BODIES = 200;
/** V8 once kept hundreds of MiB for the first two. */
const PIECES = ['*x* ', '- x\n', '[x](https://a.example/) ', 'نص **طويل** ', 'x'];

/** A body of the maximum length that repeats one piece. The number makes it differ from all others. */
const body = (piece: string, i: number): string => `${i}\n\n${piece.repeat(LENGTH)}`.slice(0, LENGTH - 1);

it('200 bodies of 50,000 characters leave less than 16 MiB behind', () => {
  for (const piece of PIECES) markdownHtml(body(piece, -1)); // loads its code and tables before the measurement
  const usedAtStart = usedBytes();
  for (let i = 0; i < BODIES; i++) markdownHtml(body(PIECES[i % PIECES.length] ?? '', i));
  const used = usedBytes() - usedAtStart;
  console.log(`${BODIES} bodies of ${LENGTH} characters: ${(used / 1024 / 1024).toFixed(1)} MiB`);
  expect(used).toBeLessThan(MAX_BYTES);
});
