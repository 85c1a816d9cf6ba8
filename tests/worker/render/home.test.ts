import { describe, expect, it } from 'vitest';
import type { Figures } from '../../../worker/model/change.ts';
import type { CivilDate } from '../../../worker/model/civil-date.ts';
import { aBulletin, aMoment, figuresByDay } from '../a-bulletin.ts';
import { aSite } from '../a-site.ts';
import { pageHtml, textNodes, visibleText } from './page-text.ts';
import { epidemicWithoutItems } from './seed-bulletins.ts';

const site = aSite();
const day = (values: { [metric: string]: number | null }) => values;

describe('the figures of the home page', () => {
  it('stand with their latest value in full, alone in a text node, totals included', () => {
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
      days: { '2021-08-02': day({ new_cases: 12_345 }) },
    });
    const nodes = textNodes(pageHtml(bulletin, '/ar/'));
    expect(nodes).toContain('١٢٬٣٤٥');
    expect(nodes.join('')).not.toMatch(/12,345|2021/);
  });

  it('say in words what the newest day lacks, with the last value and its date', () => {
    const bulletin = aBulletin({
      site,
      days: {
        '2021-07-09': day({ new_cases: 1_500, critical: 321 }),
        '2021-07-10': day({ new_cases: 1_400, critical: null }),
      },
    });
    const text = visibleText(pageHtml(bulletin, '/en/'));
    expect(text).toContain('Not reported');
    expect(text).toContain('Last: 321 on 9 July 2021');
    expect(text).toContain('“Not reported” does not mean zero');
    expect(text).toContain('No figure has been reported yet.'); // quarantine never was
  });

  it('show a zero as a zero', () => {
    const bulletin = aBulletin({ site, days: { '2021-08-02': day({ new_cases: 0 }) } });
    expect(textNodes(pageHtml(bulletin, '/en/'))).toContain('0');
  });

  it('say a change in words, and none where the day before was not reported', () => {
    const days = {
      '2021-08-01': day({ new_cases: 20, critical: 7 }),
      '2021-08-02': day({ new_cases: 15, critical: 7, quarantine: 3 }),
    };
    const text = visibleText(pageHtml(aBulletin({ site, days }), '/en/'));
    expect(text).toContain('5 fewer than the day before');
    expect(text).toContain('The same as the day before');
    expect(text).not.toContain('3 more than the day before');
  });

  it('say what a corrected figure was', () => {
    const days = { '2021-08-02': { new_cases: 178 } } as { [date: CivilDate]: Figures };
    const bulletin = aBulletin({
      site,
      days: { '2021-08-02': day({ new_cases: 168 }) },
      changes: [{ kind: 'figures', reason: 'a late laboratory', payload: { days } }],
    });
    expect(visibleText(pageHtml(bulletin, '/en/'))).toContain('Corrected: was 168, now 178');
  });

  it('say so when there are none, and no news either', () => {
    const text = visibleText(pageHtml(aBulletin({ site }), '/en/'));
    expect(text).toContain('No figure has been reported yet.');
    expect(text).toContain('No news yet.');
    expect(text).not.toMatch(/undefined|null|NaN|Invalid/);
  });

  it('hold at one day, at figures beyond a million and at ten years', () => {
    const one = aBulletin({ site, days: { '2021-08-02': day({ new_cases: 123_456_789 }) } });
    expect(textNodes(pageHtml(one, '/en/'))).toContain('123,456,789');
    const years = aBulletin({ site, days: figuresByDay(3_650, (_, i) => (i % 7 === 3 ? null : i)) });
    expect(pageHtml(years, '/en/').length).toBeLessThan(40_000);
  });
});

describe('the home page', () => {
  it('says when it was published and as which release', () => {
    const text = visibleText(pageHtml(aBulletin({ site }), '/en/', aMoment({ release: 1_528 })));
    expect(text).toContain('Published 3 August 2021 at 14:00');
    expect(text).toContain('Release 1528');
  });

  it('shows breaking news until it ends, marked for scripts to take away', () => {
    const news = [{ breaking: { until: '2021-08-03T12:00:00Z' as never } }];
    const bulletin = aBulletin({ site, news });
    expect(pageHtml(bulletin, '/en/')).toContain('data-until="2021-08-03T12:00:00Z"');
    expect(pageHtml(bulletin, '/en/', aMoment({ asOf: '2021-08-03T12:00:00Z' }))).not.toContain('data-until');
  });

  it('puts the hotline where it can be called from', () => {
    const contacts = [{ kind: 'hotline' as const, phone: '+965 (2) 497-0967' }];
    expect(pageHtml(aBulletin({ site, contacts }), '/ar/')).toContain('href="tel:+96524970967"');
  });

  it('draws the chart, with a text alternative and tables', () => {
    const html = pageHtml(aBulletin({ ...epidemicWithoutItems }), '/en/');
    expect(html).toMatch(/<svg class="plot"[^>]* role="img" aria-label="New cases, chart from /);
    expect(html.match(/<caption>/g)).toHaveLength(2);
    expect(visibleText(html)).toContain('The highest day was 1,993, on 6 July 2021.');
  });

  it('tells the highest day of all, also of one long before what is drawn', () => {
    const days = { '2026-11-24': { new_cases: 12 } } as { [date: CivilDate]: Figures };
    const later = aBulletin({ ...epidemicWithoutItems, changes: [{ kind: 'figures', payload: { days } }] });
    const html = pageHtml(later, '/en/');
    expect(visibleText(html)).toContain('The highest day was 1,993, on 6 July 2021.');
    expect(html).not.toContain('class="plot"');
  });

  it('is described without a comma of another language', () => {
    const described = /<meta name="description" content="([^"]*)"/;
    const of = (path: string) =>
      described.exec(pageHtml(aBulletin({ ...epidemicWithoutItems }), path))?.[1] ?? '';
    expect(of('/ar/')).toContain(' · 3 أغسطس 2021 · عدد الحالات المستجدة: 785 · ');
    expect(of('/ar/').replace(/\d,\d/g, '')).not.toContain(',');
    expect(of('/en/')).toContain(' · 3 August 2021 · New cases: 785 · ');
  });
});
