import { describe, expect, it } from 'vitest';
import { formatsOf } from '../../../client/page/formats.ts';
import type { Collection, Item, ItemId } from '../../../worker/model/content.ts';
import { joinPage } from '../../../worker/model/pack.ts';
import { SECTIONS } from '../../../worker/model/path.ts';
import { itemPageParts, itemView, type PagedItem } from '../../../worker/render/item.tsx';
import { itemParts, itemRelations, pageDocuments, shells } from '../../../worker/render/pages.tsx';
import { renderPart, renderShell, renderWhole, shellFrames } from '../../../worker/render/shell.tsx';
import { aBulletin, aMoment, type BulletinWish, someDays } from '../a-bulletin.ts';
import { aSite } from '../a-site.ts';
import { kuwaitWhole } from './kuwait.ts';
import { pageAt, readAloud } from './page-text.ts';

const day = (text: string) => text as never;
const id = (n: number) => String(n) as ItemId;
const both = (text: string) => ({ ar: `${text} ع`, en: text });

const PAGED: readonly Collection[] = ['news', 'decisions', 'rumours'];

/** The page of an item, joined as it is served. */
function itemPage(of: ReturnType<typeof aBulletin>, collection: Collection, n: number, language = 'en') {
  const item = of.items[collection].get(id(n)) as Item | undefined;
  const shell = shells(of, aMoment()).find((s) => s.language === language);
  const part = item && itemParts(of, item).find((p) => p.language === language);
  if (!shell || !part) throw new Error(`there is no page of ${collection} ${n}`);
  return joinPage(shell.render(), part.render());
}

/** Every page of a bulletin by its path: documents and items. */
function everyPage(of: ReturnType<typeof aBulletin>): ReadonlyMap<string, string> {
  const pages = new Map(pageDocuments(of, aMoment()).map((page) => [page.path, String(page.render())]));
  for (const collection of PAGED)
    for (const item of of.items[collection].values())
      for (const { tag } of of.site.languages)
        pages.set(`/${tag}/${collection}/${item.id}`, itemPage(of, collection, Number(item.id), tag));
  return pages;
}

const whole = aBulletin(kuwaitWhole);

