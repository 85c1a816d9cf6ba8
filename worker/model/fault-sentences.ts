/**
 * What may be wrong in a body, by code: the English text. `{name}` stands for a parameter; see `messages.ts`. The other
 * languages are in `client/strings`.
 */
export const enFaultSentences = {
  // Of the form of a value.
  'field-required': 'is required',
  'field-unknown': 'is not a known field',
  'object-expected': 'must be an object',
  'texts-expected': 'must be texts by language, such as {form}',
  'list-expected': 'must be a list',
  'text-expected': 'must be a text',
  'boolean-expected': 'must be true or false',
  'number-expected': 'must be a number',
  'form-other': 'must be {expected}, not {received}',
  'word-unknown': 'must be one of {words}',
  'word-other': 'must be {words|or}',
  'reference-unknown': 'must be one of the {names}',
  'id-twice': 'is used twice',
  'list-too-long': 'must be at most {most} {names}',
  'list-empty': 'must name at least one {name}',
  'list-repeats': 'must not name a {name} twice',
  'weekdays-empty': 'must name a weekday',

  // Of a text.
  'text-empty': 'must not be empty',
  'text-too-long': 'must be at most {most} characters, has {has}',
  'text-control': 'must not contain the control character {character}, at character {position}',
  'text-surrogate': 'must not contain half of a surrogate pair',
  'text-invisible': 'must not contain the invisible character {character}, at character {position}',
  'text-one-line': 'must be one line',
  'markdown-steps':
    'must take at most {most} steps to parse as Markdown, takes more: use fewer or simpler quotes, lists and links',
  'markdown-too-long':
    'must become at most {most} characters of HTML, becomes {has}: use fewer marks of Markdown',
  'markdown-together':
    'must take at most {most} steps to parse as Markdown, together with the texts before it, takes more: shorten the texts of this item, or use fewer marks of Markdown',
  'address-form': 'must be an http or https address',
  'address-user': 'must not have a user part before the host',
  'address-invisible': 'must not contain invisible characters: write them in the form %E2%80%8C',
  'phone-form': 'must be a telephone number',

  // Of a date, a time or an id.
  'date-expected': 'must be a date, YYYY-MM-DD',
  'date-form': 'must be a real date, YYYY-MM-DD',
  'instant-expected': 'must be an instant',
  'instant-form': 'must be an instant with its offset, such as 2021-08-03T14:00:00Z',
  'hour-expected': 'must be an hour, HH:MM',
  'hour-form': 'must be an hour, HH:MM, from 00:00 to 23:59',
  'weekday-form': 'must be a weekday from 1, Monday, to 7, Sunday',
  'time-past': 'must be in the future: the time now is {now}',
  'time-future': 'must not be in the future: the time now is {now}',
  'date-order': 'must not be before {field}',
  'date-too-early': 'must be {first} or later',
  'time-too-early': 'must not be before {first}',
  'date-before-years':
    "must be {first} or later: at most {years} years before the site's first date, {siteFirst}",
  'date-too-late': "must be at most {days} days after the site's today, {today}",
  'id-expected': 'must be an id',
  'agency-id-expected': 'must be an agency id',
  'agency-id-form': 'must be an id of small letters, digits and hyphens',
  'id-form': 'must be an id of small letters, digits and underscores, a letter first',
  'id-reserved': 'is reserved',
  'id-of-column': 'is a column of the CSV',
  'metric-expected': 'must be a metric',
  'metric-id-form': 'must be the id of a metric',
  'item-id-form': 'must be the id of an item',
  'note-id-form': 'must be the id of a note',
  'agency-unknown': 'is not an agency of this site',

  // Of a number that is no figure of a day.
  'number-decimals-most': {
    by: 'decimals',
    '=0': 'must be a whole number',
    one: 'must have at most {decimals} decimal',
    other: 'must have at most {decimals} decimals',
  },
  'number-with-decimals': {
    by: 'decimals',
    one: 'must be a number with at most {decimals} decimal',
    other: 'must be a number with at most {decimals} decimals',
  },
  'number-whole': 'must be a whole number',
  'number-range': 'must be a whole number from {least} to {most}',
  'number-of-minutes': 'must be a whole number of minutes from {least} to {most}',
  'number-between': 'must be between {least} and {most}',
  'number-not-negative': 'must not be negative',
  'number-not-zero': 'must not be 0',

  // Of a figure with what else is known of it.
  'cell-state-value': 'has the state not-reported: its value must be null',
  'cell-provisional-value': 'is provisional: its value must be a number',
  'cell-too-large':
    'says more than {most} bytes beside its value, all languages together: shorten the note, or give it in fewer languages',
  'confirm-reason': 'is required to confirm notes: it says why the figures are right',

  // Of items.
  'replaces-itself': 'must name another decision',
  'replaces-unknown': 'there is no decision {id}',
  'replaces-foreign': 'decision {id} belongs to another agency, {agency}',
  'replaces-foreign-more':
    'decision {id} belongs to another agency, {agency}: while this decision replaces it, its title stays and its first day can only move later; leave replaces out, or ask the operator',
  'replaces-circle': 'decision {id} itself replaces {other}',
  'contact-two-addresses': 'has both website and url',
  'breaking-too-long':
    'must be at most {days} days ahead, {last} at the latest: make it longer later, or ask the operator',
  'remark-without-total': 'has no total, so there is none to change',
  'remark-which-total': 'must name one total: {ids}',
  'remark-foreign': 'is reported by {owners}, not by {agency}',
  'remark-after-today': "is after the site's today, {today}",
  'remark-before-first': "is before the site's first date, {first}",
  'remark-other-kind': 'belongs to a remark of kind {kinds|or}',
  'remark-needs-amount': 'is required for an adjustment',
  'remark-amount-or-total': 'or total is required for a restatement, not both',

  // Of the limits of the settings.
  'limit-breaking':
    'would make {has} news items that are breaking at once, and the limit is {most} (the operator sets limits.breaking): wait until one ends, or withdraw one',
  'limit-contacts':
    'would make {has} contacts, and the limit is {most} (the operator sets limits.contacts): withdraw one',
  'limit-topics':
    'would make {has} topics of the questions, and of the guidance, and the limit is {most} (the operator sets limits.topics): use one of the topics',
  'limit-topic-items':
    'would make {has} questions, or pieces of guidance, of one topic, and the limit is {most} (the operator sets limits.topicItems): withdraw one, or use another topic',
  'limit-phases':
    'would make {has} phases of the plan, and the limit is {most} (the operator sets limits.phases): withdraw one',
  'limit-remarks':
    'would make {has} remarks about figures, and the limit is {most} (the operator sets limits.remarks): withdraw some',
  'limit-share':
    'would make {has} for {agency} under limits.{limit}, and one agency may have {most}, so that others have room: withdraw one, wait until an alert ends, or ask the operator to publish it',
  'limit-item-bytes':
    'would make {has} bytes of an item’s content as JSON, all languages, and the limit is {most} (the operator sets limits.itemBytes): shorten its texts',
  'limit-agency-items':
    'would make {has} public items of one agency, and the limit is {most} (the operator sets limits.agencyItems): withdraw some',
  'limit-agency-bytes':
    'would make {has} bytes of one agency’s public items and notes of figures, and the limit is {most} (the operator sets limits.agencyBytes): withdraw or shorten some items, or some notes',

  // Of settings.
  'time-zone-expected': 'must be the IANA name of a time zone',
  'time-zone-form': 'must be the IANA name of a time zone, such as Asia/Kuwait',
  'language-expected': 'must be a language tag',
  'language-form': 'must be a language tag in small letters, such as ar',
  'language-unknown': 'must be a language tag of BCP 47, such as en-gb',
  'language-api': 'is the path of the API',
  'locale-expected': 'must be a BCP 47 locale',
  'locale-form': 'must be a BCP 47 locale, such as ar-KW-u-nu-latn',
  'origin-expected': 'must be an origin',
  'origin-form': 'must be scheme, host and port only, such as https://bulletin.example',
  'unit-form': 'must be texts by language, or percent',
  'unit-forms-alone': 'needs a unit in texts',
  'flow-expected': 'must be a metric of kind flow',
  'setting-of-flows': 'is of flows: a level has the lowest figure as its min, such as -5',
  'setting-of-levels': 'is of levels: a flow with negative figures has negative: true',
  'setting-of-reported': 'is of flows and levels: a total comes with its flow',
  'setting-of-totals': 'is of totals',
  'max-below-min': 'must not be lower than min, which is 0 if not set',
  'rule-repeats': 'is named twice in this rule',
  'metric-in-use': "{metric} has figures and can't be removed",
  'metric-kind-fixed': '{metric} has figures and must stay of kind {kind}',
  'metric-has-lower': {
    by: 'least',
    '=0': '{metric} of {date} is {value}: a figure must not be negative',
    one: '{metric} of {date} is {value}: a figure must be at least {least}',
    other: '{metric} of {date} is {value}: a figure must be at least {least}',
  },
  'metric-has-higher': '{metric} of {date} is {value}: a figure must be at most {most}',
  'metric-has-finer': {
    by: 'decimals',
    '=0': '{metric} of {date} is {value}: a figure must be a whole number from {least}, or null',
    one: '{metric} of {date} is {value}: a figure must have at most {decimals} decimal',
    other: '{metric} of {date} is {value}: a figure must have at most {decimals} decimals',
  },
  'remark-too-narrow': 'remark {id} says {value}: withdraw or correct it first',
  'remark-second-total': 'remark {id} tells the total of {metric}, which has only one',
  'agency-in-use': "{agency} has published items and can't be removed",
  'first-date-in-use': 'must be {first} or earlier: figures are reported from that date',
  'contact-unknown': 'contact {id} does not exist',
  'contact-withdrawn': 'contact {id} was withdrawn at {at}',
  'contact-kind': 'contact {id} is of kind {kind}',
  'contact-without-phone': 'contact {id} has no phone',

  // Of keys, imports and erasures.
  'scope-expected': 'must be a scope',
  'scopes-too-many': 'must be at most {most} scopes: each is named once',
  'scope-form': 'must be one of {words}, or figures: with the id of a metric',
  'scope-empty': 'must name what the key may do: read for nothing but reading',
  'scope-metric': '{metric} is not a metric that {agency} reports',
  'file-text': 'must be the text of a CSV file',
  'erasure-confirm':
    'must be true to erase more than {most}: this would erase {cells} figures and {items} items of entry {entry}',
  'erasure-no-reason': 'entry {entry} has no reason',
  'erasure-of-nothing': 'names nothing of the entry',
  'erasure-other-kind': 'entry {entry} is of kind {kind}, and has no {field}',
  'erasure-no-figure': 'entry {entry} does not have {metric} of {date}, or no longer',
  'erasure-no-item': 'entry {entry} does not have {collection} {id}, or no longer',
} as const;

/** What may be wrong in a body. */
export type FaultCode = keyof typeof enFaultSentences;
