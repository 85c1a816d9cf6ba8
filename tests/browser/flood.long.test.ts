import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCheckout } from '../crash/checkout.ts';
import { endSites, type SiteProcess, startSite } from '../crash/site-process.ts';
import { freePort } from '../free-port.ts';
import { PRINTED_COMMAND, runPrinted } from '../printed-command.ts';
import { preloadAxe, violations } from './accessibility.ts';
import { visitor } from './visitor.ts';

const root = join(import.meta.dirname, '../..');
const checkout = makeCheckout(root, '', 'flood');
const port = await freePort();
const origin = `http://localhost:${port}`;
let site: SiteProcess;

beforeAll(async () => {
  site = await startSite(checkout.root, port);
}, 60_000);

afterAll(async () => {
  await endSites();
  checkout.dispose();
});

const read = async (path: string): Promise<string> => {
  const answer = await fetch(origin + path);
  expect(answer.status, path).toBe(200);
  return answer.text();
};

/** The paths of all pages of the site. */
async function allPaths(): Promise<readonly string[]> {
  const matches = (await read('/sitemap.xml')).matchAll(/<loc>([^<]+)<\/loc>/g);
  return [...matches].map(([, address = '']) => new URL(address).pathname);
}

// Another crisis in other languages, with no plan, no fund and no rumours.
describe('a flood, in French and English', () => {
  it('has every page in its own languages, without a word about another crisis', async () => {
    const paths = await allPaths();
    expect(paths.length).toBeGreaterThan(30);
    for (const path of paths) {
      const html = await read(path);
      expect(html, path).toMatch(
        new RegExp(`<html lang="${path.startsWith('/en/') ? 'en' : 'fr'}" dir="ltr"`),
      );
      expect(html.match(/<h1[ >]/g), path).toHaveLength(1);
      expect(html, path).not.toMatch(/[\u0600-\u06ff]|kuwait|corona|covid|virus/i);
      expect(html, path).not.toMatch(/undefined|NaN|Invalid Date/);
    }
  });

  it('shows its figures on both home pages, each with its own date', async () => {
    for (const language of ['fr', 'en']) {
      await using visit = await visitor({ baseURL: origin });
      await visit.go(`/${language}/`);
      expect(await visit.page.locator('.figure').count()).toBe(5);
      const river = visit.page.locator('#metric-river_level');
      const [value, change] = language === 'fr' ? ['1,19', '0,04'] : ['1.19', '0.04'];
      expect(await river.locator('.value').textContent()).toBe(`${value} m`);
      expect(await river.locator('.delta').textContent()).toContain(`${change}\u00a0m higher`);
      // The first metric is a level, and a day of it was not reported.
      expect((await visit.page.locator('.mean').getAttribute('d'))?.match(/M/g)).toHaveLength(2);
      await visit.page.locator('.plot').click();
      const live = visit.page.locator('.live');
      await live.locator('select').selectOption('river_level');
      expect(await live.locator('.reading').textContent()).toContain(`${value}\u00a0m`);
      expect(await live.locator('option').first().getAttribute('value')).toBe('river_level');
      expect(await visit.page.locator('#metric-rescues').textContent()).toMatch(/Not reported/);
      expect(await visit.page.locator('#chart').getAttribute('data-metric')).toBe('river_level');
      expect(await visit.page.locator('#metric-rescues').textContent()).toMatch(/ days ago\)/);
      expect(await visit.page.locator('a.hotline').getAttribute('href')).toBe('tel:0800000321');
      for (const missing of ['#fund', '#rumours', '#plan'])
        expect(await visit.page.locator(missing).count(), missing).toBe(0);
      expect(visit.complaints).toEqual([]);
    }
  });

  it('gives its figures as files, unchanged', async () => {
    const csv = readFileSync(join(root, 'tests/fixtures/flood/statistics.csv'), 'utf8');
    // Beside the figures, the site's file has two columns of what is known of them.
    const figures = (await read('/data/statistics.csv'))
      .replace(/,states,notes$/m, '')
      .replaceAll(/,,$/gm, '');
    expect(figures).toBe(csv);
    const { dates, metrics } = JSON.parse(await read('/api/v1/statistics.json'));
    expect(dates).toHaveLength(60);
    expect(Object.keys(metrics)).toEqual([
      'river_level',
      'dam_filled',
      'night_temperature',
      'people_in_shelters',
      'roads_closed',
      'rescues',
    ]);
    expect(metrics.rescues.slice(-3)).toEqual([0, null, null]);
    for (const empty of ['plan', 'rumours'])
      expect(JSON.parse(await read(`/api/v1/${empty}.json`))).toEqual({ items: [], next: null });
  });

  it('accepts the figure in the command that npm start prints', async () => {
    const line = await site.line(PRINTED_COMMAND);
    const { out } = await runPrinted(line);
    expect(JSON.parse(out)).toMatchObject({ release: expect.any(Number) });
  });

  it.each(['fr', 'en'])('axe finds no fault in its pages, in %s', async (language) => {
    await using visit = await visitor({ baseURL: origin });
    const { page } = visit;
    await preloadAxe(page);
    const kinds = ['', 'news/', 'news/1', 'decisions/', 'decisions/1', 'faq/', 'guidance/', 'plan/', 'data/'];
    for (const [i, kind] of kinds.entries()) {
      await page.setViewportSize({ width: i % 2 ? 1280 : 320, height: 800 });
      await visit.go(`/${language}/${kind}`);
      expect(await violations(page), kind).toEqual([]);
      const overflowPx = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflowPx, kind).toBe(0);
    }
  });
});
