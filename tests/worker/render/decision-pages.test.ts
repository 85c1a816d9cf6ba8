import { describe, expect, it } from 'vitest';
import type { ItemId } from '../../../worker/model/item.ts';
import { itemRelations, pageDocuments } from '../../../worker/render/pages/pages.tsx';
import { aBulletin, aMoment } from '../a-bulletin.ts';
import { everyPage, itemPageHtml, pageHtml, visibleText } from './page-text.ts';

const day = (text: string) => text as never;
const id = (n: number) => String(n) as ItemId;
const both = (text: string) => ({ ar: `${text} ع`, en: text });

describe('decisions', () => {
  const decisions = [
    { title: both('Over'), effectiveFrom: day('2021-07-01'), effectiveUntil: day('2021-08-02') },
    { title: both('Last day'), effectiveFrom: day('2021-07-01'), effectiveUntil: day('2021-08-03') },
    { title: both('Begins'), effectiveFrom: day('2021-08-04'), effectiveUntil: day('2021-09-01') },
    { title: both('Old rule'), effectiveFrom: day('2021-07-01'), effectiveUntil: day('2021-12-31') },
    {
      title: both('New rule'),
      effectiveFrom: day('2021-08-02'),
      effectiveUntil: day('2021-12-31'),
      replaces: id(4),
    },
  ];
  const of = aBulletin({ items: { decisions } });
  const at = (asOf: string, path = '/en/decisions/') => visibleText(pageHtml(of, path, aMoment({ asOf })));

  it('say how they stand by the date at the site, its last day included', () => {
    const text = at('2021-08-03T11:00:00Z');
    expect(text).toMatch(/Not yet in force.*Starts 4 August 2021.*Begins.*In force on 3 August 2021/);
    expect(text).toContain('Ended 2 August 2021Over');
    expect(text).toContain('In force since 1 July 2021Last day');
    expect(text).toContain('Replaced 2 August 2021Old rule');
    // 21:00 in UTC is midnight in Kuwait.
    const next = at('2021-08-03T21:00:00Z');
    expect(next).toContain('Ended 3 August 2021Last day');
    expect(next).toContain('In force since 4 August 2021Begins');
    expect(next).not.toContain('Not yet in force');
  });

  it('change the stamp of their pages at midnight only where they change', () => {
    const stamps = (asOf: string) =>
      new Map(pageDocuments(of, aMoment({ asOf })).map(({ path, stamp }) => [path, stamp]));
    const [before, same, after] = [
      stamps('2021-08-03T11:00:00Z'),
      stamps('2021-08-03T20:59:59Z'),
      stamps('2021-08-05T11:00:00Z'),
    ];
    const changed = (now: typeof before) => [...before].flatMap(([p, s]) => (now.get(p) === s ? [] : [p]));
    expect(changed(same)).toEqual(['/ar/', '/en/']);
    expect(changed(after)).toEqual([
      ...['ar', 'en'].flatMap((l) => [
        `/${l}/`,
        `/${l}/decisions/`,
        `/${l}/plan/`,
        `/${l}/decisions/2020-03/`,
      ]),
    ]);
  });

  it('say on their own page what they replace and what replaced them', () => {
    const old = itemPageHtml(of, 'decisions', 4);
    expect(visibleText(old)).toContain('Replaced byNew rule');
    expect(old).toContain('href="/en/decisions/5"');
    // Not to the end it was given: another took its place before.
    expect(visibleText(old)).toContain('From 1 July 2021 to the end of 1 August 2021');
    const now = itemPageHtml(of, 'decisions', 5);
    expect(visibleText(now)).toContain('ReplacesOld rule');
    expect(visibleText(now)).toContain('From 2 August 2021 to the end of 31 December 2021');
    expect(visibleText(now)).toContain('460/2020');
  });

  it('link to none that was withdrawn, and know when that changes their page', () => {
    const withdrawn = aBulletin({
      items: { decisions },
      changes: [{ kind: 'withdrawal', payload: { collection: 'decisions', id: id(4) }, reason: 'Wrong' }],
    });
    for (const [path, html] of everyPage(withdrawn))
      if (!path.endsWith('/decisions/4')) expect(html, path).not.toMatch(/<a [^>]*decisions\/4"[^>]*><bdi/);
    const relations = (bulletin: typeof of) => {
      const item = bulletin.items.decisions.get(id(5));
      return item && itemRelations(bulletin, item);
    };
    expect(relations(of)).toBe('4.1');
    expect(relations(withdrawn)).toBe('');
    expect(visibleText(itemPageHtml(withdrawn, 'decisions', 4))).toContain('This decision was withdrawn');
  });

  it('stand on the home page, what starts first', () => {
    expect(at('2021-08-03T11:00:00Z', '/en/')).toMatch(/Decisions.*Starts 4 August 2021Begins/);
  });
});
