import { COLLECTIONS } from '../../model/collections/collection.ts';
import type { Collection } from '../../model/collections/content.ts';
import { MAX_REASON } from '../../model/validation/text.ts';
import { ref, type Schema } from './json-schema.ts';
import { call, inNext, inPath } from './openapi-call.ts';
import { contentName, flag, list, object, orNull, text, whole } from './openapi-schemas.ts';

const base = '/api/v1/staff';

const CLOSED = { additionalProperties: false };

/** A shape that answers may add fields to, as it is sent: with these fields alone. */
const closed = (schema: Schema): Schema => ({ ...schema, unevaluatedProperties: false });

const closedContent = (collection: Collection): Schema => closed(ref(contentName(collection)));

const reason: Schema = { type: 'string', minLength: 1, maxLength: MAX_REASON };

const figures: Schema = {
  type: 'object',
  description: 'By metric; null is "not reported".',
  additionalProperties: { type: ['integer', 'null'], minimum: 0 },
};

const dayState = object({ id: ref('CivilDate'), version: whole, values: figures });

const status = object({
  release: { ...orNull('integer'), description: 'The last that was published.' },
  pending: flag,
  lastError: { anyOf: [object({ at: ref('Instant'), detail: text }), { type: 'null' }] },
  entries: { ...whole, description: 'Entries of the ledger.' },
});

const pageOf = (item: Schema): Schema => object({ items: list(item), next: orNull('string') });

const itemState = (collection: Collection): Schema =>
  object({
    id: text,
    version: whole,
    state: { enum: ['published', 'withdrawn'] },
    agency: text,
    createdAt: ref('Instant'),
    updatedAt: ref('Instant'),
    publishedAt: ref('Instant'),
    content: { anyOf: [ref(contentName(collection)), { type: 'null', description: 'Erased.' }] },
    'withdrawal?': object({ at: ref('Instant'), 'reason?': { ...text, description: 'Not set: erased.' } }),
  });

const importFigures = object(
  {
    figures: {
      ...text,
      description:
        'CSV: `date,<metric>,…`; an empty cell changes nothing; totals, where given, must be the sums they are.',
    },
    'reason?': { ...reason, description: 'Required where a published figure changes.' },
    'dryRun?': flag,
  },
  CLOSED,
);

const importItems = (collection: Collection): Schema =>
  object(
    {
      collection: { const: collection },
      items: list(
        object({ agency: text, 'publishedAt?': ref('Instant'), content: closedContent(collection) }, CLOSED),
      ),
      'reason?': reason,
      'dryRun?': flag,
    },
    CLOSED,
  );

const collectionPaths = (collection: Collection): readonly (readonly [string, Schema])[] => [
  [
    `${base}/${collection}`,
    {
      get: call(
        `All ${collection} as they are kept now, newest first, withdrawn ones included`,
        { 200: pageOf(itemState(collection)) },
        { query: [inNext('before')] },
      ),
      post: call(
        'Publish a new item',
        { 201: ref('Written') },
        { body: closedContent(collection), refusals: [409, 422] },
      ),
    },
  ],
  [
    `${base}/${collection}/{id}`,
    {
      parameters: [inPath('id', text)],
      get: call('One item as it is kept now', { 200: itemState(collection) }, { refusals: [404] }),
      put: call(
        'Replace the content of an item',
        { 200: ref('Written') },
        {
          body: object({ content: closedContent(collection), 'reason?': reason }, CLOSED),
          conditional: true,
          refusals: [404, 409, 422],
        },
      ),
      delete: call(
        'Withdraw an item: it leaves the lists, and its page says when and why',
        { 200: ref('Written') },
        { body: object({ reason }, CLOSED), conditional: true, refusals: [404, 409, 422] },
      ),
    },
  ],
];

const role: Schema = { enum: ['publisher'] };

const keyState = object({
  id: text,
  version: whole,
  agency: text,
  role,
  createdAt: ref('Instant'),
  'revokedAt?': ref('Instant'),
});

const keyPaths = {
  [`${base}/keys`]: {
    get: call('The keys that were issued, newest first (operator)', { 200: pageOf(keyState) }),
    post: call(
      'Issue an agency a key; `key` is shown this once, and not where an Idempotency-Key is sent again (operator)',
      { 201: { allOf: [ref('Written'), object({ agency: text, role, 'key?': text })] } },
      { body: object({ agency: text, 'role?': role }, CLOSED), refusals: [409, 422] },
    ),
  },
  [`${base}/keys/{id}`]: {
    parameters: [inPath('id', text)],
    get: call('A key, without its secret (operator)', { 200: keyState }, { refusals: [404] }),
    delete: call(
      'Revoke a key (operator)',
      { 200: ref('Written') },
      { writes: true, conditional: true, refusals: [404, 409] },
    ),
  },
};

const ledgerPaths = {
  [`${base}/ledger`]: {
    get: call(
      'Every published change in order, chained by hash (operator)',
      { 200: pageOf(ref('LedgerEntry')) },
      { query: [inNext('after')] },
    ),
  },
  [`${base}/ledger/{seq}`]: {
    parameters: [inPath('seq', whole)],
    get: call('One entry (operator)', { 200: ref('LedgerEntry') }, { refusals: [404] }),
  },
  [`${base}/ledger/{seq}/erasure`]: {
    parameters: [inPath('seq', whole)],
    post: call(
      "Take an entry's salt and payload away, and what is public of it, its reason too; the chain still verifies (operator). Items must be withdrawn before",
      { 201: ref('Written') },
      { body: object({ reason }, CLOSED), conditional: true, refusals: [404, 409, 422] },
    ),
  },
};

/** The paths agencies and the operator write by. */
export const staffPaths: Readonly<Record<string, Schema>> = {
  [`${base}/statistics/{date}`]: {
    parameters: [inPath('date', ref('CivilDate'))],
    get: call('The figures of a day as they are kept now', { 200: dayState }, { refusals: [404, 409] }),
    put: call(
      'Set the named figures of a day; others stay. Changing a published figure needs a reason',
      { 200: ref('Written') },
      {
        body: object({ values: figures, 'reason?': reason }, CLOSED),
        conditional: true,
        refusals: [404, 409, 422],
      },
    ),
  },
  ...Object.fromEntries(COLLECTIONS.flatMap(collectionPaths)),
  [`${base}/site`]: {
    get: call('The settings as they are kept now', { 200: ref('Site') }, { refusals: [404] }),
    put: call(
      'Replace the settings (operator)',
      { 200: ref('Written') },
      { body: closed(ref('Site')), conditional: true, refusals: [422] },
    ),
  },
  [`${base}/import`]: {
    post: call(
      'Many figures or items at once, all or nothing (operator). 200: a dry run, or nothing to change',
      { 200: ref('Written'), 201: ref('Written') },
      { body: { oneOf: [importFigures, ...COLLECTIONS.map(importItems)] }, refusals: [409, 422] },
    ),
  },
  ...keyPaths,
  [`${base}/status`]: { get: call('The release, what is pending, the last error', { 200: status }) },
  [`${base}/whoami`]: {
    get: call('Who this key is', {
      200: object({ key: text, role: { enum: ['operator', 'publisher'] }, agency: text }),
    }),
  },
  ...ledgerPaths,
  [`${base}/tick`]: {
    post: call('Publish what is due (operator); the cron trigger does it each minute', { 200: status }),
  },
};
