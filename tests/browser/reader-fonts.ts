import type { Page } from 'playwright-core';

/**
 * Sets the default font size of the browser, as in its preferences: the page is laid out as with the command line's
 * --blink-settings=defaultFontSize, without a browser of its own.
 * https://chromedevtools.github.io/devtools-protocol/tot/Page/#method-setFontSizes
 */
export async function setDefaultFontSize(page: Page, sizePx: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setFontSizes', { fontSizes: { standard: sizePx } });
}

/**
 * The families of the fonts that the page's text is really drawn in, sorted.
 * https://chromedevtools.github.io/devtools-protocol/tot/CSS/#method-getPlatformFontsForNode
 */
export async function fontsUsed(page: Page): Promise<readonly string[]> {
  await page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) walker.currentNode.parentElement?.setAttribute('data-has-text', '');
  });
  const session = await page.context().newCDPSession(page);
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const { root } = await session.send('DOM.getDocument');
  const { nodeIds } = await session.send('DOM.querySelectorAll', {
    nodeId: root.nodeId,
    selector: '[data-has-text]',
  });
  const used = await Promise.all(
    nodeIds.map((nodeId) => session.send('CSS.getPlatformFontsForNode', { nodeId })),
  );
  await session.detach();
  return [...new Set(used.flatMap(({ fonts }) => fonts.map(({ familyName }) => familyName)))].sort();
}
