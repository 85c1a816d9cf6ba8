import { describe, expect, it } from 'vitest';
import { formatsOf } from '../../../client/page/parts/formats.ts';
import type { Item } from '../../../worker/model/item.ts';
import { joinPage } from '../../../worker/pack/format.ts';
import { homeParts, homeView } from '../../../worker/render/pages/home.tsx';
import { itemPageParts } from '../../../worker/render/pages/item-documents.tsx';
import { newsSection } from '../../../worker/render/pages/news.tsx';
import {
  itemParts,
  notFoundPages,
  pageDocuments,
  policy,
  shells,
} from '../../../worker/render/pages/pages.tsx';
import { addressing, renderPart, renderShell, shellFrames } from '../../../worker/render/pages/shell.tsx';
import { daySnapshot } from '../../../worker/render/views/day-snapshot.ts';
import { aBulletin, aMoment, aNewsItem, type BulletinSpec, figuresByDay } from '../a-bulletin.ts';
import { aSite } from '../a-site.ts';
import { copyOf } from '../corrections-of.ts';
import { everyPage, pageHtml, visibleText } from './page-text.ts';
import { renderWholePage } from './render-whole-page.tsx';

const OVERRIDE = '\u202e'; // right-to-left override
const until = '2021-08-04T00:00:00Z' as never;

/** A text with markup, an override, an entity and a slot, all of which must stay plain text. */
const hostile = {
  ar: `</title><script>alert(1)</script>" onload="x" ${OVERRIDE}قلب & &amp; <nashra-slot></nashra-slot> 👩🏽‍🚒`,
};
const hostileSpec: BulletinSpec = {
  site: aSite({ name: hostile, authority: hostile, notice: hostile }),
  days: figuresByDay(30, (_, i) => i),
  news: [
    {
      title: hostile,
      body: { ar: `# ${hostile.ar}\n\n[x](javascript:alert(1)) ![p](https://x.example/p.png)` },
      breaking: { until },
      source: [{ url: 'https://x.example/"><script>', title: hostile.ar }],
    },
  ],
  contacts: [{ kind: 'hotline', phone: '151', name: hostile, hours: hostile }],
};

const bulletin = aBulletin({
  days: figuresByDay(40, (_, i) => i),
  news: Array.from({ length: 40 }, (_, i) => ({
    date: `2021-0${1 + (i % 8)}-0${1 + (i % 9)}` as never,
    ...(i === 0 ? { breaking: { until } } : {}),
  })),
  contacts: [{ kind: 'hotline', phone: '151' }],
});

const firstItem = (source = bulletin): Item<'news'> => {
  const [item] = source.items.news.values();
  if (!item) throw new Error('no news');
  return item;
};

/** The HTML of every page of a bulletin: its documents, its items' joined pages and its 404 pages. */
const allPages = (source: typeof bulletin): string[] => [
  ...everyPage(source).values(),
  ...notFoundPages(source, aMoment()).map((page) => page.render()),
];

