import { expect, it } from 'vitest';
import { COLLECTIONS, type Collection } from '../../../worker/model/collections/registry.ts';
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

it.each(COLLECTIONS)('%s is a right of its own', (collection) => {
  const content = { ...CONTENT_EXAMPLES[collection].least, ...(collection === 'decisions' ? own : {}) };
  const all = RIGHTS.filter((other) => other !== collection);
  expect(missingRights({ ...health, may: all }, collection, content)).toEqual([collection]);
  expect(missingRights({ ...health, may: [collection] }, collection, content)).toEqual([]);
});
