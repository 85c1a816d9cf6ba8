import { keysOf } from './entries.ts';

/** A sentence for each CLDR plural form that a language has. */
type Plural = { readonly other: string } & { readonly [F in Intl.LDMLPluralRule]?: string };

/** What a message says besides its code: places, values, counts. Names are those of the placeholders. */
export type Params = { readonly [name: string]: string | number };

/** Something to know about a change that is no fault. `id` names the note within its answer. */
export type Note = {
  readonly id: string;
  readonly code: MessageCode;
  readonly params: Params;
  readonly detail: string;
};

/**
 * The messages of a language. `{name}` stands for a parameter. `places` begin a message that has a row: of a date, of
 * another cell, of a whole row; `count` is how many places it holds for, `row` and `column` name the first.
 */
export type Messages = {
  readonly places: { readonly [place in 'date' | 'cell' | 'row']: Plural };
  readonly sentences: { readonly [code in MessageCode]: string };
};

/** The English messages. The other languages are in `client/strings`. */
export const enMessages = {
  places: {
    date: {
      one: 'row {row}, column {column}: ',
      other: '{count} dates like this, the first in row {row}, column {column}: ',
    },
    cell: {
      one: 'row {row}, column {column}: ',
      other: '{count} cells like this, the first in row {row}, column {column}: ',
    },
    row: { one: 'row {row}: ', other: '{count} rows like this, the first is row {row}: ' },
  },
  sentences: {
    'file-empty': 'the file has no rows',
    'file-no-header':
      'the first row holds “{cell}”, but no row names the date and a metric: write the word date, and ids or labels of metrics ({ids})',
    'file-no-date': 'no column is named date',
    'file-two-dates': '“{cell}” is a second column of dates',
    'file-open-quote': 'a quotation mark is opened and never closed',
    'file-too-long': 'the file has more rows than the site has days, {most}: a day may be in it twice',
    'file-too-wide': 'the header has {columns} columns, at most {most} can be read',
    'column-unknown': '“{cell}” is not a metric of this site: write one of {ids}',
    'column-unnamed': 'the column has values but no name',
    'column-twice': '“{cell}” names {metric}, and so does column {other}',
    'column-ambiguous': '“{cell}” is the label of {ids}: write the id',
    'row-too-long':
      'the row is longer than the header ({cells} cells, not {columns}): a number with a comma needs quotation marks',
    'row-too-short': 'the row is shorter than the header ({cells} cells, not {columns})',
    'date-missing': 'the row has values but no date',
    'date-unreadable': '“{cell}” is not a date that can be read: write it as {form}',
    'date-ambiguous':
      '“{cell}” can be {first} or {second}: write dates as YYYY-MM-DD, or say dates=dmy or dates=mdy',
    'date-mixed':
      '“{cell}” and “{other}” are written in two ways, so a program may have swapped day and month: write YYYY-MM-DD, or say dates=dmy or dates=mdy',
    'date-twice': '{date} is in row {other} too',
    'date-before-first': 'the date {date} is before the site’s first date, {first}',
    'date-after-today': 'the date {date} is after the site’s today, {today}',
    'number-unreadable': '“{cell}” is not a number',
    'number-thousands':
      '“{cell}” has a sign between thousands: write it without, or say thousands=comma, dot, space or apostrophe',
    'number-decimal-comma': '“{cell}” has a comma: write a point before decimals, or say decimal=comma',
    'number-decimals': '“{cell}” has more decimals ({has}) than {metric} can have ({decimals})',
    'number-negative':
      '“{cell}” is less than 0, and {metric} counts what happened on a day: to change a total by itself, POST remarks with kind restatement',
    'number-too-small': '“{cell}” is less than {least}, the least that {metric} can be',
    'number-too-large': '“{cell}” is more than {most}, the most that {metric} can be',
    'total-alone':
      'from {date} on, {metric} is given ({given}) where {of} is not reported: leave the column out',
    'total-differs':
      'from {date} on, {metric} ({given}) is not the sum of the figures ({sum}): leave the column out, it is worked out',
    'total-negative':
      'makes the total {metric} negative on {date}: correct or withdraw the remark that takes too much off, or restate the total of that day, first',
    'total-too-large': 'makes the total {metric} larger than {most}',
    'next-word-past': 'must be in the future: the time now is {now}',
    'metric-unknown': 'is not a metric of this site',
    'metric-derived':
      'is derived from {of} and can’t be entered: to change a total by itself, POST remarks with kind restatement',
    'value-negative': 'must not be negative: to change a total by itself, POST remarks with kind restatement',
    'value-unreadable': 'must be a number, or null',
    'value-decimals': 'must have at most {decimals} decimals',
    'value-too-small': 'must be at least {least}',
    'value-too-large': 'must be at most {most}',
    'reason-required': 'is required to change public figures: {figures}',
    'earlier-reading':
      '{metrics} of {date}: a reading of a later hour is there and stays the figure of the day, this earlier one is kept in the ledger',
    'nothing-changes': 'nothing changes: every figure is already as given here',
    'cells-empty': 'empty cells change nothing; the site has figures for some of them: {count}',
    'columns-ignored': 'these columns are not read: {columns}',
    'columns-foreign': 'these columns belong to other agencies and hold what the site has: {columns}',
    'totals-derived': 'totals are worked out again: {metrics}; the file has what they were, from {date} on',
    'dates-read': 'dates are read as {form}: “{cell}” is {date}',
    'numbers-read': 'numbers are read as {form}',
    'numbers-rounded':
      'a program may have rounded numbers such as 7.52E+02 ({count} in the file), the first in row {row}, column {column}',
    'reason-needed': 'this changes public figures ({count}), so it will need a reason',
  },
} as const;

/** What a message is about. A code stays as it is: clients choose their words by it. */
export type MessageCode = keyof (typeof enMessages)['sentences'];

/** All codes. */
export const MESSAGE_CODES: readonly MessageCode[] = keysOf(enMessages.sentences);

/** Notes whose sentence counts by itself. */
const WITHOUT_PLACE: ReadonlySet<MessageCode> = new Set(['numbers-rounded', 'cells-empty', 'reason-needed']);

/**
 * A message in the words of a language.
 * @param show writes a parameter, so that a language from right to left can isolate it
 */
export function messageText(
  { places, sentences }: Messages,
  language: string,
  { code, params }: { readonly code: MessageCode; readonly params: Params },
  show: (value: string | number) => string = String,
): string {
  const fill = (sentence: string) =>
    sentence.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = params[name];
      return value === undefined ? whole : show(value);
    });
  const place = params.row === undefined || WITHOUT_PLACE.has(code) ? undefined : placeOf(code, params);
  if (!place) return fill(sentences[code]);
  const { count = 1 } = params;
  const plural: Plural = places[place];
  const before = plural[new Intl.PluralRules(language).select(Number(count))] ?? plural.other;
  return fill(before) + fill(sentences[code]);
}

const placeOf = (code: MessageCode, { column }: Params): keyof Messages['places'] =>
  column === undefined ? 'row' : code.startsWith('date-') ? 'date' : 'cell';

/** A note, in English. There is one note of a code in an answer, unless `id` tells them apart. */
export const noteOf = (code: MessageCode, params: Params = {}, id: string = code): Note => ({
  id,
  code,
  params,
  detail: messageText(enMessages, 'en', { code, params }),
});
