import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IS_TEST_LONG } from '../in-test-long.ts';
import { FONT_SET_NAMES } from './font-sets.ts';
import { brokenWords, invisible, sidewaysOverflow, smallestText } from './in-page.ts';
import { kinds } from './paths.ts';
import { setDefaultFontSize } from './reader-fonts.ts';
import { LANGUAGES_OF_RUN, type Visit, visitor } from './visitor.ts';

// The text spacing that a reader may set: https://www.w3.org/TR/WCAG22/#text-spacing
const TEXT_SPACING =
  '*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-block-end:2em!important}';

/** How a reader sees the page: the width of the window, and the reader's own settings. */
type View = {
  readonly widthPx: number;
  readonly defaultFontPx?: number;
  readonly style?: string;
  /** Whether `npm test` checks this view; `npm run test:long` checks all. */
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

const all = IS_TEST_LONG;
const views = VIEWS.filter(({ always }) => all || always);
/** In `npm run test:long` one browser lays out 200 pages, on two cores that it shares. */
const ALL_PAGES_MS = all ? 300_000 : 60_000;
/**
 * Fonts and languages in which `npm test` checks every kind of page. In the others it checks the two with most blocks.
 */
const THOROUGH = ['wide en'];
const kindsIn = (fonts: string, language: string) =>
  all || THOROUGH.includes(`${fonts} ${language}`)
    ? kinds
    : kinds.filter(({ kind }) => /home|a decision$/.test(kind));

/** What the printed home page must show: whom to call, the day, the release, the figures, what to do. */
const ON_PAPER = [
  ...['.hotline', '.masthead .name time', '.masthead .line', '#figures .value'],
  ...['#todo li', '#contacts a[href^=tel]'],
];

/**
 * Shows the open page in a view. Changes only what differs from the previous view, because each call costs
 * milliseconds.
 */
async function show({ page }: Visit, view: View, previous: View | undefined): Promise<void> {
  const { widthPx, defaultFontPx = 16, style = '' } = view;
  await page.setViewportSize({ width: widthPx, height: 800 });
  if (defaultFontPx !== (previous?.defaultFontPx ?? 16)) await setDefaultFontSize(page, defaultFontPx);
  if (previous?.style !== undefined) await page.evaluate(() => document.querySelector('#reader')?.remove());
  if (style !== '')
    await page.evaluate((textContent) => {
      document.head.append(Object.assign(document.createElement('style'), { id: 'reader', textContent }));
    }, style);
}

describe.each(FONT_SET_NAMES)('with the %s fonts', (fonts) => {
  describe.each(LANGUAGES_OF_RUN)('in %s', (language) => {
    let visit: Visit;
    beforeAll(async () => {
      // The page's policy allows no other style, but a reader's own style is not under it.
      visit = await visitor({ fonts, bypassCSP: true });
    });
    afterAll(() => visit[Symbol.asyncDispose]());

    const expectNothingBroken = async () => {
      for (const { kind, path } of kindsIn(fonts, language)) {
        await visit.go(path(language));
        for (const [i, view] of views.entries()) {
          await show(visit, view, views.at(i - 1));
          const faults = {
            sideways: await sidewaysOverflow(visit.page),
            broken: await brokenWords(visit.page),
          };
          expect(faults, `${kind}, ${JSON.stringify(view)}`).toEqual({ sideways: 0, broken: [] });
        }
      }
    };
    const title =
      'no page scrolls sideways or breaks a word, in narrow windows, zoomed, or with larger or wider text';
    it(title, expectNothingBroken, ALL_PAGES_MS);

    it('the home page prints legibly on one A4 sheet, with the hotline and the release', async () => {
      const { page } = visit;
      await visit.go(`/${language}/`);
      const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
      expect(pdf.match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(1);
      const [, width, height] = /\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf) ?? [];
      expect([Math.round(Number(width)), Math.round(Number(height))]).toEqual([595, 842]); // points of an A4
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator('.hotline').textContent()).toContain('151');
      expect(await page.locator('.masthead .line').textContent()).toMatch(/(Release|الإصدار) \d+/);
      for (const part of ON_PAPER)
        for (const each of await page.locator(part).all()) expect(await each.isVisible(), part).toBe(true);
      expect(await invisible(page)).toEqual([]);
      expect(await smallestText(page)).toBeGreaterThanOrEqual((8 * 96) / 72); // 8 points
    });
  });
});

describe.each(LANGUAGES_OF_RUN)('in %s', (language) => {
  it('the printed page of decisions has all decisions', async () => {
    await using visit = await visitor();
    await visit.go(`/${language}/decisions/`);
    await visit.page.emulateMedia({ media: 'print' });
    const shown = await visit.page
      .locator('.decisions > li')
      .evaluateAll((rows) => rows.map((row) => row.getClientRects().length > 0));
    const decisions = readdirSync('tests/fixtures/epidemic/decisions').length;
    expect(shown).toEqual(Array(decisions).fill(true));
  });

  it('the language switch is at the end of its strip, with and without a notice', async () => {
    await using visit = await visitor({ viewport: { width: 390, height: 800 } });
    const { page } = visit;
    await visit.go(`/${language}/`);
    const distanceToEnd = () =>
      page.evaluate(() => {
        const boxOf = (selector: string) => document.querySelector(selector)?.getBoundingClientRect();
        const [last, strip] = [boxOf('.languages a:last-child'), boxOf('.strip .wrap')];
        if (!last || !strip) return Number.NaN;
        return document.dir === 'rtl' ? last.left - strip.left : strip.right - last.right;
      });
    const gutterPx = 16;
    expect(await distanceToEnd()).toBeCloseTo(gutterPx, 0);
    await page.evaluate(() => document.querySelector('.strip p')?.remove());
    expect(await distanceToEnd()).toBeCloseTo(gutterPx, 0);
  });
});

it('a date in a language without commas breaks only between weekday and date', async () => {
  await using visit = await visitor({ fonts: FONT_SET_NAMES.find((name) => name === 'wide') ?? 'usual' });
  const { page } = visit;
  await visit.go('/en/');
  for (const date of ['jeudi <span>26 novembre 2026</span>', '<span>26 Kasım 2026</span> Perşembe'])
    for (const width of [320, 390]) {
      await page.setViewportSize({ width, height: 800 });
      const lines = await page.locator('time:has(span)').evaluateAll((times, date) => {
        for (const time of times) time.innerHTML = date;
        return times.map((time) => time.querySelector('span')?.getClientRects().length);
      }, date);
      expect(lines, `${date}, ${width} px`).toEqual([1, 1]);
      expect(await brokenWords(page), `${date}, ${width} px`).toEqual([]);
    }
});
