import { describe, expect, it } from 'vitest';
import type { Instant } from '../../../worker/model/instant.ts';
import { aRelease, publish } from '../a-release.ts';
import { durationMs, IMMEDIATE_MS, isolateShowing, START } from './isolate.ts';
import { testEnv } from './reader.ts';

describe('past the boundary of the release', () => {
  const endingAt = (seconds: number) =>
    aRelease({ boundary: new Date(START + seconds * 1000).toISOString() as Instant });

  it('what has ended is not served: the reader waits for news, however young memory is', async () => {
    const { isolate, n } = await isolateShowing(endingAt(2));
    await publish(testEnv.BULLETIN, aRelease());
    expect(await isolate.releaseAt(1.9)).toBe(n);
    expect(await isolate.releaseAt(2)).toBe(n + 1);
  });

  it('and before the next is published, KV is asked once a second, and a reader sees it within that', async () => {
    const { isolate, n } = await isolateShowing(endingAt(2));
    for (const seconds of [2.1, 2.2, 2.5, 3.1]) expect(await isolate.releaseAt(seconds)).toBe(n);
    expect(isolate.currentReads()).toBe(2);
    expect(await isolate.releaseAt(3.2)).toBe(n);
    expect(isolate.currentReads()).toBe(3);
    await publish(testEnv.BULLETIN, aRelease());
    expect(await isolate.releaseAt(4.1)).toBe(n);
    expect(await isolate.releaseAt(4.3)).toBe(n + 1);
  });

  it('with a Newsroom that publishes nothing for hours, KV is asked as often as ever', async () => {
    const { isolate, n } = await isolateShowing(endingAt(2));
    await isolate.releaseAt(3_600);
    const reads = isolate.currentReads();
    for (let i = 1; i <= 200; i++) expect(await isolate.releaseAt(3_600 + i / 10)).toBe(n);
    expect(isolate.currentReads() - reads).toBeLessThanOrEqual(4);
  });

  it('a slow KV holds the readers of one refresh for half a second, and those behind them not at all', async () => {
    const { isolate, n } = await isolateShowing(endingAt(2));
    isolate.faultyKv.fail({ on: 'get', prefix: 'current', fault: { kind: 'delay', ms: 1_500 } });
    const ms = await durationMs(async () => {
      const all = await Promise.all(Array.from({ length: 100 }, () => isolate.startRequest(2)));
      expect(all.map(({ release }) => release?.index.n)).toEqual(Array(100).fill(n));
    });
    expect(ms).toBeGreaterThan(400);
    expect(ms).toBeLessThan(1_000);
    expect(await durationMs(() => isolate.startRequest(2.6))).toBeLessThan(IMMEDIATE_MS);
    await scheduler.wait(1_200); // the read has ended
    for (const seconds of [3.6, 3.7, 4.2])
      expect(await durationMs(() => isolate.startRequest(seconds))).toBeLessThan(IMMEDIATE_MS);
    expect(isolate.currentReads()).toBe(3);
  });
});
