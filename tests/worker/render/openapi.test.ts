import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  COLLECTIONS,
  contentName,
  contentSchema,
  hasPermalinks,
} from '../../../worker/model/collections/registry.ts';
import { siteSchema } from '../../../worker/model/site-schema.ts';
import { parseWith } from '../../../worker/model/validation/parse.ts';
import { dataDocuments } from '../../../worker/render/data-documents.ts';
import { itemName } from '../../../worker/render/openapi/openapi-schemas.ts';
import { pageDocuments } from '../../../worker/render/pages/pages.tsx';
import { aBulletin, aMoment, figuresByDay } from '../a-bulletin.ts';
import { aSite } from '../a-site.ts';
import { CONTENT_EXAMPLES } from '../content-examples.ts';
import { examplesFromSchema } from '../examples-from-schema.ts';
import { matchesSchema } from './matches-schema.ts';

const bulletin = aBulletin({
  days: figuresByDay(3, (_, i) => i),
  items: Object.fromEntries(
    COLLECTIONS.map((collection) => [collection, [{}, CONTENT_EXAMPLES[collection].full]]),
  ),
});

const documents = new Map(dataDocuments(bulletin, aMoment()).map((d) => [d.path, d]));
const api = JSON.parse(String(documents.get('/api/v1/openapi.json')?.render()));
const { schemas } = api.components;

/** The schema of a call's body. */
const bodyOf = (path: string, method: string) =>
  api.paths[`/api/v1/staff/${path}`][method].requestBody.content['application/json'].schema;

const site = aSite();
const isValid = (collection: (typeof COLLECTIONS)[number], content: unknown) =>
  parseWith(contentSchema(collection, site), content).ok;

/** Values that are not what a field wants, whatever it wants. */
const WRONG = [
  null,
  true,
  [],
  {},
  '',
  1.5,
  'x'.repeat(50_001),
  { ar: 'x'.repeat(50_001) },
  { ar: 7 },
  '2021-02-30',
];

describe('what openapi.json says of a body', () => {
  it.each(['news', 'guidance', 'plan'] as const)(
    '%s: fits the examples that tests make of it',
    (collection) => {
      const { least, full } = examplesFromSchema(collection);
      for (const content of [least, full]) {
        expect(isValid(collection, content)).toBe(true);
        expect(matchesSchema(content, bodyOf(collection, 'post'), schemas)).toBe(true);
      }
      expect(Object.keys(full).sort()).toEqual(Object.keys(CONTENT_EXAMPLES[collection].full).sort());
    },
  );

  it.each(COLLECTIONS)('%s: what is taken fits, and what does not fit is refused', (collection) => {
    const { least, full } = CONTENT_EXAMPLES[collection];
    const schema = bodyOf(collection, 'post');
    for (const content of [least, full]) {
      expect(isValid(collection, content)).toBe(true);
      expect(matchesSchema(content, schema, schemas)).toBe(true);
    }
    for (const field of Object.keys(full))
      for (const wrong of WRONG) {
        const content = { ...full, [field]: wrong };
        const taken = isValid(collection, content);
        if (taken)
          expect(matchesSchema(content, schema, schemas), `${field}: ${JSON.stringify(wrong)}`).toBe(true);
        // And it misses nothing but what JSON Schema has no words for.
        else
          expect(
            matchesSchema(content, schema, schemas),
            `${field}: ${JSON.stringify(wrong)?.slice(0, 50)}`,
          ).toBe(false);
      }
    for (const field of Object.keys(least)) {
      const { [field]: _, ...content } = full;
      expect([isValid(collection, content), matchesSchema(content, schema, schemas)], field).toEqual([
        false,
        false,
      ]);
    }
    const more = { ...full, colour: 'red' };
    expect([isValid(collection, more), matchesSchema(more, schema, schemas)]).toEqual([false, false]);
  });

  it.each(COLLECTIONS)('%s: of anything at all, what is taken fits', (collection) => {
    const { full } = CONTENT_EXAMPLES[collection];
    const schema = bodyOf(collection, 'post');
    const some = fc.record(
      Object.fromEntries(
        Object.entries(full).map(([field, value]) => [
          field,
          fc.oneof(
            { weight: 6, arbitrary: fc.constant(value) },
            fc.jsonValue(),
            fc.record({ ar: fc.string() }),
          ),
        ]),
      ),
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(some, (content) => {
        if (isValid(collection, content)) expect(matchesSchema(content, schema, schemas)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('the settings', () => {
    const schema = bodyOf('site', 'put');
    const judged = (settings: unknown) => [
      parseWith(siteSchema(settings), settings).ok,
      matchesSchema(settings, schema, schemas),
    ];
    expect(judged(site)).toEqual([true, true]);
    for (const field of Object.keys(site)) {
      const { [field]: _, ...rest } = site as Record<string, unknown>;
      if (field !== 'authority') expect(judged(rest), field).toEqual([false, false]);
      expect(judged({ ...site, [field]: 7 }), field).toEqual([false, false]);
    }
    expect(judged({ ...site, colour: 'red' })).toEqual([false, false]);
    for (const metric of [
      { kind: 'flow' },
      { ...site.metrics[0], id: 'date' },
      { ...site.metrics[0], kind: 'sum' },
      { ...site.metrics[0], agencies: [] },
      { ...site.metrics[3], opening: -1 },
    ])
      expect(judged({ ...site, metrics: [metric] }), JSON.stringify(metric)).toEqual([false, false]);
  });
});

describe('what openapi.json says of an answer', () => {
  it('it knows every address of the site, and none but these', () => {
    const templates = Object.keys(api.paths).filter((path) => !path.startsWith('/api/v1/staff/'));
    const matches = (template: string, path: string) =>
      new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(path);
    const served = [
      ...pageDocuments(bulletin, aMoment()).map(({ path }) => path),
      ...documents.keys(),
      ...COLLECTIONS.filter(hasPermalinks).map((collection) => `/ar/${collection}/1`),
      ...[...COLLECTIONS, 'changes'].map((name) => `/api/v1/${name}/page-1.json`), // once there are many
      '/favicon.ico', // a static file
    ];
    for (const path of served)
      expect(
        templates.filter((template) => matches(template, path)),
        path,
      ).toHaveLength(1);
    for (const template of templates)
      expect(
        served.some((path) => matches(template, path)),
        template,
      ).toBe(true);
  });

  it('every JSON document fits', () => {
    for (const [path, { type, render }] of documents) {
      if (type !== 'application/json' || path.endsWith('openapi.json')) continue;
      const { schema } = api.paths[path].get.responses[200].content['application/json'];
      expect(matchesSchema(JSON.parse(String(render())), schema, schemas), path).toBe(true);
    }
  });

  it('has each collection, its items with all they may have', () => {
    for (const collection of COLLECTIONS) {
      const fields = Object.keys(CONTENT_EXAMPLES[collection].full);
      expect(Object.keys(schemas[contentName(collection)].properties)).toEqual(
        expect.arrayContaining(fields),
      );
      expect(Object.keys(schemas[itemName(collection)].properties)).toEqual(
        expect.arrayContaining(['id', 'url', 'agency', 'publishedAt', 'updatedAt', ...fields]),
      );
    }
    expect(schemas.DecisionsContent.properties.replaces).toBeTruthy();
  });

  it('is of the languages of the site, and a text in one it once had still fits', () => {
    expect(Object.keys(schemas.Texts300.properties)).toEqual(['ar', 'en']);
    expect(matchesSchema({ fr: 'Un texte' }, schemas.Texts300, schemas)).toBe(true);
  });
});
