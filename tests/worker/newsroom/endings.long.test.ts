import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env, exports } from 'cloudflare:workers';
import { expect, it } from 'vitest';
import { toInstant } from '../../../worker/model/instant.ts';
import { readCounter } from '../../../worker/newsroom/ledger/counters.ts';
import { advanceClock } from '../clock.ts';
import { newsContent, newsroom, setUpSite, staff } from '../staff-client.ts';
import '../fresh-site.ts';

const ALERTS = 400;
const SECONDS = 150;

const lastRelease = () =>
  runInDurableObject(newsroom(), (_, { storage }) => readCounter(storage.sql, 'release'));
const isDue = (nowMs: number) =>
  runInDurableObject(
    newsroom(),
    (_, { storage }) =>
      storage.sql.exec("SELECT 1 FROM due WHERE kind = 'boundary' AND at_ms <= ?", nowMs).toArray().length >
      0,
  );

/** The `max-age` of a page, for a reader in an isolate that has just read the release. */
async function maxAge(path: string): Promise<number> {
  const response = await exports.default.fetch(`https://bulletin.example${path}`);
  await response.body?.cancel();
  return Number(/max-age=(\d+)/.exec(response.headers.get('Cache-Control') ?? '')?.[1]);
}

it('400 alerts that end a second apart leave caches their time, and publish a few releases a minute', async () => {
  await setUpSite();
  const items = Array.from({ length: ALERTS }, () => ({ agency: 'media', content: newsContent() }));
  expect((await staff('POST', 'import', { body: { collection: 'news', items } })).status).toBe(201);
  // The rows of a site that had as many alerts before there was a limit to them.
  const startMs = Math.ceil(Date.now() / 60_000) * 60_000 + 60_000;
  await runInDurableObject(newsroom(), (_, { storage: { sql } }) => {
    for (let i = 1; i <= ALERTS; i++)
      sql.exec(
        "UPDATE item SET item = json_set(item, '$.content.breaking', json_object('until', ?)) WHERE collection = 'news' AND serial = ?",
        toInstant(startMs + i * 1000),
        i,
      );
  });
  await evictDurableObject(newsroom());
  advanceClock(startMs - Date.now());
  expect(
    (await staff('POST', 'news', { body: newsContent(), headers: { 'Nashra-Agency': 'media' } })).status,
  ).toBe(201);

  const first = await lastRelease();
  let hasLittle = 0;
  for (let second = 0; second < SECONDS; second++) {
    advanceClock(startMs + second * 1000 - Date.now());
    if (await isDue(Date.now())) await runDurableObjectAlarm(newsroom());
    if ((await maxAge('/en/')) < 5) hasLittle += 1;
  }
  const releases = (await lastRelease()) - first;
  console.log(`${releases} releases, max-age below 5 in ${hasLittle} of ${SECONDS} seconds`);
  expect(releases).toBeGreaterThanOrEqual(3);
  expect(releases).toBeLessThanOrEqual(Math.ceil(SECONDS / 60) * 3);
  expect(hasLittle / SECONDS).toBeLessThan(0.35);
  expect(await env.BULLETIN.get('current')).not.toBeNull();
}, 60_000);
