import { abortAllDurableObjects, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env, exports } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { SqlRows } from '../../../worker/newsroom/ledger/sql-rows.ts';
import { CURRENT_KEY, type Current } from '../../../worker/pack/format.ts';
import { advanceClock } from '../clock.ts';
import { CONTENT_EXAMPLES } from '../content-examples.ts';
import { expectKvMatchesBulletin } from '../kv-matches-bulletin.ts';
import { deploy } from '../main.ts';
import { type MarkedTemplates, markedTemplates, versionsOn } from '../marked-templates.ts';
import { type Answer, newsContent, newsroom, setUpSite, staff } from '../staff-client.ts';

const COUNTS = { news: 700, decisions: 400, rumours: 300 } as const;
type Filled = keyof typeof COUNTS;
const ALL = COUNTS.news + COUNTS.decisions + COUNTS.rumours;
/** As in publisher.ts. */
const STEP = 100;

const titled = (title: string) => ({ title: { ar: title, en: title } });
const contentOf = (collection: Filled, i: number) => {
  const month = String((i % 12) + 1).padStart(2, '0');
  const text = { ar: `${collection} ${i}.`, en: `${collection} ${i}.` };
  const heading = collection === 'rumours' ? { claim: text } : { title: text };
  return { ...CONTENT_EXAMPLES[collection].least, ...heading, date: `2020-${month}-11` };
};

/** How many items' pages are as a version made them, in the Newsroom's own tables. */
const partsOf = (version: string) =>
  runInDurableObject(
    newsroom(),
    (_, state) =>
      state.storage.sql
        .exec<{ n: number }>('SELECT count(*) AS n FROM part WHERE stamp LIKE ?', `${version}/%`)
        .one().n,
  );

/** What is withdrawn or erased by now, as `/{collection}/{id}`, and words of it that nobody may see any more. */
const gone = new Map<string, string>();
/** What is posted or edited by now, by the same path, and words that must be there. */
const come = new Map<string, string>();
/** How often each version was seen on an item's page. */
const seen = new Map<string, number>();

/** A reader of a page, now: of one version from its first byte to its last, its policy included. */
async function read(path: string): Promise<{ html: string; status: number; version: string }> {
  const before = new Map(gone);
  const expected = [...come].find(([of]) => path.endsWith(of))?.[1];
  const response = await exports.default.fetch(`https://bulletin.example${path}`);
  const html = await response.text();
  const versions = versionsOn(html);
  expect(versions.length, `${path} bears ${versions}`).toBe(1);
  const [version = ''] = versions;
  expect(response.headers.get('Content-Security-Policy'), path).toMatch(new RegExp(`report-to ${version}$`));
  for (const words of before.values()) expect(html, path).not.toContain(words);
  if (expected !== undefined) expect(html).toContain(expected);
  if (/\d$/.test(path)) seen.set(version, (seen.get(version) ?? 0) + 1);
  const isGone = [...before.keys()].some((of) => path.endsWith(of));
  expect(response.status, path).toBe(isGone ? 410 : 200);
  return { html, status: response.status, version };
}

/** Readers who go on asking for pages here and there until told to stop. */
function readers() {
  let stopped = false;
  const one = async (collection: Filled, stride: number) => {
    for (let i = 0; !stopped; i++) {
      const id = ((i * stride) % COUNTS[collection]) + 1;
      for (const path of [
        `/en/${collection}/${id}`,
        `/ar/${collection}/${id}`,
        '/en/',
        `/ar/news/2020-03/`,
      ]) {
        await read(path);
      }
      advanceClock(6000); // so that this isolate asks for a newer release, and the loop need not wait for the next flip
      await scheduler.wait(5);
    }
  };
  const all = Promise.all([one('news', 97), one('decisions', 89), one('rumours', 83)]);
  return async () => {
    stopped = true;
    await all;
  };
}

/** A post that is answered in time and published; then what it changed is what readers see. */
async function post(method: string, path: string, body: unknown): Promise<Answer> {
  const began = performance.now();
  const answer = await staff(method, path, { body });
  expect([200, 201], `${method} ${path}: ${JSON.stringify(answer.body)}`).toContain(answer.status);
  waits.push(performance.now() - began);
  const current = await env.BULLETIN.get<Current>(CURRENT_KEY, 'json');
  expect(current?.n).toBeGreaterThanOrEqual(answer.body.release);
  advanceClock(60_000);
  return answer;
}
const waits: number[] = [];