describe('every section', () => {
  it('has a page in every language, that every page leads to', () => {
    for (const [path, html] of everyPage(whole))
      for (const section of SECTIONS) expect(html, path).toContain(`href="${path.slice(0, 3)}/${section}/"`);
    for (const { tag } of whole.site.languages)
      for (const section of SECTIONS)
        expect(pageAt(whole, `/${tag}/${section}/`)).toContain(`<html lang="${tag}"`);
  });

  it('says what is true while it is empty', () => {
    const empty = aBulletin({ site: aSite() });
    for (const section of SECTIONS) {
      const text = readAloud(pageAt(empty, `/en/${section}/`));
      expect(text).not.toMatch(/undefined|null|NaN|Invalid|\{\w+\}/);
    }
    const says = (section: string) => readAloud(pageAt(empty, `/en/${section}/`));
    expect(says('decisions')).toContain('No decisions yet.');
    expect(says('faq')).toContain('No questions yet.');
    expect(says('guidance')).toContain('No guidance yet.');
    expect(says('plan')).toContain('No plan yet.');
    expect(says('rumours')).toContain('No rumours on record.');
    expect(says('changes')).toContain('Nothing that was published has been changed.');
  });

  it('leads only to pages, and to places in them, that are there', () => {
    const pages = everyPage(whole);
    const missing = [];
    for (const [path, html] of pages)
      for (const [, href = ''] of html.matchAll(/<a [^>]*href="(\/[^"]*)"/g)) {
        const [to = '', place] = href.split('#');
        if (to.startsWith('/api/') || to.startsWith('/data/')) continue;
        const page = pages.get(to);
        if (page === undefined || (place && !page.includes(`id="${place}"`))) missing.push([path, href]);
      }
    expect(missing).toEqual([]);
  });

  it('has each id once, and one heading of level 1', () => {
    for (const [path, html] of everyPage(whole)) {
      const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, found]) => found);
      expect(new Set(ids).size, path).toBe(ids.length);
      expect(html.match(/<h1[ >]/g), path).toHaveLength(1);
    }
  });

  it('fills every place of its sentences', () => {
    for (const [path, html] of everyPage(whole))
      expect(readAloud(html), path).not.toMatch(/undefined|NaN|Invalid|\{\w+\}/);
  });

  it('lets no text become markup, however long it is', () => {
    const hostile = { ar: `</title><script>alert(1)</script>" onload="x" <nashra-slot></nashra-slot>` };
    const body = { ar: `${hostile.ar}\n\n[x](javascript:alert(1)) ${'كلمة '.repeat(4_000)}` };
    const source = [{ url: 'https://x.example/"><script>', title: hostile.ar }];
    const of = aBulletin({
      items: {
        decisions: [
          { title: hostile, body, issuer: hostile, topic: hostile, number: hostile.ar, source },
          { title: hostile, body, issuer: hostile, replaces: id(1) },
        ],
        faq: [{ question: hostile, answer: body, topic: hostile, source }],
        guidance: [{ title: hostile, body, topic: hostile, source }],
        plan: [{ title: hostile, note: body, open: body, closed: body, source }],
        rumours: [{ claim: hostile, verdict: hostile, answer: body, source }],
      },
      changes: [
        { kind: 'withdrawal', payload: { collection: 'rumours', id: id(1) }, reason: hostile.ar },
        {
          kind: 'edit',
          payload: {
            collection: 'faq',
            id: id(1),
            content: { question: hostile, answer: body, topic: body },
          },
          reason: hostile.ar,
        },
      ],
    });
    for (const [path, html] of everyPage(of)) {
      expect(html.match(/<script/g), path).toHaveLength(1);
      expect(html, path).not.toMatch(/<[^>]* (on\w+|style)=/);
      expect(html, path).not.toContain('href="javascript:');
      expect(html, path).not.toContain('<nashra-slot');
      expect(html.endsWith('</html>'), path).toBe(true);
    }
  });

  it('marks what has no translation', () => {
    const items = {
      decisions: [{ title: { ar: 'قرار' } }],
      faq: [{ question: { ar: 'سؤال' }, answer: { ar: 'جواب' } }],
      rumours: [{ claim: { ar: 'قول' } }],
    } satisfies BulletinWish['items'];
    const of = aBulletin({ items });
    for (const path of ['/en/decisions/', '/en/faq/', '/en/rumours/', '/en/'])
      expect(readAloud(pageAt(of, path)), path).toContain('in Arabic');
    expect(pageAt(of, '/en/faq/')).toContain('<div class="body" lang="ar" dir="rtl">');
  });

  it('is the same bytes for the same bulletin', () => {
    expect(everyPage(structuredClone(whole))).toEqual(everyPage(whole));
  });
});

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
  const at = (asOf: string, path = '/en/decisions/') => readAloud(pageAt(of, path, aMoment({ asOf })));

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
    const old = itemPage(of, 'decisions', 4);
    expect(readAloud(old)).toContain('Replaced byNew rule');
    expect(old).toContain('href="/en/decisions/5"');
    // Not to the end it was given: another took its place before.
    expect(readAloud(old)).toContain('From 1 July 2021 to the end of 1 August 2021');
    const now = itemPage(of, 'decisions', 5);
    expect(readAloud(now)).toContain('ReplacesOld rule');
    expect(readAloud(now)).toContain('From 2 August 2021 to the end of 31 December 2021');
    expect(readAloud(now)).toContain('460/2020');
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
    expect(readAloud(itemPage(withdrawn, 'decisions', 4))).toContain('This decision was withdrawn');
  });

  it('stand on the home page, what starts first', () => {
    expect(at('2021-08-03T11:00:00Z', '/en/')).toMatch(/Decisions.*Starts 4 August 2021Begins/);
  });
});

describe('the page of an item', () => {
  it('joined of shell and part is the page rendered whole, in every collection', () => {
    for (const frame of shellFrames(whole, aMoment()))
      for (const collection of PAGED) {
        const item = whole.items[collection].get(id(1)) as PagedItem;
        const page = itemPageParts(itemView(whole, item, frame.formats));
        const joined = joinPage(renderShell(frame), renderPart(page, formatsOf(frame.formats)));
        expect(joined).toBe(renderWhole(frame, page));
      }
  });

  it('of a rumour quotes what is said, before the verdict and the answer', () => {
    const of = aBulletin({ items: { rumours: [{}] } });
    expect(readAloud(itemPage(of, 'rumours', 1))).toMatch(/“Claim”False ?Answer/);
    expect(readAloud(itemPage(of, 'rumours', 1, 'ar'))).toContain('«Claim ع»');
    // Where only the title is seen too, and in the record of changes.
    expect(itemPage(of, 'rumours', 1)).toContain('<title>“Claim” · ');
    const gone = {
      kind: 'withdrawal',
      payload: { collection: 'rumours', id: id(1) },
      reason: 'Twice',
    } as const;
    const changed = aBulletin({ items: { rumours: [{}] }, changes: [gone] });
    expect(readAloud(pageAt(changed, '/ar/changes/'))).toContain('سُحب: «Claim ع»');
  });
});

