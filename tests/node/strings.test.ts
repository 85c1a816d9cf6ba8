import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ar } from '../../client/strings/ar.ts';
import { en } from '../../client/strings/en.ts';
import { pageLanguage, STRINGS_TAGS } from '../../client/strings/languages.ts';
import { MESSAGES, messageIn } from '../../client/strings/messages.ts';
import { NOTE_SENTENCES } from '../../client/strings/note-sentences.ts';
import { COLLECTIONS, hasPermalinks } from '../../worker/model/collections/registry.ts';
import {
  enMessages,
  MESSAGE_CODES,
  NUMBER_PARAMS,
  paramNames,
  type Sentence,
} from '../../worker/model/messages.ts';
import { SECTIONS } from '../../worker/model/path.ts';
import { codeFiles } from '../tree.ts';
import { CONTENT_EXAMPLES } from '../worker/content-examples.ts';

const SOURCES = ['client/page', 'client/islands', 'worker'];
const source = SOURCES.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8')),
).join('\n');

/** Keys that the code joins from a start and an end: the possible ends of each start. */
const JOINED_KEYS: { readonly [start: string]: readonly string[] } = {
  change: ['edit', 'withdrawal'],
  data: ['flow', 'level', 'total'],
  field: ['replaces', 'amount', ...Object.values(CONTENT_EXAMPLES).flatMap(({ full }) => Object.keys(full))],
  kind: [
    ...['adjustment', 'restatement', 'break', 'problem', 'pause'],
    ...['hotline', 'fund', 'agency', 'other'],
  ],
  remark: ['pause', 'problem'].flatMap((kind) =>
    ['', 'Span', 'Ahead', 'SpanAhead'].map((tense) => `${kind}${tense}`),
  ),
  state: ['decided', 'starts', 'in-force', 'ended', 'replaced'],
  withdrawn: ['when', 'why', ...COLLECTIONS.filter(hasPermalinks)],
};

