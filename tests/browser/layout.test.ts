import { describe, expect, it } from 'vitest';
import { FONT_SET_NAMES, type FontSetName } from './font-sets.ts';
import { brokenWords, invisible, sideways, smallestText } from './in-page.ts';
import { kinds } from './paths.ts';
import { setDefaultFontSize } from './reader-fonts.ts';
import { LANGUAGES, type Language, type Visit, visitor } from './visitor.ts';

// The spacing a reader may ask for: https://www.w3.org/TR/WCAG22/#text-spacing
const TEXT_SPACING =
  '*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-block-end:2em!important}';

/** How a reader has the page: the window's width, and what else the reader sets. */
type View = {
  readonly widthPx: number;
  readonly defaultFontPx?: number;
  readonly style?: string;
  /** Whether `npm test` looks at it; LAYOUT=all looks at all. */
  readonly always?: true;
};

const VIEWS: readonly View[] = [
  { widthPx: 320, always: true },
  { widthPx: 360 },
  { widthPx: 390 },
  { widthPx: 640, always: true },
  { widthPx: 768 },
  { widthPx: 1024, always: true },
  { widthPx: 1280 },
  { widthPx: 390, defaultFontPx: 24 },
  { widthPx: 390, defaultFontPx: 32, always: true },
  { widthPx: 1280, defaultFontPx: 32 },
  { widthPx: 320, style: TEXT_SPACING, always: true },
  { widthPx: 1280, style: 'html{font-size:200%!important}', always: true },
];

const all = process.env.LAYOUT === 'all';
const views = VIEWS.filter(({ always }) => all || always);
/** A browser lays out 200 pages in it, of LAYOUT=all, on two cores that others use too. */
const WHOLE_TOUR_MS = all ? 300_000 : 60_000;
// The widest fonts try every kind of page; the others those with the most in a line.
const kindsIn = (fonts: FontSetName) =>
  all || fonts === 'wide' ? kinds : kinds.filter(({ kind }) => /home|decisions|data/.test(kind));

/** Shows the open page as in a view. What is as it was in the view before is left: each call costs milliseconds. */
async function show({ page }: Visit, view: View, before: View | undefined): Promise<void> {
  const { widthPx, defaultFontPx = 16, style = '' } = view;
  await page.setViewportSize({ width: widthPx, height: 800 });
  if (defaultFontPx !== (before?.defaultFontPx ?? 16)) await setDefaultFontSize(page, defaultFontPx);
  if (before?.style !== undefined) await page.evaluate(() => document.querySelector('#reader')?.remove());
  if (style !== '')
    await page.evaluate((textContent) => {
      document.head.append(Object.assign(document.createElement('style'), { id: 'reader', textContent }));
    }, style);
}

/** Looks at the pages in every view, and expects no fault of any. */
async function tour(fonts: FontSetName, language: Language): Promise<void> {
  // The page's policy lets no style in from outside; here it is the reader who brings one.
  await using visit = await visitor({ fonts, bypassCSP: true });
  for (const { kind, path } of kindsIn(fonts)) {
    await visit.go(path(language));
    for (const [i, view] of views.entries()) {
      await show(visit, view, views.at(i - 1));
      const found = { sideways: await sideways(visit.page), broken: await brokenWords(visit.page) };
      expect(found, `${kind}, ${JSON.stringify(view)}`).toEqual({ sideways: 0, broken: [] });
    }
  }
}

describe.each(FONT_SET_NAMES)('with the %s fonts', (fonts) => {
  describe.each(LANGUAGES)('in %s', (language) => {
    it(
      'no page scrolls sideways or breaks a word: narrow, zoomed, with larger and wider text',
      () => tour(fonts, language),
      WHOLE_TOUR_MS,
    );

    it('the home page prints on one A4 sheet, with the hotline and the release on it, legibly', async () => {
      await using visit = await visitor({ fonts });
      const { page } = visit;
      await visit.go(`/${language}/`);
      const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
      expect(pdf.match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(1);
      const [, width, height] = /\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf) ?? [];
      expect([Math.round(Number(width)), Math.round(Number(height))]).toEqual([595, 842]); // points of an A4
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator('.hotline').isVisible()).toBe(true);
      expect(await page.locator('.hotline').textContent()).toContain('151');
      expect(await page.locator('.masthead .line').textContent()).toMatch(/(Release|الإصدار) \d+/);
      for (const part of [
        '.masthead .name time',
        '.masthead .line',
        '#figures .value',
        '#todo li',
        '#contacts a[href^=tel]',
      ])
        for (const each of await page.locator(part).all()) expect(await each.isVisible(), part).toBe(true);
      expect(await invisible(page)).toEqual([]);
      expect(await smallestText(page)).toBeGreaterThanOrEqual((8 * 96) / 72); // 8 points
    });
  });
});

describe.each(LANGUAGES)('in %s', (language) => {
  it('printed decisions leave none out', async () => {
    await using visit = await visitor();
    await visit.go(`/${language}/decisions/`);
    await visit.page.emulateMedia({ media: 'print' });
    const rows = await visit.page.locator('.decisions li').all();
    expect(rows.length).toBeGreaterThan(50);
    expect(await Promise.all(rows.map((row) => row.isVisible()))).not.toContain(false);
  });

  it('the language switch stands at the end of its strip, with a notice and without', async () => {
    await using visit = await visitor({ viewport: { width: 390, height: 800 } });
    const { page } = visit;
    await visit.go(`/${language}/`);
    const distance = () =>
      page.evaluate(() => {
        const end = (selector: string) => document.querySelector(selector)?.getBoundingClientRect();
        const [last, strip] = [end('.languages a:last-child'), end('.strip .wrap')];
        if (!last || !strip) return Number.NaN;
        return document.dir === 'rtl' ? last.left - strip.left : strip.right - last.right;
      });
    const gutterPx = 16;
    expect(await distance()).toBeCloseTo(gutterPx, 0);
    await page.evaluate(() => document.querySelector('.strip p')?.remove());
    expect(await distance()).toBeCloseTo(gutterPx, 0);
    await page.setViewportSize({ width: 1024, height: 800 });
    expect(await distance()).toBeCloseTo(2 * gutterPx * (language === 'ar' ? 17 / 16 : 1), 0);
  });
});

it.each(['jeudi <span>26 novembre 2026</span>', '<span>26 Kasım 2026</span> Perşembe'])(
  'a date of a language without commas breaks at its weekday only: %s',
  async (date) => {
    await using visit = await visitor({ fonts: FONT_SET_NAMES.includes('wide') ? 'wide' : 'usual' });
    const { page } = visit;
    await visit.go('/en/');
    await page.evaluate((date) => {
      for (const time of document.querySelectorAll('.name time, #figures h2 time')) time.innerHTML = date;
    }, date);
    for (const width of [320, 360, 390]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await brokenWords(page), `${width} px`).toEqual([]);
      for (const whole of await page.locator('time span').all())
        expect(await whole.evaluate((span) => span.getClientRects().length), `${width} px`).toBe(1);
    }
  },
);
