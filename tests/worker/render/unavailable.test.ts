import { describe, expect, it } from 'vitest';
import { unavailable } from '../../../dist/build.ts';
import { joinPage } from '../../../worker/pack/format.ts';
import { unavailablePages } from '../../../worker/render/pages/pages.tsx';
import { unavailablePage } from '../../../worker/render/pages/unavailable.tsx';
import { aBulletin, type BulletinSpec } from '../a-bulletin.ts';
import { aSite } from '../a-site.ts';
import { visibleText } from './page-text.ts';

const hotline = { kind: 'hotline', phone: '151' } as const;

/** The page by language, as it is sent to whoever is to come back in seven seconds. */
const pagesOf = (spec: BulletinSpec): ReadonlyMap<string, string> =>
  new Map(
    unavailablePages(aBulletin(spec)).map(({ language, render }) => [language, joinPage(render(), ['7'])]),
  );

const sectionsOf = (html = '') => [...html.matchAll(/<section .*?<\/section>/gs)].map(([section]) => section);

describe('the page that says the bulletin can’t be read', () => {
  const pages = pagesOf({ contacts: [hotline] });

  it('says it in every language of the site, its own first, with name and hotline in each', () => {
    expect([...pages.keys()]).toEqual(['ar', 'en']);
    for (const [language, html] of pages) {
      const [ar, en] = language === 'ar' ? sectionsOf(html) : sectionsOf(html).reverse();
      expect(ar).toMatch(/^<section lang="ar" dir="rtl">/);
      expect(ar).toMatch(/Bulletin ع<.*النشرة غير متاحة الآن<.*الخط الساخن<.*Health ministry ع<.*>151</s);
      expect(en).toMatch(/^<section lang="en" dir="ltr">/);
      expect(en).toMatch(
        /Bulletin<.*The bulletin is not available just now<.*Hotline<.*Health ministry<.*>151</s,
      );
      expect(html.match(/<a class="hotline" href="tel:151"/g)).toHaveLength(2);
      expect(html).toMatch(
        language === 'ar' ? /^<!doctype html><html lang="ar" dir="rtl">/ : /^<!doctype html><html lang="en"/,
      );
      expect(html).toMatch(
        language === 'ar' ? /<title>النشرة .* · Bulletin ع<\/title>/ : /<title>The .* · Bulletin<\/title>/,
      );
      expect(html.match(/<h1>/g)).toHaveLength(1);
    }
  });

  it('asks again by itself, loads nothing, and has the one style that its policy knows', async () => {
    for (const html of pages.values()) {
      expect(html.match(/<meta http-equiv="refresh" content="7"\/>/g)).toHaveLength(1);
      expect(html).not.toMatch(/<script|<link|<img|url\(| style=/);
      const [, style = ''] = /<style>(.*?)<\/style>/s.exec(html) ?? [];
      const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style));
      expect(unavailable.policy).toContain(`style-src 'sha256-${new Uint8Array(hash).toBase64()}'`);
    }
  });

  it('has no hotline where the site has none, and changes with it, and with the name', () => {
    const stamps = ({ contacts = [], name = 'A' }) =>
      unavailablePages(aBulletin({ site: aSite({ name: { ar: name } }), contacts })).map(
        (page) => page.stamp,
      );
    const [none] = pagesOf({}).values();
    expect(none).not.toMatch(/class="hotline"|tel:/);
    const seen = [stamps({}), stamps({ contacts: [hotline] as never }), stamps({ name: 'B' })].flat();
    expect(new Set(seen).size).toBe(seen.length);
    expect(stamps({})).toEqual(stamps({}));
  });

  it('says nothing in a language that the site does not have', () => {
    const languages = [
      { tag: 'fr', locale: 'fr-FR' },
      { tag: 'en', locale: 'en-GB' },
    ];
    const name = { fr: 'Crue de la Lys', en: 'The Lys in flood' };
    const agencies = [{ id: 'health', name: { fr: 'Régie des eaux', en: 'Water board' } }];
    const site = aSite({ name, languages, agencies, defaultLanguage: 'fr' });
    const flood = pagesOf({ site, contacts: [{ ...hotline, phone: '0800 000 321' }] });
    expect([...flood.keys()]).toEqual(['fr', 'en']);
    for (const [language, html] of flood) {
      expect(html).not.toMatch(/[\u0600-\u06ff]|rtl/);
      expect(html).toContain(`<html lang="${language}" dir="ltr">`);
      const [fr = '', en = ''] = language === 'fr' ? sectionsOf(html) : sectionsOf(html).reverse();
      // French has no strings of its own yet: what stands in for them says which language it is in.
      expect(fr).toMatch(
        /lang="fr".*Crue de la Lys.*<h\d lang="en" dir="ltr">.*<p lang="en".*<b lang="en">Hotline.*Régie des eaux/s,
      );
      expect(en).toMatch(/The Lys in flood.*<h\d>The.*href="tel:0800000321".*Water board/s);
      expect(en).toMatch(language === 'en' ? /<h1>/ : /<h2>/);
    }
  });

  it('marks a name that is not translated', () => {
    const html = pagesOf({ site: aSite({ name: { ar: 'نشرة' } }) }).get('en');
    expect(sectionsOf(html)[0]).toContain('<bdi lang="ar" dir="rtl">نشرة</bdi>');
  });

  it('shows as text what would like to be more, and the seconds where they belong', () => {
    const name = { ar: '</title><script>alert(1)</script>" onload="x" {seconds} & &amp;' };
    const [html = ''] = pagesOf({ site: aSite({ name }), contacts: [hotline] }).values();
    expect(html).not.toMatch(/<script|alert\(1\)<\/script>/);
    expect(html).toContain('&lt;/title>&lt;script>alert(1)&lt;/script>');
    expect(html).toContain('content="7"');
    expect(visibleText(html)).toContain('{seconds} &amp; &amp;amp;');
  });

  it('says what it can of a site of which nothing is known', () => {
    const html = joinPage(unavailablePage([{ tag: 'ar' }, { tag: 'en' }], 'en', 'p{}'), ['5']);
    expect(html).toContain('<title>The bulletin is not available just now</title>');
    expect(sectionsOf(html)).toHaveLength(2);
    expect(html).not.toMatch(/class="(name|hotline)"|undefined|null/);
    expect(html).toContain('<style>p{}</style>');
  });
});
