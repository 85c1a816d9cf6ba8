import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

const SOURCE = readFileSync(join(import.meta.dirname, '../../node_modules/axe-core/axe.min.js'), 'utf8');

// https://github.com/dequelabs/axe-core/blob/develop/doc/API.md#axe-core-tags
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * Loads axe into every page that is opened from now on. This takes a third of the time of loading it into an open
 * page.
 */
export const preloadAxe = (page: Page): Promise<unknown> => page.addInitScript({ content: SOURCE });

/** The faults that axe finds by WCAG 2.2 A and AA and its best practices: each rule with the elements that break it. */
export async function violations(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(SOURCE);
  const { violations: found } = await page.evaluate(
    (values) =>
      (globalThis as unknown as { axe: typeof import('axe-core') }).axe.run({
        runOnly: { type: 'tag', values },
        rules: { 'target-size': { enabled: true } }, // a rule of wcag22aa that is off by default
        resultTypes: ['violations'],
        preload: false, // for style sheets and media in other files, which the page does not have
      }),
    RULES,
  );
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
