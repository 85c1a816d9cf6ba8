import { expect, it } from 'vitest';
import { LANGUAGES_OF_RUN, visitor } from './visitor.ts';

it.each(LANGUAGES_OF_RUN)(
  'the first Tab shows a link to the content, and Enter goes there (%s)',
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

it.each(LANGUAGES_OF_RUN)(
  'the focus is always visible, and moves in reading order (%s)',
  async (language) => {
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
        const isVisible = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
        const previous = (globalThis as { last?: Element }).last;
        const inOrder =
          !previous || Boolean(previous.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING);
        Object.assign(globalThis, { last: element });
        return { name: element.outerHTML.slice(0, 80), isVisible, inOrder };
      });
      if (!stop) break;
      expect(stop).toMatchObject({ isVisible: true });
      // The live chart has replaced the drawn one, so that the previous element is no longer in the page.
      if (!stop.name.startsWith('<input')) expect(stop).toMatchObject({ inOrder: true });
      stops.push(stop.name);
    }
    expect(stops.length).toBeGreaterThan(20);
  },
);