it('the interface has no string that nothing uses', () => {
  const starts = [...source.matchAll(/`(\w+)\.\$\{/g)].flatMap(([, start]) => start ?? []);
  expect(new Set(starts)).toEqual(new Set(Object.keys(JOINED_KEYS)));
  const used = new Set<string>(SECTIONS);
  for (const [start, ends] of Object.entries(JOINED_KEYS))
    for (const end of ends) used.add(`${start}.${end}`);
  // Code names a key in quotation marks, or as a property if the key is one word.
  for (const [, quoted, word] of source.matchAll(/["']([\w.-]+)["']|strings\.(\w+)/g))
    used.add(quoted?.includes('.') ? quoted : (word ?? ''));
  expect(Object.keys(ar).filter((key) => !used.has(key))).toEqual([]);
});

it('every string has the punctuation of its language', () => {
  const textsOf = (strings: object): readonly string[] =>
    Object.values(strings).flatMap((text) => (typeof text === 'string' ? text : Object.values(text)));
  for (const text of textsOf(ar)) expect(text).not.toMatch(/[,;?"'“”‘’]| [،؛؟:.]| {2}/);
  for (const text of textsOf(en)) expect(text).not.toMatch(/[\u0600-\u06ff«»"']| [,;?:.]| {2}/);
});

it('every file of strings is a language', () => {
  const files = readdirSync('client/strings').flatMap((file) => /^(\w{2,3})\.ts$/.exec(file)?.[1] ?? []);
  expect(files.sort()).toEqual([...STRINGS_TAGS].sort());
});

it('every plural has all forms of its language', () => {
  for (const tag of STRINGS_TAGS)
    for (const [key, plural] of Object.entries(pageLanguage(tag).strings)) {
      if (typeof plural === 'string') continue;
      const { pluralCategories } = new Intl.PluralRules(tag).resolvedOptions();
      expect(Object.keys(plural).sort(), key).toEqual([...pluralCategories].sort());
    }
});

const placeholders = (text: string) =>
  new Set([...text.matchAll(/\{(\w+)(?:\|or)?\}/g)].map(([, name]) => name));

/** The texts of a sentence: one, or one for each plural form and, if that is another, for zero. */
const textsIn = (sentence: Sentence): readonly string[] => {
  if (typeof sentence === 'string') return [sentence];
  const { by: _, ...forms } = sentence;
  return Object.values(forms);
};

it('every message of the staff endpoint has a sentence in every language, with no parameter that English lacks', () => {
  expect(Object.keys(MESSAGES).sort()).toEqual([...STRINGS_TAGS].sort());
  for (const [tag, { places, sentences }] of Object.entries(MESSAGES)) {
    expect(Object.keys(sentences).sort(), tag).toEqual(Object.keys(enMessages.sentences).sort());
    const { pluralCategories } = new Intl.PluralRules(tag).resolvedOptions();
    for (const plural of Object.values(places))
      expect(Object.keys(plural).sort(), tag).toEqual([...pluralCategories].sort());
    for (const code of MESSAGE_CODES) {
      const sentence: Sentence = sentences[code];
      const known = new Set([...paramNames(code), 'count']);
      for (const text of textsIn(sentence)) {
        expect(
          [...placeholders(text)].filter((name) => !known.has(name ?? '')),
          `${tag} ${code}`,
        ).toEqual([]);
        expect(text, code).not.toMatch(
          // An apostrophe within a word may be either: outside programs know the older details by theirs.
          tag === 'ar' ? /[,;?"'“”‘’]| [،؛؟:.]| {2}/ : /[\u0600-\u06ff«»"]|(?<!\w)'|'(?!\w)| [,;?:.]| {2}/,
        );
      }
      if (typeof sentence === 'string') continue;
      const { by, '=0': __, ...forms } = sentence;
      expect(NUMBER_PARAMS, code).toContain(by);
      expect(Object.keys(forms).sort(), `${tag} ${code}`).toEqual([...pluralCategories].sort());
    }
  }
});

it('every code is in small letters, and each parameter is a text or a number, whatever the code', () => {
  for (const code of MESSAGE_CODES) expect(code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  const texts = new Set(MESSAGE_CODES.flatMap(paramNames));
  for (const name of NUMBER_PARAMS) expect(texts).toContain(name);
});

it('no check of the Worker has a text of its own: each has a code of the table', () => {
  for (const path of codeFiles().filter((file) => /^worker\/(model|newsroom|staff|platform)\//.test(file)))
    if (!/sentences\.ts$|\/messages\.ts$/.test(path))
      expect(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'), path).not.toMatch(
        /['"`]must |detail: ['"]|v\.(number|string|boolean|check|regex|array|picklist)\([^()]*'[^()]* [^()]*'\)/,
      );
});

it('a message counts in words of its language', () => {
  const wait = (seconds: number) => ({ code: 'bad-keys' as const, params: { seconds } });
  const plain = (text: string) => text.replace(/[\u2068\u2069]/g, '');
  expect(messageIn('en', wait(10))).toMatch(/wait 10 seconds\.$/);
  expect([1, 2, 10, 60].map((seconds) => plain(messageIn('ar', wait(seconds))).split(' بعد ')[1])).toEqual([
    'ثانية واحدة',
    'ثانيتين',
    '10 ثوانٍ',
    '60 ثانية',
  ]);
  const decimals = (most: number) => ({ code: 'number-decimals-most' as const, params: { decimals: most } });
  expect([0, 1, 2].map((most) => messageIn('en', decimals(most)))).toEqual([
    'must be a whole number',
    'must have at most 1 decimal',
    'must have at most 2 decimals',
  ]);
});

it('a message says its place, and how many there are, in words of its language', () => {
  const message = (count?: number) => ({
    code: 'date-unreadable' as const,
    params: { row: 2, column: 'A', cell: '24/02/2020', form: 'YYYY-MM-DD', ...(count ? { count } : {}) },
  });
  expect(messageIn('en', message(528))).toMatch(
    /^528 dates like this, the first in row 2, column A: “24\/02\/2020” is/,
  );
  const isolated = messageIn('ar', message());
  expect(isolated).toContain('«\u206824/02/2020\u2069»');
  expect(messageIn('ar', message(2)).replace(/[\u2068\u2069]/g, '')).toMatch(
    /^تاريخان مثل هذا، أولهما في الصف 2،/,
  );
  expect(messageIn('ar', message(528)).replace(/[\u2068\u2069]/g, '')).toMatch(/^528 تاريخًا مثل هذا،/);
  expect(messageIn('fr', message())).toBe(messageIn('en', message()));
});

it('every language says of doubtful figures all that the others say', () => {
  expect(Object.keys(NOTE_SENTENCES).sort()).toEqual([...STRINGS_TAGS].sort());
  const names = (sentence: string) => new Set(sentence.match(/\{\w+\}/g));
  for (const [tag, sentences] of Object.entries(NOTE_SENTENCES))
    for (const [code, sentence] of Object.entries(sentences)) {
      const english = Object.entries(NOTE_SENTENCES.en ?? {}).find(([name]) => name === code)?.[1] ?? '';
      expect(names(sentence), `${tag} ${code}`).toEqual(names(english));
      if (tag === 'ar') expect(sentence).not.toMatch(/[,;?"'“”‘’]| [،؛؟:.]| {2}/);
    }
});
