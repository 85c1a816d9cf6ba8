import type { Page } from 'playwright-core';
import { render } from 'preact-render-to-string';
import { expect, it } from 'vitest';
import { withMarkedNumbers } from '../../client/page/parts/number-order.ts';
import { Text } from '../../client/page/parts/text.tsx';
import { css } from '../../dist/build.ts';
import { markdownHtml } from '../../worker/render/views/markdown.ts';
import { violations } from './accessibility.ts';
import { sidewaysOverflow } from './in-page.ts';
import { visitor } from './visitor.ts';

/** A text, and the parts of it in the order in which a reader must see them, from left to right. */
const CASES: readonly (readonly [text: string, seen: string])[] = [
  ['اتصل على +965 2497-0967', '+965 2497-0967'],
  ['للاستفسار: 965-222-3344', '965-222-3344'],
  ['-12 حالة', '-12'],
  ['زادت بنسبة +12.5% أمس', '+12.5%'],
  ['هاتف (965) 2497-0967، أو 2497-5967', '(965) 2497-0967'],
  ['أو 2497-5967 مساءً', '2497-5967'],
  ['اتصل على +٩٦٥ ٢٤٩٧-٠٩٦٧', '+٩٦٥ ٢٤٩٧-٠٩٦٧'],
  ['تلفن +۹۸ ۲۱ ۸۸۹۶-۰۰۰۰', '+۹۸ ۲۱ ۸۸۹۶-۰۰۰۰'],
  ['راسل help@moh-kw.example.org غدًا', 'help@moh-kw.example.org'],
  ['في https://example.org/a-1/?b=2 غدًا', 'https://example.org/a-1/?b=2'],
];

/** The characters of a part of an element's text, as they stand on the page from left to right; a break ends a line. */
const seen = (page: Page, selector: string, part: string): Promise<string> =>
  page.evaluate(
    ([selector = '', part = '']) => {
      const element = document.querySelector(selector);
      const walker = document.createTreeWalker(element ?? document.body, NodeFilter.SHOW_TEXT);
      const range = document.createRange();
      const glyphs: { readonly character: string; readonly left: number; readonly top: number }[] = [];
      const start = element?.textContent?.replaceAll('\u200e', '').indexOf(part) ?? -1;
      let position = 0;
      while (walker.nextNode()) {
        const text = walker.currentNode.textContent ?? '';
        for (let i = 0; i < text.length; i++) {
          if (text.charAt(i) === '\u200e') continue;
          position += 1;
          if (position <= start || position > start + part.length) continue;
          range.setStart(walker.currentNode, i);
          range.setEnd(walker.currentNode, i + 1);
          const { left, top } = range.getBoundingClientRect();
          glyphs.push({ character: text.charAt(i), left, top: Math.round(top) });
        }
      }
      const lines = [...new Set(glyphs.map(({ top }) => top))].sort((a, b) => a - b);
      return lines
        .map((line) =>
          glyphs
            .filter(({ top }) => top === line)
            .sort((a, b) => a.left - b.left)
            .map(({ character }) => character)
            .join(''),
        )
        .join('\n');
    },
    [selector, part],
  );

/** A table that is wider than a phone. */
const TABLE = `${'| المستشفى '.repeat(12)}|\n${'|---'.repeat(12)}|\n${'| 2497-0967 '.repeat(12)}|`;

it('telephone and signed numbers and addresses are seen as they were written, in bodies and titles, on one line', async () => {
  await using visit = await visitor({ viewport: { width: 390, height: 800 } });
  const { page } = visit;
  const html = CASES.map(
    ([text], i) =>
      `<div class="body" id="body-${i}">${markdownHtml(text)}</div><h1 id="title-${i}">${render(Text({ text: { text } }))}</h1>` +
      `<div id="marked-${i}">${withMarkedNumbers(text)}</div><div id="plain-${i}">${text}</div>`,
  ).join('');
  await page.setContent(
    `<!doctype html><html lang="ar" dir="rtl"><head><title>نشرة</title><style>${css}</style></head>` +
      `<body><main class="wrap"><article class="article">${html}<div class="body" id="table">${markdownHtml(TABLE)}</div></article></main></body></html>`,
  );
  expect(await sidewaysOverflow(page)).toBe(0);
  expect(await page.locator('#table .scroll').evaluate((box) => box.scrollWidth > box.clientWidth)).toBe(
    true,
  );
  expect(await violations(page)).toEqual([]);
  for (const [i, [text, part]] of CASES.entries()) {
    expect(await seen(page, `#body-${i}`, part), text).toBe(part);
    if (/[@/]/.test(part)) continue;
    expect(await seen(page, `#title-${i}`, part), text).toBe(part);
    expect(await seen(page, `#marked-${i}`, part), text).toBe(part);
  }
  // What readers saw before, so that this test can fail.
  expect(await seen(page, '#plain-0', CASES[0]?.[1] ?? '')).toBe('0967-2497 965+');
  expect(await seen(page, '#plain-1', CASES[1]?.[1] ?? '')).toBe('3344-222-965');
  expect(await seen(page, '#plain-2', CASES[2]?.[1] ?? '')).toBe('12-');
  expect(await page.locator('#body-0 a').getAttribute('href')).toBe('tel:+96524970967');
});
