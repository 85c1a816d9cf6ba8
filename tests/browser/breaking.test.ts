import { describe, expect, it } from 'vitest';
import { examples } from './the-site.ts';
import { LANGUAGES_OF_RUN, visitor } from './visitor.ts';

const { hostile } = examples;
const HOUR_MS = 3_600_000;

describe.each(LANGUAGES_OF_RUN)('breaking news, in %s', (language) => {
  it('disappears from an open page when its time has passed', async () => {
    await using visit = await visitor();
    const { page } = visit;
    await page.clock.install({ time: Date.parse(hostile.until) - HOUR_MS });
    await visit.go(`/${language}/`);
    await page.clock.fastForward(HOUR_MS - 5 * 60_000);
    expect(await page.locator('.breaking').isVisible()).toBe(true);
    await page.clock.fastForward(5 * 60_000 + 1_000);
    expect(await page.locator('.breaking').isVisible()).toBe(false);
    expect(visit.complaints).toEqual([]);
  });

  it('is not shown on a page that is opened too late, as from a cache', async () => {
    await using visit = await visitor();
    await visit.page.clock.install({ time: Date.parse(hostile.until) + 1_000 });
    await visit.go(`/${language}/news/`);
    expect(await visit.page.locator('.breaking').isVisible()).toBe(false);
  });
});
