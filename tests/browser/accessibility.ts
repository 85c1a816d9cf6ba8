import axe from 'axe-core';
import type { Page } from 'playwright-core';

// https://github.com/dequelabs/axe-core/blob/develop/doc/API.md#axe-core-tags
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds against WCAG 2.2 A and AA and its best practices: each rule with the elements that break it. */
export async function violations(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  const { violations: found } = await page.evaluate(
    (values) =>
      (globalThis as unknown as { axe: typeof import('axe-core') }).axe.run({
        runOnly: { type: 'tag', values },
        rules: { 'target-size': { enabled: true } }, // of wcag22aa, but off unless asked for
        resultTypes: ['violations'],
      }),
    RULES,
  );
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
