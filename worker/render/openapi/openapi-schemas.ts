import type { Correction } from '../../model/bulletin.ts';
import type { Change } from '../../model/change.ts';
import {
  COLLECTIONS,
  type Collection,
  contentName,
  contentSchema,
} from '../../model/collections/registry.ts';
import type { Site } from '../../model/site.ts';
import { siteSchema } from '../../model/site-schema.ts';
import { jsonSchema, ref, type Schema } from './json-schema.ts';
import { figureChanges, message, note } from './openapi-changes.ts';
import { standing } from './openapi-figures.ts';
import { boolean, integer, list, object, orNull, text } from './schema-parts.ts';

/** A parameter in the path. */
export const inPath = (name: string, schema: Schema): Schema => ({
  name,
  in: 'path',
  required: true,
  schema,
});

/** The name of the schema of an item in the public JSON: `NewsItem` for `news`. */
export const itemName = (collection: Collection): string =>
  `${collection[0]?.toUpperCase()}${collection.slice(1)}Item`;

const paths: Schema = {
  type: 'object',
  description: 'The paths where people read it, by language.',
  additionalProperties: text,
};

const ENTRY_KINDS = [
  'site',
  'figures',
  'items',
  'edit',
  'withdrawal',
  'erasure',
] as const satisfies readonly Change['kind'][];
const CORRECTION_KINDS = ['figure', 'edit', 'withdrawal'] as const satisfies readonly Correction['kind'][];

const FORM_2 =
  'In form 2: of an object with the hash of each group and part, by name. Figures are grouped by date and named by metric, items are grouped by collection and named by id; `reason`, and `payload` of any other kind, are in no group. The hash of a group is that of an object with the hashes of its parts, by name; the hash of a part is that of [salt, value]. The salt of a group or a part is the first 32 digits of the SHA-256 of the salt around it (that of the group, or `salt`), a space, and its name; or it is in `salts`.';

const factFields = {
  'at?': { ...text, description: "The hour it was read at, HH:MM in the site's zone." },
  'provisionalUntil?': { ...ref('CivilDate'), description: 'The last day on which it may still change.' },
  'state?': { const: 'not-reported', description: 'The agency says that it reports no number.' },
  'note?': { type: 'object', description: 'In words, by language.', additionalProperties: text },
};

const sha256: Schema = { type: 'string', pattern: '^[0-9a-f]{64}$' };

const correction = object({
  id: text,
  at: ref('Instant'),
  agency: text,
  kind: { enum: CORRECTION_KINDS },
  'metric?': { ...text, description: 'Of a figure, and of a remark: the metric that it is about.' },
  'date?': ref('CivilDate'),
  'until?': { ...ref('CivilDate'), description: 'The last date, if one erasure removed several figures.' },
  'figures?': { ...integer, description: 'How many figures from `date` to `until`.' },
  'collection?': text,
  'item?': text,
  was: { description: 'Before: the figure, or the fields of the item that differ; null if there is none.' },
  'wasErased?': { const: true, description: '`was` is null because the operator has erased the figure.' },
  now: { description: 'After: as `was`.' },
  'nowErased?': { const: true, description: 'As `wasErased`.' },
  'reason?': text,
  'reasonErased?': { const: true, description: 'There was a reason, and the operator has erased it.' },
  release: { ...integer, description: 'The first release that has this correction.' },
});

const byPart = (value: Schema): Schema => ({
  type: 'object',
  additionalProperties: { anyOf: [value, { type: 'object', additionalProperties: value }] },
});

const ledgerEntry = object(
  {
    seq: integer,
    at: ref('Instant'),
    agency: text,
    key: text,
    kind: { enum: ENTRY_KINDS },
    'form?': {
      const: 2,
      description: 'Its parts can be erased apart. Not set: the first form, erased as a whole.',
    },
    'reason?': { ...text, description: 'In form 2, gone once it is erased.' },
    'reasonErased?': {
      const: true,
      description: 'Public ledger only, first form: an erased reason is left out.',
    },
    'shown?': {
      ...integer,
      description:
        '`seq` of the last entry that may have been public when this one was written; left out if that is the entry before.',
    },
    'salt?': { ...text, description: 'Gone once anything of the entry is erased.' },
    'payload?': { type: 'object', description: 'Without what is erased; gone once all of it is.' },
    'salts?': {
      ...byPart(text),
      description: 'In place of `salt` once parts are erased: the salt of each part that is left, by group.',
    },
    'erased?': { ...byPart(sha256), description: 'The hash of each part that is erased, by group.' },
    payloadHash: {
      ...sha256,
      description: `SHA-256, in hex, of a UTF-8 text in canonical JSON (RFC 8785). In the first form: of {"payload": …, "salt": …}, the entry's own two fields. ${FORM_2}`,
    },
    previous: { ...sha256, description: 'The `hash` of the previous entry; 64 zeros in the first entry.' },
    hash: {
      ...sha256,
      description:
        'SHA-256, in hex, of the UTF-8 text of this entry without `salt`, `salts`, `erased`, `payload`, `hash` and, in form 2, `reason`, in canonical JSON (RFC 8785).',
    },
  },
  {
    description:
      'An entry is never edited. An erasure removes the salt, and the payload or parts of it; the chain still verifies.',
  },
);

