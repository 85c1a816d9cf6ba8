import { DATE_FORMS } from '../../model/figures-file/date-forms.ts';
import { MESSAGE_CODES } from '../../model/messages.ts';
import { NOTE_CODES } from '../../model/plausibility/note.ts';
import { ref, type Schema } from './json-schema.ts';
import { integer, list, object, orNull, text } from './schema-parts.ts';

/** The parameters of a message. */
export const messageParams: Schema = {
  type: 'object',
  description: 'What the message says besides its code, such as the row and column of a cell.',
  additionalProperties: { type: ['string', 'number'] },
};

const given = { ...orNull('number'), description: 'null is "not reported".' };

/** What answers to changes of figures say. A dry run shows more. */
export const figureChanges = {
  'dryRun?': { const: true, description: 'Nothing was changed.' },
  'figures?': { ...integer, description: 'Of an import: how many figures change.' },
  'first?': { ...ref('CivilDate'), description: 'Of an import: the first date in the file.' },
  'last?': ref('CivilDate'),
  'changes?': {
    ...list(object({ date: ref('CivilDate'), metric: text, was: given, now: given, 'facts?': ref('Facts') })),
    description: 'Of a dry run: the first 200 changes.',
  },
  'moreChanges?': { ...integer, description: 'How many changes are not listed.' },
  'totals?': {
    ...list(object({ metric: text, date: orNull('string'), was: given, now: given })),
    description: 'Of a dry run: the totals of the changed flows, on the last day.',
  },
  'unknownTotals?': {
    ...list(object({ metric: text, date: ref('CivilDate') })),
    description:
      'Of an erasure: the totals that nobody knows from a date on, because what is left adds up to less than 0.',
  },
  'notes?': {
    ...list(ref('Note')),
    description: 'What to know about the change that is no fault, and what it would be asked about.',
  },
  'file?': {
    anyOf: [
      object({
        separator: text,
        header: { ...integer, description: 'The row of the header.' },
        columns: {
          type: 'object',
          description: 'What each column is, by its letters.',
          additionalProperties: text,
        },
        dates: { enum: DATE_FORMS, description: 'How the dates are written.' },
        decimal: { enum: ['dot', 'comma'] },
      }),
      { type: 'null' },
    ],
    description: 'Of a dry run: how the file was read.',
  },
};

/** What to know about a change of figures. */
export const note = object(
  {
    id: { ...text, description: 'The same for the same doubt about the same figures.' },
    code: { enum: [...NOTE_CODES, ...MESSAGE_CODES] },
    'metric?': {
      ...orNull('string'),
      description: 'Of a doubt. null: several figures, named in `params`.',
    },
    'date?': { ...ref('CivilDate'), description: 'Of a doubt.' },
    params: { type: 'object', description: 'What `detail` says, as data.' },
    detail: { ...text, description: 'In English.' },
  },
  { description: 'Why new figures may be wrong, or what else to know about a change.' },
);
