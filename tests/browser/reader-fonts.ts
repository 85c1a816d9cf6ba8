import type { Page } from 'playwright-core';

/**
 * Sets the default font size of the browser, as its preferences do. The layout is the same as in a separate browser
 * that is started with --blink-settings=defaultFontSize.
 * https://chromedevtools.github.io/devtools-protocol/tot/Page/#method-setFontSizes
 */
export async function setDefaultFontSize(page: Page, sizePx: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setFontSizes', { fontSizes: { standard: sizePx } });
}

/**
 * The families of the fonts that the browser really uses for the page's text, sorted.
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
