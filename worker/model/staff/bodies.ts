import * as v from 'valibot';
import { COLLECTIONS, type Collection, contentSchema, isAboutFigures } from '../collections/registry.ts';
import { keysOf } from '../entries.ts';
import { TOLD } from '../figures-file/told.ts';
import type { Site } from '../site.ts';
import { siteSchema } from '../site-schema.ts';
import { exactObject, plainObject } from '../validation/exact-object.ts';
import { civilDate, instant, itemId, parsedBy } from '../validation/fields.ts';
import { jsonForm } from '../validation/json-form.ts';
import { listOf } from '../validation/list-of.ts';
import { says } from '../validation/says.ts';
import { line, MAX_REASON } from '../validation/text.ts';
import { METRIC_SCOPE, parseScope, SCOPES } from './scope.ts';

/** The settings that the schemas of bodies depend on. */
export type Languages = Pick<Site, 'languages' | 'defaultLanguage'>;

/** Gives the schema of a call's body, for a site's languages and for the collection that the path names, if any. */
export type BodySchema = (languages: Languages, collection: Collection) => v.GenericSchema<unknown, unknown>;

/** Schema of the reason for a change to something public. */
const reason = line(MAX_REASON);

/** The most figures and items that an erasure removes without `confirm`. */
export const MAX_UNCONFIRMED = 50;

/** As many as there are scopes, and metrics of a site. */
const MAX_SCOPES = SCOPES.length + 100;

const SCOPE_FORM = says('scope-form', { words: SCOPES.join(', ') });

const scope = v.pipe(
  listOf(
    v.pipe(
      v.string(says('scope-expected')),
      parsedBy(parseScope, SCOPE_FORM),
      jsonForm({ anyOf: [{ enum: [...SCOPES] }, { pattern: METRIC_SCOPE.source }] }),
    ),
    MAX_SCOPES,
    'scopes',
    says('scopes-too-many', { most: MAX_SCOPES }),
  ),
  v.minLength(1, says('scope-empty')),
  v.check((list) => new Set(list).size === list.length, says('list-repeats', { name: 'scope' })),
  v.readonly(),
  v.description(
    'What the key may do of all that its agency may: read and write figures, or those of one metric (figures:new_cases), or the items of a collection; read all (read). Absent: everything.',
  ),
);

/** Enough for where a key is kept and by whom. */
const MAX_LABEL = 100;

const label = v.pipe(
  line(MAX_LABEL),
  v.regex(/^[^\n\t]*$/, says('text-one-line')),
  v.description('Where the key is kept, in words. Only the operator sees it.'),
);

/** The most figures or items that an erasure names: as many items as an import of 1 MiB can hold. */
const MAX_PARTS = 10_000;

/** The most notes that a call confirms. */
const MAX_CONFIRMED = 1_000;

const confirm = v.exactOptional(
  v.pipe(
    listOf(v.string(says('note-id-form')), MAX_CONFIRMED, 'ids of notes'),
    v.readonly(),
    v.description(
      'The ids of the notes with which this call was answered before (409): the figures are right all the same. Needs a `reason`.',
    ),
  ),
);

