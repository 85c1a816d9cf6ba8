import { describe, expect, it } from 'vitest';
import { formatsOf } from '../../../client/page/parts/formats.ts';
import type { Change } from '../../../worker/model/change.ts';
import { COLLECTIONS, hasPermalinks } from '../../../worker/model/collections/registry.ts';
import type { ItemId } from '../../../worker/model/item.ts';
import { SECTIONS } from '../../../worker/model/path.ts';
import { joinPage } from '../../../worker/pack/format.ts';
import { itemPageParts, type PagedItem } from '../../../worker/render/pages/item-documents.tsx';
import { renderPart, renderShell, shellFrames } from '../../../worker/render/pages/shell.tsx';
import { aBulletin, aMoment, type BulletinSpec, figuresByDay } from '../a-bulletin.ts';
import { aSite } from '../a-site.ts';
import { CONTENT_EXAMPLES } from '../content-examples.ts';
import { copyOf } from '../corrections-of.ts';
import { everyPage, itemPageHtml, pageHtml, visibleText } from './page-text.ts';
import { renderWholePage } from './render-whole-page.tsx';
import { epidemicFixture } from './seed-bulletins.ts';

const day = (text: string) => text as never;
const id = (n: number) => String(n) as ItemId;
const inBothLanguages = (text: string) => ({ ar: `${text} ع`, en: text });

const epidemic = aBulletin(epidemicFixture);

describe('every section', () => {
  it('has a page in every language, and every page links to it', () => {
    for (const [path, html] of everyPage(epidemic))
      for (const section of SECTIONS) expect(html, path).toContain(`href="${path.slice(0, 3)}/${section}/"`);
    for (const { tag } of epidemic.site.languages)
      for (const section of SECTIONS)
        expect(pageHtml(epidemic, `/${tag}/${section}/`)).toContain(`<html lang="${tag}"`);
  });

  it('says that it is empty, in a sentence', () => {
    const empty = aBulletin({ site: aSite() });
    for (const section of SECTIONS) {
      const text = visibleText(pageHtml(empty, `/en/${section}/`));
      expect(text).not.toMatch(/undefined|null|NaN|Invalid|\{\w+\}/);
    }
    const textOf = (section: string) => visibleText(pageHtml(empty, `/en/${section}/`));
    expect(textOf('decisions')).toContain('No decisions yet.');
    expect(textOf('faq')).toContain('No questions yet.');
    expect(textOf('guidance')).toContain('No guidance yet.');
    expect(textOf('plan')).toContain('No plan yet.');
    expect(textOf('rumours')).toContain('No rumours on record.');
    expect(textOf('changes')).toContain('Nothing that was published has been changed.');
  });

  it('uses each HTML id once, and has one heading of level 1', () => {
    for (const [path, html] of everyPage(epidemic)) {
      const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, value]) => value);
      expect(new Set(ids).size, path).toBe(ids.length);
      expect(html.match(/<h1[ >]/g), path).toHaveLength(1);
    }
  });

  it('fills every placeholder of its sentences', () => {
    for (const [path, html] of everyPage(epidemic))
      expect(visibleText(html), path).not.toMatch(/undefined|NaN|Invalid|\{\w+\}/);
  });

  it.each(COLLECTIONS)('never lets a text of %s become markup', (collection) => {
    const hostile = '</title><script>alert(1)</script>" onload="x" <img src=x onerror=alert(1)>';
    // Every text of the example, and no date, number or address.
    const { full } = JSON.parse(JSON.stringify(CONTENT_EXAMPLES[collection]), (_, value) =>
      value?.ar === undefined ? value : { ar: hostile, en: hostile },
    );
    const bulletin = aBulletin({ items: { [collection]: [full] } });
    const shown = [...everyPage(bulletin)].filter(([, html]) => html.includes('alert(1)'));
    expect(shown.length).toBeGreaterThan(0);
    for (const [path, html] of everyPage(bulletin)) {
      expect(html.match(/<script/g), path).toHaveLength(1);
      expect(html, path).not.toContain('<img');
      expect(html, path).not.toMatch(/<[^>]* on\w+=/);
    }
  });

  it('never lets a text become markup, however long it is', () => {
    const hostile = { ar: `</title><script>alert(1)</script>" onload="x" <nashra-slot></nashra-slot>` };
    const body = { ar: `${hostile.ar}\n\n[x](javascript:alert(1)) ${'كلمة '.repeat(4_000)}` };
    const source = [{ url: 'https://x.example/"><script>', title: hostile.ar }];
    const bulletin = aBulletin({
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
    for (const [path, html] of everyPage(bulletin)) {
      expect(html.match(/<script/g), path).toHaveLength(1);
      expect(html, path).not.toMatch(/<[^>]* (on\w+|style)=/);
      expect(html, path).not.toContain('href="javascript:');
      expect(html, path).not.toContain('<nashra-slot');
      expect(html.endsWith('</html>'), path).toBe(true);
    }
  });

  it('marks texts without a translation', () => {
    const items = {
      decisions: [{ title: { ar: 'قرار' } }],
      faq: [{ question: { ar: 'سؤال' }, answer: { ar: 'جواب' } }],
      rumours: [{ claim: { ar: 'قول' } }],
    } satisfies BulletinSpec['items'];
    const bulletin = aBulletin({ items });
    for (const path of ['/en/decisions/', '/en/faq/', '/en/rumours/', '/en/'])
      expect(visibleText(pageHtml(bulletin, path)), path).toContain('in Arabic');
    expect(pageHtml(bulletin, '/en/faq/')).toContain('<div class="body" lang="ar" dir="rtl">');
  });

  it('has the same bytes for the same bulletin', () => {
    expect(everyPage(copyOf(epidemic))).toEqual(everyPage(epidemic));
  });
});

