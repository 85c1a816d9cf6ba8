import { describe, expect, it } from 'vitest';
import type { Instant } from '../../../worker/model/instant.ts';
import { aRelease, publish } from '../a-release.ts';
import { durationMs, IMMEDIATE_MS, isolateShowing, START } from './isolate.ts';
import { testEnv } from './reader.ts';

describe('past the boundary of a release', () => {
  const endingAt = (seconds: number) =>
    aRelease({ boundary: new Date(START + seconds * 1000).toISOString() as Instant });

  it('the reader waits for the next release, however short ago the isolate read this one', async () => {
    const { isolate, n } = await isolateShowing(endingAt(2));
    await publish(testEnv.BULLETIN, aRelease());
    expect(await isolate.releaseAt(1.9)).toBe(n);
    expect(await isolate.releaseAt(2)).toBe(n + 1);
  });

  it('the first reader of an isolate that was idle waits for the next release, at most half a second', async () => {
    const { isolate, n } = await isolateShowing(endingAt(10));
    await publish(testEnv.BULLETIN, aRelease());
    expect(await isolate.releaseAt(10.2)).toBe(n + 1);
    const late = await isolateShowing(endingAt(10));
    late.isolate.faultyKv.fail({ on: 'get', prefix: 'current', fault: { kind: 'delay', ms: 250 } });
    await publish(testEnv.BULLETIN, aRelease());
    expect(await late.isolate.releaseAt(3_600)).toBe(late.n + 1);
  });

  it('an isolate reads KV once a second, so readers see the next release a second after its publication', async () => {
    const { isolate, n } = await isolateShowing(endingAt(2));
    for (const seconds of [2.1, 2.2, 2.5, 3.1]) expect(await isolate.releaseAt(seconds)).toBe(n);
    expect(isolate.currentReads()).toBe(2);
    expect(await isolate.releaseAt(3.2)).toBe(n);
    expect(isolate.currentReads()).toBe(3);
    await publish(testEnv.BULLETIN, aRelease());
    expect(await isolate.releaseAt(4.1)).toBe(n);
    expect(await isolate.releaseAt(4.3)).toBe(n + 1);
  });

  it('an isolate reads KV once every five seconds at most if nothing is published for hours', async () => {
    const { isolate, n } = await isolateShowing(endingAt(2));
    await isolate.releaseAt(3_600);
    const reads = isolate.currentReads();
    for (let i = 1; i <= 200; i++) expect(await isolate.releaseAt(3_600 + i / 10)).toBe(n);
    expect(isolate.currentReads() - reads).toBeLessThanOrEqual(4);
  });

  it('the readers of one refresh wait half a second for a slow KV, and later readers do not wait', async () => {
    const { isolate, n } = await isolateShowing(endingAt(2));
    isolate.faultyKv.fail({ on: 'get', prefix: 'current', fault: { kind: 'delay', ms: 1_500 } });
    const ms = await durationMs(async () => {
      const requests = await Promise.all(Array.from({ length: 100 }, () => isolate.startRequest(2)));
      expect(requests.map(({ release }) => release?.index.n)).toEqual(Array(100).fill(n));
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
