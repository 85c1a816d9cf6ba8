import { expect, it } from 'vitest';
import type { Series } from '../../worker/model/series.ts';
import type { Site } from '../../worker/model/site.ts';
import { textNodes } from './in-page.ts';
import { staffOf } from './staff.ts';
import { operatorKey, origin } from './the-site.ts';
import { LANGUAGES, visitor } from './visitor.ts';

const staff = staffOf(origin, operatorKey);

const read = async <T>(path: string): Promise<{ body: T; release: string | null }> => {
  const answer = await fetch(origin + path);
  return { body: (await answer.json()) as T, release: answer.headers.get('nashra-release') };
};

it.each(LANGUAGES)(
  'every metric is on the home page with its latest value, in full (%s)',
  async (language) => {
    await using visit = await visitor();
    const { body: site } = await read<Site>('/api/v1/site.json');
    // A figure may be published meanwhile: the page and its figures must be of one release.
    let series = await read<Series>('/api/v1/statistics.json');
    for (;;) {
      await visit.go(`/${language}/`);
      const again = await read<Series>('/api/v1/statistics.json');
      if (again.release === series.release) break;
      series = again;
    }
    const locale = site.languages.find(({ tag }) => tag === language)?.locale;
    const texts = await textNodes(visit.page);
    expect(site.metrics.length).toBeGreaterThanOrEqual(9);
    for (const { id } of site.metrics) {
      const latest = series.body.metrics[id]?.findLast((value) => value !== null);
      expect(latest, id).toBeTypeOf('number');
      expect(texts, id).toContain(new Intl.NumberFormat(locale).format(latest ?? Number.NaN));
    }
  },
);

it('a figure that an agency posts is on both home pages within the promised time, and so is its correction', async () => {
  const path = '/statistics/2021-08-03';
  const expectShown = async (figure: string, correction: Record<string, RegExp>) => {
    for (const language of LANGUAGES) {
      await using visit = await visitor();
      await visit.go(`/${language}/`);
      const critical = visit.page.locator('#metric-critical');
      expect(await critical.locator('.value data').textContent()).toBe(figure);
      if (correction[language]) expect(await critical.textContent()).toMatch(correction[language]);
      expect(visit.complaints).toEqual([]);
    }
  };
  const posted = await staff.call('PUT', path, 'health-ministry', { values: { critical: 12_978 } });
  const firstMs = await staff.untilPublic(posted.release);
  await expectShown('12,978', {});

  const reason = 'A digit too many';
  const corrected = await staff.call('PUT', path, 'health-ministry', { values: { critical: 1_297 }, reason });
  const secondMs = await staff.untilPublic(corrected.release);
  await expectShown('1,297', { ar: /12,978.*1,297/, en: /was 12,978\u00a0cases, now 1,297\u00a0cases/ });
  console.log(`a figure was public ${firstMs} ms after it was accepted, its correction after ${secondMs} ms`);
});
