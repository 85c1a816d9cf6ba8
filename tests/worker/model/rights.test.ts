import { expect, it } from 'vitest';
import { COLLECTIONS, type Collection, isAboutFigures } from '../../../worker/model/collections/registry.ts';
import type { Instant } from '../../../worker/model/instant.ts';
import { missingRights, RIGHTS, type Right } from '../../../worker/model/rights.ts';
import { shareOf } from '../../../worker/model/shares.ts';
import type { Agency, AgencyId } from '../../../worker/model/site.ts';
import { aSite } from '../a-site.ts';
import { CONTENT_EXAMPLES } from '../content-examples.ts';

const health = aSite().agencies.find(({ id }) => id === 'health') as Agency;
const NOW = '2021-08-03T12:00:00Z' as Instant;
const own = { issuer: health.name };

/** A content that takes a right beside that of its collection. A right that is missing here does not compile. */
const SPECIAL: Readonly<Record<Exclude<Right, Collection>, readonly [Collection, object]>> = {
  breaking: ['news', { breaking: { until: '2099-01-01T00:00:00Z' } }],
  hotline: ['contacts', { kind: 'hotline' }],
  fund: ['contacts', { kind: 'fund' }],
  'other-issuer': ['decisions', { issuer: { ar: 'مجلس الوزراء' } }],
};

it.each(Object.entries(SPECIAL))('%s is a right of its own', (right, [collection, content]) => {
  const all = RIGHTS.filter((other) => other !== right);
  const fields = { ...content };
  expect(missingRights({ ...health, may: all }, collection, fields)).toEqual([right]);
  expect(missingRights({ ...health, may: RIGHTS }, collection, fields)).toEqual([]);
  expect(missingRights(health, collection, fields)).toEqual([]);
  // An agency may go on correcting what it has published.
  expect(missingRights({ ...health, may: [] }, collection, fields, { old: fields, now: NOW })).toEqual([]);
});

it.each(COLLECTIONS)(
  '%s is a right of its own, unless who reports the figure may publish it',
  (collection) => {
    if (isAboutFigures(collection))
      return expect(missingRights({ ...health, may: [] }, collection, { kind: 'fund' })).toEqual([]);
    const content = { ...CONTENT_EXAMPLES[collection].least, ...(collection === 'decisions' ? own : {}) };
    const all = RIGHTS.filter((other) => other !== collection);
    expect(missingRights({ ...health, may: all }, collection, content)).toEqual([collection]);
    expect(missingRights({ ...health, may: [collection] }, collection, content)).toEqual([]);
  },
);

const until = (instant: string) => ({ breaking: { until: instant } });
const committee = { issuer: { ar: 'لجنة', en: 'A committee' }, title: { ar: 'أ' }, date: '2021-08-03' };
const hotline = { kind: 'hotline', phone: '151', name: { ar: 'خط' } };
const news = { title: { ar: 'أ' }, date: '2021-08-03' };
const alert = { ...news, ...until('2025-01-01T00:00:00Z') };

/** What an agency without a right makes of what it had published with it, and the rights that it lacks. */
it.each<[string, Collection, readonly Right[], object, object, readonly Right[]]>([
  ['a longer alert', 'news', ['news'], alert, { ...alert, ...until('2027-01-01T00:00:00Z') }, ['breaking']],
  ['a shorter alert', 'news', ['news'], alert, { ...alert, ...until('2024-01-01T00:00:00Z') }, []],
  ['other words in an alert', 'news', ['news'], alert, { ...alert, title: { ar: 'ب' } }, ['breaking']],
  ['other words in what is no alert any more', 'news', ['news'], alert, { ...news, title: { ar: 'ب' } }, []],
  [
    'the same in another order',
    'decisions',
    ['decisions'],
    committee,
    { ...committee, issuer: { en: 'A committee', ar: 'لجنة' } },
    [],
  ],
  [
    'another issuer',
    'decisions',
    ['decisions'],
    committee,
    { ...committee, issuer: { ar: 'مجلس' } },
    ['other-issuer'],
  ],
  [
    'other words of another issuer',
    'decisions',
    ['decisions'],
    committee,
    { ...committee, title: { ar: 'ب' } },
    ['other-issuer'],
  ],
  ['its own name', 'decisions', ['decisions'], committee, { ...committee, ...own, title: { ar: 'ب' } }, []],
  [
    'another number of the hotline',
    'contacts',
    ['contacts'],
    hotline,
    { ...hotline, phone: '999' },
    ['hotline'],
  ],
  [
    'another name of the fund',
    'contacts',
    ['contacts'],
    { ...hotline, kind: 'fund' },
    { kind: 'fund', name: { ar: 'ب' } },
    ['fund'],
  ],
  ['a fund of a hotline', 'contacts', ['contacts'], hotline, { ...hotline, kind: 'fund' }, ['fund']],
  ['an ordinary contact', 'contacts', ['contacts'], hotline, { ...hotline, kind: 'other', phone: '999' }, []],
  ['other words in its own name', 'news', [], news, { ...news, title: { ar: 'ب' } }, []],
  ['an earlier day', 'news', [], news, { ...news, date: '2021-08-02' }, []],
  ['a later day', 'news', [], news, { ...news, date: '2021-08-04' }, ['news']],
])(
  'without the right it had, an agency says no more than before: %s',
  (_, collection, may, old, content, lacks) => {
    const rights = (now: Instant) =>
      missingRights({ ...health, may }, collection, { ...content }, { old: { ...old }, now });
    expect(rights(NOW)).toEqual(lacks);
    // An alert that has ended is ordinary news, unless it is longer now.
    const later = rights('2026-01-01T00:00:00Z' as Instant);
    expect(later).toEqual(
      lacks[0] === 'breaking' && 'title' in content && content.title !== news.title ? [] : lacks,
    );
  },
);

it('a share of a limit is never none and never all, and leaves a place for each other agency as far as places go', () => {
  for (const count of [2, 3, 8, 40, 200])
    for (const contacts of [1, 2, 5, 20, 50, 100]) {
      const agencies = Array.from({ length: count }, (_, i) => ({ ...health, id: `a${i}` as AgencyId }));
      const site = aSite({ agencies, limits: { contacts } });
      const share = shareOf(site, 'contacts', '', 'a0' as AgencyId);
      expect(share).toBeGreaterThanOrEqual(1);
      if (contacts > 1) expect(share).toBeLessThan(contacts);
      expect(share).toBeGreaterThanOrEqual(contacts / 4);
      if (count - 1 <= (contacts * 3) / 4) expect(contacts - share).toBeGreaterThanOrEqual(count - 1);
      const alone = agencies.map((one, i) => ({
        ...one,
        may: i === 0 ? RIGHTS : (['news', 'breaking'] as const),
      }));
      expect(
        shareOf(aSite({ agencies: alone, limits: { contacts } }), 'contacts', '', 'a0' as AgencyId),
      ).toBe(contacts);
    }
});
