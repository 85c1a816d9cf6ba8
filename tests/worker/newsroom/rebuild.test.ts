import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { env, exports } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { COLLECTIONS, hasPermalinks } from '../../../worker/model/collections/registry.ts';
import { itemPaths } from '../../../worker/model/path.ts';
import { templates } from '../../../worker/newsroom/templates.ts';
import { advanceClock } from '../clock.ts';
import { CONTENT_EXAMPLES } from '../content-examples.ts';
import { expectKvMatchesBulletin } from '../kv-matches-bulletin.ts';
import { loadedBulletin } from '../loaded-rows.ts';
import { newsroom, setUpSite, pacedStaff as staff } from '../staff-client.ts';

const readBulletin = () =>
  runInDurableObject(newsroom(), (_, state) => {
    const bulletin = loadedBulletin(state.storage.sql);
    if (!bulletin) throw new Error('no bulletin');
    return bulletin;
  });

/** Every public path: the documents that this bulletin has, and the pages of its items, withdrawn ones included. */
let paths: readonly string[] = [];

async function findPublicPaths(): Promise<readonly string[]> {
  const bulletin = await readBulletin();
  const moment = { release: 1, asOf: bulletin.items.news.get('1' as never)?.publishedAt as never };
  const items = COLLECTIONS.filter(hasPermalinks).flatMap((collection) => [
    ...bulletin.items[collection].values(),
  ]);
  return [
    ...templates
      .documents(bulletin, moment)
      .map(({ path }) => path)
      .filter((path) => path.startsWith('/')),
    ...items.flatMap((item) => Object.values(itemPaths(bulletin.site, item))),
  ];
}

/** Reads every public path as a reader does a minute later; gives the status and the ETag of each. */
async function readEverything(): Promise<ReadonlyMap<string, string>> {
  advanceClock(60_000);
  const answers = new Map<string, string>();
  for (const path of paths) {
    const response = await exports.default.fetch(`https://bulletin.example${path}`, { redirect: 'manual' });
    const text = await response.text();
    answers.set(path, `${response.status} ${response.headers.get('ETag') ?? text}`); // a 410 has no ETag
  }
  return answers;
}

/** These show the release or its time, so each release changes them. */
const STAMPED: readonly string[] = [
  ...['/', '/ar/', '/en/', '/api/v1/bulletin.json', '/api/v1/live.json'],
  ...['/api/v1/figures/ar.json', '/api/v1/figures/en.json'],
];

/** The paths whose answer differs, without those that every release changes. */
const differing = (a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): readonly string[] =>
  paths.filter((path) => !STAMPED.includes(path) && a.get(path) !== b.get(path));

/** Makes changes in every part of the bulletin and takes them back, so that every kind of document is rendered again. */
async function changeEverything(): Promise<void> {
  for (const critical of [3, null])
    await staff('PUT', 'statistics/2020-03-02', { body: { values: { critical }, reason: 'recount' } });
  for (const name of ['Other', 'Bulletin']) {
    advanceClock(2000);
    await setUpSite({ name: { ar: name, en: name } });
  }
  for (const title of ['Other', 'Edited'])
    await staff('PATCH', 'news/1', {
      body: { content: { title: { ar: 'خبر', en: title } }, reason: 'typo' },
    });
}

/** Runs SQL on the Newsroom's tables behind its back, and lets it forget what it has in memory. */
async function corrupt(sql: string): Promise<void> {
  await runInDurableObject(newsroom(), (_, state) => void state.storage.sql.exec(sql));
  await evictDurableObject(newsroom());
}

const CORRUPTIONS = [
  [
    'a figure',
    `UPDATE day SET cells = replace(cells, '"new_cases":[7,', '"new_cases":[70,') WHERE date = '2020-03-01'`,
    ['/api/v1/statistics.json', '/data/statistics.csv'],
  ],
  [
    'a news item',
    "UPDATE item SET item = replace(item, 'Body', 'Corrupt') WHERE collection = 'news' AND serial = 2",
    ['/en/news/2', '/api/v1/news.json'],
  ],
  [
    'a correction',
    `UPDATE correction SET correction = replace(correction, 'recount', 'corrupt');
      UPDATE correction_head SET told = replace(told, 'recount', 'corrupt')`,
    ['/api/v1/changes.json', '/en/changes/'],
  ],
] as const;

describe('a rebuild by the operator', () => {
  beforeAll(async () => {
    await setUpSite();
    for (const collection of COLLECTIONS)
      for (const content of Object.values(CONTENT_EXAMPLES[collection]))
        expect((await staff('POST', collection, { body: content })).status).toBe(201);
    for (const new_cases of [5, 7])
      await staff('PUT', 'statistics/2020-03-01', { body: { values: { new_cases }, reason: 'recount' } });
    await staff('PATCH', 'news/1', {
      body: { content: { title: { ar: 'خبر', en: 'Edited' } }, reason: 'typo' },
    });
    await staff('DELETE', 'decisions/1', { body: { reason: 'repealed' } });
    await staff('DELETE', 'rumours/1', { body: { reason: 'wrong' } });
    const { entries } = (await staff('GET', 'status')).body;
    await staff('POST', `ledger/${entries}/erasure`, { body: { reason: 'private' } });
    paths = await findPublicPaths();
  });

  it('publishes a new release in which the ETag of every public document is the same', async () => {
    expect(paths.length).toBeGreaterThan(50);
    for (const path of ['/en/', '/api/v1/changes.json', '/data/statistics.csv', '/ar/decisions/1'])
      expect(paths).toContain(path);
    const etagsBefore = await readEverything();
    for (const answer of etagsBefore.values()) expect(answer).toMatch(/^(200 "|410 <)/);
    const { release } = (await staff('GET', 'status')).body;
    const rebuilt = await staff('POST', 'rebuild');
    expect(rebuilt).toMatchObject({
      status: 200,
      body: { release: release + 1, pending: false, faults: [] },
    });
    expect(differing(etagsBefore, await readEverything())).toEqual([]);
    await expectKvMatchesBulletin(await readBulletin(), templates);
  });

  it('writes everything again, so that values which KV has lost come back', async () => {
    const { keys } = await env.BULLETIN.list({ prefix: 'pack/' });
    expect(keys.length).toBeGreaterThan(2);
    for (const { name } of keys) await env.BULLETIN.delete(name);
    await expect(expectKvMatchesBulletin(await readBulletin(), templates)).rejects.toThrow();
    expect((await staff('POST', 'rebuild')).status).toBe(200);
    await expectKvMatchesBulletin(await readBulletin(), templates);
  });

  it.each(CORRUPTIONS)(
    'repairs %s in the tables, and what is public is right again',
    async (_, sql, affected) => {
      await changeEverything();
      const before = await readEverything();
      await corrupt(sql);
      await changeEverything();
      const corrupted = await readEverything();
      expect(differing(before, corrupted)).toEqual(expect.arrayContaining([...affected])); // the damage is real
      expect((await staff('POST', 'rebuild')).status).toBe(200);
      await expectKvMatchesBulletin(await readBulletin(), templates);
      const repaired = await readEverything();
      expect(differing(corrupted, repaired)).toEqual(expect.arrayContaining([...affected]));
      const { release } = (await staff('GET', 'status')).body;
      await staff('POST', 'rebuild');
      expect((await staff('GET', 'status')).body.release).toBe(release + 1);
      expect(differing(repaired, await readEverything())).toEqual([]); // nothing is left to repair
    },
  );
});
