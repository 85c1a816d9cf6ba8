import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { ReleaseMemory } from '../../../worker/read/release.ts';
import { aRelease, publish } from '../a-release.ts';
import { FaultyKv } from '../faulty-kv.ts';
import { testEnv } from './reader.ts';

const START = Date.parse('2026-11-24T12:00:00Z');

/** An isolate at a time of the test's own, with a KV that counts and may fail. */
class Isolate {
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

async function anIsolateThatShows(release = aRelease()) {
  await publish(testEnv.BULLETIN, release);
  const isolate = new Isolate();
  expect(await isolate.at(0)).toBe(release.n);
  return { isolate, n: release.n };
}

describe('the release in memory', () => {
  it('is served for 5 seconds without a read', async () => {
    const { isolate, n } = await anIsolateThatShows();
    await publish(testEnv.BULLETIN, aRelease());
    expect(await isolate.at(5)).toBe(n);
    expect(isolate.reads()).toBe(1);
  });

  it('is served to 30 seconds and refreshed behind', async () => {
    const { isolate, n } = await anIsolateThatShows();
    await publish(testEnv.BULLETIN, aRelease());
    expect(await isolate.at(6)).toBe(n);
    expect(await isolate.at(7)).toBe(n + 1);
    expect(isolate.reads()).toBe(2);
  });

  it('beyond 30 seconds waits for a newer one', async () => {
    const { isolate, n } = await anIsolateThatShows();
    await publish(testEnv.BULLETIN, aRelease());
    expect(await isolate.at(31)).toBe(n + 1);
  });

  it('beyond 30 seconds is served after half a second if KV is slow', async () => {
    const { isolate, n } = await anIsolateThatShows();
    isolate.faulty.fail({ on: 'get', prefix: 'current', fault: { kind: 'hang' } });
    const before = performance.now();
    const { release } = await isolate.begin(60);
    expect(release?.index.n).toBe(n);
    const waitedMs = performance.now() - before;
    expect(waitedMs).toBeGreaterThan(400);
    expect(waitedMs).toBeLessThan(1_500);
  });

  it('is served when KV refuses, and KV is left alone for a second', async () => {
    const { isolate, n } = await anIsolateThatShows();
    isolate.faulty.fail({ on: 'get', fault: { kind: 'refuse' } });
    expect(await isolate.at(100)).toBe(n);
    for (let i = 0; i < 50; i++) expect(await isolate.at(100.5)).toBe(n);
    expect(isolate.reads()).toBe(2);
    isolate.faulty.heal();
    await publish(testEnv.BULLETIN, aRelease());
    expect(await isolate.at(102)).toBe(n + 1);
  });

  it('is refreshed by one request at a time', async () => {
    const { isolate } = await anIsolateThatShows();
    isolate.faulty.fail({ on: 'get', prefix: 'current', fault: { kind: 'delay', ms: 50 } });
    const requests = await Promise.all(Array.from({ length: 100 }, () => isolate.begin(20)));
    await waitOnExecutionContext(requests[0]?.ctx ?? createExecutionContext());
    expect(isolate.reads()).toBe(2);
  });

  it('is refreshed by another request when a refresh has died, after 3 seconds', async () => {
    const { isolate, n } = await anIsolateThatShows();
    await publish(testEnv.BULLETIN, aRelease());
    isolate.faulty.fail({ on: 'get', prefix: 'current', fault: { kind: 'hang' }, times: 1 });
    await isolate.begin(10);
    expect((await isolate.begin(12)).release?.index.n).toBe(n);
    expect(isolate.reads()).toBe(2);
    await isolate.at(13.5);
    expect(await isolate.at(14)).toBe(n + 1);
    expect(isolate.reads()).toBe(3);
  });

  it('never goes back, whatever KV says', async () => {
    const older = aRelease();
    const { isolate, n } = await anIsolateThatShows(aRelease());
    await publish(testEnv.BULLETIN, older);
    for (const seconds of [6, 7, 40, 41, 100]) expect(await isolate.at(seconds)).toBe(n);
  });

  it('stays while KV has not the release that current names', async () => {
    const { isolate, n } = await anIsolateThatShows();
    const next = aRelease();
    await publish(testEnv.BULLETIN, next);
    isolate.faulty.fail({ on: 'get', prefix: next.key, fault: { kind: 'absent' } });
    expect(await isolate.at(31)).toBe(n);
    isolate.faulty.heal();
    expect(await isolate.at(33)).toBe(n + 1);
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
      isolate.faulty.fail({ on: 'get', prefix: current.key, fault: { kind } });
      expect(await isolate.at(0)).toBe(before.n);
      expect(await isolate.at(0.5)).toBe(before.n);
      isolate.faulty.heal();
      await isolate.at(2);
      expect(await isolate.at(3)).toBe(current.n);
    },
  );

  it('shows nothing where there is nothing, and asks KV once a second', async () => {
    await testEnv.BULLETIN.delete('current');
    const isolate = new Isolate();
    for (let i = 0; i < 20; i++) expect(await isolate.at(0.5)).toBeNull();
    expect(isolate.reads()).toBe(1);
    const release = aRelease();
    await publish(testEnv.BULLETIN, release);
    expect(await isolate.at(2)).toBe(release.n);
  });

  it('reads once for many requests at once', async () => {
    const release = aRelease();
    await publish(testEnv.BULLETIN, release);
    const isolate = new Isolate();
    const shown = await Promise.all(Array.from({ length: 50 }, () => isolate.begin(0)));
    expect(shown.map((s) => s.release?.index.n)).toEqual(Array(50).fill(release.n));
    expect(isolate.faulty.count('get')).toBe(2);
  });

  it('reads again when the first request died with its read', async () => {
    const release = aRelease();
    await publish(testEnv.BULLETIN, release);
    const isolate = new Isolate();
    isolate.faulty.fail({ on: 'get', prefix: 'current', fault: { kind: 'hang' }, times: 1 });
    const both = await Promise.all([isolate.begin(0), isolate.begin(0)]);
    expect(both.map((b) => b.release?.index.n)).toEqual([release.n, release.n]);
    expect(isolate.reads()).toBe(2);
  });
});

it('knows the keys that were revoked', async () => {
  const { isolate } = await anIsolateThatShows(aRelease({ revokedKeys: ['abc'] }));
  expect((await isolate.begin(1)).release?.index.revokedKeys).toEqual(['abc']);
});
