import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { expect } from 'vitest';
import { ReleaseMemory } from '../../../worker/read/release.ts';
import { aRelease, publish } from '../a-release.ts';
import { FaultyKv } from '../faulty-kv.ts';
import { testEnv } from './reader.ts';

/** The time at which a test's isolate starts. */
export const START = Date.parse('2026-11-24T12:00:00Z');

/** How long `act` takes, in milliseconds. */
export async function durationMs(act: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await act();
  return performance.now() - startedMs;
}

/** Less than half of a reader's longest wait; a read that does not wait takes a few milliseconds. */
export const IMMEDIATE_MS = 200;

/** An isolate whose time the test sets. Its KV counts operations and can fail. */
export class Isolate {
  readonly memory = new ReleaseMemory();
  readonly faultyKv = new FaultyKv(testEnv.BULLETIN);
  now = START;

  /** The number of the release that a request `seconds` after the start gets; null if it gets none. */
  async releaseAt(seconds: number): Promise<number | null> {
    const { ctx, release } = await this.startRequest(seconds);
    await waitOnExecutionContext(ctx);
    return release?.index.n ?? null;
  }

  /** Starts a request `seconds` after the start, and does not wait for its background work. */
  async startRequest(seconds: number) {
    const ctx = createExecutionContext();
    const env = { ...testEnv, BULLETIN: this.faultyKv.kv };
    return { ctx, release: await this.memory.get(env, ctx, START + seconds * 1000) };
  }

  /** The number of reads of `current` so far. */
  currentReads = (): number => this.faultyKv.count('get', 'current');
}

/** An isolate that has just read and served `release`. */
export async function isolateShowing(release = aRelease()) {
  await publish(testEnv.BULLETIN, release);
  const isolate = new Isolate();
  expect(await isolate.releaseAt(0)).toBe(release.n);
  return { isolate, n: release.n };
}
