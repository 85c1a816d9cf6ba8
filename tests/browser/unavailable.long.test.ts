import { HtmlValidate } from 'html-validate';
import { describe, expect, it } from 'vitest';
import { unavailable as built } from '../../dist/build.ts';
import { preloadAxe, violations } from './accessibility.ts';
import { FONT_SET_NAMES } from './font-sets.ts';
import { sidewaysOverflow } from './in-page.ts';
import { longRelease, unavailableSite } from './unavailable-site.ts';
import { visitor } from './visitor.ts';

/**
 * Both tools refuse a page that reloads itself, because the reader may lose their place (WCAG 2.2, 2.2.1). This page is
 * short, comes back unchanged, says that it reloads, and readers can only wait on it.
 */
const REFRESH = /^meta-refresh/;

const sites = [
  ['without a release', null, Object.keys(built.pages)],
  ['with a release in four languages and a long name', longRelease, ['fr', 'ar', 'fa']],
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
  it('has its styles under its policy, needs no script, and fits every window', async () => {
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
          expect(await sidewaysOverflow(page), where).toBe(0);
          const background = await page.evaluate(
            () => getComputedStyle(document.documentElement).backgroundColor,
          );
          expect(background, where).toBe(paper);
        }
      }
      expect(visit.complaints).toEqual([]);
    }
  });

  it('has no fault by axe or the HTML standard, except that it reloads itself', async () => {
    await using site = await unavailableSite(release);
    await using visit = await visitor({ baseURL: site.origin });
    const { page } = visit;
    await preloadAxe(page);
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

it('the page reloads itself without script, and shows the site once it can be read', async () => {
  await using site = await unavailableSite(null, 'soonest');
  await using visit = await visitor({ baseURL: site.origin, javaScriptEnabled: false });
  await visit.go('/en/news/1');
  site.mend('It is back');
  await expect.poll(() => visit.page.title(), { timeout: 15_000, interval: 100 }).toBe('It is back');
  expect(site.asked.filter((path) => path === '/en/news/1')).toHaveLength(2);
});
