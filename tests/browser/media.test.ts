import { describe, expect, it } from 'vitest';
import { IS_TEST_LONG } from '../in-test-long.ts';
import { invisible } from './in-page.ts';
import { kinds } from './paths.ts';
import { LANGUAGES_OF_RUN, visitor } from './visitor.ts';

describe.each(LANGUAGES_OF_RUN)('in %s', (language) => {
  // The languages share their colours, so that `npm test` looks at one of them, and at the darker half of the colours.
  it.runIf(IS_TEST_LONG || language === 'ar')(
    'no text disappears in forced colours or high contrast, light or dark',
    async () => {
      await using visit = await visitor();
      const { page } = visit;
      for (const { path } of kinds) {
        await visit.go(path(language));
        for (const colorScheme of IS_TEST_LONG ? (['light', 'dark'] as const) : (['dark'] as const))
          for (const media of [
            { forcedColors: 'active', contrast: 'no-preference' },
            { forcedColors: 'none', contrast: 'more' },
          ] as const) {
            await page.emulateMedia({ colorScheme, ...media });
            expect(await invisible(page)).toEqual([]);
          }
      }
    },
  );

  it('nothing moves if the reader prefers reduced motion', async () => {
    await using visit = await visitor({ reducedMotion: 'reduce' });
    await visit.go(`/${language}/`);
    await visit.page.locator('.plot').hover();
    await visit.page.locator('.live canvas').waitFor();
    const moving = await visit.page.evaluate(() =>
      [...document.querySelectorAll('*')].flatMap((element) =>
        [undefined, '::before', '::after'].flatMap((pseudo) => {
          const { animationName, transitionDuration, scrollBehavior } = getComputedStyle(element, pseudo);
          const isStill = animationName === 'none' && /^0s(, 0s)*$/.test(transitionDuration);
          return isStill && scrollBehavior === 'auto'
            ? []
            : [`${element.outerHTML.slice(0, 80)} ${pseudo ?? ''}`];
        }),
      ),
    );
    expect(moving).toEqual([]);
  });
});
