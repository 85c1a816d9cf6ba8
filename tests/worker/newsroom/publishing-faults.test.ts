import {
  abortAllDurableObjects,
  evictDurableObject,
  runDurableObjectAlarm,
  runInDurableObject,
} from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CURRENT_KEY, type Current } from '../../../worker/pack/format.ts';
import { ReleaseMemory } from '../../../worker/read/release.ts';
import { advanceClock } from '../clock.ts';
import type { KvFault } from '../faulty-kv.ts';
import { newsroomKv } from '../main.ts';
import { newsContent, newsroom, setUpSite, staff } from '../staff-client.ts';

const STEPS = ['pack/', 'release/', CURRENT_KEY] as const;
const readCurrent = async () => {
  const value = await env.BULLETIN.get<Current>(CURRENT_KEY, 'json');
  if (!value) throw new Error('KV has no `current`');
  return value;
};

/** The newest news id and the release number that a reader of a new isolate gets. */
async function newestNews(): Promise<{ id: string; n: number }> {
  const ctx = { waitUntil() {}, passThroughOnException() {} } as unknown as ExecutionContext;
  const release = await new ReleaseMemory().get(env, ctx, Date.now());
  const ready = release?.documents.get('/api/v1/live.json');
  if (!release || !ready) throw new Error('the reader gets no release');
  const items = release.index.items.news;
  return { id: String(items?.highest ?? 0), n: release.index.n };
}

const pending = async () => (await staff('GET', 'status')).body.pending as boolean;

/** Runs the publishing loop until nothing is pending. */
async function publishPending(): Promise<void> {
  for (let i = 0; i < 60 && (await pending()); i++) {
    await scheduler.wait(100);
    await runDurableObjectAlarm(newsroom());
  }
  expect(await pending()).toBe(false);
}

describe('a KV that fails', () => {
  beforeAll(() => setUpSite());
  afterEach(async () => {
    newsroomKv().clearFaults();
    await publishPending();
  });

  const passingFaults: KvFault[] = [
    { kind: 'refuse' },
    { kind: 'unknown' },
    { kind: 'late', ms: 700 },
    { kind: 'delay', ms: 700 },
  ];
  it.each(STEPS.flatMap((prefix) => passingFaults.map((fault) => [prefix, fault] as const)))(
    'once at %s (%o) does not delay the answer to a post, and the post is published once',
    async (prefix, fault) => {
      newsroomKv().fail({ on: 'put', prefix, fault, times: 1 });
      const answer = await staff('POST', 'news', { body: newsContent() });
      expect(answer.status).toBe(201);
      const newest = await newestNews();
      expect(newest.id).toBe(answer.body.id);
      expect(answer.body.release).toBeLessThanOrEqual(newest.n);
    },
  );

  it.each(STEPS)(
    'permanently at %s keeps the last good release: a post gets a 202, and is published when KV recovers',
    async (prefix) => {
      const currentBefore = await readCurrent();
      newsroomKv().fail({ on: 'put', prefix, fault: { kind: 'refuse' } });
      const options = { body: newsContent(), headers: { 'Idempotency-Key': `permanently-${prefix}` } };
      const answer = await staff('POST', 'news', options);
      expect(answer).toMatchObject({ status: 202, body: { pending: true, release: null } });
      expect(await readCurrent()).toEqual(currentBefore);
      const status = (await staff('GET', 'status')).body;
      expect(status).toMatchObject({
        pending: true,
        lastError: { detail: expect.stringContaining('KV put') },
      });
      newsroomKv().clearFaults();
      await publishPending();
      expect((await newestNews()).id).toBe(answer.body.id);
      const repeated = await staff('POST', 'news', options);
      expect(repeated).toMatchObject({
        status: 202,
        body: { id: answer.body.id, release: expect.any(Number) },
      });
      expect((await staff('GET', 'status')).body.lastError).toBeNull();
    },
  );

  it('and never answers is abandoned after a while, and the post is published later', async () => {
    newsroomKv().fail({ on: 'put', prefix: 'release/', fault: { kind: 'hang' }, times: 1 });
    const answer = await staff('POST', 'news', { body: newsContent() });
    expect(answer.status).toBe(202);
    await scheduler.wait(6000);
    await publishPending();
    expect((await newestNews()).id).toBe(answer.body.id);
  });

  it.each([
    ...STEPS.map((prefix) => [prefix, 'aborted'] as const),
    ['release/', 'evicted'] as const, // an eviction first ends running work and is slow: one case is enough
  ])(
    'while a Newsroom that writes %s is %s: the alarm publishes the post under a new release number',
    async (prefix, how) => {
      const currentBefore = await readCurrent();
      newsroomKv().fail({ on: 'put', prefix, fault: { kind: 'refuse' } });
      const answer = staff('POST', 'news', { body: newsContent() });
      await scheduler.wait(300);
      if (how === 'aborted') {
        await abortAllDurableObjects();
        expect((await answer).status).toBe(503); // the answer says that the outcome is unknown
      } else {
        expect((await answer).status).toBe(202);
        await evictDurableObject(newsroom());
      }
      expect(await readCurrent()).toEqual(currentBefore);
      newsroomKv().clearFaults();
      const { highest, lastNumber } = await runInDurableObject(newsroom(), (_, state) => ({
        highest: state.storage.sql
          .exec<{ m: number }>("SELECT max(serial) AS m FROM item WHERE collection = 'news'")
          .one().m,
        lastNumber: state.storage.sql
          .exec<{ value: number }>("SELECT value FROM counter WHERE name = 'release'")
          .one().value,
      }));
      await runDurableObjectAlarm(newsroom());
      await publishPending();
      const newest = await newestNews();
      expect(newest.id).toBe(String(highest));
      expect(newest.n).toBeGreaterThan(lastNumber);
    },
  );

  it('and works again gets no extra release after a write of `current` that succeeds', async () => {
    advanceClock(61_000); // first runs the extra releases that earlier tests caused
    await runDurableObjectAlarm(newsroom());
    await staff('POST', 'news', { body: newsContent() });
    const due = await runInDurableObject(newsroom(), (_, state) =>
      state.storage.sql
        .exec<{ kind: string }>('SELECT kind FROM due ORDER BY kind')
        .toArray()
        .map((row) => row.kind),
    );
    expect(due).toEqual(['boundary', 'prune', 'sweep']);
  });

  it('and writes `current` late gets one more release a minute later, so that the late write does not win', async () => {
    newsroomKv().fail({ on: 'put', prefix: CURRENT_KEY, fault: { kind: 'late', ms: 2500 }, times: 1 });
    const posted = staff('POST', 'news', { body: newsContent() });
    await scheduler.wait(1300); // the test's clock, which sets the alarm, is ahead of the platform's clock
    advanceClock(1000);
    await runDurableObjectAlarm(newsroom());
    const answer = await posted;
    expect(answer.status).toBe(201);
    const newer = await readCurrent();
    await scheduler.wait(2600);
    const older = await readCurrent();
    expect(older.n).toBeLessThan(newer.n); // the fault is real: KV now names an older release
    advanceClock(50_000);
    await runDurableObjectAlarm(newsroom());
    expect(await readCurrent()).toEqual(older); // the extra release is not due yet
    advanceClock(15_000);
    await runDurableObjectAlarm(newsroom());
    expect((await readCurrent()).n).toBeGreaterThan(newer.n);
    expect((await newestNews()).id).toBe(answer.body.id);
  });
});
