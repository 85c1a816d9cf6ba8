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
      prefixItems: [orNull('string'), orNull('number')],
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
  late: { ...list(text), description: 'The metrics of which a figure was due and has not come.' },
  breaking: { ...list(text), description: 'Ids of the breaking news.' },
  poll: { ...integer, description: 'Seconds to wait before asking again.' },
});

const missing = {
  missingDays: {
    ...integer,
    description:
      'Days since the first figure on which none was reported, up to its date: if any, the total is a lower bound, unless figures of a day may be negative.',
  },
  'missingText?': text,
};

const textOrNull = orNull('string');

const since = { date: ref('CivilDate'), remark: { ...text, description: 'The id of the remark.' } };
const last = { ...ref('CivilDate'), description: 'The last day of it, if anybody knows it.' };

const problem = {
  description:
    'That something is wrong with the figures, by a remark that holds on the day of `publishedAt`.',
};
const parted = { description: 'The newest day from which on the metric is counted in another way.' };

/** What remarks say of a figure in `bulletin.json`. */
export const standing = {
  'problem?': object({ ...since, 'until?': last }, problem),
  'break?': object(since, parted),
};

/** `figures/{language}.json`. */
export const figures = object({
  release: integer,
  publishedAt: ref('Instant'),
  language: text,
  locale: { ...text, description: 'Numbers and dates are written by `Intl` with this locale.' },
  today: { ...ref('CivilDate'), description: 'The day at the site, from which ages count.' },
  date: {
    ...orNull('string'),
    description:
      'The day of the bulletin: the newest date of the figures that agencies report and the home page shows.',
  },
  dateText: textOrNull,
  figures: list(
    object({
      metric: text,
      kind: { enum: ['flow', 'level', 'total'] },
      label: text,
      'labelLanguage?': { ...text, description: 'Set if the text is in another language than the document.' },
      'unit?': {
        ...text,
        description: 'In the plural form that follows `text`, as units of the other numbers.',
      },
      'unitLanguage?': text,
      value: orNull('number'),
      text: textOrNull,
      date: { ...orNull('string'), description: 'The date of `value`.' },
      dateText: textOrNull,
      state: {
        enum: ['reported', 'not-reported', 'late', 'paused', 'never'],
        description:
          'reported: on `date` of the document, or later. not-reported: `value` is of an earlier date. late: the next one was due, and has not come. paused: its agency says that nothing is reported now. never: there is no figure yet.',
      },
      'late?': {
        ...object({ date: ref('CivilDate'), dueAt: ref('Instant') }),
        description: 'The newest figure that was due and has not come.',
      },
      'at?': { ...text, description: 'The hour that the figure was read at, in the zone of the site.' },
      'provisionalUntil?': { ...ref('CivilDate'), description: 'The last day on which it may still change.' },
      'note?': text,
      'noteLanguage?': text,
      'notReported?': {
        ...object({ date: ref('CivilDate'), 'text?': text }),
        description: 'The newest day after `date` for which the agency says that it has no figure.',
      },
      'problem?': object({ ...since, 'until?': last, 'text?': text }, problem),
      'break?': object({ ...since, 'text?': text }, parted),
      'unknownSince?': {
        ...ref('CivilDate'),
        description:
          'Of a total: nobody knows it from this date on, because its figures add up to less than 0.',
      },
      'truncated?': {
        ...list({ const: 'note' }),
        description: 'If the notes of all figures would make the document too large: this one is cut.',
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
        description: 'Of a flow: its running total, at the end of its own date.',
        anyOf: [
          object({
            metric: text,
            label: text,
            'labelLanguage?': text,
            value: { type: 'number' },
            text,
            'unit?': text,
            'unitLanguage?': text,
            date: ref('CivilDate'),
            dateText: text,
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
            'unit?': text,
            'unitLanguage?': text,
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
