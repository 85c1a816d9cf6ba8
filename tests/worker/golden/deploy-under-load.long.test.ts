import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env, exports } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { verifyLedger } from '../../../scripts/verify-ledger.mjs';
import { templates } from '../../../worker/newsroom/templates.ts';
import { ReleaseMemory } from '../../../worker/read/release.ts';
import { advanceClock } from '../clock.ts';
import { expectKvMatchesBulletin } from '../kv-matches-bulletin.ts';
import { loadedBulletin } from '../loaded-rows.ts';
import { get, newsroom, staff } from '../staff-client.ts';
import { goldenState, putKvValues, wakeNewsroomOn } from './golden-state.ts';

const state = goldenState();
const GOLDEN_RELEASE = 25;
const ROUNDS = 6;
const PATHS = [
  '/ar/',
  '/en/',
  '/en/news/131',
  '/ar/news/1',
  '/api/v1/live.json',
  '/en/news/2021-01/',
  '/data/statistics.csv',
];

/** Posts that were acknowledged: the title and the release of each, by the path of its page. */
const acknowledged = new Map<string, { readonly title: string; readonly release: number }>();
/** The releases that readers saw. */
const seen = new Set<number>();

/** Reads as one isolate does, through the deployed Worker: the releases that it shows never go down. */
async function readAlong(isStopped: () => boolean): Promise<void> {
  let newest = 0;
  for (let i = 0; !isStopped(); i++) {
    const path = PATHS[i % PATHS.length] ?? '/';
    const posts = [...acknowledged];
    const response = await exports.default.fetch(`https://bulletin.example${path}`);
    const text = await response.text();
    expect(response.status, path).toBe(200);
    expect(text.length, path).toBeGreaterThan(20);
    const release = Number(response.headers.get('Nashra-Release'));
    expect(release, `${path} after release ${newest}`).toBeGreaterThanOrEqual(newest);
    newest = release;
    seen.add(release);
    const [post] = posts.slice(i % Math.max(posts.length, 1));
    if (post) await checkPost(...post);
    advanceClock(6000); // so that the isolate asks for a newer release
    await scheduler.wait(2);
  }
}

/** Checks that an answer from a post's release or a newer one shows the post. */
async function checkPost(path: string, post: { readonly title: string; readonly release: number }) {
  const response = await exports.default.fetch(`https://bulletin.example${path}`);
  const text = await response.text();
  if (Number(response.headers.get('Nashra-Release')) < post.release) return;
  checkedPosts += 1;
  expect(text.includes(post.title), `${path} in release ${response.headers.get('Nashra-Release')}`).toBe(
    true,
  );
}
let checkedPosts = 0;

/** Starts new isolates all along: each must get a release that is complete, and none older than one seen before. */
async function startIsolates(isStopped: () => boolean): Promise<void> {
  const ctx = { waitUntil() {}, passThroughOnException() {} } as unknown as ExecutionContext;
  let newest = 0;
  while (!isStopped()) {
    const release = await new ReleaseMemory().get(env, ctx, Date.now());
    expect(release?.index.n ?? 0).toBeGreaterThanOrEqual(newest);
    newest = release?.index.n ?? 0;
    await scheduler.wait(5);
  }
}

/** Posts news and figures one after the other; only a 2xx counts as acknowledged. */
async function write(agency: string): Promise<void> {
  const headers = { 'Nashra-Agency': agency };
  for (let round = 0; round < ROUNDS; round++) {
    const title = `posted by ${agency} in round ${round}`;
    const body = { title: { ar: title, en: title }, body: { ar: 'نص' }, date: '2021-06-26' };
    const news = await staff('POST', 'news', { body, headers });
    expect(news.status, JSON.stringify(news.body)).toBe(201);
    acknowledged.set(`/en/news/${news.body.id}`, { title, release: news.body.release });
    const values = { new_cases: 100 + round };
    if (agency === 'health') {
      const figures = await staff('PUT', 'statistics/2021-06-26', { body: { values, reason: 'r' }, headers });
      expect(figures.status, JSON.stringify(figures.body)).toBe(200);
    }
    advanceClock(2000);
  }
}

describe('a deploy of this build on the state that version bdb304b left, under readers and writers', () => {
  beforeAll(() => putKvValues(env.BULLETIN, state));

  it('shows nobody an older release after a newer one, loses nothing, and publishes every document anew', async () => {
    let stopped = false;
    const isStopped = () => stopped;
    const readers = Promise.all([readAlong(isStopped), readAlong(isStopped), startIsolates(isStopped)]);
    readers.catch(() => {}); // awaited below
    try {
      await scheduler.wait(100);
      expect([...seen]).toEqual([GOLDEN_RELEASE]); // readers have the old release before the Newsroom wakes
      await wakeNewsroomOn(state);
      const ticks = (async () => {
        for (let i = 0; i < ROUNDS; i++) {
          await staff('POST', 'tick', { body: {} });
          await runDurableObjectAlarm(newsroom());
        }
      })();
      await Promise.all([write('health'), write('media'), ticks]);
    } finally {
      stopped = true;
      await readers;
    }
    expect(acknowledged.size).toBe(2 * ROUNDS);
    expect(checkedPosts).toBeGreaterThan(10);
    expect(seen.size).toBeGreaterThan(3); // the readers read while the site was published
    advanceClock(2000);
    await staff('POST', 'tick', { body: {} });
    const status = (await staff('GET', 'status')).body;
    expect(status).toMatchObject({ pending: false, lastError: null, entries: 24 + 3 * ROUNDS, faults: [] });
    for (const [path, { title }] of acknowledged) expect((await get(path)).body, path).toContain(title);
    expect((await get('/api/v1/live.json')).body.figures.new_cases).toEqual(['2021-06-26', 100 + ROUNDS - 1]);
    expect(verifyLedger((await staff('GET', 'ledger')).body.items)).toMatchObject({ fault: null, erased: 3 });
    const { bulletin, old } = await runInDurableObject(newsroom(), (_, { storage }) => ({
      bulletin: loadedBulletin(storage.sql),
      old: storage.sql
        .exec<{ n: number }>(
          'SELECT (SELECT count(*) FROM document WHERE substr(stamp, 1, ?1) <> ?2) + (SELECT count(*) FROM part WHERE substr(stamp, 1, ?1) <> ?2) AS n',
          templates.templateVersion.length + 1,
          `${templates.templateVersion}/`,
        )
        .one().n,
    }));
    expect(old).toBe(0);
    if (!bulletin) throw new Error('no bulletin');
    await expectKvMatchesBulletin(bulletin, templates);
  });
});
