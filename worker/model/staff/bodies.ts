import * as v from 'valibot';
import { COLLECTIONS, type Collection, contentSchema } from '../collections/registry.ts';
import type { Site } from '../site.ts';
import { siteSchema } from '../site-schema.ts';
import { exactObject, plainObject } from '../validation/exact-object.ts';
import { civilDate, instant, itemId } from '../validation/fields.ts';
import { jsonForm } from '../validation/json-form.ts';
import { listOf } from '../validation/list-of.ts';
import { line, MAX_REASON } from '../validation/text.ts';
import { SCOPES } from './scope.ts';

/** The settings that the schemas of bodies depend on. */
export type Languages = Pick<Site, 'languages' | 'defaultLanguage'>;

/** Gives the schema of a call's body, for a site's languages and for the collection that the path names, if any. */
export type BodySchema = (languages: Languages, collection: Collection) => v.GenericSchema<unknown, unknown>;

/** Schema of the reason for a change to something public. */
const reason = line(MAX_REASON);

/** The largest figure: no real count of a day is larger, and a sum over many years stays below 2^53, so it is exact. */
export const MAX_FIGURE = 1_000_000_000_000;

/** Schema of a figure that staff enter: a whole number from 0, or null for "not reported". `-0` becomes 0. */
export const figure = v.nullable(
  v.pipe(
    v.number('must be a whole number from 0, or null'),
    v.safeInteger('must be a whole number from 0, or null'),
    v.minValue(0, 'must not be negative'),
    v.maxValue(MAX_FIGURE, `must be at most ${MAX_FIGURE}`),
    v.transform((n) => n + 0),
  ),
);

/** The most figures and items that an erasure removes without `confirm`. */
export const MAX_UNCONFIRMED = 50;

const scope = v.pipe(
  listOf(
    v.picklist(SCOPES, `must be one of ${SCOPES.join(', ')}`),
    SCOPES.length,
    'scopes: each is named once',
  ),
  v.minLength(1, 'must name what the key may do: read for nothing but reading'),
  v.check((list) => new Set(list).size === list.length, 'must not name a scope twice'),
  v.readonly(),
  v.description(
    'What the key may do of all that its agency may: read and write figures, or the items of a collection; read all (read). Absent: everything.',
  ),
);

/** Enough for where a key is kept and by whom. */
const MAX_LABEL = 100;

const label = v.pipe(
  line(MAX_LABEL),
  v.regex(/^[^\n\t]*$/, 'must be one line'),
  v.description('Where the key is kept, in words. Only the operator sees it.'),
);

/** The most figures or items that an erasure names: as many items as an import of 1 MiB can hold. */
const MAX_PARTS = 10_000;

const dryRun = v.exactOptional(v.boolean('must be true or false'));

/** The schemas of the bodies, for the calls that have one. */
export const bodies = {
  /** `PUT statistics/{date}`. The call checks each value itself, because only the settings know the metrics. */
  figures: () =>
    exactObject({
      values: v.pipe(
        plainObject,
        jsonForm({
          type: 'object',
          description:
            'By metric: the number, or null for "not reported"; or an object with the number and what else is known of it.',
          additionalProperties: {
            anyOf: [{ type: ['integer', 'null'], minimum: 0 }, { $ref: '#/components/schemas/Cell' }],
          },
        }),
      ),
      reason: v.exactOptional(reason),
    }),
  site: (languages: Languages) => siteSchema(languages),
  key: () =>
    exactObject({
      agency: v.string('must be an agency id'),
      role: v.exactOptional(v.picklist(['publisher'], 'must be publisher')),
      scope: v.exactOptional(scope),
      label: v.exactOptional(label),
      expires: v.exactOptional(
        v.pipe(instant, v.description('From then on the key is refused. It must be in the future.')),
      ),
    }),
  reason: () => exactObject({ reason }),
  erasure: () =>
    exactObject({
      reason: v.pipe(reason, v.description('Public: corrections of erased figures show it.')),
      cells: v.exactOptional(
        v.pipe(
          listOf(exactObject({ metric: v.string('must be a metric'), date: civilDate }), MAX_PARTS, 'cells'),
          v.description('The figures of the entry to erase, and nothing else of it.'),
        ),
      ),
      items: v.exactOptional(
        v.pipe(
          listOf(itemId, MAX_PARTS, 'items'),
          v.description('The items of the entry to erase, and nothing else of it.'),
        ),
      ),
      entryReason: v.exactOptional(
        v.pipe(
          v.boolean('must be true or false'),
          v.description("Whether to erase the entry's own reason, and nothing else but `cells` and `items`."),
        ),
      ),
      confirm: v.exactOptional(
        v.pipe(
          v.boolean('must be true or false'),
          v.description(`Must be true to erase more than ${MAX_UNCONFIRMED} figures and items.`),
        ),
      ),
      dryRun,
    }),
  item: (languages: Languages, collection: Collection) => contentSchema(collection, languages),
  replacement: (languages: Languages, collection: Collection) =>
    exactObject({ content: contentSchema(collection, languages), reason: v.exactOptional(reason) }),
  /** The patch may have any fields: the call checks the merged content, as it checks a replacement. */
  patch: () =>
    exactObject({
      content: v.pipe(plainObject, jsonForm({ type: 'object', description: 'A merge patch (RFC 7396).' })),
      reason: v.exactOptional(reason),
    }),
  import: (languages: Languages) =>
    v.union([importedFigures, ...COLLECTIONS.map((collection) => importedItems(languages, collection))]),
};

const importedFigures = exactObject({
  figures: v.pipe(
    v.string(),
    v.description(
      'CSV: `date,<metric>,…`. An empty cell changes nothing. A total, if given, must be equal to its derived sum.',
    ),
  ),
  reason: v.exactOptional(v.pipe(reason, v.description('Required if a published figure changes.'))),
  dryRun,
});

/** Schema of an import, without checks of its figures or of each item. */
export const importFrames = v.union([
  exactObject({ figures: v.string(), reason: v.exactOptional(reason), dryRun }),
  exactObject({
    collection: v.picklist(COLLECTIONS),
    items: v.array(v.unknown()),
    reason: v.exactOptional(reason),
    dryRun,
  }),
]);

/** Schema of one item of an import: its agency, its publication (by default the time of the import), its content. */
export const importedItem = <C extends Collection>(languages: Languages, collection: C) =>
  exactObject({
    agency: v.string('must be an agency id'),
    publishedAt: v.exactOptional(instant),
    content: contentSchema(collection, languages),
  });

const importedItems = (languages: Languages, collection: Collection) =>
  exactObject({
    collection: v.literal(collection),
    items: v.array(importedItem(languages, collection)),
    reason: v.exactOptional(reason),
    dryRun,
  });
