import type { Collection } from '../model/content.ts';
import { MAX_BODY, MAX_TITLE } from '../model/text.ts';

/** A JSON Schema (2020-12, which OpenAPI 3.1 uses as it is), or any part of an OpenAPI document. */
export type Schema = { readonly [key: string]: unknown };

/** A reference to one of `schemas`. */
export const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

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

/** The schema's name of a collection's content: `NewsContent` for `news`. */
export const contentName = (collection: Collection): string =>
  `${collection[0]?.toUpperCase()}${collection.slice(1)}Content`;

const uri: Schema = { type: 'string', description: 'An http or https address, kept as it was written' };
const sha256: Schema = { type: 'string', pattern: '^[0-9a-f]{64}$' };

const contents: { readonly [C in Collection]: Schema } = {
  news: object({
    title: ref('Texts'),
    body: ref('Texts'),
    date: ref('CivilDate'),
    'breaking?': object({ until: ref('Instant') }),
    'source?': list(object({ url: uri, 'title?': text })),
  }),
  contacts: object({
    name: ref('Texts'),
    kind: { enum: ['hotline', 'fund', 'agency', 'other'] },
    'phone?': text,
    'url?': uri,
    'hours?': ref('Texts'),
    'order?': whole,
  }),
};

const metric = object({
  id: { type: 'string', pattern: '^[a-z][a-z0-9_]{0,63}$' },
  kind: {
    enum: ['flow', 'level', 'total'],
    description:
      "flow: a day's count. level: a day's standing. total: the running sum of the flow `of` plus `opening`, derived, never entered.",
  },
  'agencies?': { ...list(text), description: 'Who may report it; of flows and levels always there.' },
  'of?': { ...text, description: 'Of a total: the flow it sums up.' },
  'opening?': { ...whole, minimum: 0, description: 'Of a total: what was counted before the first date.' },
  label: ref('Texts'),
  'unit?': ref('Texts'),
  tone: { enum: ['neutral', 'calm', 'caution', 'alarm'] },
  'definition?': ref('Texts'),
  'source?': ref('Texts'),
});

const site = object({
  name: ref('Texts'),
  'authority?': ref('Texts'),
  origin: uri,
  open: { ...flag, description: 'Public paths answer 503 until this is true.' },
  timeZone: { ...text, description: 'IANA name' },
  languages: list(object({ tag: text, locale: text })),
  defaultLanguage: text,
  firstDate: ref('CivilDate'),
  operator: text,
  'notice?': ref('Texts'),
  agencies: list(object({ id: text, name: ref('Texts'), 'url?': uri })),
  license: object({ name: text, 'url?': uri, attribution: ref('Texts') }),
  metrics: list(ref('Metric')),
});

const change = object({
  id: text,
  at: ref('Instant'),
  agency: text,
  kind: { enum: ['figure', 'edit', 'withdrawal'] },
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
    kind: { enum: ['site', 'figures', 'items', 'edit', 'withdrawal', 'erasure'] },
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

/** The schemas of all shapes, by the names `ref` uses. */
export const schemas = (collections: readonly Collection[]): Readonly<Record<string, Schema>> => ({
  Texts: {
    type: 'object',
    additionalProperties: text,
    description: `One text by language tag. The default language is always there. Titles have at most ${MAX_TITLE} characters, bodies ${MAX_BODY}.`,
  },
  CivilDate: { type: 'string', format: 'date', description: "A day of the site's time zone." },
  Instant: { type: 'string', format: 'date-time', description: 'UTC, whole seconds, with Z.' },
  Metric: metric,
  Site: site,
  Change: change,
  LedgerEntry: ledgerEntry,
  ...Object.fromEntries(collections.map((c) => [contentName(c), contents[c]])),
  Figure: object({
    metric: text,
    date: { ...orNull('string'), format: 'date', description: 'The day `value` is of.' },
    value: { ...orNull('integer'), description: 'The last reported; null if none ever was.' },
    change: { ...orNull('integer'), description: 'From the day before; null if that was not reported.' },
    total: { ...orNull('integer'), description: 'Of a flow: its running total on that day.' },
  }),
  Written: object({
    id: { ...orNull('string'), description: 'Of what was written; null where nothing was.' },
    version: { ...orNull('integer'), description: 'Counts from 1; its ETag is that number in quotes.' },
    release: { ...orNull('integer'), description: 'The release it stands in; null until that is known.' },
    'pending?': { ...flag, description: 'Kept, and published later by itself.' },
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
