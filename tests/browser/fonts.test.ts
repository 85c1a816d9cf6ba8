import { describe, expect, it } from 'vitest';
import { css } from '../../dist/build.ts';
import { FONT_SET_NAMES, FONT_SETS, FONTS_ARE_CHOSEN } from './font-sets.ts';
import { fontsUsed, setDefaultFontSize } from './reader-fonts.ts';
import { visitor } from './visitor.ts';

/** The families that our style sheet names, and others that a page may name. Each must fall back to the set. */
const FAMILIES = [
  ...(/--face: ?([^;]+);/.exec(css)?.[1]?.split(', ') ?? []),
  ...['serif', 'sans-serif', 'monospace', 'cursive', 'fantasy', 'system-ui', 'ui-sans-serif', 'Arial'],
];

describe.runIf(FONTS_ARE_CHOSEN).each(FONT_SET_NAMES)('with the %s fonts', (fonts) => {
  const { latin, arabic } = FONT_SETS[fonts];
  const both = [...new Set([latin, arabic])].sort();

  it('a page is shown in these fonts only, whatever family it names', async () => {
    await using visit = await visitor({ fonts });
    await visit.go('/ar/');
    expect(await fontsUsed(visit.page)).toEqual(both);
    expect(FAMILIES.length).toBeGreaterThan(10);
    const samples = FAMILIES.map((family) => `<p style='font-family:${family}'>Figures <b>الأرقام</b>`);
    await visit.page.setContent(samples.join(''));
    expect(await fontsUsed(visit.page)).toEqual(both);
  });
});

it('the test’s default font size acts like the reader’s own, in rem and in the em of media queries', async () => {
  await using visit = await visitor({ viewport: { width: 390, height: 800 } });
  await visit.go('/en/');
  const sizes = () =>
    visit.page.evaluate(() => [
      getComputedStyle(document.documentElement).fontSize,
      [12, 13, 24, 25].map((em) => matchMedia(`(min-width: ${em}em)`).matches),
    ]);
  expect(await sizes()).toEqual(['16px', [true, true, true, false]]);
  await setDefaultFontSize(visit.page, 32);
  expect(await sizes()).toEqual(['32px', [true, false, false, false]]);
});
