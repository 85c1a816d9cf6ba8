import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { expect } from 'vitest';
import { ReleaseMemory } from '../../../worker/read/release.ts';
import { aRelease, publish } from '../a-release.ts';
import { FaultyKv } from '../faulty-kv.ts';
import { testEnv } from './reader.ts';

export const START = Date.parse('2026-11-24T12:00:00Z');

/** How long something takes, in milliseconds. */
export async function msOf(act: () => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await act();
  return performance.now() - before;
}

/** Less than half of what a reader may have to wait; what is served at once takes a few milliseconds. */
export const AT_ONCE_MS = 200;

/** An isolate at a time of the test's own, with a KV that counts and may fail. */
export class Isolate {
  readonly memory = new ReleaseMemory();
  readonly faulty = new FaultyKv(testEnv.BULLETIN);
  now = START;

  /** A request `seconds` after the start: the n it is shown, null for none. */
  async at(seconds: number): Promise<number | null> {
    const { ctx, release } = await this.begin(seconds);
    await waitOnExecutionContext(ctx);
    return release?.index.n ?? null;
  }

  /** The same, but what runs behind is not waited for. */
  async begin(seconds: number) {
    const ctx = createExecutionContext();
    const env = { ...testEnv, BULLETIN: this.faulty.kv };
    return { ctx, release: await this.memory.get(env, ctx, START + seconds * 1000) };
  }

  reads = (): number => this.faulty.count('get', 'current');
}

/** An isolate that has just been shown a release. */
export async function anIsolateThatShows(release = aRelease()) {
  await publish(testEnv.BULLETIN, release);
  const isolate = new Isolate();
  expect(await isolate.at(0)).toBe(release.n);
  return { isolate, n: release.n };
}
