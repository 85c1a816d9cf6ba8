import { describe, expect, it } from 'vitest';
import type { Figures } from '../../../worker/model/change.ts';
import type { CivilDate } from '../../../worker/model/civil-date.ts';
import { aBulletin, aMoment, figuresByDay } from '../a-bulletin.ts';
import { aSite } from '../a-site.ts';
import { pageHtml, textNodes, visibleText } from './page-text.ts';
import { epidemicWithoutItems } from './seed-bulletins.ts';

const site = aSite();
const figures = (values: { [metric: string]: number | null }) => values;

describe('the figures of the home page', () => {
  it('show their latest value in full, in a text node of its own, totals included', () => {
    const bulletin = aBulletin({ ...epidemicWithoutItems });
    for (const [tag, locale] of [
      ['ar', 'ar-KW-u-nu-latn'],
      ['en', 'en-GB'],
    ] as const) {
      const nodes = textNodes(pageHtml(bulletin, `/${tag}/`));
      const latest = [785, 9_951, 321, 1_142, 6, 1_367, 400_128, 387_832, 2_345];
      for (const value of latest) expect(nodes).toContain(new Intl.NumberFormat(locale).format(value));
    }
  });

  it('are written in the digits of the site', () => {
    const languages = [{ tag: 'ar', locale: 'ar-KW-u-nu-arab' }];
    const bulletin = aBulletin({
      site: aSite({ languages }),
      days: { '2021-08-02': figures({ new_cases: 12_345 }) },
    });
    const nodes = textNodes(pageHtml(bulletin, '/ar/'));
    expect(nodes).toContain('١٢٬٣٤٥');
    expect(nodes.join('')).not.toMatch(/12,345|2021/);
  });

  it('say in words that the newest day has no value, with the last value and its date', () => {
    const bulletin = aBulletin({
      site,
      days: {
        '2021-07-09': figures({ new_cases: 1_500, critical: 321 }),
        '2021-07-10': figures({ new_cases: 1_400, critical: null }),
      },
    });
    const text = visibleText(pageHtml(bulletin, '/en/'));
    expect(text).toContain('Not reported');
    expect(text).toContain('Last: 321 on 9 July 2021');
    expect(text).toContain('“Not reported” does not mean zero');
    expect(text).toContain('No figure has been reported yet.'); // no day has a quarantine figure
  });

  it('show a zero as a zero', () => {
    const bulletin = aBulletin({ site, days: { '2021-08-02': figures({ new_cases: 0 }) } });
    expect(textNodes(pageHtml(bulletin, '/en/'))).toContain('0');
  });

  it('describe the change in words, and no change if the day before was not reported', () => {
    const days = {
      '2021-08-01': figures({ new_cases: 20, critical: 7 }),
      '2021-08-02': figures({ new_cases: 15, critical: 7, quarantine: 3 }),
    };
    const text = visibleText(pageHtml(aBulletin({ site, days }), '/en/'));
    expect(text).toContain('5 fewer than the day before');
    expect(text).toContain('The same as the day before');
    expect(text).not.toContain('3 more than the day before');
  });

  it('show the previous value of a corrected figure', () => {
    const days = { '2021-08-02': { new_cases: 178 } } as { [date: CivilDate]: Figures };
    const bulletin = aBulletin({
      site,
      days: { '2021-08-02': figures({ new_cases: 168 }) },
      changes: [{ kind: 'figures', reason: 'a late laboratory', payload: { days } }],
    });
    expect(visibleText(pageHtml(bulletin, '/en/'))).toContain('Corrected: was 168, now 178');
  });

  it('have a sentence for a site without figures, as news has one for a site without news', () => {
    const text = visibleText(pageHtml(aBulletin({ site }), '/en/'));
    expect(text).toContain('No figure has been reported yet.');
    expect(text).toContain('No news yet.');
    expect(text).not.toMatch(/undefined|null|NaN|Invalid/);
  });

  it('work with one day, with figures above a million and with ten years of days', () => {
    const oneDay = aBulletin({ site, days: { '2021-08-02': figures({ new_cases: 123_456_789 }) } });
    expect(textNodes(pageHtml(oneDay, '/en/'))).toContain('123,456,789');
    const tenYears = aBulletin({ site, days: figuresByDay(3_650, (_, i) => (i % 7 === 3 ? null : i)) });
    expect(pageHtml(tenYears, '/en/').length).toBeLessThan(40_000);
  });
});

describe('the home page', () => {
  it('shows its time of publication and its release number', () => {
    const text = visibleText(pageHtml(aBulletin({ site }), '/en/', aMoment({ release: 1_528 })));
    expect(text).toContain('Published 3 August 2021 at 14:00');
    expect(text).toContain('Release 1528');
  });

  it('shows breaking news until its end, marked with that time so that a script can remove it', () => {
    const news = [{ breaking: { until: '2021-08-03T12:00:00Z' as never } }];
    const bulletin = aBulletin({ site, news });
    expect(pageHtml(bulletin, '/en/')).toContain('data-until="2021-08-03T12:00:00Z"');
    expect(pageHtml(bulletin, '/en/', aMoment({ asOf: '2021-08-03T12:00:00Z' }))).not.toContain('data-until');
  });

  it('makes the hotline’s number a link that calls it', () => {
    const contacts = [{ kind: 'hotline' as const, phone: '+965 (2) 497-0967' }];
    expect(pageHtml(aBulletin({ site, contacts }), '/ar/')).toContain('href="tel:+96524970967"');
  });

  it('has the chart, with a text alternative and tables', () => {
    const html = pageHtml(aBulletin({ ...epidemicWithoutItems }), '/en/');
    expect(html).toMatch(/<svg class="plot"[^>]* role="img" aria-label="New cases, chart from /);
    expect(html.match(/<caption>/g)).toHaveLength(2);
    expect(visibleText(html)).toContain('The highest day was 1,993 cases, on 6 July 2021.');
  });

  it('names the highest day of all, even if it is long before the days that the chart shows', () => {
    const days = { '2026-11-24': { new_cases: 12 } } as { [date: CivilDate]: Figures };
    const later = aBulletin({ ...epidemicWithoutItems, changes: [{ kind: 'figures', payload: { days } }] });
    const html = pageHtml(later, '/en/');
    expect(visibleText(html)).toContain('The highest day was 1,993 cases, on 6 July 2021.');
    expect(html).not.toContain('class="plot"');
  });

  it('has a description without punctuation of another language', () => {
    const metaDescription = /<meta name="description" content="([^"]*)"/;
    const descriptionOf = (path: string) =>
      metaDescription.exec(pageHtml(aBulletin({ ...epidemicWithoutItems }), path))?.[1] ?? '';
    expect(descriptionOf('/ar/')).toContain(' · 3 أغسطس 2021 · عدد الحالات المستجدة: 785\u00a0حالة · ');
    expect(descriptionOf('/ar/').replace(/\d,\d/g, '')).not.toContain(',');
    expect(descriptionOf('/en/')).toContain(' · 3 August 2021 · New cases: 785\u00a0cases · ');
  });
});
