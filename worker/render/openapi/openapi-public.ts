import { COLLECTIONS } from '../../model/collections/registry.ts';
import { ref, type Schema } from './json-schema.ts';
import { figures, live } from './openapi-figures.ts';
import { inPath, itemName } from './openapi-schemas.ts';
import { integer, list, object, orNull, text } from './schema-parts.ts';

const figureColumn = list(orNull('number'));

const bulletin = object({
  release: integer,
  publishedAt: ref('Instant'),
  figures: list(ref('Figure')),
  breaking: list(ref(itemName('news'))),
  news: { ...list(ref(itemName('news'))), description: 'The newest news.' },
  decisions: { ...list(ref(itemName('decisions'))), description: 'The newest decisions.' },
  contacts: list(ref(itemName('contacts'))),
  'truncated?': { ...list(text), description: 'The lists that lost their last items: see the list of each.' },
});

const statistics = object({
  dates: {
    ...list(ref('CivilDate')),
    description: 'Every day from the first reported one to the last, without gaps.',
  },
  metrics: {
    type: 'object',
    description: 'By metric: a value for each of `dates`; null is "not reported".',
    additionalProperties: figureColumn,
  },
  'facts?': {
    ...list({ allOf: [object({ metric: text, date: ref('CivilDate') }), ref('Facts')] }),
    description: 'What is known of a figure beside its number, by date.',
  },
  'breaks?': {
    ...list(object({ metric: text, date: ref('CivilDate'), remark: text })),
    description: 'Since when a metric is counted in another way.',
  },
  'pauses?': {
    ...list(object({ metric: text, date: ref('CivilDate'), 'until?': ref('CivilDate'), remark: text })),
    description: 'From when to when nothing is reported, both included.',
  },
  'problems?': {
    ...list(object({ metric: text, date: ref('CivilDate'), 'until?': ref('CivilDate'), remark: text })),
    description: 'From when to when something is wrong with the figures, both included.',
  },
  'adjustments?': {
    ...list(object({ metric: text, date: ref('CivilDate'), amount: { type: 'number' }, remark: text })),
    description:
      'What remarks add to a total at the end of a date. A total is its opening, its flow and its adjustments up to the date.',
  },
  'missingDays?': {
    type: 'object',
    description:
      'By total: on how many days since its first figure the flow was not reported, up to the last value of the total, which is then a lower bound.',
    additionalProperties: integer,
  },
  'leftOut?': {
    ...object({ 'facts?': integer, 'notes?': integer, 'until?': ref('CivilDate'), in: text }),
    description:
      'What there is no room for: how many of `facts`, how many notes of them, all days until a date. `in` is the path of what has it.',
  },
});

const calendar = object({
  events: {
    ...list(object({ at: ref('Instant'), date: ref('CivilDate'), metrics: list(text) })),
    description: "From the site's today on: 14 days, at most 50 events. `date` is that of the figures.",
  },
});

/** Digests of documents, as in `release.json` and its lists. */
const digests: Schema = {
  type: 'object',
  description:
    'By path: the SHA-256 of the content, in base64url. Of a page that is joined: the SHA-256 of its part as JSON, and the name of the shell whose texts are around it.',
  additionalProperties: {
    anyOf: [text, { type: 'array', prefixItems: [text, text], minItems: 2, maxItems: 2 }],
  },
};

const signed = object({
  payload: {
    ...text,
    description:
      'Canonical JSON (RFC 8785) in base64url: release, publishedAt, until, previous, ledger { seq, hash }, documents (digests), lists (paths of lists of more digests).',
  },
  'protected?': text,
  'signature?': { ...text, description: 'Ed25519. Not set: the site does not sign its releases.' },
});

const keySet = object({
  keys: list(object({ kty: text, crv: text, x: text, kid: text, use: text, alg: text })),
  'rotation?': { ...signed, description: 'The old key names the `kid` of the new one as its `successor`.' },
});

const pageOf = (item: Schema): Schema =>
  object({
    items: list(item),
    next: { ...orNull('string'), description: 'The path of the next page; null at the end.' },
  });

const listPaths = (name: string, summary: string, item: Schema): readonly (readonly [string, Schema])[] => [
  [`/api/v1/${name}.json`, publicGet(summary, pageOf(item))],
  [
    `/api/v1/${name}/page-{page}.json`,
    {
      parameters: [inPath('page', { ...integer, minimum: 1 })],
      ...publicGet('An older page of that list: follow `next` to get here', pageOf(item), {
        mayBeMissing: true,
      }),
    },
  ],
];

const year = inPath('year', { type: 'string', pattern: '^[0-9]{4}$' });

type Options = {
  readonly media?: string;
  /** Whether 404 is a possible answer. */
  readonly mayBeMissing?: boolean;
};

