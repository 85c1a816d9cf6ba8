import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { CURRENT_KEY, type Current } from '../../../worker/pack/format.ts';
import { aSite } from '../a-site.ts';
import { advanceClock } from '../clock.ts';
import { newsroomKv } from '../main.ts';
import { createKey, get, newsContent, newsroom, setUpSite, staff } from '../staff-client.ts';

const HOUR_MS = 3_600_000;
const current = () => env.BULLETIN.get<Current>(CURRENT_KEY, 'json');

describe('publishing', () => {
  beforeAll(() => setUpSite());

  it('takes few KV writes however many documents change', async () => {
    await staff('POST', 'news', { body: newsContent() });
    for (const act of [
      () => staff('PUT', 'statistics/2020-03-01', { body: { values: { new_cases: 5 } } }),
      () => staff('POST', 'news', { body: newsContent() }),
    ]) {
      const before = newsroomKv().count('put') + newsroomKv().count('delete');
      await act();
      const writes = newsroomKv().count('put') + newsroomKv().count('delete') - before;
      console.log(`KV writes of a publish: ${writes} (bound 8)`);
      expect(writes).toBeLessThanOrEqual(4);
    }
    expect(newsroomKv().count('get')).toBe(0); // it never renders from KV
  });

  it('commits that come together share a publish', async () => {
    const before = newsroomKv().count('put', CURRENT_KEY);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => staff('POST', 'news', { body: newsContent() })),
    );
    expect(answers.every((answer) => answer.status === 201)).toBe(true);
    expect(newsroomKv().count('put', CURRENT_KEY) - before).toBeLessThanOrEqual(2);
  });

  it('writes `current` at most once a second', async () => {
    const times: number[] = [];
    for (let i = 0; i < 3; i++) {
      await staff('POST', 'news', { body: newsContent() });
      times.push(performance.now());
    }
    expect((times[2] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(1900);
  });

  it('a call that breaks once it is kept is answered as not public yet', async () => {
    const { entries } = (await staff('GET', 'status')).body;
    const real = setTimeout;
    // What waits for the release is the only one that waits so long.
    const broken = vi.spyOn(globalThis, 'setTimeout').mockImplementation(((act: () => void, ms: number) => {
      if (ms === 5000) throw new Error('scripted');
      return real(act, ms);
    }) as typeof setTimeout);
    const sent = { body: newsContent(), headers: { 'Idempotency-Key': 'breaks-once-it-is-kept' } };
    const answer = await staff('POST', 'news', sent);
    broken.mockRestore();
    expect(answer).toMatchObject({ status: 202, body: { version: 1, release: null, pending: true } });
    expect((await staff('GET', 'status')).body.entries).toBe(entries + 1);
    await staff('POST', 'news', { body: newsContent() });
    const again = await staff('POST', 'news', sent);
    expect(again).toMatchObject({ status: 202, body: { id: answer.body.id, release: expect.any(Number) } });
    expect((await get(`/en/news/${answer.body.id}`)).status).toBe(200);
  });

  it('publishes by itself when breaking news ends, and does not let caches outlive it', async () => {
    advanceClock(10_000);
    const until = new Date(Date.now() + 2 * HOUR_MS).toISOString();
    const { id } = (await staff('POST', 'news', { body: newsContent({ breaking: { until } }) })).body;
    expect((await get('/api/v1/live.json')).body.breaking).toEqual([id]);
    const { n } = (await current()) ?? { n: 0 };
    advanceClock(2 * HOUR_MS);
    expect(await runDurableObjectAlarm(newsroom())).toBe(true);
    expect((await current())?.n).toBe(n + 1);
    expect((await get('/api/v1/live.json')).body.breaking).toEqual([]);
    expect((await get('/ar/')).body).not.toContain('data-until');
  });

  it('publishes at the turn of the site’s day', async () => {
    const { n } = (await current()) ?? { n: 0 };
    advanceClock(24 * HOUR_MS);
    await staff('POST', 'tick', { body: {} });
    expect((await current())?.n).toBeGreaterThan(n);
    const again = (await current())?.n;
    await staff('POST', 'tick', { body: {} });
    expect((await current())?.n).toBe(again); // nothing was due any more
  });

  it('renders anew what other templates made', async () => {
    await runInDurableObject(newsroom(), (_, state) => {
      state.storage.sql.exec("UPDATE document SET stamp = 'older/' || stamp, bytes = x'00'");
    });
    await evictDurableObject(newsroom());
    advanceClock(2000);
    await staff('POST', 'tick', { body: {} });
    const page = await get('/en/');
    expect(page.status).toBe(200);
    expect(page.body).toContain('<h1');
  });

  it('the Worker refuses a revoked key by itself from the next release on', async () => {
    const { id, key } = await createKey('media');
    await staff('DELETE', `keys/${id}`, { body: {} });
    advanceClock(60_000);
    const { default: worker } = await import('../../../worker/index.ts');
    const noNewsroom = { ...env, NEWSROOM: null } as unknown as typeof env;
    const response = await worker.fetch(
      new Request('https://bulletin.example/api/v1/staff/whoami', {
        headers: { Authorization: `Bearer ${key}` },
      }),
      noNewsroom,
      { waitUntil() {}, passThroughOnException() {}, props: {} } as unknown as ExecutionContext,
    );
    expect(response.status).toBe(401);
  });

  it('writes no pack again that KV has: not for settings its pages do not show, nor after a write that failed', async () => {
    advanceClock(2000);
    await staff('POST', 'news', { body: newsContent() });
    const packs = () => newsroomKv().count('put', 'pack/');
    const before = packs();
    advanceClock(2000);
    await staff('PUT', 'site', { body: { ...aSite(), notice: { ar: 'تجربة', en: 'A trial' } } });
    expect(packs()).toBe(before);
    // One pack of news; the release after it is refused once.
    newsroomKv().fail({ on: 'put', prefix: 'release/', fault: { kind: 'refuse' }, times: 1 });
    advanceClock(2000);
    const posted = staff('POST', 'news', { body: newsContent() });
    await scheduler.wait(300); // the alarm is set by a clock that is ahead of the platform's by now
    advanceClock(1000);
    await runDurableObjectAlarm(newsroom());
    expect((await posted).status).toBe(201);
    expect(packs()).toBe(before + 1);
  });

  it('sweeps packs that nothing has named for a day, and none that something names', async () => {
    const keys = async () => (await env.BULLETIN.list()).keys.map((key) => key.name);
    for (let i = 0; i < 5; i++) {
      advanceClock(2000);
      await staff('POST', 'news', { body: newsContent() });
    }
    const before = (await keys()).length;
    expect(before).toBeGreaterThan(12);
    newsroomKv().fail({ on: 'delete', fault: { kind: 'refuse' }, times: 1 });
    for (let i = 0; i < 3; i++) {
      advanceClock(25 * HOUR_MS);
      await runDurableObjectAlarm(newsroom());
    }
    expect((await keys()).length).toBeLessThan(before - 5);
    // None is forgotten: what is in KV is what the tables know of, the refused one no more than the others.
    const known = await runInDurableObject(newsroom(), (_, { storage: { sql } }) =>
      sql
        .exec<{ key: string }>('SELECT key FROM kept')
        .toArray()
        .map(({ key }) => key),
    );
    expect((await keys()).filter((key) => key !== CURRENT_KEY).sort()).toEqual(known.sort());
    for (const path of ['/ar/', '/data/statistics.csv', '/en/news/1'])
      expect((await get(path)).status).toBe(200);
  });
});
