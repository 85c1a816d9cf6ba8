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
import { everyPage, itemPageHtml, pageHtml, visibleText } from './page-text.ts';
import { renderWholePage } from './render-whole-page.tsx';
import { epidemicFixture } from './seed-bulletins.ts';

const day = (text: string) => text as never;
const id = (n: number) => String(n) as ItemId;
const both = (text: string) => ({ ar: `${text} ع`, en: text });

const whole = aBulletin(epidemicFixture);

describe('every section', () => {
  it('has a page in every language, that every page leads to', () => {
    for (const [path, html] of everyPage(whole))
      for (const section of SECTIONS) expect(html, path).toContain(`href="${path.slice(0, 3)}/${section}/"`);
    for (const { tag } of whole.site.languages)
      for (const section of SECTIONS)
        expect(pageHtml(whole, `/${tag}/${section}/`)).toContain(`<html lang="${tag}"`);
  });

  it('says what is true while it is empty', () => {
    const empty = aBulletin({ site: aSite() });
    for (const section of SECTIONS) {
      const text = visibleText(pageHtml(empty, `/en/${section}/`));
      expect(text).not.toMatch(/undefined|null|NaN|Invalid|\{\w+\}/);
    }
    const says = (section: string) => visibleText(pageHtml(empty, `/en/${section}/`));
    expect(says('decisions')).toContain('No decisions yet.');
    expect(says('faq')).toContain('No questions yet.');
    expect(says('guidance')).toContain('No guidance yet.');
    expect(says('plan')).toContain('No plan yet.');
    expect(says('rumours')).toContain('No rumours on record.');
    expect(says('changes')).toContain('Nothing that was published has been changed.');
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
      expect(visibleText(html), path).not.toMatch(/undefined|NaN|Invalid|\{\w+\}/);
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
    } satisfies BulletinSpec['items'];
    const of = aBulletin({ items });
    for (const path of ['/en/decisions/', '/en/faq/', '/en/rumours/', '/en/'])
      expect(visibleText(pageHtml(of, path)), path).toContain('in Arabic');
    expect(pageHtml(of, '/en/faq/')).toContain('<div class="body" lang="ar" dir="rtl">');
  });

  it('is the same bytes for the same bulletin', () => {
    expect(everyPage(structuredClone(whole))).toEqual(everyPage(whole));
  });
});

describe('the page of an item', () => {
  it('joined of shell and part is the page rendered whole, in every collection', () => {
    const of = aBulletin({ items: Object.fromEntries(COLLECTIONS.map((collection) => [collection, [{}]])) });
    for (const frame of shellFrames(of, aMoment()))
      for (const collection of COLLECTIONS.filter(hasPermalinks)) {
        const item = of.items[collection].get(id(1)) as PagedItem;
        const page = itemPageParts(of, item, frame.formats);
        const joined = joinPage(renderShell(frame), renderPart(page, formatsOf(frame.formats)));
        expect(joined).toBe(renderWholePage(frame, page));
      }
  });

  it('of a rumour quotes what is said, before the verdict and the answer', () => {
    const of = aBulletin({ items: { rumours: [{}] } });
    expect(visibleText(itemPageHtml(of, 'rumours', 1))).toMatch(/“Claim”False ?Answer/);
    expect(visibleText(itemPageHtml(of, 'rumours', 1, 'ar'))).toContain('«Claim ع»');
    // Where only the title is seen too, and in the record of changes.
    expect(itemPageHtml(of, 'rumours', 1)).toContain('<title>“Claim” · ');
    const gone = {
      kind: 'withdrawal',
      payload: { collection: 'rumours', id: id(1) },
      reason: 'Twice',
    } as const;
    const changed = aBulletin({ items: { rumours: [{}] }, changes: [gone] });
    expect(visibleText(pageHtml(changed, '/ar/changes/'))).toContain('سُحب: «Claim ع»');
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
    const html = pageHtml(of, '/en/faq/');
    expect(visibleText(html)).toMatch(/Travel.*First.*Third.*Masks.*Second/);
    expect(html).toContain('<details id="faq-2">');
    expect(pageHtml(of, '/en/guidance/')).toContain('<li id="guidance-1">');
  });

  it('are whole on the home page where they are short, else begun there with a way to the rest', () => {
    const html = pageHtml(of, '/en/');
    expect(html).toContain('<div class="body"><p>Answer</p>');
    expect(html).toContain('href="/en/faq/#faq-2"');
    expect(visibleText(html)).toContain('3 of 3');
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
      const html = pageHtml(of, path);
      expect(html.match(/aria-current="step"/g)).toHaveLength(1);
      expect(visibleText(html)).toMatch(/phase 2 of 3.*Phase 2 · Current phase.*Since 30 June 2020/);
      expect(visibleText(html)).toMatch(/Phase 3.*Has not begun/);
    }
    const before = pageHtml(of, '/en/plan/', aMoment({ asOf: '2020-05-01T00:00:00Z' }));
    expect(before).not.toContain('aria-current="step"');
    expect(visibleText(before)).toContain('Begins 31 May 2020');
  });
});

describe('corrections', () => {
  it('say what was and what is, by whom and why, newest first', () => {
    const content = { ...aContent('Old title'), source: undefined as never };
    const of = aBulletin({
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
            content: { ...content, title: both('New title'), body: both('b '.repeat(400)) },
          },
        },
        { kind: 'withdrawal', reason: 'Published twice', payload: { collection: 'decisions', id: id(1) } },
      ],
    });
    const html = pageHtml(of, '/en/changes/');
    const text = visibleText(html);
    expect(text).toMatch(
      /Withdrawn: New title.*Published twice.*Changed: New title.*Typing error.*Was 168, now 178/,
    );
    expect(text).toContain('title: Was Old title, now New title');
    expect(text).toContain('Changed: text.');
    expect(html).toContain('<ins><data value="178">178</data></ins>');
    expect(html).not.toContain('href="/en/decisions/1"'); // it is gone
  });

  it('leave out no field, not even one that no sentence names', () => {
    const content = aContent('Title');
    const edit = (more: object): Change & { readonly reason: string } => ({
      kind: 'edit',
      payload: { collection: 'decisions', id: id(1), content: { ...content, ...more } as never },
      reason: 'Added',
    });
    const changes = [edit({ kicker: 'New', number: '7' }), edit({ kicker: 'New', badge: { large: true } })];
    const of = aBulletin({ items: { decisions: [content] }, changes });
    for (const language of ['ar', 'en']) {
      const text = visibleText(pageHtml(of, `/${language}/changes/`));
      expect(text).toContain('kicker');
      expect(text).toContain('badge');
    }
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
    const html = pageHtml(whole, '/en/data/');
    for (const { id: metric } of whole.site.metrics) expect(html).toContain(`id="metric-${metric}"`);
    const text = visibleText(html);
    expect(text).toContain('Latest: 400,128 on 3 August 2021');
    expect(text).toContain('Sum of “New cases” since the beginning; worked out, never entered');
    for (const file of ['/data/statistics.csv', '/api/v1/statistics.json', '/api/v1/openapi.json'])
      expect(html).toContain(`href="${file}"`);
  });
});

describe('the page about the site', () => {
  it('says who publishes it, where it is, and under which terms', () => {
    const text = visibleText(pageHtml(whole, '/en/about/'));
    for (const agency of whole.site.agencies) expect(text).toContain(agency.name.en);
    expect(text).toContain(whole.site.origin);
    expect(text).toContain('PDDL 1.0');
    expect(text).toContain(whole.site.license.attribution.en);
  });
});
