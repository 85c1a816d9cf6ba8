import { describe, expect, it } from 'vitest';
import { unavailable } from '../../../dist/build.ts';
import { joinPage } from '../../../worker/pack/format.ts';
import { unavailablePages } from '../../../worker/render/pages/pages.tsx';
import { unavailablePage } from '../../../worker/render/pages/unavailable.tsx';
import { aBulletin, type BulletinSpec } from '../a-bulletin.ts';
import { aSite } from '../a-site.ts';
import { visibleText } from './page-text.ts';

const hotline = { kind: 'hotline', phone: '151' } as const;

/** The page by language, as sent to a reader who should come back in seven seconds. */
const pagesOf = (spec: BulletinSpec): ReadonlyMap<string, string> =>
  new Map(
    unavailablePages(aBulletin(spec)).map(({ language, render }) => [language, joinPage(render(), ['7'])]),
  );

const sectionsOf = (html = '') => [...html.matchAll(/<section .*?<\/section>/gs)].map(([section]) => section);

describe('the page that says that the bulletin can’t be read', () => {
  const pages = pagesOf({ contacts: [hotline] });

  it('says it in every language of the site, its own language first, with the site’s name and hotline in each', () => {
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

  it('reloads by itself, loads no other file, and has one style, which its policy allows', async () => {
    for (const html of pages.values()) {
      expect(html.match(/<meta http-equiv="refresh" content="7"\/>/g)).toHaveLength(1);
      expect(html).not.toMatch(/<script|<link|<img|url\(| style=/);
      const [, style = ''] = /<style>(.*?)<\/style>/s.exec(html) ?? [];
      const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style));
      expect(unavailable.policy).toContain(`style-src 'sha256-${new Uint8Array(hash).toBase64()}'`);
    }
  });

  it('has no hotline if the site has none, and gets a new stamp when the hotline or the name changes', () => {
    const stamps = ({ contacts = [], name = 'A' }) =>
      unavailablePages(aBulletin({ site: aSite({ name: { ar: name } }), contacts })).map(
        (page) => page.stamp,
      );
    const [withoutHotline] = pagesOf({}).values();
    expect(withoutHotline).not.toMatch(/class="hotline"|tel:/);
    const all = [stamps({}), stamps({ contacts: [hotline] as never }), stamps({ name: 'B' })].flat();
    expect(new Set(all).size).toBe(all.length);
    expect(stamps({})).toEqual(stamps({}));
  });

  it('has no text in a language that the site does not have', () => {
    const languages = [
      { tag: 'sw', locale: 'sw-KE' },
      { tag: 'en', locale: 'en-GB' },
    ];
    const name = { sw: 'Crue de la Lys', en: 'The Lys in flood' };
    const agencies = [{ id: 'health', name: { sw: 'Régie des eaux', en: 'Water board' } }];
    const site = aSite({ name, languages, agencies, defaultLanguage: 'sw' });
    const flood = pagesOf({ site, contacts: [{ ...hotline, phone: '0800 000 321' }] });
    expect([...flood.keys()]).toEqual(['sw', 'en']);
    for (const [language, html] of flood) {
      expect(html).not.toMatch(/[\u0600-\u06ff]|rtl/);
      expect(html).toContain(`<html lang="${language}" dir="ltr">`);
      const [sw = '', en = ''] = language === 'sw' ? sectionsOf(html) : sectionsOf(html).reverse();
      // Swahili has no strings: the English strings in their place are marked with their language.
      expect(sw).toMatch(
        /lang="sw".*Crue de la Lys.*<h\d lang="en" dir="ltr">.*<p lang="en".*<b lang="en">Hotline.*Régie des eaux/s,
      );
      expect(en).toMatch(/The Lys in flood.*<h\d>The.*href="tel:0800000321".*Water board/s);
      expect(en).toMatch(language === 'en' ? /<h1>/ : /<h2>/);
    }
  });

  it('marks a name that is not translated', () => {
    const html = pagesOf({ site: aSite({ name: { ar: 'نشرة' } }) }).get('en');
    expect(sectionsOf(html)[0]).toContain('<bdi lang="ar" dir="rtl">نشرة</bdi>');
  });

  it('shows markup and placeholders in a name as plain text, and the seconds in their place', () => {
    const name = { ar: '</title><script>alert(1)</script>" onload="x" {seconds} & &amp;' };
    const [html = ''] = pagesOf({ site: aSite({ name }), contacts: [hotline] }).values();
    expect(html).not.toMatch(/<script|alert\(1\)<\/script>/);
    expect(html).toContain('&lt;/title>&lt;script>alert(1)&lt;/script>');
    expect(html).toContain('content="7"');
    expect(visibleText(html)).toContain('{seconds} &amp; &amp;amp;');
  });

  it('works for a site whose name and contacts are unknown', () => {
    const html = joinPage(unavailablePage([{ tag: 'ar' }, { tag: 'en' }], 'en', 'p{}'), ['5']);
    expect(html).toContain('<title>The bulletin is not available just now</title>');
    expect(sectionsOf(html)).toHaveLength(2);
    expect(html).not.toMatch(/class="(name|hotline)"|undefined|null/);
    expect(html).toContain('<style>p{}</style>');
  });
});