/** Several writers at once: news, a figure, an edit, a withdrawal, an erasure, of items early and late in the order. */
async function writeRound(round: number, erasable: { id: string; seq: number }): Promise<void> {
  const late = String(COUNTS.news - round);
  await Promise.all([
    (async () => {
      const title = `posted in round ${round}`;
      const { body } = await post('POST', 'news', newsContent(titled(title)));
      come.set(`/news/${body.id}`, title);
    })(),
    post('PUT', 'statistics/2021-01-01', { values: { critical: round }, reason: 'r' }),
    (async () => {
      const title = `edited in round ${round}`;
      await post('PUT', `decisions/${COUNTS.decisions - round}`, {
        content: { ...contentOf('decisions', 0), ...titled(title) },
        reason: 'r',
      });
      come.set(`/decisions/${COUNTS.decisions - round}`, title);
    })(),
    (async () => {
      await post('DELETE', `news/${late}`, { reason: 'r' });
      gone.set(`/news/${late}`, `news ${Number(late) - 1}.`);
    })(),
    (async () => {
      await post('DELETE', `news/${erasable.id}`, { reason: 'r' });
      gone.set(`/news/${erasable.id}`, `never to be seen again ${round}`);
      await post('POST', `ledger/${erasable.seq}/erasure`, { reason: 'r' });
    })(),
  ]);
  const { status } = await read(`/en/news/${late}`);
  expect(status).toBe(410);
  for (const path of come.keys()) expect((await read(`/en${path}`)).version).not.toBe('one');
  await Promise.all(['/en/news/1', '/ar/rumours/1'].map(read));
}

/** Ticks until every part is of a version and nothing is left to do. */
async function finish(version: string): Promise<void> {
  for (let i = 0; i < 100 && (await partsOf(version)) < (await allParts()); i++) {
    advanceClock(6000);
    await runDurableObjectAlarm(newsroom());
    await scheduler.wait(20);
  }
  await staff('POST', 'tick', { body: {} });
}
const allParts = () => partsOf('%');

async function expectWhole(templates: MarkedTemplates): Promise<void> {
  const bulletin = await runInDurableObject(newsroom(), (_, state) =>
    new SqlRows(state.storage.sql).load(0).bulletin(),
  );
  if (!bulletin) throw new Error('no bulletin');
  await expectKvMatchesBulletin(bulletin, templates);
}

describe('new templates on a site of many items', () => {
  // Items that take as long to render as a step may last: between two releases there is time for one step.
  const slowly = () => advanceClock(Math.ceil(1000 / STEP));
  const [one, two, three] = [
    markedTemplates('one'),
    markedTemplates('two', slowly),
    markedTemplates('three', slowly),
  ];
  const erasable: { id: string; seq: number }[] = [];

  beforeAll(async () => {
    await setUpSite();
    await deploy(one);
    for (const collection of ['news', 'decisions', 'rumours'] as const) {
      const items = Array.from({ length: COUNTS[collection] }, (_, i) => ({
        agency: 'it',
        content: contentOf(collection, i),
      }));
      expect((await staff('POST', 'import', { body: { collection, items } })).status).toBeLessThan(300);
      advanceClock(2000);
    }
    for (let i = 0; i < 3; i++) {
      // Breaking, so that it stands in the shell of every page.
      const news = newsContent({
        ...titled(`never to be seen again ${i}`),
        breaking: { until: '2199-01-01T00:00:00Z' },
      });
      const { body } = await staff('POST', 'news', { body: news });
      const { entries } = (await staff('GET', 'status')).body;
      erasable.push({ id: body.id, seq: entries });
      advanceClock(2000);
    }
    await expectWhole(one);
  }, 120_000);

  it('are put on in steps while writers post and readers read; dying midway, and newer ones, lose nothing', async () => {
    const stop = readers();
    try {
      await deploy(two);
      const ticked = staff('POST', 'tick', { body: {} });
      await writeRound(0, erasable[0] ?? { id: '', seq: 0 });
      const made = await partsOf('two');
      console.log(`after a round of posts ${made} of ${await allParts()} items bear the new templates`);
      expect(made).toBeGreaterThan(STEP);
      expect(made).toBeLessThan(ALL); // or the posts had to wait for all of it

      await abortAllDurableObjects();
      await ticked; // answered by a Newsroom that died, or before it did
      expect(await partsOf('two')).toBeGreaterThanOrEqual(made);
      const woken = runDurableObjectAlarm(newsroom()).catch(() => {}); // the next deploy breaks it off
      await writeRound(1, erasable[1] ?? { id: '', seq: 0 });
      expect(await partsOf('one')).toBeGreaterThan(0);
      expect([...seen.keys()].sort()).toEqual(['one', 'two']);

      await deploy(three);
      await woken;
      await writeRound(2, erasable[2] ?? { id: '', seq: 0 });
      expect(await partsOf('one')).toBeGreaterThan(0);
      await finish('three');
    } finally {
      await stop();
    }
    console.log(`item pages seen: ${[...seen].map(([version, times]) => `${version} ${times}`)}`);
    console.log(`a post's answer, ms: ${waits.map(Math.round).sort((a, b) => a - b)} (202 after 5000)`);
    // Nothing was done twice: what the posts changed, and at most a step that died, come on top.
    expect(two.partsRendered()).toBeLessThan(2 * ALL);
    expect(three.partsRendered()).toBeLessThan(2 * (ALL + STEP));
    await expectWhole(three);
    const { release, pending } = (await staff('GET', 'status')).body;
    expect(pending).toBe(false);
    await staff('POST', 'tick', { body: {} });
    expect((await staff('GET', 'status')).body.release).toBe(release); // and then it rests
  }, 120_000);
});
