import { COLLECTIONS } from '../../model/collections/registry.ts';
import { ref, type Schema } from './json-schema.ts';
import { itemName, list, object, orNull, text, whole } from './openapi-schemas.ts';

const figureColumn = list(orNull('integer'));

const bulletin = object({
  release: whole,
  publishedAt: ref('Instant'),
  figures: list(ref('Figure')),
  breaking: list(ref(itemName('news'))),
  news: { ...list(ref(itemName('news'))), description: 'The newest.' },
  decisions: { ...list(ref(itemName('decisions'))), description: 'The newest.' },
  contacts: list(ref(itemName('contacts'))),
});

const live = object({
  release: whole,
  publishedAt: ref('Instant'),
  figures: {
    type: 'object',
    description: 'By metric: the day of the last reported value, and the value.',
    additionalProperties: {
      type: 'array',
      prefixItems: [orNull('string'), orNull('integer')],
      minItems: 2,
      maxItems: 2,
    },
  },
  breaking: { ...list(text), description: 'Ids of the news that is breaking.' },
  poll: { ...whole, description: 'Seconds to wait before asking again.' },
});

const statistics = object({
  dates: {
    ...list(ref('CivilDate')),
    description: 'Every day from the first reported to the last, none missing.',
  },
  metrics: {
    type: 'object',
    description: 'By metric: a value for each of `dates`; null is "not reported".',
    additionalProperties: figureColumn,
  },
});

const pageOf = (item: Schema): Schema =>
  object({
    items: list(item),
    next: { ...orNull('string'), description: 'The path of the next page; null at the end.' },
  });

const listPaths = (name: string, summary: string, item: Schema): readonly (readonly [string, Schema])[] => [
  [`/api/v1/${name}.json`, read(summary, pageOf(item))],
  [
    `/api/v1/${name}/page-{page}.json`,
    {
      parameters: [{ name: 'page', in: 'path', required: true, schema: { ...whole, minimum: 1 } }],
      ...read('A further page of that list: follow `next` to get here', pageOf(item), { missing: true }),
    },
  ],
];

type Options = { readonly media?: string; readonly missing?: boolean };

const headers = {
  ETag: { description: 'Strong; the same for every encoding.', schema: text },
  'Nashra-Release': { description: 'The release this comes from.', schema: whole },
};

/** A GET anybody may do; HEAD and OPTIONS go without saying. */
const read = (
  summary: string,
  schema: Schema,
  { media = 'application/json', missing = false }: Options = {},
) => ({
  get: {
    summary,
    tags: ['public'],
    security: [],
    parameters: [{ name: 'If-None-Match', in: 'header', schema: text }],
    responses: {
      200: { description: 'OK', headers, content: { [media]: { schema } } },
      304: { description: 'You have it already', headers },
      ...(missing ? { 404: problem('No such page') } : {}),
      503: problem('Not open yet, or not readable just now: see Retry-After'),
    },
  },
});

/** A refusal, with its problem details. */
export const problem = (description: string): Schema => ({
  description,
  content: { 'application/problem+json': { schema: ref('Problem') } },
});

/** The paths anybody may read. */
export const publicPaths: Readonly<Record<string, Schema>> = {
  '/api/v1/bulletin.json': read('The state of things in one document', bulletin),
  '/api/v1/live.json': read('The latest figures, as small as can be, for pages that stay open', live),
  '/api/v1/statistics.json': read('The whole series by column, totals included', statistics),
  '/data/statistics.csv': read(
    'The whole series as CSV: a row a day; an empty cell is "not reported"',
    text,
    {
      media: 'text/csv',
    },
  ),
  '/api/v1/site.json': read('Settings, agencies, metrics', ref('Site')),
  ...Object.fromEntries(COLLECTIONS.flatMap((c) => listPaths(c, `All ${c}`, ref(itemName(c))))),
  ...Object.fromEntries(
    listPaths(
      'changes',
      'Every correction and withdrawal of what was public, newest first',
      ref('Correction'),
    ),
  ),
  '/api/v1/openapi.json': read('This document', { type: 'object' }),
};
