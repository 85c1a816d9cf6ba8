import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { CURRENT_KEY, type Current } from '../../../worker/pack/format.ts';
import { aSite } from '../a-site.ts';
import { advanceClock } from '../clock.ts';
import { newsroomKv } from '../main.ts';
import { createKey, get, newsContent, newsroom, setUpSite, staff } from '../staff-client.ts';

const HOUR_MS = 3_600_000;
const readCurrent = () => env.BULLETIN.get<Current>(CURRENT_KEY, 'json');

describe('a publish', () => {
  beforeAll(() => setUpSite());

  it('needs few KV writes, however many documents change', async () => {
    await staff('POST', 'news', { body: newsContent() });
    for (const call of [
      () => staff('PUT', 'statistics/2020-03-01', { body: { values: { new_cases: 5 } } }),
      () => staff('POST', 'news', { body: newsContent() }),
    ]) {
      const writesBefore = newsroomKv().count('put') + newsroomKv().count('delete');
      await call();
      const writes = newsroomKv().count('put') + newsroomKv().count('delete') - writesBefore;
      console.log(`KV writes of a publish: ${writes} (bound 8)`);
      expect(writes).toBeLessThanOrEqual(4);
    }
    // The Newsroom never reads documents from KV, and reads `current` once after it woke.
    expect(newsroomKv().count('get')).toBe(newsroomKv().count('get', CURRENT_KEY));
    expect(newsroomKv().count('get')).toBe(1);
  });

  it('is shared by calls that arrive together', async () => {
    const writesBefore = newsroomKv().count('put', CURRENT_KEY);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => staff('POST', 'news', { body: newsContent() })),
    );
    expect(answers.every((answer) => answer.status === 201)).toBe(true);
    expect(newsroomKv().count('put', CURRENT_KEY) - writesBefore).toBeLessThanOrEqual(2);
  });

  it('writes `current` at most once a second', async () => {
    const times: number[] = [];
    for (let i = 0; i < 3; i++) {
      await staff('POST', 'news', { body: newsContent() });
      times.push(performance.now());
    }
    expect((times[2] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(1900);
  });

  it('is pending in the answer of a call that throws after its entry is written', async () => {
    const { entries } = (await staff('GET', 'status')).body;
    const real = setTimeout;
    // Only the wait for the release sets a timer of 5000 ms.
    const throwingTimers = vi.spyOn(globalThis, 'setTimeout').mockImplementation(((
      act: () => void,
      ms: number,
    ) => {
      if (ms === 5000) throw new Error('scripted');
      return real(act, ms);
    }) as typeof setTimeout);
    const options = { body: newsContent(), headers: { 'Idempotency-Key': 'throws-after-its-entry' } };
    const answer = await staff('POST', 'news', options);
    throwingTimers.mockRestore();
    expect(answer).toMatchObject({ status: 202, body: { version: 1, release: null, pending: true } });
    expect((await staff('GET', 'status')).body.entries).toBe(entries + 1);
    await staff('POST', 'news', { body: newsContent() });
    const repeated = await staff('POST', 'news', options);
    expect(repeated).toMatchObject({
      status: 202,
      body: { id: answer.body.id, release: expect.any(Number) },
    });
    expect((await get(`/en/news/${answer.body.id}`)).status).toBe(200);
  });

  it('happens by itself when breaking news ends, and readers no longer see it', async () => {
    advanceClock(10_000);
    const until = new Date(Date.now() + 2 * HOUR_MS).toISOString();
    const { id } = (await staff('POST', 'news', { body: newsContent({ breaking: { until } }) })).body;
    expect((await get('/api/v1/live.json')).body.breaking).toEqual([id]);
    const { n } = (await readCurrent()) ?? { n: 0 };
    advanceClock(2 * HOUR_MS);
    expect(await runDurableObjectAlarm(newsroom())).toBe(true);
    expect((await readCurrent())?.n).toBe(n + 1);
    expect((await get('/api/v1/live.json')).body.breaking).toEqual([]);
    expect((await get('/ar/')).body).not.toContain('data-until');
  });

  it('happens once after midnight at the site', async () => {
    const { n } = (await readCurrent()) ?? { n: 0 };
    advanceClock(24 * HOUR_MS);
    await staff('POST', 'tick', { body: {} });
    expect((await readCurrent())?.n).toBeGreaterThan(n);
    const published = (await readCurrent())?.n;
    await staff('POST', 'tick', { body: {} });
    expect((await readCurrent())?.n).toBe(published); // nothing else is due
  });

  it('renders again what older templates rendered', async () => {
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

  it('lets the Worker refuse a revoked key without the Newsroom', async () => {
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

  it('writes no pack that KV already has, not even after a change of settings or a failed write', async () => {
    advanceClock(2000);
    await staff('POST', 'news', { body: newsContent() });
    const packWrites = () => newsroomKv().count('put', 'pack/');
    const writesBefore = packWrites();
    advanceClock(2000);
    await staff('PUT', 'site', { body: { ...aSite(), notice: { ar: 'تجربة', en: 'A trial' } } });
    expect(packWrites()).toBe(writesBefore);
    // The publish writes one pack of news; then KV refuses its release once.
    newsroomKv().fail({ on: 'put', prefix: 'release/', fault: { kind: 'refuse' }, times: 1 });
    advanceClock(2000);
    const posted = staff('POST', 'news', { body: newsContent() });
    await scheduler.wait(300); // the test's clock, which sets the alarm, is ahead of the platform's clock
    advanceClock(1000);
    await runDurableObjectAlarm(newsroom());
    expect((await posted).status).toBe(201);
    expect(packWrites()).toBe(writesBefore + 1);
  });

  it('deletes packs that no release has named for a day, and keeps all others', async () => {
    const keys = async () => (await env.BULLETIN.list()).keys.map((key) => key.name);
    for (let i = 0; i < 5; i++) {
      advanceClock(2000);
      await staff('POST', 'news', { body: newsContent() });
    }
    const keysBefore = (await keys()).length;
    expect(keysBefore).toBeGreaterThan(12);
    newsroomKv().fail({ on: 'delete', fault: { kind: 'refuse' }, times: 1 });
    for (let i = 0; i < 3; i++) {
      advanceClock(25 * HOUR_MS);
      await runDurableObjectAlarm(newsroom());
    }
    expect((await keys()).length).toBeLessThan(keysBefore - 5);
    // The tables list exactly the keys in KV, so the key whose deletion was refused is not forgotten.
    const listed = await runInDurableObject(newsroom(), (_, { storage: { sql } }) =>
      sql
        .exec<{ key: string }>('SELECT key FROM kept')
        .toArray()
        .map(({ key }) => key),
    );
    expect((await keys()).filter((key) => key !== CURRENT_KEY).sort()).toEqual(listed.sort());
    for (const path of ['/ar/', '/data/statistics.csv', '/en/news/1'])
      expect((await get(path)).status).toBe(200);
  });

  it('deletes old packs faster than a busy site makes them, and answers staff meanwhile', async () => {
    const MADE_A_MINUTE = 480; // a release a second, with seven packs
    const old = Date.now() - 25 * HOUR_MS;
    await runInDurableObject(newsroom(), (_, { storage: { sql } }) => {
      for (let i = 0; i < 3 * MADE_A_MINUTE; i++)
        sql.exec('INSERT INTO kept (key, superseded_ms) VALUES (?, ?)', `pack/old-${i}`, old);
      sql.exec("INSERT OR REPLACE INTO due (kind, at_ms) VALUES ('sweep', ?)", Date.now());
    });
    const countOld = () =>
      runInDurableObject(
        newsroom(),
        (_, { storage: { sql } }) =>
          sql.exec<{ n: number }>("SELECT count(*) AS n FROM kept WHERE key LIKE 'pack/old-%'").one().n,
      );
    newsroomKv().fail({ on: 'delete', prefix: 'pack/old-', fault: { kind: 'delay', ms: 20 } });
    const begun = Date.now();
    const sweep = runDurableObjectAlarm(newsroom());
    expect((await staff('GET', 'status')).status).toBe(200);
    expect(await countOld()).toBeGreaterThan(2 * MADE_A_MINUTE); // the sweep is still under way
    await sweep;
    newsroomKv().clearFaults();
    while (Date.now() < begun + 59_000 && (await countOld()) > 0) {
      advanceClock(3000);
      await runDurableObjectAlarm(newsroom());
    }
    expect(await countOld()).toBe(0);
  });
});
