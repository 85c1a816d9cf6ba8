import { expect, it } from 'vitest';
import { LANGUAGES, visitor } from './visitor.ts';

it.each(LANGUAGES)(
  'the first Tab shows the way to the content, and it leads there (%s)',
  async (language) => {
    await using visit = await visitor({ viewport: { width: 360, height: 740 } });
    const { page } = visit;
    await visit.go(`/${language}/`);
    const skip = page.locator('.skip');
    expect((await skip.boundingBox())?.y).toBeLessThan(0);
    await page.keyboard.press('Tab');
    expect(await skip.evaluate((link) => link === document.activeElement)).toBe(true);
    const box = await skip.boundingBox();
    expect(box?.y).toBeGreaterThanOrEqual(0);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);
  },
);

it.each(LANGUAGES)('the focus is seen wherever it goes, and goes in reading order (%s)', async (language) => {
  await using visit = await visitor();
  const { page } = visit;
  await visit.go(`/${language}/`);
  const stops: string[] = [];
  for (let i = 0; i < 80; i++) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const seen = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
      const after = (globalThis as { last?: Element }).last;
      const inOrder =
        !after || Boolean(after.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING);
      Object.assign(globalThis, { last: element });
      return { name: element.outerHTML.slice(0, 80), seen, inOrder };
    });
    if (!stop) break;
    expect(stop).toMatchObject({ seen: true });
    // The live chart stands where the drawn one was, which is in the page no longer.
    if (!stop.name.startsWith('<input')) expect(stop).toMatchObject({ inOrder: true });
    stops.push(stop.name);
  }
  expect(stops.length).toBeGreaterThan(20);
});
