import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  COLLECTIONS,
  contentName,
  contentSchema,
  hasMonths,
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
import { aMeasuredBulletin } from './a-measured-bulletin.ts';
import { documentJson, documentText } from './data-text.ts';
import { matchesSchema } from './matches-schema.ts';
import { epidemicFixture } from './seed-bulletins.ts';

const bulletin = aBulletin({
  days: figuresByDay(3, (_, i) => i),
  items: Object.fromEntries(
    COLLECTIONS.map((collection) => [collection, [{}, CONTENT_EXAMPLES[collection].full]]),
  ),
});

const documents = new Map(dataDocuments(bulletin, aMoment()).map((d) => [d.path, d]));
const api = JSON.parse(String(documents.get('/api/v1/openapi.json')?.render()));
const { schemas } = api.components;

/** The description of an address: that of its path, or of the template that it fits. */
const described = (path: string) =>
  api.paths[path] ??
  Object.entries(api.paths).find(([template]) =>
    new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(path),
  )?.[1];

/** The schema of a staff call's body. */
const bodyOf = (path: string, method: string) =>
  api.paths[`/api/v1/staff/${path}`][method].requestBody.content['application/json'].schema;

const site = aSite();
const isValid = (collection: (typeof COLLECTIONS)[number], content: unknown) =>
  parseWith(contentSchema(collection, site), content).ok;

