import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { aRelease, publish } from '../a-release.ts';
import { durationMs, IMMEDIATE_MS, Isolate, isolateShowing } from './isolate.ts';
import { testEnv } from './reader.ts';

describe('the release in memory', () => {
  it('is served for 5 seconds without a read', async () => {
    const { isolate, n } = await isolateShowing();
    await publish(testEnv.BULLETIN, aRelease());
    expect(await isolate.releaseAt(5)).toBe(n);
    expect(isolate.currentReads()).toBe(1);
  });

  it('is served to 30 seconds and refreshed behind', async () => {
    const { isolate, n } = await isolateShowing();
    await publish(testEnv.BULLETIN, aRelease());
    expect(await isolate.releaseAt(6)).toBe(n);
    expect(await isolate.releaseAt(7)).toBe(n + 1);
    expect(isolate.currentReads()).toBe(2);
  });

  it('beyond 30 seconds waits for a newer one', async () => {
    const { isolate, n } = await isolateShowing();
    await publish(testEnv.BULLETIN, aRelease());
    expect(await isolate.releaseAt(31)).toBe(n + 1);
  });

  it('beyond 30 seconds is served after half a second if KV is slow', async () => {
    const { isolate, n } = await isolateShowing();
    isolate.faultyKv.fail({ on: 'get', prefix: 'current', fault: { kind: 'hang' } });
    const before = performance.now();
    const { release } = await isolate.startRequest(60);
    expect(release?.index.n).toBe(n);
    const waitedMs = performance.now() - before;
    expect(waitedMs).toBeGreaterThan(400);
    expect(waitedMs).toBeLessThan(1_500);
  });

  it('is served when KV refuses, and KV is left alone for a second', async () => {
    const { isolate, n } = await isolateShowing();
    isolate.faultyKv.fail({ on: 'get', fault: { kind: 'refuse' } });
    expect(await isolate.releaseAt(100)).toBe(n);
    for (let i = 0; i < 50; i++) expect(await isolate.releaseAt(100.5)).toBe(n);
    expect(isolate.currentReads()).toBe(2);
    isolate.faultyKv.clearFaults();
    await publish(testEnv.BULLETIN, aRelease());
    expect(await isolate.releaseAt(102)).toBe(n + 1);
  });

  it('is refreshed by one request at a time', async () => {
    const { isolate } = await isolateShowing();
    isolate.faultyKv.fail({ on: 'get', prefix: 'current', fault: { kind: 'delay', ms: 50 } });
    const requests = await Promise.all(Array.from({ length: 100 }, () => isolate.startRequest(20)));
    await waitOnExecutionContext(requests[0]?.ctx ?? createExecutionContext());
    expect(isolate.currentReads()).toBe(2);
  });

  it('is refreshed by another request when a refresh has died, after 3 seconds', async () => {
    const { isolate, n } = await isolateShowing();
    await publish(testEnv.BULLETIN, aRelease());
    isolate.faultyKv.fail({ on: 'get', prefix: 'current', fault: { kind: 'hang' }, times: 1 });
    await isolate.startRequest(10);
    expect((await isolate.startRequest(12)).release?.index.n).toBe(n);
    expect(isolate.currentReads()).toBe(2);
    await isolate.releaseAt(13.5);
    expect(await isolate.releaseAt(14)).toBe(n + 1);
    expect(isolate.currentReads()).toBe(3);
  });

  it('never goes back, whatever KV says', async () => {
    const older = aRelease();
    const { isolate, n } = await isolateShowing(aRelease());
    await publish(testEnv.BULLETIN, older);
    for (const seconds of [6, 7, 40, 41, 100]) expect(await isolate.releaseAt(seconds)).toBe(n);
  });

  it('stays while KV has not the release that current names', async () => {
    const { isolate, n } = await isolateShowing();
    const next = aRelease();
    await publish(testEnv.BULLETIN, next);
    isolate.faultyKv.fail({ on: 'get', prefix: next.key, fault: { kind: 'absent' } });
    expect(await isolate.releaseAt(31)).toBe(n);
    isolate.faultyKv.clearFaults();
    expect(await isolate.releaseAt(33)).toBe(n + 1);
  });
});

describe('an isolate that has nothing yet', () => {
  it.each(['absent', 'refuse'] as const)(
    'reads the release before where the current one is %s, and the current one soon after',
    async (kind) => {
      const [before, current] = [aRelease(), aRelease()];
      await publish(testEnv.BULLETIN, before);
      await publish(testEnv.BULLETIN, current, before.key);
      const isolate = new Isolate();
      isolate.faultyKv.fail({ on: 'get', prefix: current.key, fault: { kind } });
      expect(await isolate.releaseAt(0)).toBe(before.n);
      expect(await isolate.releaseAt(0.5)).toBe(before.n);
      isolate.faultyKv.clearFaults();
      await isolate.releaseAt(2);
      expect(await isolate.releaseAt(3)).toBe(current.n);
    },
  );

  it('shows nothing where there is nothing, and asks KV once a second', async () => {
    await testEnv.BULLETIN.delete('current');
    const isolate = new Isolate();
    for (let i = 0; i < 20; i++) expect(await isolate.releaseAt(0.5)).toBeNull();
    expect(isolate.currentReads()).toBe(1);
    const release = aRelease();
    await publish(testEnv.BULLETIN, release);
    expect(await isolate.releaseAt(2)).toBe(release.n);
  });

  it('reads once for many requests at once', async () => {
    const release = aRelease();
    await publish(testEnv.BULLETIN, release);
    const isolate = new Isolate();
    const shown = await Promise.all(Array.from({ length: 50 }, () => isolate.startRequest(0)));
    expect(shown.map((s) => s.release?.index.n)).toEqual(Array(50).fill(release.n));
    expect(isolate.faultyKv.count('get')).toBe(2);
  });

  it('reads again when the first request died with its read', async () => {
    const release = aRelease();
    await publish(testEnv.BULLETIN, release);
    const isolate = new Isolate();
    isolate.faultyKv.fail({ on: 'get', prefix: 'current', fault: { kind: 'hang' }, times: 1 });
    const both = await Promise.all([isolate.startRequest(0), isolate.startRequest(0)]);
    expect(both.map((b) => b.release?.index.n)).toEqual([release.n, release.n]);
    expect(isolate.currentReads()).toBe(2);
  });
});

