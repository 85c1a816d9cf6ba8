import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { templates } from '../../../worker/newsroom/templates.ts';
import { CURRENT_KEY, type Current } from '../../../worker/pack/format.ts';
import { ReleaseMemory } from '../../../worker/read/release.ts';
import { advanceClock } from '../clock.ts';
import { expectKvMatchesBulletin } from '../kv-matches-bulletin.ts';
import { loadedBulletin } from '../loaded-rows.ts';
import { newsroomKv } from '../main.ts';
import { newsContent, newsroom, setUpSite, pacedStaff as staff } from '../staff-client.ts';

const readCurrent = async (): Promise<Current> => {
  const value = await env.BULLETIN.get<Current>(CURRENT_KEY, 'json');
  if (!value) throw new Error('KV has no `current`');
  return value;
};
const currentReads = () => newsroomKv().count('get', CURRENT_KEY);

/** The release number and the newest news id that a reader of a new isolate gets. */
async function readAsNewIsolate(): Promise<{ readonly n: number; readonly news: number }> {
  const ctx = { waitUntil() {}, passThroughOnException() {} } as unknown as ExecutionContext;
  const release = await new ReleaseMemory().get(env, ctx, Date.now());
  if (!release) throw new Error('the reader gets no release');
  return { n: release.index.n, news: release.index.items.news?.highest ?? 0 };
}

/** A call that wakes the Newsroom and ends when its publish is done. */
const WAKES = {
  'a tick': () => staff('POST', 'tick', { body: {} }),
  'a write': () => staff('POST', 'news', { body: newsContent() }),
} as const;

/** How another program, or KV itself, changes `current` while the Newsroom sleeps. */
const CHANGES: Readonly<Record<string, (current: Current) => Promise<void>>> = {
  'has a higher number': (current) =>
    env.BULLETIN.put(CURRENT_KEY, JSON.stringify({ ...current, n: current.n + 500 })),
  'names another release under a higher number': async (current) => {
    const n = current.n + 500;
    const bytes = await env.BULLETIN.get(current.key, 'arrayBuffer');
    await env.BULLETIN.put(`release/${n}-other`, bytes ?? '');
    await env.BULLETIN.put(CURRENT_KEY, JSON.stringify({ ...current, n, key: `release/${n}-other` }));
  },
  'is gone': () => env.BULLETIN.delete(CURRENT_KEY),
  'is gone with all packs': async () => {
    for (const { name } of (await env.BULLETIN.list()).keys) await env.BULLETIN.delete(name);
  },
};

/** Checks that KV holds every byte of the bulletin as it is in the rows. */
async function expectPublished(): Promise<void> {
  const bulletin = await runInDurableObject(newsroom(), (_, state) => loadedBulletin(state.storage.sql));
  if (!bulletin) throw new Error('no bulletin');
  await expectKvMatchesBulletin(bulletin, templates);
}

describe('a `current` in KV that changed while the Newsroom slept', () => {
  beforeAll(() => setUpSite());

  it.each(
    Object.keys(CHANGES).flatMap((change) => Object.keys(WAKES).map((wake) => [change, wake] as const)),
  )('and %s is replaced by a higher release when %s wakes the Newsroom', async (change, wake) => {
    const posted = await staff('POST', 'news', { body: newsContent() });
    const before = await readCurrent();
    advanceClock(130_000); // KV may give an old value, or none, for two minutes
    await CHANGES[change]?.(before);
    await evictDurableObject(newsroom());
    const changed = await env.BULLETIN.get<Current>(CURRENT_KEY, 'json');
    const answer = await WAKES[wake as keyof typeof WAKES]();
    const after = await readCurrent();
    expect(after.n).toBe((changed?.n ?? before.n) + 1);
    expect(answer.body.release).toBe(after.n);
    const newest = wake === 'a write' ? answer.body.id : posted.body.id;
    expect(await readAsNewIsolate()).toEqual({ n: after.n, news: Number(newest) });
    await expectPublished();
    await staff('POST', 'tick', { body: {} });
    expect(await readCurrent()).toEqual(after); // nothing is left to publish
  });

  it('is looked for with one KV read after a wake, however many posts follow', async () => {
    await evictDurableObject(newsroom());
    const readsBefore = currentReads();
    for (let i = 0; i < 3; i++) expect((await WAKES['a write']()).status).toBe(201);
    await WAKES['a tick']();
    expect(currentReads() - readsBefore).toBe(1);
  });

  it('delays no post if KV cannot be read, and is looked for again by the next tick', async () => {
    await evictDurableObject(newsroom());
    await staff('GET', 'status');
    const readsBefore = currentReads();
    newsroomKv().fail({ on: 'get', prefix: CURRENT_KEY, fault: { kind: 'refuse' }, times: 1 });
    for (let i = 0; i < 3; i++) expect((await WAKES['a write']()).status).toBe(201);
    expect(currentReads() - readsBefore).toBe(1);
    await WAKES['a tick']();
    expect(currentReads() - readsBefore).toBe(2);
  });
});
