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

/** An object with these fields; a name that ends in `?` is optional. */
export function object(fields: Readonly<Record<string, Schema>>, more: Schema = {}): Schema {
  const names = Object.keys(fields);
  return {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name.replace(/\?$/, ''), fields[name]])),
    required: names.filter((name) => !name.endsWith('?')),
    ...more,
  };
}

export const list = (items: Schema): Schema => ({ type: 'array', items });
export const text: Schema = { type: 'string' };
export const whole: Schema = { type: 'integer' };
export const flag: Schema = { type: 'boolean' };
export const orNull = (type: string): Schema => ({ type: [type, 'null'] });

/** The schema's name of an item as the public JSON gives it: `NewsItem` for `news`. */
export const itemName = (collection: Collection): string =>
  `${collection[0]?.toUpperCase()}${collection.slice(1)}Item`;

const paths: Schema = {
  type: 'object',
  description: 'Where it is to be read, by language.',
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

const sha256: Schema = { type: 'string', pattern: '^[0-9a-f]{64}$' };

const correction = object({
  id: text,
  at: ref('Instant'),
  agency: text,
  kind: { enum: CORRECTION_KINDS },
  'metric?': text,
  'date?': ref('CivilDate'),
  'collection?': text,
  'item?': text,
  was: { description: 'The figure, or of an item the fields that differ; null where there is none.' },
  now: { description: 'As `was`.' },
  'reason?': text,
  release: { ...whole, description: 'The release it first stood in.' },
});

const ledgerEntry = object(
  {
    seq: whole,
    at: ref('Instant'),
    agency: text,
    key: text,
    kind: { enum: ENTRY_KINDS },
    'reason?': text,
    'salt?': { ...text, description: 'Gone once the entry is erased.' },
    'payload?': { type: 'object', description: 'Gone once the entry is erased.' },
    payloadHash: {
      ...sha256,
      description:
        'SHA-256, in hex, of the UTF-8 text of {"payload": …, "salt": …}, the entry\'s own two fields, in canonical JSON (RFC 8785).',
    },
    previous: { ...sha256, description: 'The `hash` of the entry before; 64 zeros in the first.' },
    hash: {
      ...sha256,
      description:
        'SHA-256, in hex, of the UTF-8 text of this entry without `salt`, `payload` and `hash`, in canonical JSON (RFC 8785).',
    },
  },
  { description: 'An entry is never edited. Erasing takes salt and payload, and the chain still verifies.' },
);

/** What the schemas depend on of a site. */
export type SiteLanguages = Pick<Site, 'languages' | 'defaultLanguage'>;

/** The schemas of all shapes, by the names `ref` uses. */
export const schemas = (site: SiteLanguages): Record<string, Schema> => ({
  ...validated(site),
  Correction: correction,
  LedgerEntry: ledgerEntry,
  Figure: object({
    metric: text,
    date: { ...orNull('string'), format: 'date', description: 'The day `value` is of.' },
    value: { ...orNull('integer'), description: 'The last reported; null if none ever was.' },
    change: { ...orNull('integer'), description: 'From the day before; null if that was not reported.' },
    total: { ...orNull('integer'), description: 'Of a flow: its running total on that day.' },
  }),
  WriteReceipt: object({
    id: { ...orNull('string'), description: 'Of what was written; null where nothing was.' },
    version: { ...orNull('integer'), description: 'Counts from 1; its ETag is that number in quotes.' },
    release: { ...orNull('integer'), description: 'The release it stands in; null until that is known.' },
    'pending?': { ...flag, description: 'Kept, and published later by itself.' },
    'changed?': {
      ...list(text),
      description: 'What changed: names of fields, of metrics, of settings; empty where nothing did.',
    },
    'url?': { ...paths, description: 'Where it is to be read, by language.' },
  }),
  Problem: object(
    {
      type: { type: 'string', format: 'uri-reference' },
      title: text,
      status: whole,
      'detail?': text,
      'errors?': {
        ...list(object({ pointer: text, detail: text })),
        description: 'Of a 422: every fault, with a JSON Pointer to its place in the body.',
      },
    },
    { description: 'RFC 9457' },
  ),
});

/** The shapes that are checked when they are sent, from the schemas that check them. */
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
  });
  return {
    type: 'object',
    properties: { ...fields, ...Object(head.properties) },
    required: [...(head.required as string[]), ...(content.required as string[])],
  };
}