const dryRun = v.exactOptional(v.boolean(says('boolean-expected')));

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
            'By metric: the number, or null for "not reported"; or an object with the number and what else is known of it. A number has at most the decimals of its metric, and is within its bounds.',
          additionalProperties: {
            anyOf: [{ type: ['number', 'null'] }, { $ref: '#/components/schemas/Cell' }],
          },
        }),
      ),
      reason: v.exactOptional(reason),
      confirm,
      dryRun: v.exactOptional(
        v.pipe(
          v.boolean(says('boolean-expected')),
          v.description('Shows what would change, and changes nothing.'),
        ),
      ),
    }),
  site: (languages: Languages) => siteSchema(languages),
  key: () =>
    exactObject({
      agency: v.string(says('agency-id-expected')),
      role: v.exactOptional(v.picklist(['publisher'], says('word-other', { words: 'publisher' }))),
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
          listOf(
            exactObject({ metric: v.string(says('metric-expected')), date: civilDate }),
            MAX_PARTS,
            'cells',
          ),
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
          v.boolean(says('boolean-expected')),
          v.description("Whether to erase the entry's own reason, and nothing else but `cells` and `items`."),
        ),
      ),
      confirm: v.exactOptional(
        v.pipe(
          v.boolean(says('boolean-expected')),
          v.description(`Must be true to erase more than ${MAX_UNCONFIRMED} figures and items.`),
        ),
      ),
      dryRun,
    }),
  /** What moves a total may be asked about, so a remark may come with a reason and a confirmation: see `newRemark`. */
  item: (languages: Languages, collection: Collection): v.GenericSchema<unknown, unknown> => {
    const content = contentSchema(collection, languages);
    return isAboutFigures(collection) ? v.union([content, bodies.newRemark(languages, collection)]) : content;
  },
  /** `POST remarks` with more than the content. */
  newRemark: (languages: Languages, collection: Collection) =>
    exactObject({ content: contentSchema(collection, languages), reason: v.exactOptional(reason), confirm }),
  /** `POST {collection}/{id}/withdrawal` and `DELETE {collection}/{id}`. */
  withdrawal: () => exactObject({ reason, confirm }),
  replacement: (languages: Languages, collection: Collection) =>
    exactObject({ content: contentSchema(collection, languages), reason: v.exactOptional(reason), confirm }),
  /** The patch may have any fields: the call checks the merged content, as it checks a replacement. */
  patch: () =>
    exactObject({
      content: v.pipe(plainObject, jsonForm({ type: 'object', description: 'A merge patch (RFC 7396).' })),
      reason: v.exactOptional(reason),
      confirm,
    }),
  import: (languages: Languages) =>
    v.union([importedFigures, ...COLLECTIONS.map((collection) => importedItems(languages, collection))]),
};

const told = <W extends string>(signs: { readonly [word in W]: string }, description: string) => {
  const words = keysOf(signs);
  return v.exactOptional(
    v.pipe(v.picklist(words, says('word-unknown', { words: words.join(', ') })), v.description(description)),
  );
};

/** A file of figures, and what the caller tells about it. */
const fileOfFigures = {
  figures: v.pipe(
    v.string(says('file-text')),
    v.description(
      'CSV with a header that names the date and metrics, by id or label. An empty cell changes nothing; the words not reported and taken back say so of a figure. A total, if given, must be equal to its derived sum, or to what the site has.',
    ),
  ),
  separator: told(TOLD.separator, 'Between cells. Absent: as the header shows.'),
  thousands: told(TOLD.thousands, 'The sign between thousands. Absent: such numbers are refused.'),
  decimal: told(
    TOLD.decimal,
    'The sign before decimals. Absent: a point, or a comma where only that can be.',
  ),
  dates: told(
    TOLD.dates,
    'Whether 04/08/2021 is a day in August (dmy) or in April (mdy); whether 44412 counts the days of Excel since 1900 (excel1900) or 1904 (excel1904). Absent: refused if both can be.',
  ),
  dash: told(
    TOLD.dash,
    'Whether a dash alone is 0, or says that nothing is reported. Absent: such cells are refused.',
  ),
};

/** Schema of an import of figures. */
export const importedFigures = exactObject({
  ...fileOfFigures,
  reason: v.exactOptional(v.pipe(reason, v.description('Required if a published figure changes.'))),
  confirm,
  dryRun,
});

/** Schema of an import, without checks of its figures or of each item. */
export const importFrames = v.union([
  exactObject({ ...fileOfFigures, reason: v.exactOptional(reason), confirm, dryRun }),
  exactObject({
    collection: v.picklist(COLLECTIONS, says('word-unknown', { words: COLLECTIONS.join(', ') })),
    items: v.array(v.unknown(), says('list-expected')),
    reason: v.exactOptional(reason),
    confirm,
    dryRun,
  }),
]);

/** Schema of one item of an import: its agency, its publication (by default the time of the import), its content. */
export const importedItem = <C extends Collection>(languages: Languages, collection: C) =>
  exactObject({
    agency: v.string(says('agency-id-expected')),
    publishedAt: v.exactOptional(instant),
    content: contentSchema(collection, languages),
  });

const importedItems = (languages: Languages, collection: Collection) =>
  exactObject({
    collection: v.literal(collection),
    items: v.array(importedItem(languages, collection)),
    reason: v.exactOptional(reason),
    confirm,
    dryRun,
  });
