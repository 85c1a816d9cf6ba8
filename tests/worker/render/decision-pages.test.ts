import { describe, expect, it } from 'vitest';
import type { Bulletin } from '../../../worker/model/bulletin.ts';
import type { ItemId } from '../../../worker/model/item.ts';
import { dataDocuments } from '../../../worker/render/data-documents.ts';
import { itemRelations, pageDocuments } from '../../../worker/render/pages/pages.tsx';
import { aBulletin, aMoment } from '../a-bulletin.ts';
import { aSite } from '../a-site.ts';
import { everyPage, itemPageHtml, pageHtml, visibleText } from './page-text.ts';

const day = (text: string) => text as never;
const id = (n: number) => String(n) as ItemId;
const json = (bulletin: Bulletin, path: string) => {
  const document = dataDocuments(bulletin, aMoment()).find((found) => found.path === path);
  return JSON.parse(String(document?.render()));
};
const inBothLanguages = (text: string) => ({ ar: `${text} ع`, en: text });

describe('decisions', () => {
  const decisions = [
    { title: inBothLanguages('Over'), effectiveFrom: day('2021-07-01'), effectiveUntil: day('2021-08-02') },
    {
      title: inBothLanguages('Last day'),
      effectiveFrom: day('2021-07-01'),
      effectiveUntil: day('2021-08-03'),
    },
    { title: inBothLanguages('Begins'), effectiveFrom: day('2021-08-04'), effectiveUntil: day('2021-09-01') },
    {
      title: inBothLanguages('Old rule'),
      effectiveFrom: day('2021-07-01'),
      effectiveUntil: day('2021-12-31'),
    },
    {
      title: inBothLanguages('New rule'),
      effectiveFrom: day('2021-08-02'),
      effectiveUntil: day('2021-12-31'),
      replaces: id(4),
    },
  ];
  const bulletin = aBulletin({ items: { decisions } });
  const textAt = (asOf: string, path = '/en/decisions/') =>
    visibleText(pageHtml(bulletin, path, aMoment({ asOf })));

  it('show their status by the site’s date; the last day still counts as in force', () => {
    const text = textAt('2021-08-03T11:00:00Z');
    expect(text).toMatch(/Not yet in force.*Starts 4 August 2021.*Begins.*In force on 3 August 2021/);
    expect(text).toContain('Ended 2 August 2021Over');
    expect(text).toContain('In force since 1 July 2021Last day');
    expect(text).toContain('Replaced 2 August 2021Old rule');
    // 21:00 UTC is midnight in Kuwait.
    const nextDay = textAt('2021-08-03T21:00:00Z');
    expect(nextDay).toContain('Ended 3 August 2021Last day');
    expect(nextDay).toContain('In force since 4 August 2021Begins');
    expect(nextDay).not.toContain('Not yet in force');
  });

  it('change the stamps of their pages only at a midnight that changes their status', () => {
    const stamps = (asOf: string) =>
      new Map(pageDocuments(bulletin, aMoment({ asOf })).map(({ path, stamp }) => [path, stamp]));
    const [stampsBefore, stampsSameDay, stampsAfter] = [
      stamps('2021-08-03T11:00:00Z'),
      stamps('2021-08-03T20:59:59Z'),
      stamps('2021-08-05T11:00:00Z'),
    ];
    const changed = (later: typeof stampsBefore) =>
      [...stampsBefore].flatMap(([p, s]) => (later.get(p) === s ? [] : [p]));
    expect(changed(stampsSameDay)).toEqual(['/ar/', '/en/']);
    expect(changed(stampsAfter)).toEqual([
      ...['ar', 'en'].flatMap((l) => [
        `/${l}/`,
        `/${l}/decisions/`,
        `/${l}/plan/`,
        `/${l}/decisions/2020-03/`,
      ]),
    ]);
  });

  it('show on their own page what they replace and what replaced them', () => {
    const old = itemPageHtml(bulletin, 'decisions', 4);
    expect(visibleText(old)).toContain('Replaced byNew rule');
    expect(old).toContain('href="/en/decisions/5"');
    // It ends before its own last day, because decision 5 replaces it earlier.
    expect(visibleText(old)).toContain('From 1 July 2021 to the end of 1 August 2021');
    const replacement = itemPageHtml(bulletin, 'decisions', 5);
    expect(visibleText(replacement)).toContain('ReplacesOld rule');
    expect(visibleText(replacement)).toContain('From 2 August 2021 to the end of 31 December 2021');
    expect(visibleText(replacement)).toContain('460/2020');
  });

  it('link to no withdrawn decision, and a withdrawal changes the relations of the page that linked to it', () => {
    const withdrawn = aBulletin({
      items: { decisions },
      changes: [{ kind: 'withdrawal', payload: { collection: 'decisions', id: id(4) }, reason: 'Wrong' }],
    });
    for (const [path, html] of everyPage(withdrawn))
      if (!path.endsWith('/decisions/4')) expect(html, path).not.toMatch(/<a [^>]*decisions\/4"[^>]*><bdi/);
    const relations = (source: typeof bulletin) => {
      const item = source.items.decisions.get(id(5));
      return item && itemRelations(source, item);
    };
    expect(relations(bulletin)).toBe('4.1');
    expect(relations(withdrawn)).toBe('');
    expect(visibleText(itemPageHtml(withdrawn, 'decisions', 4))).toContain('This decision was withdrawn');
  });

  it('say everywhere which agency posted them, if that is not the issuer', () => {
    const { name } = aSite().agencies.find(({ id }) => id === 'health') ?? aSite();
    const issuers = aBulletin({
      items: {
        decisions: [
          { issuer: inBothLanguages('Council of Ministers') },
          { issuer: name },
          { issuer: { ar: name.ar ?? '' } },
        ],
      },
    });
    const posters = { ar: 'الجهة الناشرة: Health ministry ع', en: 'posted by Health ministry' };
    for (const [language, poster] of Object.entries(posters)) {
      for (const page of ['', 'decisions/', 'decisions/2020-03/']) {
        const text = visibleText(pageHtml(issuers, `/${language}/${page}`));
        expect(text.split(poster), page).toHaveLength(2);
        expect(text, page).toMatch(new RegExp(`Council of Ministers( ع)? · ${poster} · `));
      }
      const facts = (n: number) => visibleText(itemPageHtml(issuers, 'decisions', n, language));
      const fact = { ar: 'الجهة الناشرةHealth ministry ع', en: 'Posted byHealth ministry' }[language] ?? '';
      expect([1, 2, 3].map((n) => facts(n).includes(fact))).toEqual([true, false, false]);
    }
    for (const path of ['/api/v1/decisions.json', '/api/v1/bulletin.json']) {
      const { items, decisions } = json(issuers, path);
      expect((items ?? decisions).map(({ agency }: { agency: string }) => agency)).toEqual(
        Array(3).fill('health'),
      );
    }
  });

  it('are on the home page, decisions that have not started yet first', () => {
    expect(textAt('2021-08-03T11:00:00Z', '/en/')).toMatch(/Decisions.*Starts 4 August 2021Begins/);
  });
});
