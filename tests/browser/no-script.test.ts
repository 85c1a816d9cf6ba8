import { describe, expect, it } from 'vitest';
import { LANGUAGES_OF_RUN, visitor } from './visitor.ts';

describe.each(LANGUAGES_OF_RUN)('without script, in %s', (language) => {
  it('the home page has its figures, chart, table, news and hotline', async () => {
    await using visit = await visitor({ javaScriptEnabled: false });
    const { page } = visit;
    await visit.go(`/${language}/`);
    expect(await page.locator('.figure .value').count()).toBe(6);
    expect(await page.locator('#metric-new_cases .value').textContent()).toMatch(/^785 (cases|حالة)$/);
    const chart = page.getByRole('img', { name: /2021/ });
    expect(await chart.isVisible()).toBe(true);
    expect((await chart.getAttribute('aria-label'))?.length).toBeGreaterThan(60);
    const table = page.locator('details table').first();
    expect(await table.isVisible()).toBe(false);
    await page.locator('#chart summary').click();
    expect(await table.isVisible()).toBe(true);
    expect(await table.locator('tbody tr').count()).toBeGreaterThanOrEqual(14);
    expect(await table.locator('caption').textContent()).not.toBe('');
    expect(await page.locator('#news a').count()).toBeGreaterThan(3);
    const hotline = page.locator('a.hotline');
    expect(await hotline.getAttribute('href')).toBe('tel:151');
    expect(await hotline.textContent()).toContain('151');
    expect(visit.complaints).toEqual([]);
  });

  it('links lead from the home page to the news, to a month, to an item, and back', async () => {
    await using visit = await visitor({ javaScriptEnabled: false });
    const { page } = visit;
    await visit.go(`/${language}/`);
    await page.locator('#news .more').click();
    expect(new URL(page.url()).pathname).toBe(`/${language}/news/`);
    await page.locator('.months a').last().click();
    expect(new URL(page.url()).pathname).toMatch(/\/news\/2020-\d\d\/$/);
    await page.locator('.item-name a').first().click();
    expect(await page.locator('article .body').textContent()).not.toBe('');
    await page.locator('.masthead .name a').click();
    expect(new URL(page.url()).pathname).toBe(`/${language}/`);
  });

  it('the language switch leads to the same page in the other language', async () => {
    await using visit = await visitor({ javaScriptEnabled: false });
    const { page } = visit;
    const other = language === 'ar' ? 'en' : 'ar';
    for (const path of ['', 'news/', 'news/2020-03/', 'news/3']) {
      await visit.go(`/${language}/${path}`);
      await page.locator('.languages a').click();
      expect(new URL(page.url()).pathname).toBe(`/${other}/${path}`);
      expect(await page.locator('html').getAttribute('lang')).toBe(other);
    }
  });
});
