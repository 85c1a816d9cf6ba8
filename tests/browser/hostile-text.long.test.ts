import { describe, expect, it } from 'vitest';
import { reordered, textNodes } from './in-page.ts';
import { kinds } from './paths.ts';
import { examples } from './the-site.ts';
import { LANGUAGES, type Visit, visitor } from './visitor.ts';

const { hostile, withdrawn } = examples;

const expectUnharmed = async ({ page, complaints }: Visit) => {
  expect(await page.evaluate(() => 'pwned' in globalThis)).toBe(false);
  expect(await page.locator('[href^="javascript:"], [onerror], .body img, .body script').count()).toBe(0);
  expect(complaints).toEqual([]);
};

describe.each(LANGUAGES)('a news item that attacks the page, in %s', (language) => {
  it('is plain text in the titles of every page: no script runs, and no text around it is reversed', async () => {
    await using visit = await visitor();
    for (const { path } of kinds) {
      await visit.go(path(language));
      expect(await textNodes(visit.page)).toContain(hostile.title);
      expect(await reordered(visit.page, '.body'), path(language)).toEqual([]);
      await expectUnharmed(visit);
    }
  });

  it('has all its text on its own page, as it was written', async () => {
    await using visit = await visitor();
    await visit.go(`/${language}/news/${hostile.id}`);
    const body = visit.page.locator('.body');
    const shown = ((await body.textContent()) ?? '').replace(/\s+/g, ' ');
    for (const paragraph of hostile.body.split('\n\n').filter((text) => !text.includes('[')))
      if (!shown.includes(paragraph.trim())) expect.fail(`not shown: ${paragraph}`);
    expect(await body.locator('p').count()).toBeGreaterThan(500);
    expect(await visit.page.locator('h1').textContent()).toContain(hostile.title);
    expect(await reordered(visit.page, '.body')).toEqual([]);
    await expectUnharmed(visit);
  });

  it('shows the reason of its withdrawal as plain text', async () => {
    await using visit = await visitor();
    await visit.go(`/${language}/news/${withdrawn.id}`);
    expect(await textNodes(visit.page)).toContain(withdrawn.reason);
    await expectUnharmed(visit);
  });
});
