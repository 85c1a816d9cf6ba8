import { abortAllDurableObjects, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env, exports } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { CURRENT_KEY, type Current } from '../../../worker/pack/format.ts';
import { advanceClock } from '../clock.ts';
import { CONTENT_EXAMPLES } from '../content-examples.ts';
import { expectKvMatchesBulletin } from '../kv-matches-bulletin.ts';
import { loadedBulletin } from '../loaded-rows.ts';
import { deploy } from '../main.ts';
import { type MarkedTemplates, markedTemplates, versionsOn } from '../marked-templates.ts';
import { type Answer, newsContent, newsroom, setUpSite, staff } from '../staff-client.ts';

const COUNTS = { news: 700, decisions: 400, rumours: 300 } as const;
type Filled = keyof typeof COUNTS;
const ALL = COUNTS.news + COUNTS.decisions + COUNTS.rumours;
/** About as many items as one turn of the Newsroom renders: their parts have 2.5 kB each. */
const STEP = 100;
/** A call takes 1 MiB. */
const AN_IMPORT = 200;
const FILLER = 'Words that fill a page. '.repeat(60);

const titled = (title: string) => ({ title: { ar: title, en: title } });
const contentOf = (collection: Filled, i: number) => {
  const month = String((i % 12) + 1).padStart(2, '0');
  const text = { ar: `${collection} ${i}.`, en: `${collection} ${i}.` };
  const filler = { ar: FILLER, en: FILLER };
  const own = collection === 'rumours' ? { claim: text, answer: filler } : { title: text, body: filler };
  return { ...CONTENT_EXAMPLES[collection].least, ...own, date: `2020-${month}-11` };
};

/** The number of items' parts that a template version (or `%` for any) rendered, in the Newsroom's tables. */
const countParts = (version: string) =>
  runInDurableObject(
    newsroom(),
    (_, state) =>
      state.storage.sql
        .exec<{ n: number }>('SELECT count(*) AS n FROM part WHERE stamp LIKE ?', `${version}/%`)
        .one().n,
  );

/** Withdrawn or erased items as `/{collection}/{id}`, each with words of it that no page may show any more. */
const removed = new Map<string, string>();
/** Posted or edited items by the same kind of path, each with words that its page must show. */
const updated = new Map<string, string>();
/** The number of reads of an item's page for each template version. */
const readsByVersion = new Map<string, number>();

/** Reads a page and checks that one template version rendered all of it, its policy included. */
async function read(path: string): Promise<{ html: string; status: number; version: string }> {
  const removedBefore = new Map(removed);
  const expected = [...updated].find(([itemPath]) => path.endsWith(itemPath))?.[1];
  const response = await exports.default.fetch(`https://bulletin.example${path}`);
  const html = await response.text();
  const versions = versionsOn(html);
  expect(versions.length, `${path} has the marks of ${versions}`).toBe(1);
  const [version = ''] = versions;
  expect(response.headers.get('Content-Security-Policy'), path).toMatch(new RegExp(`report-to ${version}$`));
  for (const words of removedBefore.values()) expect(html, path).not.toContain(words);
  if (expected !== undefined) expect(html).toContain(expected);
  if (/\d$/.test(path)) readsByVersion.set(version, (readsByVersion.get(version) ?? 0) + 1);
  const isRemoved = [...removedBefore.keys()].some((itemPath) => path.endsWith(itemPath));
  expect(response.status, path).toBe(isRemoved ? 410 : 200);
  return { html, status: response.status, version };
}

/** Starts readers who ask for many pages; gives a function that stops them and awaits their checks. */
function startReaders() {
  let stopped = false;
  const startReader = async (collection: Filled, stride: number) => {
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
      advanceClock(6000); // so that the isolate asks for a newer release, and the loop need not wait between two publishes
      await scheduler.wait(5);
    }
  };
  const running = Promise.all([
    startReader('news', 97),
    startReader('decisions', 89),
    startReader('rumours', 83),
  ]);
  return async () => {
    stopped = true;
    await running;
  };
}

/** Makes a staff call and checks that it succeeds and is published; then moves the clock so that readers see it. */
async function post(method: string, path: string, body: unknown): Promise<Answer> {
  const startedMs = performance.now();
  const answer = await staff(method, path, { body });
  expect([200, 201], `${method} ${path}: ${JSON.stringify(answer.body)}`).toContain(answer.status);
  answerTimesMs.push(performance.now() - startedMs);
  const current = await env.BULLETIN.get<Current>(CURRENT_KEY, 'json');
  expect(current?.n).toBeGreaterThanOrEqual(answer.body.release);
  advanceClock(60_000);
  return answer;
}
const answerTimesMs: number[] = [];