describe('questions and guidance', () => {
  const faq = [
    { question: both('First'), topic: both('Travel') },
    { question: both('Second'), topic: both('Masks'), answer: both('a '.repeat(400)) },
    { question: both('Third'), topic: both('Travel') },
  ];
  const of = aBulletin({
    items: { faq, guidance: [{ title: both('Wash') }, { title: both('Not at home') }] },
  });

  it('stand by topic, each at an address of its own', () => {
    const html = pageAt(of, '/en/faq/');
    expect(readAloud(html)).toMatch(/Travel.*First.*Third.*Masks.*Second/);
    expect(html).toContain('<details id="faq-2">');
    expect(pageAt(of, '/en/guidance/')).toContain('<li id="guidance-1">');
  });

  it('are whole on the home page where they are short, else begun there with a way to the rest', () => {
    const html = pageAt(of, '/en/');
    expect(html).toContain('<div class="body"><p>Answer</p>');
    expect(html).toContain('href="/en/faq/#faq-2"');
    expect(readAloud(html)).toContain('3 of 3');
    expect(html).toContain('Wash');
    expect(html).not.toContain('Not at home'); // the first of its topic stands for it
  });
});

describe('the plan', () => {
  const phase = (order: number, from?: string, until?: string) => ({
    order,
    title: both(`Phase ${order}`),
    ...{ from: from as never, until: until as never, plannedFrom: undefined as never },
  });
  const of = aBulletin({
    items: { plan: [phase(1, '2020-05-31', '2020-06-29'), phase(2, '2020-06-30'), phase(3)] },
  });

  it('marks the phase that is on, by the date at the site', () => {
    for (const path of ['/en/', '/en/plan/']) {
      const html = pageAt(of, path);
      expect(html.match(/aria-current="step"/g)).toHaveLength(1);
      expect(readAloud(html)).toMatch(/phase 2 of 3.*Phase 2 · Current phase.*Since 30 June 2020/);
      expect(readAloud(html)).toMatch(/Phase 3.*Has not begun/);
    }
    const before = pageAt(of, '/en/plan/', aMoment({ asOf: '2020-05-01T00:00:00Z' }));
    expect(before).not.toContain('aria-current="step"');
    expect(readAloud(before)).toContain('Begins 31 May 2020');
  });
});

describe('corrections', () => {
  it('say what was and what is, by whom and why, newest first', () => {
    const content = { ...aContent('Old title'), source: undefined as never };
    const of = aBulletin({
      days: someDays(2, () => 168, { from: '2021-08-01' }),
      items: { decisions: [content] },
      changes: [
        {
          kind: 'figures',
          reason: 'A late report',
          payload: { days: { [day('2021-08-02')]: { new_cases: 178 } } },
        },
        {
          kind: 'edit',
          reason: 'Typing error',
          payload: {
            collection: 'decisions',
            id: id(1),
            content: { ...content, title: both('New title'), body: both('b '.repeat(400)) },
          },
        },
        { kind: 'withdrawal', reason: 'Published twice', payload: { collection: 'decisions', id: id(1) } },
      ],
    });
    const html = pageAt(of, '/en/changes/');
    const text = readAloud(html);
    expect(text).toMatch(
      /Withdrawn: New title.*Published twice.*Changed: New title.*Typing error.*Was 168, now 178/,
    );
    expect(text).toContain('title: Was Old title, now New title');
    expect(text).toContain('Changed: text.');
    expect(html).toContain('<ins><data value="178">178</data></ins>');
    expect(html).not.toContain('href="/en/decisions/1"'); // it is gone
  });
});

const aContent = (title: string) => ({
  title: both(title),
  body: both('Body'),
  date: day('2021-08-01'),
  issuer: both('Council'),
});

describe('the page of data', () => {
  it('says of every metric what it is, who reports it and how it stands', () => {
    const html = pageAt(whole, '/en/data/');
    for (const { id: metric } of whole.site.metrics) expect(html).toContain(`id="metric-${metric}"`);
    const text = readAloud(html);
    expect(text).toContain('Latest: 400,128 on 3 August 2021');
    expect(text).toContain('Sum of “New cases” since the beginning; worked out, never entered');
    for (const file of ['/data/statistics.csv', '/api/v1/statistics.json', '/api/v1/openapi.json'])
      expect(html).toContain(`href="${file}"`);
  });
});

describe('the page about the site', () => {
  it('says who publishes it, where it is, and under which terms', () => {
    const text = readAloud(pageAt(whole, '/en/about/'));
    for (const agency of whole.site.agencies) expect(text).toContain(agency.name.en);
    expect(text).toContain(whole.site.origin);
    expect(text).toContain('PDDL 1.0');
    expect(text).toContain(whole.site.license.attribution.en);
  });
});