/** Values that are wrong for most fields. */
const WRONG_VALUES = [
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

describe('the schema of a body in openapi.json', () => {
  it.each(['news', 'guidance', 'plan'] as const)(
    '%s: accepts the examples that are generated from it',
    (collection) => {
      const { least, full } = examplesFromSchema(collection);
      for (const content of [least, full]) {
        expect(isValid(collection, content)).toBe(true);
        expect(matchesSchema(content, bodyOf(collection, 'post'), schemas)).toBe(true);
      }
      expect(Object.keys(full).sort()).toEqual(Object.keys(CONTENT_EXAMPLES[collection].full).sort());
    },
  );

  it.each(COLLECTIONS)('%s: accepts and refuses the same contents as the staff calls', (collection) => {
    const { least, full } = CONTENT_EXAMPLES[collection];
    const schema = bodyOf(collection, 'post');
    for (const content of [least, full]) {
      expect(isValid(collection, content)).toBe(true);
      expect(matchesSchema(content, schema, schemas)).toBe(true);
    }
    for (const field of Object.keys(full))
      for (const wrong of WRONG_VALUES) {
        const content = { ...full, [field]: wrong };
        const accepted = isValid(collection, content);
        if (accepted)
          expect(matchesSchema(content, schema, schemas), `${field}: ${JSON.stringify(wrong)}`).toBe(true);
        // The schema refuses every content that the staff calls refuse.
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
    const withUnknownField = { ...full, colour: 'red' };
    expect([isValid(collection, withUnknownField), matchesSchema(withUnknownField, schema, schemas)]).toEqual(
      [false, false],
    );
  });

  it.each(COLLECTIONS)('%s: accepts every content that the staff calls accept', (collection) => {
    const { full } = CONTENT_EXAMPLES[collection];
    const schema = bodyOf(collection, 'post');
    const anyContent = fc.record(
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
      fc.property(anyContent, (content) => {
        if (isValid(collection, content)) expect(matchesSchema(content, schema, schemas)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('the figures of a day: accepts decimals, negative figures and what is known beside them', () => {
    const schema = bodyOf('statistics/{date}', 'put');
    for (const cell of [3.42, -3.5, null, { value: 43.5, at: '08:00' }, { value: -0.05 }, { value: null }])
      expect(matchesSchema({ values: { river: cell } }, schema, schemas), JSON.stringify(cell)).toBe(true);
    for (const cell of ['3', true, [], { at: '08:00' }, { value: '3' }, { value: 3, colour: 'red' }])
      expect(matchesSchema({ values: { river: cell } }, schema, schemas), JSON.stringify(cell)).toBe(false);
  });

  it('the settings: accepts and refuses the same settings as the staff call', () => {
    const schema = bodyOf('site', 'put');
    const verdicts = (settings: unknown) => [
      parseWith(siteSchema(settings), settings).ok,
      matchesSchema(settings, schema, schemas),
    ];
    expect(verdicts(site)).toEqual([true, true]);
    for (const field of Object.keys(site)) {
      const { [field]: _, ...rest } = site as Record<string, unknown>;
      if (field !== 'authority') expect(verdicts(rest), field).toEqual([false, false]);
      expect(verdicts({ ...site, [field]: 7 }), field).toEqual([false, false]);
    }
    expect(verdicts({ ...site, colour: 'red' })).toEqual([false, false]);
    for (const metric of [
      { kind: 'flow' },
      { ...site.metrics[0], id: 'date' },
      { ...site.metrics[0], kind: 'sum' },
      { ...site.metrics[0], agencies: [] },
      { ...site.metrics[3], opening: -1 },
    ])
      expect(verdicts({ ...site, metrics: [metric] }), JSON.stringify(metric)).toEqual([false, false]);
  });
});

describe('the examples in openapi.json', () => {
  const seed = documentJson(aBulletin(epidemicFixture), '/api/v1/openapi.json');
  const bodies = Object.entries<Record<string, unknown>>(seed.paths).flatMap(([path, methods]) =>
    Object.values(methods).flatMap((operation) => {
      const { requestBody } = Object(operation);
      return Object.entries<{ schema: Readonly<Record<string, unknown>>; example?: unknown }>(
        requestBody?.content ?? {},
      ).flatMap(([type, { schema, example }]) =>
        example === undefined ? [] : [{ path, type, schema, example }],
      );
    }),
  );

  it('are content of the site, and each is as its schema says', () => {
    for (const { path, type, schema, example } of bodies)
      expect(matchesSchema(example, schema, seed.components.schemas), `${path} ${type}`).toBe(true);
    expect(bodies.map(({ path }) => path)).toEqual(
      expect.arrayContaining(
        ['news', 'decisions', 'faq', 'contacts', 'statistics/{date}', 'import'].map(
          (path) => `/api/v1/staff/${path}`,
        ),
      ),
    );
    const csv = bodies.find(({ type }) => type === 'text/csv')?.example;
    const [, row = ''] = String(csv).split('\n');
    expect(documentText(aBulletin(epidemicFixture), '/data/statistics.csv')).toContain(
      `\n${row.split(',').slice(0, 2).join()},`,
    );
  });
});

describe('the headers and media types in openapi.json', () => {
  it('name both media types of a merge patch and of an import, and one of every other body', () => {
    const typesOf = (method: string, path: string) =>
      Object.keys(api.paths[`/api/v1/staff/${path}`][method].requestBody.content);
    for (const collection of COLLECTIONS)
      expect(typesOf('patch', `${collection}/{id}`)).toEqual([
        'application/json',
        'application/merge-patch+json',
      ]);
    expect(typesOf('post', 'news')).toEqual(['application/json']);
    expect(typesOf('post', 'import')).toEqual(['application/json', 'text/csv']);
    const { parameters } = api.paths['/api/v1/staff/import'].post;
    expect(parameters.filter((one: { in: string }) => one.in === 'query')).toMatchObject(
      ['separator', 'thousands', 'decimal', 'dates', 'dash', 'reason', 'confirm', 'dryRun'].map((name) => ({
        name,
      })),
    );
  });

  it('describe the headers of public data: ETag, Last-Modified, the release, and Retry-After of 503', () => {
    for (const path of documents.keys()) {
      const { responses, parameters } = described(path).get;
      if (!path.startsWith('/api/')) continue;
      expect(Object.keys(responses[200].headers), path).toEqual(['ETag', 'Last-Modified', 'Nashra-Release']);
      expect(Object.keys(responses[503].headers), path).toEqual(['Retry-After']);
      expect(parameters.map(({ name }: { name: string }) => name)).toEqual([
        'If-None-Match',
        'If-Modified-Since',
      ]);
    }
  });
});

describe('the schemas of answers in openapi.json', () => {
  it('cover every address of the site, and no other', () => {
    const templates = Object.keys(api.paths).filter((path) => !path.startsWith('/api/v1/staff/'));
    const matches = (template: string, path: string) =>
      new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(path);
    const served = [
      ...pageDocuments(bulletin, aMoment()).map(({ path }) => path),
      ...documents.keys(),
      ...COLLECTIONS.filter(hasPermalinks).map((collection) => `/ar/${collection}/1`),
      ...COLLECTIONS.filter(hasMonths).map((name) => `/ar/${name}/2021-08/page-1/`), // exists once the month is long
      ...[...COLLECTIONS, 'changes'].map((name) => `/api/v1/${name}/page-1.json`), // exists once the list is long
      // made by the publishing loop
      ...['/api/v1/release.json', '/api/v1/digests/news-1.json', '/api/v1/shells/ar.json'],
      ...['/api/v1/ledger.json', '/api/v1/ledger/1.json'],
      '/.well-known/nashra-keys.json',
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

  it('match every JSON document, also with decimals, negative figures, percentages and all that is said of figures', () => {
    const moments = ['2021-08-02T11:00:00Z', '2021-08-30T11:00:00Z'].map((asOf) => aMoment({ asOf }));
    const sites = [
      [bulletin, aMoment()] as const,
      [aMeasuredBulletin({ days: {} }), aMoment()] as const,
      ...moments.map((moment) => [aMeasuredBulletin(), moment] as const),
    ];
    for (const [of, moment] of sites)
      for (const { path, type, render } of dataDocuments(of, moment)) {
        if (!/^application\/(.+\+)?json$/.test(type) || path.endsWith('openapi.json')) continue;
        const { content } = described(path).get.responses[200];
        expect(Object.keys(content), path).toEqual([type]);
        const text = String(render());
        expect(matchesSchema(JSON.parse(text), content[type].schema, schemas), `${path} ${text}`).toBe(true);
      }
  });

  it('include each collection, and every field that its items can have', () => {
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

  it('name the site’s languages, and still match a text in a language that the site used to have', () => {
    expect(Object.keys(schemas.Texts300.properties)).toEqual(['ar', 'en']);
    expect(matchesSchema({ fr: 'Un texte' }, schemas.Texts300, schemas)).toBe(true);
  });
});
