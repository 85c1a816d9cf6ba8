import { brotliCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { layoutShifts } from './in-page.ts';
import { kinds } from './paths.ts';
import { examples, origin } from './the-site.ts';
import { LANGUAGES_OF_RUN, visitor } from './visitor.ts';

const { hostile } = examples;

/** The bound of script before anyone touches the page, in bytes of Brotli. uPlot alone has four times as many. */
const FIRST_SCRIPT_BYTES = 10_000;

describe.each(LANGUAGES_OF_RUN)('in %s', (language) => {
  const direction = language === 'ar' ? 'rtl' : 'ltr';

  it('every page has one heading, a title, its language, the breaking news, and no errors', async () => {
    await using visit = await visitor();
    const { page } = visit;
    for (const { kind, path, status } of kinds) {
      expect(await visit.go(path(language)), kind).toBe(status);
      expect(await page.locator('html').getAttribute('lang'), kind).toBe(language);
      expect(await page.locator('html').getAttribute('dir'), kind).toBe(direction);
      expect(await page.locator('h1').count(), kind).toBe(1);
      expect(await page.locator('h1').textContent(), kind).toMatch(/\S/);
      expect(await page.title(), kind).toMatch(/\S/);
      const band = page.locator('.breaking');
      expect(await band.count(), kind).toBe(1);
      expect(await band.isVisible(), kind).toBe(true);
      expect(await band.locator('a').getAttribute('href'), kind).toBe(`/${language}/news/${hostile.id}`);
      expect(visit.complaints, kind).toEqual([]);
    }
  });

  it.each([360, 1280])('the home page loads without a layout shift in a window of %s px', async (width) => {
    // If the page arrives in pieces, half a row may be painted first. A fault of the page itself shows at each load.
    const loads: (readonly string[])[] = [];
    while (loads.length < 3 && loads.at(-1)?.length !== 0) {
      await using visit = await visitor({ viewport: { width, height: 740 } });
      await visit.go(`/${language}/`);
      await visit.page.evaluate(() => scrollTo(0, document.body.scrollHeight));
      loads.push(await layoutShifts(visit.page));
    }
    expect(loads.at(-1)).toEqual([]);
  });
});

it('the home page loads one small script and no style sheet before anyone touches it', async () => {
  await using visit = await visitor();
  await visit.go('/ar/');
  await visit.page.waitForLoadState('networkidle');
  const assets = visit.requested.filter((path) => path !== '/ar/' && path !== '/favicon.ico');
  expect(assets).toEqual([expect.stringMatching(/^\/assets\/page-[0-9a-f]+\.js$/)]);
  const script = await (await fetch(origin + assets[0])).text();
  const sizeBytes = brotliCompressSync(script).length;
  console.log(`script before anyone interacts: ${sizeBytes} bytes in brotli, bound ${FIRST_SCRIPT_BYTES}`);
  expect(sizeBytes).toBeLessThanOrEqual(FIRST_SCRIPT_BYTES);
  expect(await visit.page.evaluate(() => document.styleSheets[0]?.href)).toBeNull();
});