describe('the page of an item', () => {
  it('joined from shell and part equals the page rendered at once, in every collection', () => {
    const bulletin = aBulletin({
      items: Object.fromEntries(COLLECTIONS.map((collection) => [collection, [{}]])),
    });
    for (const frame of shellFrames(bulletin, aMoment()))
      for (const collection of COLLECTIONS.filter(hasPermalinks)) {
        const item = bulletin.items[collection].get(id(1)) as PagedItem;
        const page = itemPageParts(bulletin, item, frame.formats);
        const joined = joinPage(renderShell(frame), renderPart(page, formatsOf(frame.formats)));
        expect(joined).toBe(renderWholePage(frame, page));
      }
  });

  it('of a rumour quotes its claim, before the verdict and the answer', () => {
    const bulletin = aBulletin({ items: { rumours: [{}] } });
    expect(visibleText(itemPageHtml(bulletin, 'rumours', 1))).toMatch(/“Claim”False ?Answer/);
    expect(visibleText(itemPageHtml(bulletin, 'rumours', 1, 'ar'))).toContain('«Claim ع»');
    // The claim is also quoted in the page's title and in the list of corrections.
    expect(itemPageHtml(bulletin, 'rumours', 1)).toContain('<title>“Claim” · ');
    const withdrawal = {
      kind: 'withdrawal',
      payload: { collection: 'rumours', id: id(1) },
      reason: 'Twice',
    } as const;
    const changed = aBulletin({ items: { rumours: [{}] }, changes: [withdrawal] });
    expect(visibleText(pageHtml(changed, '/ar/changes/'))).toContain('سُحب: «Claim ع»');
  });
});

describe('questions and guidance', () => {
  const faq = [
    { question: inBothLanguages('First'), topic: inBothLanguages('Travel') },
    {
      question: inBothLanguages('Second'),
      topic: inBothLanguages('Masks'),
      answer: inBothLanguages('a '.repeat(400)),
    },
    { question: inBothLanguages('Third'), topic: inBothLanguages('Travel') },
  ];
  const bulletin = aBulletin({
    items: { faq, guidance: [{ title: inBothLanguages('Wash') }, { title: inBothLanguages('Not at home') }] },
  });

  it('are grouped by topic, and each has its own address', () => {
    const html = pageHtml(bulletin, '/en/faq/');
    expect(visibleText(html)).toMatch(/Travel.*First.*Third.*Masks.*Second/);
    expect(html).toContain('<details id="faq-2">');
    expect(pageHtml(bulletin, '/en/guidance/')).toContain('<li id="guidance-1">');
  });

  it('are on the home page in full if they are short, else as an excerpt with a link to the rest', () => {
    const html = pageHtml(bulletin, '/en/');
    expect(html).toContain('<div class="body"><p>Answer</p>');
    expect(html).toContain('href="/en/faq/#faq-2"');
    expect(visibleText(html)).toContain('3 of 3');
    expect(html).toContain('Wash');
    expect(html).not.toContain('Not at home'); // the home page shows only the first item of a topic
  });
});

