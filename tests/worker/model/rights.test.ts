import { expect, it } from 'vitest';
import { COLLECTIONS, type Collection, isAboutFigures } from '../../../worker/model/collections/registry.ts';
import { missingRights, RIGHTS, type Right } from '../../../worker/model/rights.ts';
import type { Agency } from '../../../worker/model/site.ts';
import { aSite } from '../a-site.ts';
import { CONTENT_EXAMPLES } from '../content-examples.ts';

const health = aSite().agencies.find(({ id }) => id === 'health') as Agency;
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
  expect(missingRights({ ...health, may: [] }, collection, fields, fields)).toEqual([]);
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

it('a right that was taken away is not used for more by an edit of what was published with it', () => {
  const breaking = (until: string) => ({ breaking: { until } });
  const old = breaking('2025-01-01T00:00:00Z');
  const without = { ...health, may: ['news', 'decisions'] as const };
  expect(missingRights(without, 'news', breaking('2027-01-01T00:00:00Z'), old)).toEqual(['breaking']);
  expect(missingRights(without, 'news', breaking('2024-01-01T00:00:00Z'), old)).toEqual([]);
  const committee = { issuer: { ar: 'لجنة', en: 'A committee' } };
  const same = { issuer: { en: 'A committee', ar: 'لجنة' } };
  expect(missingRights(without, 'decisions', same, committee)).toEqual([]);
  const cabinet = { issuer: { ar: 'مجلس الوزراء' } };
  expect(missingRights(without, 'decisions', cabinet, committee)).toEqual(['other-issuer']);
});