describe('a page', () => {
  it('joined from shell and part equals the page rendered at once', () => {
    const snapshot = daySnapshot(bulletin, '2021-08-03' as never, '2021-08-03T11:00:00Z' as never);
    const context = { bulletin, site: addressing(bulletin), snapshot, isSigned: true };
    for (const frame of shellFrames(bulletin, aMoment())) {
      const language = frame.formats;
      const parts = [
        homeParts(bulletin.site, frame, homeView(bulletin, snapshot, language.tag)),
        newsSection.parts(context, frame),
        itemPageParts(bulletin, firstItem(), { tag: language.tag, locale: language.locale }),
      ];
      for (const page of parts) {
        const joined = joinPage(renderShell(frame), renderPart(page, formatsOf(language)));
        expect(joined).toBe(renderWholePage(frame, page));
      }
    }
  });

  it('about the site says that releases are signed only if they are', () => {
    const about = (isSigned: boolean) =>
      String(
        pageDocuments(bulletin, { ...aMoment(), isSigned })
          .find(({ path }) => path === '/en/about/')
          ?.render(),
      );
    for (const isSigned of [true, false]) {
      expect(about(isSigned)).toContain('href="/api/v1/ledger.json"');
      expect(about(isSigned).includes('href="/.well-known/nashra-keys.json"')).toBe(isSigned);
    }
  });

  it('has a shell of four texts and a part of three texts', () => {
    for (const shell of shells(bulletin, aMoment())) expect(shell.render()).toHaveLength(4);
    for (const part of itemParts(bulletin, firstItem())) expect(part.render()).toHaveLength(3);
    const hostileBulletin = aBulletin(hostileSpec);
    for (const shell of shells(hostileBulletin, aMoment())) expect(shell.render()).toHaveLength(4);
  });

  it('has the same bytes for the same bulletin', () => {
    expect(allPages(copyOf(bulletin))).toEqual(allPages(bulletin));
  });

  it('never lets a text become markup', () => {
    for (const html of allPages(aBulletin(hostileSpec))) {
      expect(html.match(/<script/g)).toHaveLength(1);
      expect(html).not.toMatch(/<[^>]* on\w+=/);
      expect(html).not.toMatch(/<[^>]* style=/);
      expect(html).not.toContain('javascript:alert(1)"');
      expect(html).not.toContain('<img');
      expect(html).not.toContain('<nashra-slot');
    }
  });

  it('isolates a direction override, so that the text beside it keeps its order', () => {
    for (const html of allPages(aBulletin(hostileSpec))) {
      const body = html.slice(html.indexOf('<body>'));
      const isolated = body
        .replace(/<bdi[^>]*>[^<]*<\/bdi>/g, '')
        .replace(/<div class="body"[^>]*>.*?<\/div>/gs, '');
      expect(isolated.replace(/aria-label="[^"]*"/g, '')).not.toContain(OVERRIDE);
    }
  });

  it('has no control of direction in its head, where no element isolates it', () => {
    for (const html of allPages(aBulletin(hostileSpec))) {
      const head = html.slice(0, html.indexOf('<body>'));
      expect(head).toContain('قلب');
      expect(head).not.toContain(OVERRIDE);
    }
  });

  it('shows the address of a source without a title so that its host can be read', () => {
    const mixed = 'https://\u0430pple.example/';
    const hidden = `https://evil.example/${OVERRIDE}wk.vog.hom//:sptth`;
    const source = [hidden, 'https://moh.gov.kw@evil.example/', mixed, 'https://a.example/أ'];
    const html =
      everyPage(aBulletin({ news: [{ source: source.map((url) => ({ url })) }] })).get('/en/news/1') ?? '';
    const shown = [...html.matchAll(/<a href="[^"]*"><bdi>(https?:[^<]*)<\/bdi>/g)].map(([, text]) => text);
    const site = aSite({ license: { ...aSite().license, url: mixed } });
    const contacts = [{ website: mixed }];
    for (const path of ['/en/', '/en/about/'])
      expect(everyPage(aBulletin({ site, contacts })).get(path)).toContain(
        'href="https://xn--pple-43d.example/"',
      );
    expect(html).not.toMatch(/href="https:..\u0430/);
    expect(shown).toEqual([
      'https://evil.example/%E2%80%AEwk.vog.hom//:sptth',
      'https://evil.example/',
      'https://xn--pple-43d.example/',
      'https://a.example/أ',
    ]);
  });

  it('marks a text without a translation with its language, for browsers and for readers', () => {
    const html = pageHtml(aBulletin({ news: [{ title: { ar: 'عنوان فقط' } }] }), '/en/');
    expect(html).toContain('<bdi lang="ar" dir="rtl">عنوان فقط</bdi>');
    expect(visibleText(html)).toContain('عنوان فقط in Arabic');
  });

  it('has the language and direction of its path, and links to its translations', () => {
    const html = pageHtml(bulletin, '/ar/news/');
    expect(html).toMatch(/^<!doctype html><html lang="ar" dir="rtl">/);
    expect(html).toContain('<link rel="canonical" href="https://bulletin.example/ar/news/"/>');
    expect(html).toContain('hreflang="en" href="https://bulletin.example/en/news/"');
    expect(html).toContain('<a href="/en/news/" lang="en" hreflang="en" dir="ltr">English</a>');
  });

  it('uses English strings in a language without strings, but keeps that language’s direction', () => {
    const languages = [
      { tag: 'ar', locale: 'ar-KW' },
      { tag: 'ur', locale: 'ur-PK' },
      { tag: 'sw', locale: 'sw-KE' },
    ];
    const html = pageHtml(aBulletin({ site: aSite({ languages }) }), '/ur/');
    expect(html).toContain('<html lang="ur" dir="rtl">');
    expect(html).toContain('>Kiswahili</a>');
    expect(visibleText(html)).toContain('No figure has been reported yet.');
  });

  it('is complete with a body of 20,000 characters and a word of 300', () => {
    const news = [{ title: { ar: 'ك'.repeat(300) }, body: { ar: 'كلمة '.repeat(4_000) } }];
    for (const html of allPages(aBulletin({ news }))) expect(html.endsWith('</html>')).toBe(true);
  });
});

describe('stamps', () => {
  const stampsOf = (source: typeof bulletin, moment = aMoment()) =>
    Object.fromEntries(pageDocuments(source, moment).map(({ path, stamp }) => [path, stamp]));

  it('of all pages but the home pages stay the same when only the release and the time change', () => {
    const before = stampsOf(bulletin);
    const after = stampsOf(bulletin, aMoment({ release: 528, asOf: '2021-08-03T12:34:56Z' }));
    const changed = Object.keys(before).filter((path) => before[path] !== after[path]);
    expect(changed).toEqual(['/ar/', '/en/']);
  });

  it('of shells stay the same when figures and ordinary news change, and change with breaking news', () => {
    const empty = aBulletin({ contacts: [{ kind: 'hotline', phone: '151' }] });
    const withNews = aBulletin({
      contacts: [{ kind: 'hotline', phone: '151' }],
      news: 3,
      days: figuresByDay(9, () => 1),
    });
    const shellStamps = (source: typeof bulletin, moment = aMoment()) =>
      shells(source, moment).map(({ stamp }) => stamp);
    expect(shellStamps(withNews, aMoment({ release: 9 }))).toEqual(shellStamps(empty));
    expect(shellStamps(bulletin)).not.toEqual(shellStamps(empty)); // `bulletin` has breaking news
  });

  it('of Arabic pages stay the same when an English text changes', () => {
    const withEnglishTitle = (en: string) => aBulletin({ news: [{ title: { ar: 'عنوان', en } }] });
    const [before, after] = [stampsOf(withEnglishTitle('One')), stampsOf(withEnglishTitle('Two'))];
    expect(after['/ar/']).toBe(before['/ar/']);
    expect(after['/en/']).not.toBe(before['/en/']);
    expect(after['/en/news/']).not.toBe(before['/en/news/']);
  });
});

describe('the pages of months', () => {
  it('are in the release for the newest two months, and in the archive for older months', () => {
    const packs = pageDocuments(bulletin, aMoment()).flatMap(({ path, pack }) =>
      path.startsWith('/en/news/2021') ? [[path.slice(9, 16), pack]] : [],
    );
    expect(packs.slice(0, 3)).toEqual([
      ['2021-08', 'release'],
      ['2021-07', 'release'],
      ['2021-06', 'archive'],
    ]);
  });
});

describe('the page of an item', () => {
  it('shows its Markdown body, its sources and its time of publication', () => {
    const withSource = aBulletin({
      news: [{ source: [{ url: 'https://moh.example/1', title: 'The ministry' }] }],
    });
    const [, en] = itemParts(withSource, firstItem(withSource));
    const main = en?.render()[2] ?? '';
    expect(main).toContain('<p>Body of the <strong>item</strong>.</p>');
    expect(main).toContain('<a href="https://moh.example/1"><bdi>The ministry</bdi></a>');
    expect(visibleText(`<body>${main}`)).toContain('Published 3 August 2021 at 14:00');
  });

  it('says when and why it was withdrawn, and no longer shows its title', () => {
    const payload = { collection: 'news' as const, id: firstItem().id };
    const withWithdrawal = aBulletin({
      news: [aNewsItem({ title: { ar: 'خبر خاطئ', en: 'A wrong item' } })],
      changes: [{ kind: 'withdrawal', payload, reason: 'It was <b>wrong</b>' }],
    });
    const [, en] = itemParts(withWithdrawal, firstItem(withWithdrawal));
    const html = en?.render().join('') ?? '';
    expect(visibleText(`<body>${html}`)).toContain('Withdrawn 3 August 2021 at 14:00.');
    expect(html).toContain('It was &lt;b>wrong&lt;/b>');
    expect(html).not.toContain('A wrong item');
    expect(html).toContain('noindex');
  });

  it('does not exist for an item that is shown only on another page', () => {
    const [contact] = bulletin.items.contacts.values();
    expect(contact && itemParts(bulletin, contact)).toEqual([]);
  });
});

describe('the page of an unknown address', () => {
  it('is in the path’s language, links to the home page, and is hidden from search engines', () => {
    const [ar, en] = notFoundPages(bulletin, aMoment()).map((page) => page.render());
    expect(ar).toContain('الصفحة غير موجودة');
    expect(ar).toContain('<a class="more" href="/ar/">');
    expect(en).toContain('<meta name="robots" content="noindex"/>');
  });
});

describe('the policy of pages', () => {
  it('allows no inline code and no other site', () => {
    expect(policy).not.toContain('unsafe');
    expect(policy).not.toMatch(/https?:|\*/);
    expect(policy).toMatch(/style-src 'self' 'sha256-[A-Za-z0-9+/]{43}='/);
    expect(policy).toContain("frame-ancestors 'none'");
  });

  it('names the hash of the style sheet in the page', async () => {
    const sheet = /<style>(.*?)<\/style>/s.exec(pageHtml(bulletin, '/ar/'))?.[1] ?? '';
    const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(sheet));
    expect(policy).toContain(`'sha256-${btoa(String.fromCharCode(...new Uint8Array(hash)))}'`);
  });
});