describe('the plan', () => {
  const phase = (order: number, from?: string, until?: string) => ({
    order,
    title: inBothLanguages(`Phase ${order}`),
    ...{ from: from as never, until: until as never, plannedFrom: undefined as never },
  });
  const bulletin = aBulletin({
    items: { plan: [phase(1, '2020-05-31', '2020-06-29'), phase(2, '2020-06-30'), phase(3)] },
  });

  it('marks the current phase, by the site’s date', () => {
    for (const path of ['/en/', '/en/plan/']) {
      const html = pageHtml(bulletin, path);
      expect(html.match(/aria-current="step"/g)).toHaveLength(1);
      expect(visibleText(html)).toMatch(/phase 2 of 3.*Phase 2 · Current phase.*Since 30 June 2020/);
      expect(visibleText(html)).toMatch(/Phase 3.*Has not begun/);
    }
    const beforePlan = pageHtml(bulletin, '/en/plan/', aMoment({ asOf: '2020-05-01T00:00:00Z' }));
    expect(beforePlan).not.toContain('aria-current="step"');
    expect(visibleText(beforePlan)).toContain('Begins 31 May 2020');
  });
});

describe('corrections', () => {
  it('show the old and the new value and the reason, newest first', () => {
    const content = { ...aContent('Old title'), source: undefined as never };
    const bulletin = aBulletin({
      days: figuresByDay(2, () => 168, { from: '2021-08-01' }),
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
            content: {
              ...content,
              title: inBothLanguages('New title'),
              body: inBothLanguages('b '.repeat(400)),
            },
          },
        },
        { kind: 'withdrawal', reason: 'Published twice', payload: { collection: 'decisions', id: id(1) } },
      ],
    });
    const html = pageHtml(bulletin, '/en/changes/');
    const text = visibleText(html);
    expect(text).toMatch(
      /Withdrawn: New title.*Published twice.*Changed: New title.*Typing error.*Was 168, now 178/,
    );
    expect(text).toContain('title: Was Old title, now New title');
    expect(text).toContain('Changed: text.');
    expect(html).toContain('<ins><data value="178">178</data></ins>');
    expect(html).not.toContain('href="/en/decisions/1"'); // decision 1 is withdrawn
  });

  it('leave out no field, not even one without a sentence of its own', () => {
    const content = aContent('Title');
    const edit = (fields: object): Change & { readonly reason: string } => ({
      kind: 'edit',
      payload: { collection: 'decisions', id: id(1), content: { ...content, ...fields } as never },
      reason: 'Added',
    });
    const changes = [
      edit({ unknownField: 'New', number: '7' }),
      edit({ unknownField: 'New', badge: { large: true } }),
    ];
    const bulletin = aBulletin({ items: { decisions: [content] }, changes });
    for (const language of ['ar', 'en']) {
      const text = visibleText(pageHtml(bulletin, `/${language}/changes/`));
      expect(text).toContain('unknownField');
      expect(text).toContain('badge');
    }
  });
});

const aContent = (title: string) => {
  const [body, issuer] = [inBothLanguages('Body'), inBothLanguages('Council')];
  return { title: inBothLanguages(title), body, date: day('2021-08-01'), issuer };
};

describe('the data page', () => {
  it('describes every metric, with its latest value, and links to the data files', () => {
    const html = pageHtml(epidemic, '/en/data/');
    for (const { id: metric } of epidemic.site.metrics) expect(html).toContain(`id="metric-${metric}"`);
    const text = visibleText(html);
    expect(text).toContain('Latest: 400,128 cases on 3 August 2021');
    expect(text).toContain('Sum of “New cases” since the beginning; worked out, never entered');
    for (const file of ['/data/statistics.csv', '/api/v1/statistics.json', '/api/v1/openapi.json'])
      expect(html).toContain(`href="${file}"`);
  });
});

describe('the page about the site', () => {
  it('names its publishers, its address and its licence', () => {
    const text = visibleText(pageHtml(epidemic, '/en/about/'));
    for (const agency of epidemic.site.agencies) expect(text).toContain(agency.name.en);
    expect(text).toContain(epidemic.site.origin);
    expect(text).toContain('PDDL 1.0');
    expect(text).toContain(epidemic.site.license.attribution.en);
  });
});
