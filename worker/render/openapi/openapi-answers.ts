import { type Collection, contentName } from '../../model/collections/registry.ts';
import { NAMED_KINDS } from '../../model/named-contacts.ts';
import { RIGHTS } from '../../model/rights.ts';
import type { AnswerName } from '../../model/staff/call-spec.ts';
import { METRIC_SCOPE, SCOPES } from '../../model/staff/scope.ts';
import { ref, type Schema } from './json-schema.ts';
import { boolean, integer, list, object, orNull, text } from './schema-parts.ts';

/** The schema of each answer of a staff call. */
export type AnswerSchemas = { readonly [N in AnswerName]: Schema };

/**
 * The schemas of the answers of staff calls.
 * @param collection the collection of the items in the answers; null if they have no items
 */
export function answerSchemas(collection: Collection | null): AnswerSchemas {
  const item = itemState(collection);
  return {
    WriteReceipt: ref('WriteReceipt'),
    KeyReceipt: {
      allOf: [ref('WriteReceipt'), object({ agency: text, role, ...keyLimits, 'key?': text, 'note?': text })],
    },
    Day: day,
    Today: {
      allOf: [
        day,
        object({
          weekday: { ...words, description: 'Of the date, by language.' },
          timeZone: text,
          yesterday: day,
          lastWeek: { ...day, description: 'The same weekday a week before.' },
          metrics: reportable,
          due: {
            ...list(object({ metric: text, dueAt: ref('Instant') })),
            description: 'Which of these are due on the day, and when.',
          },
        }),
      ],
    },
    DayList: listOf(day),
    Item: item,
    ItemList: listOf(item),
    Site: ref('Site'),
    Key: keyState,
    KeyList: listOf(keyState),
    LedgerEntry: ref('LedgerEntry'),
    LedgerList: listOf(ref('LedgerEntry')),
    Status: status,
    Caller: object({
      key: text,
      role: { enum: ['operator', 'publisher'] },
      agency: text,
      may: list({ enum: RIGHTS }),
      metrics: reportable,
      'scope?': scope,
      'expires?': ref('Instant'),
    }),
  };
}

const listOf = (item: Schema): Schema => object({ items: list(item), next: orNull('string') });

const role: Schema = { enum: ['publisher'] };

const scope = list({ anyOf: [{ enum: SCOPES }, { type: 'string', pattern: METRIC_SCOPE.source }] });

const keyLimits = { 'scope?': scope, 'label?': text, 'expires?': ref('Instant') };

const figures: Schema = {
  type: 'object',
  description: 'By metric; null is "not reported".',
  additionalProperties: orNull('number'),
};

const day = object({
  id: ref('CivilDate'),
  version: integer,
  values: figures,
  'facts?': {
    type: 'object',
    description: 'By metric: what is known of the figure beside its number.',
    additionalProperties: ref('Facts'),
  },
});

const words: Schema = { type: 'object', additionalProperties: text };

const reportable: Schema = { ...list(text), description: 'The metrics that this key may report.' };

const status = object({
  release: { ...orNull('integer'), description: 'The last published release.' },
  pending: boolean,
  lastError: { anyOf: [object({ at: ref('Instant'), detail: text }), { type: 'null' }] },
  entries: { ...integer, description: 'Entries of the ledger.' },
  signed: { ...boolean, description: 'Whether releases are signed.' },
  'faults?': {
    ...list(object({ what: text, at: ref('Instant'), detail: text })),
    description: 'What cannot be rendered or is too large: a path or an item, since when, and why.',
  },
  'fallbacks?': {
    ...list(object({ setting: { enum: NAMED_KINDS }, contact: text, detail: text })),
    description: 'Contacts that the settings choose but that readers cannot see in their place.',
  },
  'over?': {
    ...list(object({ what: text, 'of?': text, limit: integer, is: integer })),
    description:
      'What is over a limit of the settings: nothing of it is taken back, but no more is accepted.',
  },
});

const keyState = object({
  id: text,
  version: integer,
  agency: text,
  role,
  ...keyLimits,
  createdAt: ref('Instant'),
  'lastUsedAt?': { ...ref('Instant'), description: 'The hour in which the key was last used.' },
  'revokedAt?': ref('Instant'),
});

const itemState = (collection: Collection | null): Schema =>
  object({
    id: text,
    version: integer,
    state: { enum: ['published', 'withdrawn'] },
    agency: text,
    createdAt: ref('Instant'),
    updatedAt: ref('Instant'),
    publishedAt: ref('Instant'),
    content: {
      anyOf: [
        ...(collection ? [ref(contentName(collection))] : []),
        { type: 'null', description: 'Erased.' },
      ],
    },
    'withdrawal?': object({ at: ref('Instant'), 'reason?': { ...text, description: 'Not set: erased.' } }),
  });