describe('while KV hangs', () => {
  const hang = { on: 'get', prefix: 'current', fault: { kind: 'hang' } } as const;

  it('readers wait for one refresh, and are then served at once for as long as it lasts', async () => {
    const { isolate, n } = await isolateShowing();
    isolate.faultyKv.fail(hang);
    expect(await durationMs(() => isolate.startRequest(60))).toBeGreaterThan(400);
    for (const seconds of [60.1, 60.6, 62, 63.1, 63.2, 64, 66.2, 66.3, 80, 80.1, 84, 110, 139, 139.1, 143])
      expect(
        await durationMs(async () => expect((await isolate.startRequest(seconds)).release?.index.n).toBe(n)),
        `${seconds} s`,
      ).toBeLessThan(IMMEDIATE_MS);
  });

  it('nobody waits in an isolate that many read: it was refreshed behind them before it grew old', async () => {
    const { isolate } = await isolateShowing();
    isolate.faultyKv.fail(hang);
    const times = Array.from({ length: 350 }, (_, i) => i / 5);
    for (const seconds of times)
      expect(await durationMs(() => isolate.startRequest(seconds)), `${seconds} s`).toBeLessThan(
        IMMEDIATE_MS,
      );
    // One read at the start, and one each three seconds from five seconds on.
    expect(isolate.currentReads()).toBeLessThanOrEqual(1 + 1 + 65 / 3);
  });

  it('and is well again, readers wait for news again', async () => {
    const { isolate, n } = await isolateShowing();
    isolate.faultyKv.fail(hang);
    await isolate.startRequest(60);
    isolate.faultyKv.clearFaults();
    expect(await isolate.releaseAt(64)).toBe(n);
    await publish(testEnv.BULLETIN, aRelease());
    expect(await isolate.releaseAt(96)).toBe(n + 1);
  });

  it('and an hour without readers has passed, the first of them waits for news', async () => {
    const { isolate, n } = await isolateShowing();
    isolate.faultyKv.fail(hang);
    await isolate.startRequest(60);
    isolate.faultyKv.clearFaults();
    await publish(testEnv.BULLETIN, aRelease());
    expect(await isolate.releaseAt(3_600)).toBe(n + 1);
  });
});

it('a refresh that comes back late makes nothing older than it is', async () => {
  const { isolate, n } = await isolateShowing();
  isolate.faultyKv.fail({ on: 'get', prefix: 'current', fault: { kind: 'delay', ms: 700 }, times: 1 });
  const { ctx } = await isolate.startRequest(6);
  expect(await isolate.releaseAt(9.5)).toBe(n);
  await waitOnExecutionContext(ctx); // the first, begun at 6 seconds, ends after the second, begun at 9.5
  expect(isolate.currentReads()).toBe(3);
  expect(await isolate.releaseAt(14)).toBe(n);
  expect(isolate.currentReads()).toBe(3);
});

it('a clock that is set back is no reason to wait for ever, nor to ask KV again and again', async () => {
  const { isolate } = await isolateShowing();
  await publish(testEnv.BULLETIN, aRelease());
  const reads = isolate.currentReads();
  for (let i = 0; i < 20; i++) await isolate.releaseAt(-3_600 + i / 100);
  expect(isolate.currentReads() - reads).toBe(1);
});

describe('a release of a site that is closed', () => {
  it.each([0, 800])(
    'is not served past five seconds: the reader waits for news, KV taking %i ms',
    async (ms) => {
      const { isolate, n } = await isolateShowing(aRelease({ open: false }));
      await publish(testEnv.BULLETIN, aRelease());
      expect(await isolate.releaseAt(5)).toBe(n);
      isolate.faultyKv.fail({ on: 'get', fault: { kind: 'delay', ms } });
      expect(await isolate.releaseAt(5.1)).toBe(n + 1);
    },
  );

  it('costs one read each five seconds while it stays closed', async () => {
    const { isolate, n } = await isolateShowing(aRelease({ open: false }));
    for (let i = 1; i <= 200; i++) expect(await isolate.releaseAt(i / 10)).toBe(n);
    expect(isolate.currentReads()).toBeLessThanOrEqual(1 + 4);
  });

  it('still says which keys are revoked when KV refuses', async () => {
    const { isolate } = await isolateShowing(aRelease({ open: false, revokedKeys: ['abc'] }));
    isolate.faultyKv.fail({ on: 'get', fault: { kind: 'refuse' } });
    expect((await isolate.startRequest(60)).release?.index.revokedKeys).toEqual(['abc']);
  });
});

it('knows the keys that were revoked', async () => {
  const { isolate } = await isolateShowing(aRelease({ revokedKeys: ['abc'] }));
  expect((await isolate.startRequest(1)).release?.index.revokedKeys).toEqual(['abc']);
});