const headers = {
  ETag: { description: 'Strong; the same for every encoding.', schema: text },
  'Last-Modified': {
    description:
      'When the release was published that last changed this content; left out if that is not known.',
    schema: text,
  },
  'Nashra-Release': {
    description: 'The number of the release that this answer comes from.',
    schema: integer,
  },
};

/** A 304 repeats only what a cache must update. */
const { 'Last-Modified': _, ...withoutModified } = headers;

const retryAfter = {
  'Retry-After': { description: 'Seconds to wait, different by answer.', schema: integer },
};

/** A public GET. Every such path also answers HEAD and OPTIONS, which are not listed. */
const publicGet = (
  summary: string,
  schema: Schema,
  { media = 'application/json', mayBeMissing = false }: Options = {},
) => ({
  get: {
    summary,
    tags: ['public'],
    security: [],
    parameters: [
      { name: 'If-None-Match', in: 'header', schema: text },
      {
        name: 'If-Modified-Since',
        in: 'header',
        description: 'Counts only without If-None-Match.',
        schema: text,
      },
    ],
    responses: {
      200: { description: 'OK', headers, content: { [media]: { schema } } },
      304: { description: 'You already have this content', headers: withoutModified },
      ...(mayBeMissing ? { 404: problem('No such page') } : {}),
      412: problem('If-Match, or else If-Unmodified-Since, asks for another version'),
      503: {
        ...problem('The site is not open yet, or not readable just now: see Retry-After'),
        headers: retryAfter,
      },
    },
  },
});

/** An error answer with problem details. */
export const problem = (description: string): Schema => ({
  description,
  content: { 'application/problem+json': { schema: ref('Problem') } },
});

/** The paths of public data. */
export const publicPaths: Readonly<Record<string, Schema>> = {
  '/api/v1/bulletin.json': publicGet('The current state in one document', bulletin),
  '/api/v1/live.json': publicGet('The latest figures, as small as possible, for pages that stay open', live),
  '/api/v1/figures/{language}.json': {
    parameters: [inPath('language', text)],
    ...publicGet('The latest figures and the breaking news, ready to be shown in a language', figures, {
      mayBeMissing: true,
    }),
  },
  '/api/v1/statistics.json': publicGet('The whole series, one column a metric, totals included', statistics),
  '/api/v1/statistics/years/{year}.json': {
    parameters: [year],
    ...publicGet('The series of a year', statistics, { mayBeMissing: true }),
  },
  '/api/v1/statistics/metrics/{metric}.json': {
    parameters: [inPath('metric', text)],
    ...publicGet('The series of a metric, from its first reported day to its last', statistics, {
      mayBeMissing: true,
    }),
  },
  '/data/statistics.csv': publicGet(
    'The whole series as CSV: one row a day; an empty cell is "not reported". The last columns, `<total>_missing_days`, say how many days a total lacks',
    text,
    {
      media: 'text/csv',
    },
  ),
  '/data/statistics.csv-metadata.json': publicGet(
    'What the columns of statistics.csv mean, as CSV on the Web (W3C)',
    { type: 'object' },
    { media: 'application/csvm+json' },
  ),
  '/data/statistics/{year}.csv': {
    parameters: [year],
    ...publicGet('The series of a year as CSV', text, { media: 'text/csv', mayBeMissing: true }),
  },
  '/api/v1/calendar.json': publicGet('When the next figures are due', calendar),
  '/api/v1/site.json': publicGet('Settings, agencies, metrics', ref('Site')),
  ...Object.fromEntries(COLLECTIONS.flatMap((c) => listPaths(c, `All ${c}`, ref(itemName(c))))),
  ...Object.fromEntries(
    listPaths(
      'changes',
      'Every correction and withdrawal of what was public, newest first',
      ref('Correction'),
    ),
  ),
  '/api/v1/release.json': publicGet(
    'What the release shows, signed: a JWS (RFC 7515, flattened JSON)',
    signed,
    { media: 'application/jose+json' },
  ),
  '/api/v1/ledger.json': publicGet(
    'The newest entries of the ledger, newest first, without what is not public; missing until its older pages are published',
    pageOf(ref('LedgerEntry')),
    { mayBeMissing: true },
  ),
  '/api/v1/ledger/{page}.json': {
    parameters: [inPath('page', text)],
    ...publicGet('Older entries: follow `next` to get here', pageOf(ref('LedgerEntry')), {
      mayBeMissing: true,
    }),
  },
  '/api/v1/digests/{list}.json': {
    parameters: [inPath('list', text)],
    ...publicGet('A list of digests, named by release.json', digests, { mayBeMissing: true }),
  },
  '/api/v1/shells/{shell}.json': {
    parameters: [inPath('shell', text)],
    ...publicGet('The texts that joined pages share', list(text), { mayBeMissing: true }),
  },
  '/.well-known/nashra-keys.json': publicGet('The keys that sign releases, as a JWK Set (RFC 7517)', keySet, {
    media: 'application/jwk-set+json',
  }),
  '/api/v1/openapi.json': publicGet('This document', { type: 'object' }),
};
