import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { CURRENT_KEY, type Current } from '../../worker/pack/format.ts';
import { usedBytes } from '../used-bytes.ts';
import { median } from './figure.ts';

/** The methods of a KV namespace that `measureRelease` needs. */
type Kv = {
  get(key: string, type: 'json'): Promise<unknown>;
  get(key: string, type: 'arrayBuffer'): Promise<ArrayBuffer | null>;
};

/**
 * The size of the current release in KV and, once loaded, in a reader's memory, in bytes. It is loaded in Node, which
 * has V8 like workerd, by the class that an isolate uses. An isolate has 128 MiB, a value in KV may have 25 MiB.
 */
export async function measureRelease(kv: Kv): Promise<{ releaseBytes: number; readerBytes: number }> {
  const current = (await kv.get(CURRENT_KEY, 'json')) as Current;
  const buffer = await kv.get(current.key, 'arrayBuffer');
  if (!buffer) throw new Error(`KV has no ${current.key}`);
  const folder = mkdtempSync(join(tmpdir(), 'nashra-bench-'));
  try {
    const file = join(folder, 'loaded-release.mjs');
    const entry = 'worker/read/loaded-release.ts';
    await build({ entryPoints: [entry], bundle: true, format: 'esm', platform: 'node', outfile: file });
    const { LoadedRelease } = await import(pathToFileURL(file).href);
    const trials = Array.from({ length: TRIALS + 1 }, () => {
      const usedAtStart = usedBytes();
      const releases = Array.from({ length: COPIES }, () => new LoadedRelease(buffer.slice(0)));
      const used = usedBytes() - usedAtStart;
      // This use keeps the releases from being collected before the measurement.
      if (releases.length !== COPIES) throw new Error('a measured release was not kept');
      return used / COPIES;
    });
    const readerBytes = median(trials.slice(1)); // the first one also loads code
    return { releaseBytes: buffer.byteLength, readerBytes };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Several copies and trials, so that other changes of the heap matter little. */
const COPIES = 20;
const TRIALS = 3;