/** Several writers at once: news, a figure, an edit, a withdrawal and an erasure, of early and of late items. */
async function writeRound(round: number, erasable: { id: string; seq: number }): Promise<void> {
  const lateId = String(COUNTS.news - round);
  await Promise.all([
    (async () => {
      const title = `posted in round ${round}`;
      const { body } = await post('POST', 'news', newsContent(titled(title)));
      updated.set(`/news/${body.id}`, title);
    })(),
    post('PUT', 'statistics/2021-01-01', { values: { critical: round }, reason: 'r' }),
    (async () => {
      const title = `edited in round ${round}`;
      await post('PUT', `decisions/${COUNTS.decisions - round}`, {
        content: { ...contentOf('decisions', 0), ...titled(title) },
        reason: 'r',
      });
      updated.set(`/decisions/${COUNTS.decisions - round}`, title);
    })(),
    (async () => {
      await post('DELETE', `news/${lateId}`, { reason: 'r' });
      removed.set(`/news/${lateId}`, `news ${Number(lateId) - 1}.`);
    })(),
    (async () => {
      await post('DELETE', `news/${erasable.id}`, { reason: 'r' });
      removed.set(`/news/${erasable.id}`, `words to erase ${round}`);
      await post('POST', `ledger/${erasable.seq}/erasure`, { reason: 'r' });
    })(),
  ]);
  const { status } = await read(`/en/news/${lateId}`);
  expect(status).toBe(410);
  for (const path of updated.keys()) expect((await read(`/en${path}`)).version).not.toBe('one');
  await Promise.all(['/en/news/1', '/ar/rumours/1'].map(read));
}

/** Runs the alarm until the version's templates have rendered every part. */
async function renderAllParts(version: string): Promise<void> {
  for (let i = 0; i < 100 && (await countParts(version)) < (await countAllParts()); i++) {
    advanceClock(6000);
    await runDurableObjectAlarm(newsroom());
    await scheduler.wait(20);
  }
  await staff('POST', 'tick', { body: {} });
}
const countAllParts = () => countParts('%');

async function expectPublished(templates: MarkedTemplates): Promise<void> {
  const bulletin = await runInDurableObject(newsroom(), (_, state) => loadedBulletin(state.storage.sql));
  if (!bulletin) throw new Error('no bulletin');
  await expectKvMatchesBulletin(bulletin, templates);
}

describe('new templates on a site with many items', () => {
  // Each item takes one step's share of a second to render, so that one step fits between two releases.
  const takeRenderTime = () => advanceClock(Math.ceil(1000 / STEP));
  const [one, two, three] = [
    markedTemplates('one'),
    markedTemplates('two', takeRenderTime),
    markedTemplates('three', takeRenderTime),
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
      for (let i = 0; i < items.length; i += AN_IMPORT) {
        const body = { collection, items: items.slice(i, i + AN_IMPORT) };
        expect((await staff('POST', 'import', { body })).status).toBeLessThan(300);
        advanceClock(2000);
      }
    }
    for (let i = 0; i < 3; i++) {
      // Breaking news is in the shell of every page.
      const news = newsContent({
        ...titled(`words to erase ${i}`),
        breaking: { until: '2199-01-01T00:00:00Z' },
      });
      const { body } = await staff('POST', 'news', { body: news });
      const { entries } = (await staff('GET', 'status')).body;
      erasable.push({ id: body.id, seq: entries });
      advanceClock(2000);
    }
    await expectPublished(one);
  }, 120_000);

  it('render items in steps while staff post and readers read, and a crash or newer templates lose nothing', async () => {
    const stopReaders = startReaders();
    try {
      await deploy(two);
      const ticked = staff('POST', 'tick', { body: {} });
      await writeRound(0, erasable[0] ?? { id: '', seq: 0 });
      const rendered = await countParts('two');
      console.log(
        `after a round of posts, the new templates have rendered ${rendered} of ${await countAllParts()} parts`,
      );
      expect(rendered).toBeGreaterThan(STEP);
      expect(rendered).toBeLessThan(ALL); // otherwise the posts waited for all items

      await abortAllDurableObjects();
      await ticked; // its answer comes from before or after the abort
      expect(await countParts('two')).toBeGreaterThanOrEqual(rendered);
      const woken = runDurableObjectAlarm(newsroom()).catch(() => {}); // the next deploy aborts it
      await writeRound(1, erasable[1] ?? { id: '', seq: 0 });
      expect(await countParts('one')).toBeGreaterThan(0);
      expect([...readsByVersion.keys()].sort()).toEqual(['one', 'two']);

      await deploy(three);
      await woken;
      await writeRound(2, erasable[2] ?? { id: '', seq: 0 });
      expect(await countParts('one')).toBeGreaterThan(0);
      await renderAllParts('three');
    } finally {
      await stopReaders();
    }
    console.log(`item pages read: ${[...readsByVersion].map(([version, count]) => `${version} ${count}`)}`);
    console.log(
      `a post's answer, ms: ${answerTimesMs.map(Math.round).sort((a, b) => a - b)} (202 after 5000)`,
    );
    // Nothing is rendered twice, except items that the posts changed and at most one aborted step.
    expect(two.partsRendered()).toBeLessThan(2 * ALL);
    expect(three.partsRendered()).toBeLessThan(2 * (ALL + STEP));
    await expectPublished(three);
    const { release, pending } = (await staff('GET', 'status')).body;
    expect(pending).toBe(false);
    await staff('POST', 'tick', { body: {} });
    expect((await staff('GET', 'status')).body.release).toBe(release); // nothing is left to publish
  }, 120_000);
});
