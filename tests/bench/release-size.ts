import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { build } from 'esbuild';
import { CURRENT_KEY, type Current } from '../../worker/pack/format.ts';
import { median } from './figure.ts';

/** The part of a KV namespace that is needed here. */
type Kv = {
  get(key: string, type: 'json'): Promise<unknown>;
  get(key: string, type: 'arrayBuffer'): Promise<ArrayBuffer | null>;
};

/**
 * How large the current release is in KV, and in a reader's memory once loaded: in Node, whose V8 is workerd's own, by
 * the very class that an isolate loads it with. An isolate has 128 MiB, and a value in KV 25 MiB.
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
      const before = usedBytes();
      const kept = Array.from({ length: COPIES }, () => new LoadedRelease(buffer.slice(0)));
      const used = usedBytes() - before;
      if (kept.length !== COPIES) throw new Error('what is measured must be kept');
      return used / COPIES;
    });
    const readerBytes = median(trials.slice(1)); // the first brings its code along
    return { releaseBytes: buffer.byteLength, readerBytes };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Several, and several times over, so that what else happens in the heap meanwhile weighs little. */
const COPIES = 20;
const TRIALS = 3;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function usedBytes(): number {
  // The memory of buffers is given back by a collection after the one that finds them unused.
  for (let i = 0; i < 3; i++) collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
