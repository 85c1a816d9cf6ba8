import { describe, expect, it } from 'vitest';
import { preloadAxe, violations } from './accessibility.ts';
import { kinds } from './paths.ts';
import { LANGUAGES_OF_RUN, visitor } from './visitor.ts';

const VIEWS = [
  [320, 'light'],
  [320, 'dark'],
  [1280, 'light'],
  [1280, 'dark'],
] as const;

describe.each(LANGUAGES_OF_RUN)('axe, in %s', (language) => {
  it('finds no fault with any kind of page', async () => {
    await using visit = await visitor();
    const { page } = visit;
    await preloadAxe(page);
    for (const { kind, path } of kinds) {
      await visit.go(path(language));
      await page.evaluate(() => {
        for (const details of document.querySelectorAll('details')) details.open = true;
      });
      // The other pages have the blocks and colours of the home page: check one view of each, narrow in Arabic, wide
      // in English.
      const views =
        path(language) === `/${language}/` ? VIEWS : VIEWS.slice(...(language === 'ar' ? [0, 1] : [-1]));
      for (const [width, colorScheme] of views) {
        await page.setViewportSize({ width, height: 800 });
        await page.emulateMedia({ colorScheme });
        expect(await violations(page), `${kind}, ${width} px, ${colorScheme}`).toEqual([]);
      }
    }
  }, 180_000);
});
