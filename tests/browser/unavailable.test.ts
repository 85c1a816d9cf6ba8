import { HtmlValidate } from 'html-validate';
import { describe, expect, it } from 'vitest';
import { unavailable as built } from '../../dist/build.ts';
import { bringAxe, violations } from './accessibility.ts';
import { FONT_SET_NAMES } from './font-sets.ts';
import { sideways } from './in-page.ts';
import { longRelease, unavailableSite } from './unavailable-site.ts';
import { visitor } from './visitor.ts';

/**
 * Refused by both tools, because a page that loads anew while it is read may lose a reader's place (WCAG 2.2, 2.2.1). This
 * page is short and comes back as it was, it says that it does so, and waiting is all there is to do on it.
 */
const REFRESH = /^meta-refresh/;

const sites = [
  ['as the build knows it', null, Object.keys(built.pages)],
  ['of a release, in four languages with a long name', longRelease, ['fr', 'ar', 'fa']],
] as const;

const LIGHT = ['light', 'rgb(255, 255, 255)'] as const;
const DARK = ['dark', 'rgb(16, 21, 31)'] as const;
const VIEWS = [
  [320, ...DARK],
  [390, ...LIGHT],
  [768, ...DARK],
  [1280, ...LIGHT],
] as const;

describe.each(sites)('the page of a site that can’t be read, %s', (_, release, languages) => {
  it('is styled as its policy allows, whole without script, and fits in every window', async () => {
    await using site = await unavailableSite(release);
    for (const fonts of FONT_SET_NAMES) {
      await using visit = await visitor({ baseURL: site.origin, javaScriptEnabled: false, fonts });
      const { page } = visit;
      for (const language of languages) {
        expect(await visit.go(`/${language}/`)).toBe(503);
        expect(await page.locator('h1').count()).toBe(1);
        expect(await page.locator('h1').isVisible()).toBe(true);
        for (const [width, colorScheme, paper] of VIEWS) {
          await page.setViewportSize({ width, height: 740 });
          await page.emulateMedia({ colorScheme });
          const where = `${language}, ${width} px, ${colorScheme}, ${fonts}`;
          expect(await sideways(page), where).toBe(0);
          const shown = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
          expect(shown, where).toBe(paper);
        }
      }
      expect(visit.complaints).toEqual([]);
    }
  });

  it('has no fault that axe or the HTML standard knows, but that it asks again', async () => {
    await using site = await unavailableSite(release);
    await using visit = await visitor({ baseURL: site.origin });
    const { page } = visit;
    await bringAxe(page);
    const validator = new HtmlValidate({ extends: ['html-validate:standard'] });
    for (const language of languages) {
      await visit.go(`/${language}/`);
      for (const [width, colorScheme] of [
        [320, 'dark'],
        [1280, 'light'],
      ] as const) {
        await page.setViewportSize({ width, height: 740 });
        await page.emulateMedia({ colorScheme });
        const faults = (await violations(page)).filter((fault) => !REFRESH.test(fault));
        expect(faults, `${language}, ${width} px, ${colorScheme}`).toEqual([]);
      }
      const html = await (await fetch(`${site.origin}/${language}/`)).text();
      const report = await validator.validateString(html);
      const complaints = report.results
        .flatMap(({ messages }) => messages)
        .map(({ ruleId, message }) => `${ruleId}: ${message}`);
      expect(complaints.filter((fault) => !REFRESH.test(fault))).toEqual([]);
    }
  });
});

it('asks again by itself without script, and shows the site once it is there', async () => {
  await using site = await unavailableSite(null, 'soonest');
  await using visit = await visitor({ baseURL: site.origin, javaScriptEnabled: false });
  await visit.go('/en/news/1');
  site.mend('It is back');
  await expect.poll(() => visit.page.title(), { timeout: 15_000, interval: 100 }).toBe('It is back');
  expect(site.asked.filter((path) => path === '/en/news/1')).toHaveLength(2);
});
