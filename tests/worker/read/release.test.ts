import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { aRelease, publish } from '../a-release.ts';
import { durationMs, IMMEDIATE_MS, Isolate, isolateShowing } from './isolate.ts';
import { testEnv } from './reader.ts';

describe('the release in memory', () => {
  it('is served for 5 seconds without another read', async () => {
    const { isolate, n } = await isolateShowing();
    await publish(testEnv.BULLETIN, aRelease());
    expect(await isolate.releaseAt(5)).toBe(n);
    expect(isolate.currentReads()).toBe(1);
  });

  it('is served up to 30 seconds, and refreshed in the background', async () => {
    const { isolate, n } = await isolateShowing();
    await publish(testEnv.BULLETIN, aRelease());
    expect(await isolate.releaseAt(6)).toBe(n);
    expect(await isolate.releaseAt(7)).toBe(n + 1);
    expect(isolate.currentReads()).toBe(2);
  });

  it('is not served after 30 seconds: the reader waits for a newer release', async () => {
    const { isolate, n } = await isolateShowing();
    await publish(testEnv.BULLETIN, aRelease());
    expect(await isolate.releaseAt(31)).toBe(n + 1);
  });

  it('is served after 30 seconds if KV is slow, half a second later', async () => {
    const { isolate, n } = await isolateShowing();
    isolate.faultyKv.fail({ on: 'get', prefix: 'current', fault: { kind: 'hang' } });
    const startedMs = performance.now();
    const { release } = await isolate.startRequest(60);
    expect(release?.index.n).toBe(n);
    const waitedMs = performance.now() - startedMs;
    expect(waitedMs).toBeGreaterThan(400);
    expect(waitedMs).toBeLessThan(1_500);
  });

  it('is served when KV refuses, and the isolate does not ask KV again for a second', async () => {
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

  it('is refreshed by another request if a refresh never ends, after 3 seconds', async () => {
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

  it('is never replaced by an older release, whatever KV gives', async () => {
    const older = aRelease();
    const { isolate, n } = await isolateShowing(aRelease());
    await publish(testEnv.BULLETIN, older);
    for (const seconds of [6, 7, 40, 41, 100]) expect(await isolate.releaseAt(seconds)).toBe(n);
  });

  it('is served while KV lacks the release that `current` names', async () => {
    const { isolate, n } = await isolateShowing();
    const next = aRelease();
    await publish(testEnv.BULLETIN, next);
    isolate.faultyKv.fail({ on: 'get', prefix: next.key, fault: { kind: 'absent' } });
    expect(await isolate.releaseAt(31)).toBe(n);
    isolate.faultyKv.clearFaults();
    expect(await isolate.releaseAt(33)).toBe(n + 1);
  });
});

describe('an isolate without a cached release', () => {
  it.each(['absent', 'refuse'] as const)(
    'serves the previous release if a read of the current release fails (%s), and the current release soon after',
    async (kind) => {
      const [previous, current] = [aRelease(), aRelease()];
      await publish(testEnv.BULLETIN, previous);
      await publish(testEnv.BULLETIN, current, previous.key);
      const isolate = new Isolate();
      isolate.faultyKv.fail({ on: 'get', prefix: current.key, fault: { kind } });
      expect(await isolate.releaseAt(0)).toBe(previous.n);
      expect(await isolate.releaseAt(0.5)).toBe(previous.n);
      isolate.faultyKv.clearFaults();
      await isolate.releaseAt(2);
      expect(await isolate.releaseAt(3)).toBe(current.n);
    },
  );

  it('serves nothing if nothing is published, and asks KV once a second', async () => {
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
    const requests = await Promise.all(Array.from({ length: 50 }, () => isolate.startRequest(0)));
    expect(requests.map(({ release }) => release?.index.n)).toEqual(Array(50).fill(release.n));
    expect(isolate.faultyKv.count('get')).toBe(2);
  });

  it('reads again when the first read never ends', async () => {
    const release = aRelease();
    await publish(testEnv.BULLETIN, release);
    const isolate = new Isolate();
    isolate.faultyKv.fail({ on: 'get', prefix: 'current', fault: { kind: 'hang' }, times: 1 });
    const requests = await Promise.all([isolate.startRequest(0), isolate.startRequest(0)]);
    expect(requests.map((request) => request.release?.index.n)).toEqual([release.n, release.n]);
    expect(isolate.currentReads()).toBe(2);
  });
});

describe('while KV hangs', () => {
  const hang = { on: 'get', prefix: 'current', fault: { kind: 'hang' } } as const;

  it('readers wait for one refresh, and later readers do not wait as long as KV hangs', async () => {
    const { isolate, n } = await isolateShowing();
    isolate.faultyKv.fail(hang);
    expect(await durationMs(() => isolate.startRequest(60))).toBeGreaterThan(400);
    for (const seconds of [60.1, 60.6, 62, 63.1, 63.2, 64, 66.2, 66.3, 80, 80.1, 84, 110, 139, 139.1, 143])
      expect(
        await durationMs(async () => expect((await isolate.startRequest(seconds)).release?.index.n).toBe(n)),
        `${seconds} s`,
      ).toBeLessThan(IMMEDIATE_MS);
  });

  it('no reader of a busy isolate waits, because background refreshes start in time', async () => {
    const { isolate } = await isolateShowing();
    isolate.faultyKv.fail(hang);
    const times = Array.from({ length: 350 }, (_, i) => i / 5);
    for (const seconds of times)
      expect(await durationMs(() => isolate.startRequest(seconds)), `${seconds} s`).toBeLessThan(
        IMMEDIATE_MS,
      );
    // One read at the start, then one every three seconds from second 5 on.
    expect(isolate.currentReads()).toBeLessThanOrEqual(1 + 1 + 65 / 3);
  });

  it('and after it recovers, readers wait for a newer release again', async () => {
    const { isolate, n } = await isolateShowing();
    isolate.faultyKv.fail(hang);
    await isolate.startRequest(60);
    isolate.faultyKv.clearFaults();
    expect(await isolate.releaseAt(64)).toBe(n);
    await publish(testEnv.BULLETIN, aRelease());
    expect(await isolate.releaseAt(96)).toBe(n + 1);
  });

  it('and after an hour without readers, the first reader waits for a newer release', async () => {
    const { isolate, n } = await isolateShowing();
    isolate.faultyKv.fail(hang);
    await isolate.startRequest(60);
    isolate.faultyKv.clearFaults();
    await publish(testEnv.BULLETIN, aRelease());
    expect(await isolate.releaseAt(3_600)).toBe(n + 1);
  });
});

it('a refresh that ends late does not make the release in memory look older', async () => {
  const { isolate, n } = await isolateShowing();
  isolate.faultyKv.fail({ on: 'get', prefix: 'current', fault: { kind: 'delay', ms: 700 }, times: 1 });
  const { ctx } = await isolate.startRequest(6);
  expect(await isolate.releaseAt(9.5)).toBe(n);
  await waitOnExecutionContext(ctx); // the refresh from second 6 ends after the refresh from second 9.5
  expect(isolate.currentReads()).toBe(3);
  expect(await isolate.releaseAt(14)).toBe(n);
  expect(isolate.currentReads()).toBe(3);
});

it('a clock that is set back leads neither to an endless wait nor to many reads of KV', async () => {
  const { isolate } = await isolateShowing();
  await publish(testEnv.BULLETIN, aRelease());
  const reads = isolate.currentReads();
  for (let i = 0; i < 20; i++) await isolate.releaseAt(-3_600 + i / 100);
  expect(isolate.currentReads() - reads).toBe(1);
});

describe('the release of a closed site', () => {
  it.each([0, 800])(
    'is not served after five seconds: the reader waits for a newer release, with a KV that takes %i ms',
    async (ms) => {
      const { isolate, n } = await isolateShowing(aRelease({ open: false }));
      await publish(testEnv.BULLETIN, aRelease());
      expect(await isolate.releaseAt(5)).toBe(n);
      isolate.faultyKv.fail({ on: 'get', fault: { kind: 'delay', ms } });
      expect(await isolate.releaseAt(5.1)).toBe(n + 1);
    },
  );

  it('costs one read every five seconds while the site stays closed', async () => {
    const { isolate, n } = await isolateShowing(aRelease({ open: false }));
    for (let i = 1; i <= 200; i++) expect(await isolate.releaseAt(i / 10)).toBe(n);
    expect(isolate.currentReads()).toBeLessThanOrEqual(1 + 4);
  });

  it('still gives the revoked keys when KV refuses', async () => {
    const { isolate } = await isolateShowing(aRelease({ open: false, revokedKeys: ['abc'] }));
    isolate.faultyKv.fail({ on: 'get', fault: { kind: 'refuse' } });
    expect((await isolate.startRequest(60)).release?.index.revokedKeys).toEqual(['abc']);
  });
});

it('a release gives the revoked keys', async () => {
  const { isolate } = await isolateShowing(aRelease({ revokedKeys: ['abc'] }));
  expect((await isolate.startRequest(1)).release?.index.revokedKeys).toEqual(['abc']);
});
