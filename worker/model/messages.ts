import { keysOf } from './entries.ts';
import { enFaultSentences } from './fault-sentences.ts';
import { enProblemSentences } from './problem-sentences.ts';

/** A sentence for each CLDR plural form that a language has. */
type Plural = { readonly other: string } & { readonly [F in Intl.LDMLPluralRule]?: string };

/**
 * What a code says in a language. With `by`, the parameter of that name chooses the form, by the plural rules of the
 * language; `=0` is said for zero itself, where that is another sentence.
 */
export type Sentence = string | (Plural & { readonly by: string; readonly '=0'?: string });

/** What a message says besides its code: places, values, counts. Names are those of the placeholders. */
export type Params = { readonly [name: string]: string | number };

/** A code with its parameters, for clients with words of their own. */
export type Message = { readonly code: MessageCode; readonly params: Params };

/** A message with its text in English, which `coded` alone makes. */
export type Coded = Message & { readonly detail: string };

/** Something to know about a change that is no fault. `id` names the note within its answer. */
export type Note = {
  readonly id: string;
  readonly code: MessageCode;
  readonly params: Params;
  readonly detail: string;
};

/**
 * The messages of a language. `{name}` stands for a parameter, `{name|or}` for one that is a list, apart by commas. `places` begin a message that has a row: of a date, of
 * another cell, of a whole row; `count` is how many places it holds for, `row` and `column` name the first.
 */
export type Messages = {
  readonly places: { readonly [place in 'date' | 'cell' | 'row']: Plural };
  readonly sentences: { readonly [code in MessageCode]: Sentence };
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
    'file-signs-same': 'thousands and decimal name the same sign, {cell}',
    'header-unclear':
      '“{cell}” stands above “{other}”, which may mean something else: write one row of names ({ids})',
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
    'date-serial':
      '“{cell}” is {first} if days are counted since 1900, {second} if since 1904: write dates as YYYY-MM-DD, or say dates=excel1900 or dates=excel1904',
    'date-mixed':
      '“{cell}” and “{other}” are written in two ways, so a program may have swapped day and month: write YYYY-MM-DD, or say dates=dmy or dates=mdy',
    'date-twice': '{date} is in row {other} too',
    'date-before-first': 'the date {date} is before the site’s first date, {first}',
    'date-after-today': 'the date {date} is after the site’s today, {today}',
    'number-unreadable':
      '“{cell}” is not a number: write digits alone, with a point before decimals, or leave the cell empty',
    'number-signed':
      '“{cell}” has a sign that can mean several things: write - before a negative number, and no sign before others',
    'number-percent':
      '“{cell}” has a percent sign, but {metric} is not in percent: write the number that is meant',
    'cell-dash':
      '“{cell}” can be 0 or nothing reported: write 0, or the words not reported, or say dash=zero or dash=not-reported',
    'number-thousands':
      '“{cell}” has what may be a sign between thousands: write it without, or say thousands=comma, dot, space or apostrophe, or decimal=dot or comma',
    'number-shortened':
      '“{cell}” is shortened, as a spreadsheet shows a number too long for its cell: write all of its digits',
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
    'at-after-now':
      'is {at}, which is still to come: the clocks of the site show {now} on {date}. Give the hour at which the figure was read',
    'provisional-before-date':
      'is before {date}, the day of the figure: give the last day on which the number may still change',
    'provisional-past':
      'is over, because the site’s today is {today}: give the last day on which the number may still change, or leave it out of a number that is final',
    'metric-unknown': 'is not a metric of this site',
    'metric-derived':
      'is derived from {of} and can’t be entered: to change a total by itself, POST remarks with kind restatement',
    'value-negative': 'must not be negative: to change a total by itself, POST remarks with kind restatement',
    'value-unreadable': {
      by: 'decimals',
      '=0': 'must be a whole number from {least}, or null',
      one: 'must be a number with at most {decimals} decimal, from {least}, or null',
      other: 'must be a number with at most {decimals} decimals, from {least}, or null',
    },
    'value-decimals': {
      by: 'decimals',
      '=0': 'must be a whole number from {least}, or null',
      one: 'must have at most {decimals} decimal',
      other: 'must have at most {decimals} decimals',
    },
    'value-too-small': {
      by: 'least',
      '=0': 'must not be negative',
      one: 'must be at least {least}',
      other: 'must be at least {least}',
    },
    'value-too-large': 'must be at most {most}',
    'reason-required': 'is required to change public figures: {figures}',
    'earlier-reading':
      '{metrics} of {date}: a reading of a later hour is there and stays the figure of the day, this earlier one is kept in the ledger',
    'nothing-changes': 'nothing changes: the site has every figure that is given here',
    'figures-none': 'there is no figure here: below its header the file is empty, or all its cells are',
    'cells-empty': 'empty cells change nothing; the site has figures for some of them: {count}',
    'columns-ignored': 'these columns are not read: {columns}',
    'columns-foreign': 'these columns belong to other agencies and hold what the site has: {columns}',
    'totals-derived': 'totals are worked out again: {metrics}; the file has what they were, from {date} on',
    'cells-not-reported': 'cells that say that nothing is reported: {count}',
    'cells-taken-back': 'cells that take a figure back: {count}',
    'header-read': 'the names of the columns are read from rows {row} and {last}',
    'dates-read': 'dates are read as {form}: “{cell}” is {date}',
    'numbers-read': 'numbers are read as {form}',
    'numbers-rounded':
      'a program may have rounded numbers such as 7.52E+02 ({count} in the file), the first in row {row}, column {column}',
    'reason-needed': 'this changes public figures ({count}), so it will need a reason',
    ...enFaultSentences,
    ...enProblemSentences,
  },
} as const;

