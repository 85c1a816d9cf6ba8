import type { Page } from 'playwright-core';

// Functions for `evaluate` run inside the page, and cannot use this module.

/** How many pixels the page is wider than its window; 0 if it does not scroll sideways. */
export const sidewaysOverflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/**
 * Words that are broken over lines although they fit the width of the page, each with its number of lines. A word ends
 * at white space and after a hyphen. Addresses may break anywhere and are left out.
 */
export const brokenWords = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const wrap = document.querySelector('.masthead .wrap');
    const { paddingLeft, paddingRight } = getComputedStyle(wrap ?? document.body);
    const availablePx =
      document.body.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    const boxes = () => [...range.getClientRects()].filter(({ width }) => width > 0);
    const broken = new Set<string>();
    while (walker.nextNode()) {
      const node = walker.currentNode;
      range.selectNodeContents(node);
      if (boxes().length < 2) continue;
      for (const { 0: word, index } of (node.textContent ?? '').matchAll(/[^\s–—-]+-?/g)) {
        if (!/[\p{L}\p{N}]/u.test(word) || /\w[./@]\w/.test(word)) continue;
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        const parts = boxes();
        const lines = new Set(parts.map(({ top }) => Math.round(top))).size;
        const width = parts.reduce((sum, part) => sum + part.width, 0);
        if (lines > 1 && width <= availablePx) broken.add(`${word} on ${lines} lines`);
      }
    }
    return [...broken];
  });

/** The font size of the smallest visible text, in CSS pixels (96 an inch). */
export const smallestText = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    let smallest = Number.POSITIVE_INFINITY;
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      if (!element || !/\S/.test(walker.currentNode.textContent ?? '')) continue;
      if (element.getClientRects().length > 0)
        smallest = Math.min(smallest, Number.parseFloat(getComputedStyle(element).fontSize));
    }
    return smallest;
  });

/** The layout shifts of the page so far; there should be none. */
export const layoutShifts = (page: Page): Promise<readonly string[]> =>
  page.evaluate(async () => {
    // After two frames the observer has received the last shift.
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    return globalThis.layoutShifts;
  });

/** The text of each text node of the page, unchanged. */
export const textNodes = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts: string[] = [];
    while (walker.nextNode()) texts.push(walker.currentNode.textContent ?? '');
    return texts;
  });

/** Texts in the colour of their background. */
export const invisible = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const backgroundOf = (element: Element): string => {
      for (let box: Element | null = element; box; box = box.parentElement) {
        const background = getComputedStyle(box).backgroundColor;
        if (!/^rgba\(.*, 0\)$/.test(background)) return background;
      }
      return 'rgb(255, 255, 255)';
    };
    return [...document.body.querySelectorAll('*')].flatMap((element) => {
      const ownNodes = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
      const ownText = ownNodes
        .map((node) => node.textContent)
        .join('')
        .trim();
      const style = getComputedStyle(element);
      const colour = element instanceof SVGElement ? style.fill : style.color;
      return ownText !== '' && colour === backgroundOf(element) ? [ownText] : [];
    });
  });

/**
 * Pairs of words in the page's own script whose order is wrong on their line. Elements that match the selector `except`
 * are left out.
 */
export const reordered = (page: Page, except: string): Promise<readonly string[]> =>
  page.evaluate((except) => {
    const rtl = document.dir === 'rtl';
    const words = rtl ? /([\u0621-\u064a]{2,}) ([\u0621-\u064a]{2,})/ : /([A-Za-z]{2,}) ([A-Za-z]{2,})/;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const boxOf = (node: Node, start: number, length: number) => {
      const range = document.createRange();
      range.setStart(node, start);
      range.setEnd(node, start + length);
      return range.getBoundingClientRect();
    };
    const wrong: string[] = [];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const pair = words.exec(node.textContent ?? '');
      if (!pair || node.parentElement?.closest(except) || node.textContent?.includes('\u202e')) continue;
      const [whole, first = '', second = ''] = pair;
      const [a, b] = [
        boxOf(node, pair.index, first.length),
        boxOf(node, pair.index + first.length + 1, second.length),
      ];
      const oneLine = a.width > 0 && b.width > 0 && Math.abs(a.top - b.top) < 4;
      if (oneLine && (rtl ? b.left > a.left : b.left < a.left)) wrong.push(whole);
    }
    return wrong;
  }, except);

/**
 * The share of the live chart's columns of pixels that have the colour of a custom property; NaN without a live chart.
 */
export const columnShare = (page: Page, property: string): Promise<number> =>
  page.evaluate((property) => {
    const canvas = document.querySelector<HTMLCanvasElement>('.live canvas');
    const context = canvas?.getContext('2d');
    const hex = getComputedStyle(document.documentElement).getPropertyValue(property).trim();
    if (!canvas || !context) return Number.NaN;
    const wanted = [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16));
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    const columns = new Set<number>();
    for (let i = 0; i < data.length; i += 4)
      if (wanted.every((part, j) => Math.abs((data[i + j] ?? 0) - part) < 16) && (data[i + 3] ?? 0) > 200)
        columns.add((i / 4) % canvas.width);
    return columns.size / canvas.width;
  }, property);
