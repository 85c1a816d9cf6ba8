import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { usedBytes } from '../used-bytes.ts';

/** The one method of a KV namespace that reading needs. */
type Kv = { get(key: string, options: unknown): Promise<unknown> };

/** Stands in for the Newsroom, which needs the Workers runtime, and which no reader calls. */
const NEWSROOM = 'export class Newsroom {}';

/** A stream of the Workers runtime that Node does not have. Its length only sets a header. */
const FIXED_LENGTH_STREAM =
  'globalThis.FixedLengthStream ??= class extends TransformStream { constructor() { super(); } };';

/**
 * The bytes that an isolate keeps after it has answered a GET of each path, in memory that no garbage collection frees.
 * The Worker runs in Node, which has V8 like workerd.
 * @throws Error if an answer is not 200
 */
export async function readerBytes(kv: Kv, origin: URL, paths: readonly string[]): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'nashra-reader-'));
  try {
    const file = join(folder, 'worker.mjs');
    await build({
      entryPoints: ['worker/index.ts'],
      bundle: true,
      format: 'esm',
      platform: 'node',
      outfile: file,
      banner: { js: FIXED_LENGTH_STREAM },
      plugins: [
        {
          name: 'without the Newsroom',
          setup(build) {
            build.onLoad({ filter: /newsroom\/newsroom\.ts$/ }, () => ({ contents: NEWSROOM }));
          },
        },
      ],
    });
    const { default: worker } = await import(pathToFileURL(file).href);
    const pending = new Set<Promise<unknown>>();
    const ctx = {
      waitUntil: (promise: Promise<unknown>) =>
        void pending.add(promise.finally(() => pending.delete(promise))),
    };
    const read = async (path: string) => {
      const request = new Request(new URL(path, origin), { headers: { 'Accept-Encoding': 'br' } });
      const answer: Response = await worker.fetch(request, { BULLETIN: kv }, ctx);
      await answer.arrayBuffer();
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
    };
    const usedAtStart = usedBytes();
    for (const path of paths) await read(path);
    await Promise.all(pending);
    return usedBytes() - usedAtStart;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
