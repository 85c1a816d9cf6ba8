import { describe, expect, it } from 'vitest';
import { IS_TEST_LONG } from '../in-test-long.ts';
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
    // npm test must end in five minutes: it looks at every second kind, the home page among them.
    for (const { kind, path } of kinds.filter((_, i) => IS_TEST_LONG || i % 2 === 0)) {
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
