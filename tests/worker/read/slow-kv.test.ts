import { createExecutionContext } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import type { ItemsIndex } from '../../../worker/pack/format.ts';
import { Packs } from '../../../worker/read/packs.ts';
import { ReleaseMemory } from '../../../worker/read/release.ts';
import { aRelease, publish } from '../a-release.ts';
import { FaultyKv } from '../faulty-kv.ts';
import { durationMs, IMMEDIATE_MS, isolateShowing } from './isolate.ts';
import { testEnv } from './reader.ts';

const START = Date.parse('2026-11-24T12:00:00Z');
const READERS = 200;
/** KV's delay in milliseconds, and whether a reader of an isolate without a cached release gets an answer in time. */
const DELAYS = [
  [30, true],
  [800, true],
  [2_000, true],
  [6_000, false],
] as const;

/** Publishes a release with one item whose text is unique; gives the release's number and the item pack's key. */
async function publishUnique(): Promise<{ readonly n: number; readonly pack: string }> {
  const release = aRelease({ shells: { en: ['', ''] }, news: { '1': { en: [crypto.randomUUID()] } } });
  await publish(testEnv.BULLETIN, release);
  const pack = [...release.values.keys()].findLast((key) => key.startsWith('pack/'));
  if (pack === undefined) throw new Error('the item has no pack');
  return { n: release.n, pack };
}

const askByAll = <T>(ask: (i: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: READERS }, (_, i) => ask(i)));

async function timed<T>(act: () => Promise<T>): Promise<{ readonly result: T; readonly ms: number }> {
  const startedMs = performance.now();
  const result = await act();
  return { result, ms: performance.now() - startedMs };
}

describe.each(DELAYS)('200 readers at once while KV takes %i ms', (delayMs, inTime) => {
  it('read a pack at most twice', async () => {
    const { pack } = await publishUnique();
    const faultyKv = new FaultyKv(testEnv.BULLETIN);
    faultyKv.fail({ on: 'get', fault: { kind: 'delay', ms: delayMs } });
    const packs = new Packs();
    const env = { ...testEnv, BULLETIN: faultyKv.kv };
    const packName = { key: pack, kind: 'items' } as const;
    const { result, ms } = await timed(() =>
      askByAll(() => packs.read<ItemsIndex>(env, createExecutionContext(), packName, START)),
    );
    expect(faultyKv.count('get')).toBeLessThanOrEqual(2);
    expect(result.every((read) => (read !== null) === inTime)).toBe(true);
    expect(ms).toBeLessThan(6_000);
  });

  it('read the release at most twice', async () => {
    const { n } = await publishUnique();
    const faultyKv = new FaultyKv(testEnv.BULLETIN);
    faultyKv.fail({ on: 'get', fault: { kind: 'delay', ms: delayMs } });
    const memory = new ReleaseMemory();
    const env = { ...testEnv, BULLETIN: faultyKv.kv };
    const { result, ms } = await timed(() =>
      askByAll(() => memory.get(env, createExecutionContext(), START)),
    );
    expect(faultyKv.count('get', 'current')).toBeLessThanOrEqual(2);
    expect(faultyKv.count('get', 'release/')).toBeLessThanOrEqual(2);
    expect(result.every((release) => (release?.index.n === n) === inTime)).toBe(true);
    expect(ms).toBeLessThan(8_000);
  });
});

describe('while KV hangs for minutes', () => {
  const hang = { on: 'get', prefix: 'current', fault: { kind: 'hang' } } as const;

  it.each([25, 40, 120])('of readers who come every %i seconds, only one waits', async (gapSeconds) => {
    const { isolate, n } = await isolateShowing();
    isolate.faultyKv.fail(hang);
    const durations: number[] = [];
    for (let i = 1; i <= 6; i++)
      durations.push(
        await durationMs(async () =>
          expect((await isolate.startRequest(60 + i * gapSeconds)).release?.index.n).toBe(n),
        ),
      );
    expect(durations.filter((ms) => ms >= IMMEDIATE_MS).length, durations.join(', ')).toBe(1);
    // Each reader still lets the isolate ask KV again, behind the answer.
    expect(isolate.currentReads()).toBe(1 + 6);
  });

  it('a reader gets the next release at the latest one reader after KV recovers', async () => {
    const { isolate, n } = await isolateShowing();
    isolate.faultyKv.fail(hang);
    for (const seconds of [60, 100, 140]) await isolate.startRequest(seconds);
    isolate.faultyKv.clearFaults();
    const next = aRelease();
    await publish(testEnv.BULLETIN, next);
    expect(await isolate.releaseAt(180)).toBe(n);
    expect(await isolate.releaseAt(180.5)).toBe(next.n);
  });

  it('readers wait again half a minute after a refresh that ended late', async () => {
    const { isolate, n } = await isolateShowing();
    const delay = { on: 'get', prefix: 'current', fault: { kind: 'delay', ms: 700 }, times: 1 } as const;
    isolate.faultyKv.fail(delay);
    expect(await isolate.releaseAt(60)).toBe(n);
    await publish(testEnv.BULLETIN, aRelease());
    expect(await isolate.releaseAt(100)).toBe(n + 1);
  });
});