/** The settings that the schemas depend on. */
export type SiteLanguages = Pick<Site, 'languages' | 'defaultLanguage'>;

/** All schemas, by the names that `ref` takes. */
export const schemas = (site: SiteLanguages): Record<string, Schema> => ({
  ...validated(site),
  Correction: correction,
  LedgerEntry: ledgerEntry,
  Facts: object(factFields),
  Cell: object(
    { value: orNull('number'), ...factFields },
    {
      additionalProperties: false,
      description:
        'A figure with what else is known of it. With a later `at` than before, it is no correction.',
    },
  ),
  Figure: object({
    metric: text,
    date: { ...orNull('string'), format: 'date', description: 'The date of `value`.' },
    value: { ...orNull('number'), description: 'The last reported value; null if there is none.' },
    change: {
      ...orNull('number'),
      description: 'The difference from the day before; null if that day was not reported.',
    },
    total: { ...orNull('number'), description: 'For a flow: its running total as it is now.' },
    'totalDate?': {
      ...ref('CivilDate'),
      description: 'The date of `total`: a later one than `date` if a remark changed the total since.',
    },
    'unit?': { description: 'As in the settings: texts by language, or `percent`.' },
    'decimals?': {
      ...integer,
      description: 'As in the settings, for a total those of its flow; left out if 0.',
    },
    'missingDays?': {
      ...integer,
      description:
        'For a total, and for a flow that has one: days since the first figure on which none was reported. If any, the total is a lower bound.',
    },
    'ageDays?': {
      ...integer,
      description: 'Set if the figure is older than twice the usual interval of its reports.',
    },
    'late?': {
      ...object({ date: ref('CivilDate'), dueAt: ref('Instant') }),
      description: 'The newest figure that was due and has not come.',
    },
    ...standing,
    'facts?': {
      ...list({
        allOf: [object({ date: ref('CivilDate'), 'truncated?': list({ const: 'note' }) }), ref('Facts')],
      }),
      description:
        'What is known of that figure, and of days after it, beside the numbers. `truncated`: its note is left out, because the notes of all figures have no room here; `statistics.json` has it.',
    },
  }),
  WriteReceipt: object({
    id: { ...orNull('string'), description: 'The id of what was written; null if nothing was written.' },
    version: { ...orNull('integer'), description: 'Counts from 1; the ETag is this number in quotes.' },
    release: {
      ...orNull('integer'),
      description: 'The release that has the change; null until it is known.',
    },
    'pending?': {
      ...boolean,
      description: 'True if the change is saved and will be published later by itself.',
    },
    'changed?': {
      ...list(text),
      description: 'The names of the fields, metrics or settings that changed; empty if nothing changed.',
    },
    'url?': paths,
    ...figureChanges,
  }),
  ...message,
  Note: note,
  Problem: object(
    {
      type: { type: 'string', format: 'uri-reference' },
      title: text,
      status: integer,
      code: ref('Code'),
      params: ref('Params'),
      detail: { ...text, description: 'In English.' },
      'notes?': {
        ...list(ref('Note')),
        description:
          'For a 409 of new figures: why they may be wrong. The same call with these ids in `confirm`, and a reason, publishes them.',
      },
      'errors?': {
        ...list(
          object({
            pointer: text,
            code: ref('Code'),
            params: ref('Params'),
            detail: text,
          }),
        ),
        description:
          'For a 422, and a 400 for ambiguous JSON: the faults, each with a JSON Pointer to its place in the body.',
      },
    },
    { description: 'RFC 9457' },
  ),
});

/** The schemas of settings and contents, converted from the schemas that validate them. */
function validated(site: SiteLanguages): Readonly<Record<string, Schema>> {
  const named: Record<string, Schema> = {};
  jsonSchema(siteSchema({ languages: site.languages, defaultLanguage: site.defaultLanguage }), named);
  for (const collection of COLLECTIONS) {
    jsonSchema(contentSchema(collection, site), named);
    named[itemName(collection)] = publicItem(named[contentName(collection)] ?? {});
  }
  return named;
}

function publicItem(content: Schema): Schema {
  const fields = Object(content.properties);
  const head = object({
    id: text,
    url: paths,
    agency: text,
    publishedAt: ref('Instant'),
    updatedAt: ref('Instant'),
    'truncated?': {
      ...list(text),
      description:
        'In `bulletin.json` only, if it would be too large: the fields that are cut (a body then ends with …) or left out.',
    },
  });
  return {
    type: 'object',
    properties: { ...fields, ...Object(head.properties) },
    required: [...(head.required as string[]), ...(content.required as string[])],
  };
}
