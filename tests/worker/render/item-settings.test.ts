import { describe, expect, it } from 'vitest';
import { formatsOf } from '../../../client/page/parts/formats.ts';
import type { Bulletin } from '../../../worker/model/bulletin.ts';
import { COLLECTIONS, hasPermalinks } from '../../../worker/model/collections/registry.ts';
import { isPaged, itemPageParts } from '../../../worker/render/pages/item-documents.tsx';
import { itemParts, itemSettings } from '../../../worker/render/pages/pages.tsx';
import { renderPart } from '../../../worker/render/pages/shell.tsx';
import { aBulletin } from '../a-bulletin.ts';
import { aSite } from '../a-site.ts';

const FULL = Object.fromEntries(
  COLLECTIONS.filter(hasPermalinks).map((collection) => [collection, [{}, {}]]),
);
const inBoth = (text: string) => ({ ar: text, en: text });
const bulletinWith = (changes: Parameters<typeof aSite>[0]): Bulletin =>
  aBulletin({ site: aSite(changes), items: FULL });

describe('the settings that items’ pages show', () => {
  const original = itemSettings(bulletinWith({}));

  it.each<[string, Parameters<typeof aSite>[0]]>([
    ['notice', { notice: inBoth('A notice') }],
    ['metrics', { metrics: [] }],
    ['license', { license: { name: 'CC0', attribution: inBoth('Nobody') } }],
    ['an agency’s rights', { agencies: aSite().agencies.map((agency) => ({ ...agency, may: [] })) }],
  ])('do not change with the setting %s', (_, changes) => {
    expect(itemSettings(bulletinWith(changes))).toBe(original);
  });

  it.each<[string, Parameters<typeof aSite>[0]]>([
    ['name', { name: inBoth('Another') }],
    ['origin', { origin: 'https://another.example' }],
    ['timeZone', { timeZone: 'Asia/Tokyo' }],
    ['languages', { languages: [...aSite().languages, { tag: 'fr', locale: 'fr' }] }],
    ['defaultLanguage', { defaultLanguage: 'en' }],
    [
      'an agency’s name',
      { agencies: aSite().agencies.map((agency) => ({ ...agency, name: inBoth('New') })) },
    ],
  ])('change with the setting %s', (_, changes) => {
    expect(itemSettings(bulletinWith(changes))).not.toBe(original);
  });

  it('are all that the pages show: with all settings they are the same', () => {
    const bulletin = bulletinWith({ notice: inBoth('A notice') });
    const { languages, timeZone } = bulletin.site;
    let pages = 0;
    for (const collection of COLLECTIONS.filter(hasPermalinks))
      for (const item of bulletin.items[collection].values()) {
        if (!isPaged(item)) throw new Error(`${collection} has no pages`);
        for (const [i, part] of itemParts(bulletin, item).entries()) {
          const language = languages[i];
          if (!language) throw new Error('no such language');
          const f = formatsOf({ ...language, timeZone });
          expect(part.render()).toEqual(renderPart(itemPageParts(bulletin, item, language), f));
          pages += 1;
        }
      }
    expect(pages).toBeGreaterThan(6);
  });
});
