import type { Collection } from '../model/content.ts';
import { problem } from './openapi-public.ts';
import { contentName, flag, list, object, orNull, ref, type Schema, text, whole } from './openapi-schemas.ts';

const base = '/api/v1/staff';

/** The paths agencies and the operator write by. */
export const staffPaths = (collections: readonly Collection[]): Readonly<Record<string, Schema>> => ({
  [`${base}/statistics/{date}`]: {
    parameters: [inPath('date', ref('CivilDate'))],
    get: call('The figures of a day as they are kept now', 200, dayState, NO_BODY),
    put: call('Set the named figures of a day; others stay', 200, written, {
      body: object({ values: figures, 'reason?': text }, CLOSED),
      refusals: [403, 409, 412, 422],
    }),
  },
  ...Object.fromEntries(collections.flatMap(collectionPaths)),
  [`${base}/site`]: {
    get: call('The settings as they are kept now', 200, ref('Site'), NO_BODY),
    put: call('Replace the settings (operator)', 200, written, {
      body: ref('Site'),
      refusals: [403, 409, 412, 422],
    }),
  },
  [`${base}/import`]: {
    post: call(
      'Many figures or items at once, all or nothing (operator)',
      200,
      { type: 'object' },
      {
        body: { oneOf: [importFigures, importItems(collections)] },
        refusals: [403, 409, 422],
      },
    ),
  },
  [`${base}/keys`]: {
    get: call('The keys that were issued (operator)', 200, { type: 'object' }, OPERATOR_READ),
    post: call(
      'Issue an agency a key, which is shown once (operator)',
      201,
      { type: 'object' },
      {
        body: object({ agency: text }),
        refusals: [403, 422],
      },
    ),
  },
  [`${base}/keys/{id}`]: {
    parameters: [inPath('id', text)],
    delete: call('Revoke a key (operator)', 200, { type: 'object' }, { refusals: [403, 404, 409] }),
  },
  [`${base}/status`]: {
    get: call('The release, what is pending, the last error', 200, { type: 'object' }, NO_BODY),
  },
  [`${base}/whoami`]: { get: call('Who this key is', 200, { type: 'object' }, NO_BODY) },
  [`${base}/ledger`]: {
    get: call(
      'Every published change in order, chained by hash (operator)',
      200,
      pageOf(ref('LedgerEntry')),
      OPERATOR_READ,
    ),
  },
  [`${base}/ledger/{seq}/erasure`]: {
    parameters: [inPath('seq', whole)],
    post: call("Take an entry's salt and payload away; the chain still verifies (operator)", 201, written, {
      body: object({ reason: text }, CLOSED),
      refusals: [403, 404, 409, 422],
    }),
  },
  [`${base}/tick`]: {
    post: call(
      'Publish what is due (operator); the cron trigger does it each minute',
      200,
      { type: 'object' },
      OPERATOR_READ,
    ),
  },
});

const CLOSED = { additionalProperties: false };
const NO_BODY: Options = { refusals: [] };
const OPERATOR_READ: Options = { refusals: [403] };

const figures: Schema = {
  type: 'object',
  description: 'By metric; null is "not reported".',
  additionalProperties: { type: ['integer', 'null'], minimum: 0 },
};

const written = object({
  id: text,
  version: { ...whole, description: 'Counts from 1; its ETag is that number in quotes.' },
  release: { ...orNull('integer'), description: 'The release it stands in; null while pending.' },
  'pending?': { ...flag, description: 'Kept, and published later by itself.' },
});

const dayState = object({ id: ref('CivilDate'), version: whole, values: figures });

const itemState = (collection: Collection): Schema =>
  object({
    id: text,
    version: whole,
    state: text,
    agency: text,
    createdAt: ref('Instant'),
    updatedAt: ref('Instant'),
    content: { anyOf: [ref(contentName(collection)), { type: 'null' }] },
  });

const pageOf = (item: Schema): Schema => object({ items: list(item), next: orNull('string') });

const importFigures = object(
  {
    figures: { ...text, description: 'CSV: `date,<metric>,…`; an empty cell changes nothing.' },
    'reason?': text,
    'dryRun?': flag,
  },
  CLOSED,
);

const importItems = (collections: readonly Collection[]): Schema =>
  object(
    {
      collection: { enum: collections },
      items: list(
        object({
          agency: text,
          'publishedAt?': ref('Instant'),
          content: { anyOf: collections.map((c) => ref(contentName(c))) },
        }),
      ),
      'reason?': text,
      'dryRun?': flag,
    },
    CLOSED,
  );

const collectionPaths = (collection: Collection): readonly (readonly [string, Schema])[] => [
  [
    `${base}/${collection}`,
    {
      get: call(
        `All ${collection} as they are kept now, newest first`,
        200,
        pageOf(itemState(collection)),
        NO_BODY,
      ),
      post: call('Publish a new item', 201, written, {
        body: ref(contentName(collection)),
        refusals: [403, 409, 422],
      }),
    },
  ],
  [
    `${base}/${collection}/{id}`,
    {
      parameters: [inPath('id', text)],
      get: call('One item as it is kept now', 200, itemState(collection), { refusals: [404] }),
      put: call('Replace the content of an item', 200, written, {
        body: object({ content: ref(contentName(collection)), 'reason?': text }, CLOSED),
        refusals: [403, 404, 409, 412, 422],
      }),
      delete: call('Withdraw an item: its page then says when and why', 200, written, {
        body: object({ reason: text }, CLOSED),
        refusals: [403, 404, 409, 412, 422],
      }),
    },
  ],
];

type Options = { readonly body?: Schema; readonly refusals: readonly (keyof typeof REFUSALS)[] };

const REFUSALS = {
  400: 'The body is not JSON',
  401: 'No valid key',
  403: 'Not a right of this key',
  404: 'No such thing',
  409: 'Withdrawn, or in conflict with what is kept',
  412: 'If-Match names another version',
  413: 'The body is over 1 MiB',
  415: 'The body is not declared as JSON',
  422: 'Faults in the body: every one of them, with its pointer',
  429: 'Too many bad keys from this address: see Retry-After',
  503: 'Not possible just now: see Retry-After',
} as const;

const inPath = (name: string, schema: Schema): Schema => ({ name, in: 'path', required: true, schema });
const inHeader = (name: string, description: string): Schema => ({
  name,
  in: 'header',
  description,
  schema: text,
});

/** A call with a staff key. One that changes something takes the headers that make it safe to repeat. */
function call(summary: string, status: 200 | 201, schema: Schema, { body, refusals }: Options): Schema {
  const of = body ? ([400, 401, 413, 415, 429, 503] as const) : ([401, 429, 503] as const);
  const statuses = [...of, ...refusals].sort();
  const answer = (description: string) => ({ description, content: { 'application/json': { schema } } });
  return {
    summary,
    tags: ['staff'],
    security: [{ staffKey: [] }],
    ...(body
      ? {
          parameters: [
            inHeader('Nashra-Agency', 'The agency the operator acts for.'),
            inHeader('Idempotency-Key', 'The same request again gets the first answer, for 7 days.'),
            inHeader('If-Match', 'The version this replaces, such as "3".'),
          ],
          requestBody: { required: true, content: { 'application/json': { schema: body } } },
        }
      : {}),
    responses: {
      [status]: answer('Done'),
      ...(body ? { 202: answer('Kept, and published later by itself') } : {}),
      ...Object.fromEntries(statuses.map((refusal) => [refusal, problem(REFUSALS[refusal])])),
    },
  };
}
