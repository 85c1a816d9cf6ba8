import { abortAllDurableObjects, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env, exports } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { BYTES_A_TURN } from '../../../worker/newsroom/documents/turns.ts';
import { templates as realTemplates } from '../../../worker/newsroom/templates.ts';
import { CURRENT_KEY, type Current } from '../../../worker/pack/format.ts';
import { aSite } from '../a-site.ts';
import { advanceClock } from '../clock.ts';
import { expectKvMatchesBulletin } from '../kv-matches-bulletin.ts';
import { loadedBulletin } from '../loaded-rows.ts';
import { deploy, newsroomKv } from '../main.ts';
import { get, newsContent, newsroom, staff } from '../staff-client.ts';
import { countWaiting, watch } from '../turns.ts';

const ITEMS = 400;
const MONTHS = 12;
const AGENCIES = aSite().agencies;
const inBoth = (text: string) => ({ ar: text, en: text });
const named = (name: string) => ({
  agencies: AGENCIES.map((agency) => (agency.id === 'media' ? { ...agency, name: inBoth(name) } : agency)),
});
const asMedia = { 'Nashra-Agency': 'media' };
const LONG = 'Words of the item. '.repeat(60);

const watched = watch(realTemplates);
const templates = { ...watched.templates, templateVersion: 'watched' };

/** Changes settings as a script does that does not wait for the answer's release. */
const putSite = (changes: Parameters<typeof aSite>[0]) => staff('PUT', 'site', { body: aSite(changes) });

/** Runs the alarm until no page shows older settings. */
async function settle(): Promise<void> {
  for (let i = 0; i < 200; i++) {
    advanceClock(6000);
    await runDurableObjectAlarm(newsroom());
    if ((await countWaiting()) === 0) return;
    await scheduler.wait(5);
  }
  throw new Error('the pages never showed the new settings');
}

async function expectPublished(): Promise<void> {
  const bulletin = await runInDurableObject(newsroom(), (_, { storage }) => loadedBulletin(storage.sql));
  if (!bulletin) throw new Error('no bulletin');
  await expectKvMatchesBulletin(bulletin, templates);
}

const currentNumber = async () => (await env.BULLETIN.get<Current>(CURRENT_KEY, 'json'))?.n ?? 0;
const puts = () => newsroomKv().count('put', 'pack/');
const page = async (path: string) => {
  const response = await exports.default.fetch(`https://bulletin.example${path}`);
  return { status: response.status, html: await response.text(), headers: response.headers };
};

describe('a change of settings on a site with many items', () => {
  beforeAll(async () => {
    await deploy(templates);
    expect([200, 202]).toContain((await putSite({})).status); // 202 on a busy machine
    watched.watchKv();
    const items = Array.from({ length: ITEMS }, (_, i) => ({
      agency: 'media',
      content: newsContent({
        title: inBoth(`Item ${i + 1}`),
        body: inBoth(LONG),
        date: `2020-${String((i % MONTHS) + 1).padStart(2, '0')}-11`,
      }),
    }));
    const imported = await staff('POST', 'import', { body: { collection: 'news', items } });
    expect([201, 202]).toContain(imported.status);
    await settle();
  });

  it('that items’ pages do not show renders none of them, and writes no pack of theirs', async () => {
    watched.reset();
    const before = puts();
    advanceClock(2000);
    expect((await putSite({ notice: inBoth('Planned work tonight') })).status).toBe(200);
    expect(await countWaiting()).toBe(0);
    expect(watched.reset().parts).toBe(0);
    expect(puts() - before).toBeLessThanOrEqual(1); // of the ledger, where a page has become full
    expect((await get('/en/news/7')).body).toContain('Planned work tonight');
    advanceClock(2000);
    expect((await putSite({})).status).toBe(200);
    expect((await get('/en/news/7')).body).not.toContain('Planned work tonight');
  });

  it('shows at once on the home page and lists; figures overtake the items, which show it soon after', async () => {
    watched.reset();
    advanceClock(2000);
    const changed = putSite(named('Office of media'));
    const firstN = (await changed).body.release;
    expect((await changed).status).toBe(200);
    const waiting = await countWaiting();
    expect(waiting).toBeGreaterThan(ITEMS / 2);
    advanceClock(60_000);
    expect((await page('/en/about/')).html).toContain('Office of media');
    const old = await page(`/en/news/${ITEMS}`);
    expect(old.html).toContain('Media centre');
    expect((await page('/en/news/2020-01/')).status).toBe(200);

    const figure = await staff('PUT', 'statistics/2021-08-01', { body: { values: { new_cases: 7 } } });
    expect(figure).toMatchObject({ status: 200, body: { release: expect.any(Number) } });
    // The change itself, what was on its way when the figure came, and the figure.
    expect(figure.body.release - firstN).toBeLessThanOrEqual(3);
    expect(await countWaiting()).toBeGreaterThan(0);
    expect((await get('/api/v1/live.json')).body.figures.new_cases).toEqual(['2021-08-01', 7]);

    await settle();
    const seen = watched.reset();
    console.log(`${waiting} pages waited, rendered in turns of at most ${seen.largestTurn} characters`);
    expect(seen.largestTurn).toBeLessThan(BYTES_A_TURN + 100_000);
    advanceClock(60_000);
    const now = await page(`/en/news/${ITEMS}`);
    expect(now.html).toContain('Office of media');
    expect(now.headers.get('ETag')).not.toBe(old.headers.get('ETag'));
    await expectPublished();
    const n = await currentNumber();
    advanceClock(60_000);
    await staff('POST', 'tick', { body: {} });
    expect(await currentNumber()).toBe(n);
  });

  it('survives a kill at any moment, a second change and edits on the way', async () => {
    advanceClock(2000);
    expect((await putSite(named('Press office'))).status).toBe(200);
    for (let i = 0; i < 3; i++) {
      await abortAllDurableObjects();
      advanceClock(6000);
      const alarm = runDurableObjectAlarm(newsroom()).catch(() => {});
      await scheduler.wait(10 * i);
      if (i === 1) void putSite(named('Press bureau')).catch(() => {});
      await alarm;
    }
    advanceClock(2000);
    expect((await putSite(named('Press bureau'))).status).toBe(200);
    advanceClock(2000);
    const content = newsContent({ title: inBoth('Edited'), body: inBoth(LONG), date: '2020-02-11' });
    expect(
      (await staff('PUT', `news/${ITEMS}`, { body: { content, reason: 'r' }, headers: asMedia })).status,
    ).toBe(200);
    expect((await get(`/en/news/${ITEMS}`)).body).toContain('Press bureau');
    await settle();
    await expectPublished();
  });

  it('that adds a language answers 503, not 404, where a page is not in that language yet', async () => {
    const languages = [...aSite().languages, { tag: 'fr', locale: 'fr' }];
    advanceClock(2000);
    expect((await putSite({ languages })).status).toBe(200);
    expect(await countWaiting()).toBeGreaterThan(0);
    advanceClock(60_000);
    expect((await page('/fr/')).status).toBe(200);
    expect((await page('/fr/news/2020-01/')).status).toBe(200);
    const early = await page(`/fr/news/${ITEMS}`);
    expect([early.status, Number(early.headers.get('Retry-After'))]).toEqual([503, expect.any(Number)]);
    expect((await page(`/fr/news/${ITEMS + 1}`)).status).toBe(404);
    expect((await page(`/en/news/${ITEMS}`)).status).toBe(200);
    await settle();
    expect((await get(`/fr/news/${ITEMS}`)).status).toBe(200);
  });
});
