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
const current = async () => {
  const value = await env.BULLETIN.get<Current>(CURRENT_KEY, 'json');
  if (!value) throw new Error('nothing is current');
  return value;
};

/** The newest news as a reader sees it who comes to a cold isolate. */
async function newestNews(): Promise<{ id: string; n: number }> {
  const ctx = { waitUntil() {}, passThroughOnException() {} } as unknown as ExecutionContext;
  const release = await new ReleaseMemory().get(env, ctx, Date.now());
  const ready = release?.documents.get('/api/v1/live.json');
  if (!release || !ready) throw new Error('no release to be read');
  const items = release.index.items.news;
  return { id: String(items?.highest ?? 0), n: release.index.n };
}

const pending = async () => (await staff('GET', 'status')).body.pending as boolean;

/** Lets the loop work until nothing is pending. */
async function settle(): Promise<void> {
  for (let i = 0; i < 60 && (await pending()); i++) {
    await scheduler.wait(100);
    await runDurableObjectAlarm(newsroom());
  }
  expect(await pending()).toBe(false);
}

describe('KV that fails', () => {
  beforeAll(() => setUpSite());
  afterEach(async () => {
    newsroomKv().clearFaults();
    await settle();
  });

  const passing: KvFault[] = [
    { kind: 'refuse' },
    { kind: 'unknown' },
    { kind: 'late', ms: 700 },
    { kind: 'delay', ms: 700 },
  ];
  it.each(STEPS.flatMap((prefix) => passing.map((fault) => [prefix, fault] as const)))(
    'at %s once, %o: the post is answered in time all the same, and published once',
    async (prefix, fault) => {
      newsroomKv().fail({ on: 'put', prefix, fault, times: 1 });
      const answer = await staff('POST', 'news', { body: newsContent() });
      expect(answer.status).toBe(201);
      const seen = await newestNews();
      expect(seen.id).toBe(answer.body.id);
      expect(answer.body.release).toBeLessThanOrEqual(seen.n);
    },
  );

  it.each(STEPS)(
    'for good at %s: 202, the last good release stands, and it is published when KV is back',
    async (prefix) => {
      const before = await current();
      newsroomKv().fail({ on: 'put', prefix, fault: { kind: 'refuse' } });
      const sent = { body: newsContent(), headers: { 'Idempotency-Key': `for-good-${prefix}` } };
      const answer = await staff('POST', 'news', sent);
      expect(answer).toMatchObject({ status: 202, body: { pending: true, release: null } });
      expect(await current()).toEqual(before);
      const status = (await staff('GET', 'status')).body;
      expect(status).toMatchObject({
        pending: true,
        lastError: { detail: expect.stringContaining('KV put') },
      });
      newsroomKv().clearFaults();
      await settle();
      expect((await newestNews()).id).toBe(answer.body.id);
      const again = await staff('POST', 'news', sent);
      expect(again).toMatchObject({ status: 202, body: { id: answer.body.id, release: expect.any(Number) } });
      expect((await staff('GET', 'status')).body.lastError).toBeNull();
    },
  );

  it('that never answers is given up on', async () => {
    newsroomKv().fail({ on: 'put', prefix: 'release/', fault: { kind: 'hang' }, times: 1 });
    const answer = await staff('POST', 'news', { body: newsContent() });
    expect(answer.status).toBe(202);
    await scheduler.wait(6000);
    await settle();
    expect((await newestNews()).id).toBe(answer.body.id);
  });

  it.each([
    ...STEPS.map((prefix) => [prefix, 'aborted'] as const),
    ['release/', 'evicted'] as const, // which drains first, and is slow: once is enough
  ])(
    'a Newsroom that dies while it writes %s (%s): the alarm finishes its work, under a new number',
    async (prefix, how) => {
      const before = await current();
      newsroomKv().fail({ on: 'put', prefix, fault: { kind: 'refuse' } });
      const answer = staff('POST', 'news', { body: newsContent() });
      await scheduler.wait(300);
      if (how === 'aborted') {
        await abortAllDurableObjects();
        expect((await answer).status).toBe(503); // told that nobody knows
      } else {
        expect((await answer).status).toBe(202);
        await evictDurableObject(newsroom());
      }
      expect(await current()).toEqual(before);
      newsroomKv().clearFaults();
      const { highest, numbers } = await runInDurableObject(newsroom(), (_, state) => ({
        highest: state.storage.sql
          .exec<{ m: number }>("SELECT max(serial) AS m FROM item WHERE collection = 'news'")
          .one().m,
        numbers: state.storage.sql
          .exec<{ value: number }>("SELECT value FROM counter WHERE name = 'release'")
          .one().value,
      }));
      await runDurableObjectAlarm(newsroom());
      await settle();
      const seen = await newestNews();
      expect(seen.id).toBe(String(highest));
      expect(seen.n).toBeGreaterThan(numbers);
    },
  );

  it('nothing follows a flip whose outcome is known', async () => {
    advanceClock(61_000); // what the faults before left behind is settled first
    await runDurableObjectAlarm(newsroom());
    await staff('POST', 'news', { body: newsContent() });
    const due = await runInDurableObject(newsroom(), (_, state) =>
      state.storage.sql
        .exec<{ kind: string }>('SELECT kind FROM due ORDER BY kind')
        .toArray()
        .map((row) => row.kind),
    );
    expect(due).toEqual(['boundary', 'sweep']);
  });

  it('a late `current` does not win for good: one more release follows a minute later', async () => {
    newsroomKv().fail({ on: 'put', prefix: CURRENT_KEY, fault: { kind: 'late', ms: 2500 }, times: 1 });
    const posted = staff('POST', 'news', { body: newsContent() });
    await scheduler.wait(1300); // the alarm is set by a clock that is ahead of the platform's by now
    advanceClock(1000);
    await runDurableObjectAlarm(newsroom());
    const answer = await posted;
    expect(answer.status).toBe(201);
    const good = await current();
    await scheduler.wait(2600);
    const late = await current();
    expect(late.n).toBeLessThan(good.n); // the fault is real: an older release stands in KV now
    advanceClock(50_000);
    await runDurableObjectAlarm(newsroom());
    expect(await current()).toEqual(late); // not before its time
    advanceClock(15_000);
    await runDurableObjectAlarm(newsroom());
    expect((await current()).n).toBeGreaterThan(good.n);
    expect((await newestNews()).id).toBe(answer.body.id);
  });
});
