import { exports } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { BYTES_A_TURN } from '../../../worker/newsroom/documents/turns.ts';
import { templates as realTemplates } from '../../../worker/newsroom/templates.ts';
import { aSite } from '../a-site.ts';
import { advanceClock } from '../clock.ts';
import { deploy } from '../main.ts';
import { get, staff } from '../staff-client.ts';
import { countWaiting, watch } from '../turns.ts';

/** Enough that the packs of all items are larger than an isolate may hold. */
const ITEMS = 10_000;
const AN_IMPORT = 250;
const FIGURES = 12;
const MONTHS = 60;
const MIB = 1024 * 1024;
const LANGUAGES = ['ar', 'en', 'fr', 'ur', 'hi', 'bn', 'ta', 'ne', 'si', 'fil'];

const sentence = (i: number, k: number) =>
  `Sentence ${k} of item ${i} says what has been decided, by whom, for which places and until when it holds (${(i * 7919 + k * 104_729) % 99_991}).`;
const paragraph = (i: number, from: number) =>
  Array.from({ length: 4 }, (_, k) => sentence(i, from + k)).join(' ');
const text = (i: number) => `${paragraph(i, 0)}\n\n${paragraph(i, 10)}`;
const contentOf = (i: number, title = `Item ${i}`) => ({
  title: { ar: title, en: title, fr: title },
  body: { ar: text(i), en: text(i), fr: text(i) },
  date: `20${String(20 - Math.floor((ITEMS - i) / (ITEMS / MONTHS) / 12)).padStart(2, '0')}-${String((i % 12) + 1).padStart(2, '0')}-11`,
});
const siteWith = (agency: string) =>
  aSite({
    languages: LANGUAGES.map((tag) => ({ tag, locale: tag })),
    agencies: aSite().agencies.map((one) =>
      one.id === 'media' ? { ...one, name: { ar: agency, en: agency } } : one,
    ),
  });

const watched = watch(realTemplates);

const putFigure = async (value: number) => {
  const startedMs = performance.now();
  const answer = await staff('PUT', 'statistics/2021-08-01', {
    body: { values: { new_cases: value }, reason: 'r' },
  });
  expect(answer).toMatchObject({ status: 200, body: { release: expect.any(Number) } });
  return { release: answer.body.release as number, ms: Math.round(performance.now() - startedMs) };
};

describe(`a site with ${ITEMS} items in ${LANGUAGES.length} languages`, () => {
  beforeAll(async () => {
    await deploy({ ...watched.templates, templateVersion: 'watched' });
    expect([200, 202]).toContain((await staff('PUT', 'site', { body: siteWith('Media centre') })).status);
    watched.watchKv();
    for (let first = 1; first <= ITEMS; first += AN_IMPORT) {
      const items = Array.from({ length: AN_IMPORT }, (_, k) => ({
        agency: 'media',
        content: contentOf(first + k),
      }));
      const { status } = await staff('POST', 'import', { body: { collection: 'news', items } });
      expect([201, 202]).toContain(status);
    }
    await staff('POST', 'tick', { body: {} });
  }, 600_000);

  it('stays within its bounds of memory and of a turn while settings change, and figures stay public', async () => {
    watched.reset();
    advanceClock(2000);
    const changed = await staff('PUT', 'site', { body: siteWith('Office of media') });
    expect(changed.status).toBe(200);
    const waiting = await countWaiting();
    expect(waiting).toBeGreaterThan(ITEMS / 2);
    const figures: Awaited<ReturnType<typeof putFigure>>[] = [];
    for (let value = 1; (await countWaiting()) > 0 && value <= FIGURES; value++) {
      figures.push(await putFigure(value));
      expect((await get('/api/v1/live.json')).body.figures.new_cases).toEqual(['2021-08-01', value]);
      await scheduler.wait(20);
    }
    expect(figures.length).toBe(FIGURES);
    // From here on the clock runs as it is: a release a second, each with a second's rendering.
    while ((await countWaiting()) > 0) await scheduler.wait(500);
    const releases = figures.map(({ release }, i) => release - (figures[i - 1]?.release ?? release));
    const seen = watched.reset();
    console.log(
      `${waiting} pages of ${seen.parts} characters followed ${figures.length} figures;`,
      `a turn rendered at most ${seen.largestTurn} characters; at most ${seen.largestHeld} bytes were under way to KV,`,
      `${seen.written} bytes in ${seen.writes} writes in all`,
      `a figure was public after ${figures.map(({ ms }) => ms)} ms, so many releases after the last: ${releases}`,
    );
    expect(seen.largestTurn).toBeLessThan(BYTES_A_TURN + 300_000);
    expect(seen.largestHeld).toBeLessThan(32 * MIB);
    const page = await exports.default.fetch(`https://bulletin.example/ta/news/${ITEMS / 2}`);
    expect(await page.text()).toContain('Office of media');
  }, 600_000);

  it('writes at most 2 MB for an edit of an old item', async () => {
    for (const id of [3, 700, 5_000]) {
      advanceClock(60_000);
      watched.reset();
      const body = { content: contentOf(id, `Edited ${id}`), reason: 'r' };
      expect((await staff('PUT', `news/${id}`, { body, headers: { 'Nashra-Agency': 'media' } })).status).toBe(
        200,
      );
      const { written, writes, release } = watched.reset();
      console.log(
        `the edit of item ${id} wrote ${written} bytes in ${writes} writes; the release has ${release}`,
      );
      expect(written).toBeLessThan(2_000_000);
    }
  });
});
