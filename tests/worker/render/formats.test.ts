import { describe, expect, it } from 'vitest';
import { fill, fillText } from '../../../client/page/parts/fill.ts';
import { formatsOf } from '../../../client/page/parts/formats.ts';
import { ar, type PluralKey } from '../../../client/strings/ar.ts';
import { en } from '../../../client/strings/en.ts';
import type { CivilDate, CivilMonth } from '../../../worker/model/civil-date.ts';
import type { Instant } from '../../../worker/model/instant.ts';
import { aBulletin, figuresByDay } from '../a-bulletin.ts';
import { aSite } from '../a-site.ts';
import { everyPage, visibleText } from './page-text.ts';

const arabic = formatsOf({ tag: 'ar', locale: 'ar-KW-u-nu-latn', timeZone: 'Asia/Kuwait' });
const english = formatsOf({ tag: 'en', locale: 'en-GB', timeZone: 'Asia/Kuwait' });
const placeholders = (text: unknown) =>
  [...new Set([...String(text).matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].sort();

describe('formats', () => {
  it('are created once for each language', () => {
    expect(formatsOf({ tag: 'en', locale: 'en-GB', timeZone: 'Asia/Kuwait' })).toBe(english);
  });

  it('write civil dates as they are, and instants in the site’s time zone', () => {
    expect(english.date('2021-08-03' as CivilDate)).toBe('3 August 2021');
    expect(english.month('2021-08' as CivilMonth)).toBe('August 2021');
    expect(english.dateTime('2021-08-03T22:30:00Z' as Instant)).toContain('4 August 2021');
    expect(arabic.date('2021-07-09' as CivilDate)).toBe('9 يوليو 2021');
  });

  it.each([
    ['ar-KW-u-nu-latn', 'الثلاثاء، ', '3 أغسطس 2021', ''],
    ['en-GB', 'Tuesday, ', '3 August 2021', ''],
    ['fr-FR', 'mardi ', '3 août 2021', ''],
    ['tr-TR', '', '3 Ağustos 2021', ' Salı'],
    ['hu-HU', '', '2021. augusztus 3.,', ' kedd'],
    ['ja-JP', '', '2021年8月3日', '火曜日'],
  ])('separate a date from its weekday, wherever the locale %s puts it', (locale, before, date, after) => {
    const { longDate } = formatsOf({ tag: 'en', locale, timeZone: 'Asia/Kuwait' });
    expect(longDate('2021-08-03' as CivilDate)).toEqual({ before, date, after });
  });

  it.each([
    ['ar-SA-u-ca-islamic-umalqura-nu-latn', 'نوفمبر', '27 نوفمبر', '17 جمادى الآخرة 1448 هـ'],
    ['fa-IR-u-nu-latn', 'نوامبر', '27 نوامبر', '6 آذر 1405'],
    ['en-GB-u-ca-hebrew', 'November', '27 November', '17 Kislev 5787'],
  ])(
    'name months of the Gregorian calendar in %s too, and know the date in its own',
    (locale, month, date, own) => {
      const f = formatsOf({ tag: 'ar', locale, timeZone: 'Asia/Kuwait' });
      const day = '2026-11-27' as CivilDate;
      expect(f.month('2026-11' as CivilMonth)).toContain(month);
      expect(f.month('2026-11' as CivilMonth)).toContain('2026');
      expect(f.year(day)).toContain('2026');
      for (const text of [f.date(day), f.longDate(day).date, f.dateTime('2026-11-27T09:00:00Z' as Instant)])
        expect(text).toContain(date);
      expect(f.ownDate?.(day)).toBe(own);
      expect(arabic.ownDate ?? english.ownDate).toBeNull();
    },
  );

  it('show the date of a page in the calendar of the site beside the civil one, and months by the civil one', () => {
    const languages = [{ tag: 'ar', locale: 'ar-SA-u-ca-islamic-umalqura-nu-latn' }];
    const bulletin = aBulletin({ site: aSite({ languages }), days: figuresByDay(2, () => 1), news: 1 });
    const pages = everyPage(bulletin);
    expect(visibleText(pages.get('/ar/news/2021-08/') ?? '')).toContain('أغسطس 2021');
    expect(visibleText(pages.get('/ar/news/1') ?? '')).toContain('3 أغسطس 2021 (24 ذو الحجة 1442 هـ) ·');
    expect(visibleText(pages.get('/ar/') ?? '')).toMatch(/ 2020.{0,4}\([^)]* 1441 هـ\)/);
    expect([...pages.values()].join('')).not.toMatch(/<time datetime="2021-08">[^<]*144/);
  });

  it('write a mean with a decimal digit only if it is small', () => {
    expect([6.71, 799.3, 0].map(english.mean)).toEqual(['6.7', '799', '0']);
  });

  it('use the six plural forms of Arabic', () => {
    const texts = [0, 1, 2, 3, 11, 100].map((n) =>
      fillText(arabic.plural('news.count', n), { n: arabic.number(n) }),
    );
    expect(texts).toEqual(['لا أخبار', 'خبر واحد', 'خبران', '3 أخبار', '11 خبرًا', '100 خبر']);
  });
});

describe('strings', () => {
  it('have the same placeholders in every language', () => {
    for (const [key, text] of Object.entries(ar)) {
      const other = en[key as keyof typeof en];
      if (typeof text === 'string') expect([key, placeholders(other)]).toEqual([key, placeholders(text)]);
      else expect([key, placeholders(en[key as PluralKey].other)]).toEqual([key, placeholders(text.other)]);
    }
  });

  it('are filled with texts or elements, and keep a placeholder that has no value', () => {
    expect(fillText('{a} and {b}', { a: '1' })).toBe('1 and {b}');
    expect(fill('{a} and {b}', { a: 1, b: null })).toEqual(['', 1, ' and ', null, '']);
  });

  it('never treat a filled-in text as a placeholder', () => {
    expect(fillText('{a}{b}', { a: '{b}', b: 'x' })).toBe('{b}x');
  });
});
