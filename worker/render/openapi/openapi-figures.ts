import { ref } from './json-schema.ts';
import { integer, list, object, orNull, text } from './schema-parts.ts';

/** `live.json`. */
export const live = object({
  release: integer,
  publishedAt: ref('Instant'),
  figures: {
    type: 'object',
    description: 'By metric: the date of the last reported value, and the value.',
    additionalProperties: {
      type: 'array',
      prefixItems: [orNull('string'), orNull('integer')],
      minItems: 2,
      maxItems: 2,
    },
  },
  old: {
    type: 'object',
    description:
      'By metric whose last reported value is older than twice the usual interval of its reports: its age in days, on the day of `publishedAt` at the site.',
    additionalProperties: integer,
  },
  breaking: { ...list(text), description: 'Ids of the breaking news.' },
  poll: { ...integer, description: 'Seconds to wait before asking again.' },
});

const missing = {
  missingDays: {
    ...integer,
    description:
      'Days since the first figure on which none was reported: if any, the total is a lower bound.',
  },
  'missingText?': text,
};

const textOrNull = orNull('string');

/** `figures/{language}.json`. */
export const figures = object({
  release: integer,
  publishedAt: ref('Instant'),
  language: text,
  locale: { ...text, description: 'Numbers and dates are written by `Intl` with this locale.' },
  today: { ...ref('CivilDate'), description: 'The day at the site, from which ages count.' },
  date: { ...orNull('string'), description: 'The newest date of all figures.' },
  dateText: textOrNull,
  figures: list(
    object({
      metric: text,
      kind: { enum: ['flow', 'level', 'total'] },
      label: text,
      'labelLanguage?': { ...text, description: 'Set if the text is in another language than the document.' },
      'unit?': text,
      'unitLanguage?': text,
      value: orNull('number'),
      text: textOrNull,
      date: { ...orNull('string'), description: 'The date of `value`.' },
      dateText: textOrNull,
      state: {
        enum: ['reported', 'not-reported', 'late', 'paused', 'never'],
        description:
          'reported: on the newest date of all figures. not-reported: `value` is of an earlier date. late: the next one was due, and has not come. paused: its agency says that nothing is reported now. never: there is no figure yet.',
      },
      'late?': {
        ...object({ date: ref('CivilDate'), dueAt: ref('Instant') }),
        description: 'The newest figure that was due and has not come.',
      },
      'at?': { ...text, description: 'The hour that the figure was read at, in the zone of the site.' },
      'provisionalUntil?': { ...ref('CivilDate'), description: 'The last day on which it may still change.' },
      'note?': text,
      'noteLanguage?': text,
      'truncated?': { ...list({ const: 'note' }), description: 'The note is cut or left out.' },
      'unknownSince?': {
        ...ref('CivilDate'),
        description:
          'Of a total: nobody knows it from this date on, because its figures add up to less than 0.',
      },
      'ageDays?': {
        ...integer,
        description: 'Set if the figure is older than twice the usual interval of its reports.',
      },
      'ageText?': text,
      change: {
        description: 'The difference from the day before; null if that day was not reported.',
        anyOf: [object({ value: { type: 'number' }, text }), { type: 'null' }],
      },
      'missingDays?': missing.missingDays,
      'missingText?': text,
      total: {
        description: 'Of a flow: its running total on the same date.',
        anyOf: [
          object({
            metric: text,
            label: text,
            'labelLanguage?': text,
            value: { type: 'number' },
            text,
            ...missing,
          }),
          { type: 'null' },
        ],
      },
      average: {
        description: 'Of a flow: the mean of a day of the seven days to `date`; null for other kinds.',
        anyOf: [
          object({
            value: orNull('number'),
            text: textOrNull,
            'why?': {
              enum: ['days-missing', 'break'],
              description: 'Why there is none: a day was not reported, or the way of counting changed.',
            },
            'reportedDays?': { ...integer, description: 'How many of the seven days were reported.' },
          }),
          { type: 'null' },
        ],
      },
      url: { ...text, description: 'The address of its definition and latest value.' },
    }),
  ),
  'truncated?': {
    ...list({ enum: ['figures', 'breaking'] }),
    description: 'The lists that lost their last items.',
  },
  breaking: list(
    object({
      id: text,
      title: text,
      'titleLanguage?': text,
      until: ref('Instant'),
      untilText: text,
      url: text,
    }),
  ),
});
