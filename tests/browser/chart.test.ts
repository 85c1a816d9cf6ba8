import { describe, expect, it } from 'vitest';
import { inTestLong } from '../in-test-long.ts';
import { violations } from './accessibility.ts';
import { columnShare, layoutShifts, sidewaysOverflow } from './in-page.ts';
import { LANGUAGES_OF_RUN, type Visit, visitor } from './visitor.ts';

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
/** The requests that only the live chart causes. */
const chartRequests = ({ requested }: Visit) =>
  requested.filter((path) => path.startsWith('/assets/chart') || path.startsWith('/api/'));
const heightOf = ({ page }: Visit) => page.evaluate(() => document.documentElement.scrollHeight);

/** Opens the home page, scrolls to the drawn chart, and waits until `touch` has brought the live chart. */
async function openLiveChart(visit: Visit, language: string, touch: (visit: Visit) => Promise<void>) {
  await visit.go(`/${language}/`);
  await visit.page.locator('.plot').scrollIntoViewIfNeeded();
  await touch(visit);
  await visit.page.locator('.live canvas').waitFor();
}
const hover = ({ page }: Visit) => page.locator('.plot').hover();
const reading = ({ page }: Visit) => page.locator('.reading').textContent();

describe.each(LANGUAGES_OF_RUN)('the chart, in %s', (language) => {
  it('loads nothing until it is touched, and then takes exactly the place of the drawn chart', async () => {
    await using visit = await visitor(PHONE);
    const { page } = visit;
    await visit.go(`/${language}/`);
    await page.locator('.plot').scrollIntoViewIfNeeded();
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await page.waitForLoadState('networkidle');
    expect(chartRequests(visit)).toEqual([]);
    const height = await heightOf(visit);
    const shiftsAtStart = await layoutShifts(page);
    await page.locator('.plot').tap();
    await page.locator('.live canvas').waitFor();
    expect(await heightOf(visit)).toBe(height);
    expect(await layoutShifts(page)).toEqual(shiftsAtStart);
    expect(await sidewaysOverflow(page)).toBe(0);
    expect(visit.complaints).toEqual([]);
  });

  it('opens by keyboard, and reads day by day', async () => {
    await using visit = await visitor();
    const { page } = visit;
    await openLiveChart(visit, language, async () => {
      for (let i = 0; i < 60 && chartRequests(visit).length === 0; i++) {
        await page.keyboard.press('Tab');
        if (await page.evaluate(() => document.activeElement?.matches('.plot, .plot ~ *'))) break;
      }
    });
    const days = page.locator('.days');
    await page.waitForFunction(() => document.activeElement?.matches('.days'));
    expect(await reading(visit)).toMatch(/3 (August|أغسطس) 2021: 785\u00a0(cases|حالة)$/);
    await page.keyboard.press(language === 'ar' ? 'ArrowDown' : 'ArrowLeft');
    expect(await reading(visit)).toMatch(/2 (August|أغسطس) 2021: 805\u00a0(cases|حالة)$/);
    await page.keyboard.press('Home');
    expect(await reading(visit)).toMatch(/24 (February|فبراير) 2020: \d+\u00a0(cases|حالة)$/);
    expect(await days.getAttribute('aria-valuetext')).toBe(await reading(visit));
    expect(visit.complaints).toEqual([]);
  });

  it('shows another metric when it is chosen, and a day that was not reported is not a zero', async () => {
    await using visit = await visitor();
    const { page } = visit;
    await openLiveChart(visit, language, hover);
    expect(await columnShare(page, '--c1')).toBeGreaterThan(0.8);
    const alternative = () => page.locator('.frame').getAttribute('aria-label');
    const [name, description] = [page.locator('#chart h2 bdi').first(), page.locator('#chart h2 + p')];
    const drawn = { alternative: await alternative(), name: await name.textContent() };
    expect(drawn.alternative).toMatch(/24 (February|فبراير) 2020.* 3 (August|أغسطس) 2021/);
    expect(drawn.alternative).toContain(drawn.name);
    expect(await description.isVisible()).toBe(true);
    await page.locator('.live select').selectOption('quarantine');
    const quarantine = language === 'ar' ? 'أعداد المتواجدين بالمحاجر' : 'People in quarantine';
    expect(await alternative()).toContain(quarantine);
    expect(await alternative()).not.toContain(drawn.name);
    expect(await name.textContent()).toBe(quarantine);
    expect(await description.isVisible()).toBe(false); // it describes only the metric that was drawn
    // The plot and the slider have the days from the first reported one to the last.
    expect(await alternative()).toMatch(/15 (March|مارس) 2020.* 19 (April|أبريل) 2020/);
    expect(await reading(visit)).toMatch(/19 (April|أبريل) 2020: 1,367\u00a0(people|شخص)$/);
    await page.locator('.days').focus();
    await page.keyboard.press(language === 'ar' ? 'ArrowDown' : 'ArrowLeft');
    expect(await reading(visit)).toMatch(/18 (April|أبريل) 2020: (Not reported|لم يُعلن)$/);
    // Few days were reported: a line along zero would fill every column.
    const share = await columnShare(page, '--c1');
    expect(share).toBeGreaterThan(0);
    expect(share).toBeLessThan(0.3);
    // Most of these days are between two gaps: without a line, only a point can show them.
    await page.locator('.live select').selectOption('critical');
    expect(await columnShare(page, '--c1')).toBeGreaterThan(0.15);
    await page.locator('.live select').selectOption('new_cases');
    expect({ alternative: await alternative(), name: await name.textContent() }).toEqual(drawn);
    expect(await description.isVisible()).toBe(true);
  });

  it('says what is marked on a day, and shows a total without what was added to it', async () => {
    await using visit = await visitor({ viewport: { width: 320, height: 740 } });
    const { page } = visit;
    await page.route('**/api/v1/statistics.json', async (route) => {
      const series = await (await route.fetch()).json();
      const from = series.dates.indexOf('2021-08-02');
      const total_cases = series.metrics.total_cases.map((n: number, i: number) =>
        i >= from ? n - 1_000 : n,
      );
      const json = {
        ...series,
        metrics: { ...series.metrics, total_cases },
        breaks: [{ metric: 'new_cases', date: '2021-08-02', remark: '1' }],
        adjustments: [{ metric: 'total_cases', date: '2021-08-02', amount: -1_000, remark: '2' }],
        facts: [{ metric: 'new_cases', date: '2021-08-03', provisionalUntil: '2999-01-01' }],
      };
      await route.fulfill({ json });
    });
    await openLiveChart(visit, language, hover);
    const words =
      language === 'ar'
        ? {
            marks: /الخط المتقطع: .*الخط القصير: .*الحافة المخططة: /,
            provisional: 'رقم أولي',
            lowered: /خُفّض المجموع بمقدار 1,000/,
          }
        : {
            marks: /Dashed line: .*Short bar: .*Striped edge: /,
            provisional: 'provisional',
            lowered: /total lowered by 1,000/,
          };
    expect(await page.locator('.key-line').textContent()).toMatch(words.marks);
    expect(await page.locator('.frame').getAttribute('aria-label')).toMatch(words.marks);
    expect(await columnShare(page, '--ink')).toBeGreaterThan(0);
    expect((await reading(visit))?.endsWith(` · ${words.provisional}`)).toBe(true);
    const without = page.locator('.adjusted');
    expect(await without.isVisible()).toBe(false);
    const back = language === 'ar' ? 'ArrowDown' : 'ArrowLeft';
    const heightPx = async () => (await page.locator('.frame').boundingBox())?.height;
    const heightOnNewestDay = await heightPx();
    await page.locator('.days').focus();
    await page.keyboard.press(back);
    expect(await reading(visit)).toMatch(words.lowered);
    expect(await page.locator('.days').getAttribute('aria-valuetext')).toBe(await reading(visit));
    expect(await heightPx()).toBe(heightOnNewestDay);
    await page.locator('.live select').selectOption('total_cases');
    await without.waitFor();
    expect(await heightPx()).toBeGreaterThan(120);
    const number = async () =>
      Number(/: ([\d,]+)/.exec((await reading(visit)) ?? '')?.[1]?.replaceAll(',', ''));
    const adjusted = await number();
    await without.getByRole('checkbox').uncheck();
    expect(await number()).toBe(adjusted + 1_000);
    expect(await page.locator('.frame').getAttribute('aria-label')).toMatch(
      /are left out\.$|لا يشمل الخط تعديلات المجموع\.$/,
    );
    expect(await sidewaysOverflow(page)).toBe(0);
    expect(await violations(page)).toEqual([]);
    expect(visit.complaints).toEqual([]);
  });

  inTestLong('is as accessible as the rest of the page, also in dark colours', async () => {
    await using visit = await visitor({ colorScheme: 'dark' });
    const { page } = visit;
    await openLiveChart(visit, language, hover);
    expect(await columnShare(page, '--c1')).toBeGreaterThan(0.8);
    expect(await violations(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
    await expect.poll(() => columnShare(page, '--c1'), { timeout: 10_000 }).toBeGreaterThan(0.8);
    await page.setViewportSize({ width: 320, height: 740 });
    expect(await sidewaysOverflow(page)).toBe(0);
    expect(await violations(page)).toEqual([]);
  });
});

it('the drawn chart stays if the figures do not load, and the live chart comes once they do', async () => {
  await using visit = await visitor();
  const { page } = visit;
  await page.route('**/api/v1/statistics.json', (route) => route.abort());
  await visit.go('/en/');
  const failed = page.waitForEvent('requestfailed');
  await hover(visit);
  await failed;
  expect(await page.locator('.plot').isVisible()).toBe(true);
  expect(await page.locator('.live').count()).toBe(0);
  // The browser itself reports the failed request.
  expect(visit.complaints.filter((text) => !text.startsWith('Failed to load resource'))).toEqual([]);
  await page.unroute('**/api/v1/statistics.json');
  await page.mouse.move(0, 0);
  await hover(visit);
  await page.locator('.live canvas').waitFor();
});

it('the live chart comes also if the browser has an unusual name for its language', async () => {
  await using visit = await visitor({ locale: 'en-US@posix' });
  await openLiveChart(visit, 'en', hover);
  expect(visit.complaints).toEqual([]);
});