/** What a message is about. A code stays as it is: clients choose their words by it. */
export type MessageCode = keyof (typeof enMessages)['sentences'];

/** All codes. */
export const MESSAGE_CODES: readonly MessageCode[] = keysOf(enMessages.sentences);

/** Whether a text is a code. */
export const isMessageCode = (text: string): text is MessageCode => Object.hasOwn(enMessages.sentences, text);

/** The parameters that are numbers, whatever the code. `columns` and `other` may be either; all others are texts. */
export const NUMBER_PARAMS = [
  'burst',
  'cells',
  'count',
  'days',
  'decimals',
  'entry',
  'given',
  'has',
  'items',
  'least',
  'most',
  'position',
  'rate',
  'row',
  'seconds',
  'sum',
  'years',
] as const;

type ParamTypes = { readonly [N in (typeof NUMBER_PARAMS)[number]]: number } & {
  readonly [N in 'columns' | 'other']: string | number;
};

type NamesIn<Text> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends `${infer List}|or` ? List : Name) | NamesIn<Rest>
  : never;
type NamesOf<S> = S extends string
  ? NamesIn<S>
  : S extends { readonly by: infer By }
    ? By | NamesIn<S[Exclude<keyof S, 'by'>]>
    : never;

/** The parameters that the sentence of a code has. A count may come besides them: other languages say it. */
export type ParamsOf<Code extends MessageCode> = Code extends MessageCode
  ? {
      readonly [N in NamesOf<(typeof enMessages)['sentences'][Code]> & string]: N extends keyof ParamTypes
        ? ParamTypes[N]
        : string;
    } & { readonly count?: number }
  : never;

/** The names of the parameters in the English sentence of a code. */
export function paramNames(code: MessageCode): readonly string[] {
  const sentence: Sentence = enMessages.sentences[code];
  const { by, ...texts } = typeof sentence === 'string' ? { other: sentence } : sentence;
  const names = [...Object.values(texts).join('').matchAll(PLACEHOLDER)].flatMap(([, name]) => name ?? []);
  return [...new Set([...(by ? [by] : []), ...names])];
}

const PLACEHOLDER = /\{(\w+)(\|or)?\}/g;

/** Notes whose sentence counts by itself. */
const WITHOUT_PLACE: ReadonlySet<MessageCode> = new Set([
  'numbers-rounded',
  'cells-empty',
  'reason-needed',
  'header-read',
]);

/**
 * A message in the words of a language.
 * @param show writes a parameter, so that a language from right to left can isolate it
 */
export function messageText(
  { places, sentences }: Messages,
  language: string,
  { code, params }: Message,
  show: (value: string | number) => string = String,
): string {
  const fill = (sentence: string) =>
    sentence.replace(PLACEHOLDER, (whole, name: string, isList?: string) => {
      const value = params[name];
      if (value === undefined) return whole;
      return isList ? orList(String(value).split(', ').map(show), language) : show(value);
    });
  const place = params.row === undefined || WITHOUT_PLACE.has(code) ? undefined : placeOf(code, params);
  const sentence = fill(sentenceFor(sentences[code], language, params));
  if (!place) return sentence;
  return fill(pluralFor(places[place], language, params.count ?? 1)) + sentence;
}

// Without a comma before "or", as the English texts are written.
const orList = (items: readonly string[], language: string): string =>
  new Intl.ListFormat(language === 'en' ? 'en-GB' : language, { type: 'disjunction' }).format(items);

function sentenceFor(sentence: Sentence, language: string, params: Params): string {
  if (typeof sentence === 'string') return sentence;
  const count = params[sentence.by] ?? 0;
  return (count === 0 ? sentence['=0'] : undefined) ?? pluralFor(sentence, language, count);
}

const pluralFor = (plural: Plural, language: string, count: string | number): string =>
  plural[new Intl.PluralRules(language).select(Number(count))] ?? plural.other;

const placeOf = (code: MessageCode, { column }: Params): keyof Messages['places'] =>
  column === undefined ? 'row' : code.startsWith('date-') ? 'date' : 'cell';

/** A note, in English. There is one note of a code in an answer, unless `id` tells them apart. */
export const noteOf = (code: MessageCode, params: Params = {}, id: string = code): Note => ({
  id,
  code,
  params,
  detail: messageText(enMessages, 'en', { code, params }),
});
