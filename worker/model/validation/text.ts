import * as v from 'valibot';
import { exactObject, plainObject } from './exact-object.ts';
import { jsonForm } from './json-form.ts';
import { checkNew } from './known-texts.ts';
import { says } from './says.ts';
import { firstInvisible, isVisible } from './visible-text.ts';

/** A text in one or more of the site's languages. A missing one falls back to the default language. */
export type Texts = { readonly [language: string]: string };

/** Largest length of a title, a body and a reason, in code points, which JSON Schema's `maxLength` counts too. */
export const MAX_TITLE = 300;
export const MAX_BODY = 50_000;
export const MAX_REASON = 1_000;

// No browser shows control characters, so texts may not contain them, except tab and newline. C1 controls and lone
// surrogates are not text either (Unicode 16, §23.1 and §23.6).
// biome-ignore lint/suspicious/noControlCharactersInRegex: this pattern exists to find control characters
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;

// Names of the control characters from U+0000 on, and of those from U+007F on:
// https://www.unicode.org/Public/UCD/latest/ucd/NameAliases.txt
const NAMES =
  'NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'.split(
    ' ',
  );
const LATE_NAMES =
  'DEL PAD HOP BPH NBH IND NEL SSA ESA HTS HTJ VTS PLD PLU RI SS2 SS3 DCS PU1 PU2 STS CCH MW SPA EPA SOS SGC SCI CSI ST OSC PM APC'.split(
    ' ',
  );

/** The first control character of a text: its code, its name and its position, counted in characters from 1. */
function firstControl(text: string) {
  const index = text.search(CONTROL);
  const code = text.charCodeAt(index);
  const name = NAMES[code] ?? LATE_NAMES[code - 0x7f];
  return {
    character: `U+${code.toString(16).toUpperCase().padStart(4, '0')} (${name})`,
    position: countCharacters(text.slice(0, index)) + 1,
  };
}

/**
 * Schema of one text: at most `max` characters, not blank, no control characters or lone surrogates. A title, or another
 * text of at most `MAX_TITLE`, has no invisible characters either, except where they are a part of the writing: titles reach
 * tabs, search results and messengers, where nothing isolates them. The text is stored as sent, except that CRLF, which text
 * areas and Windows send, becomes LF: readers see no difference. It is not normalized: NFC would replace letters of names.
 * @param olderMax the bound before, if it was higher: a stored text may stay as long as that
 */
export const line = (max: number, olderMax = max) =>
  v.pipe(
    v.string(says('text-expected')),
    // Before any work on the text, because a transformation ends a parse that has issues. A character has at most two
    // UTF-16 units, and CRLF becomes one.
    v.check(
      (s) => s.length <= 2 * olderMax,
      (issue) => tooLong(String(issue.input), max),
    ),
    v.transform((s) => s.replace(/\r\n?/g, '\n')),
    v.check((s) => s.trim() !== '', says('text-empty')),
    checkNew((s) => (s.trim() === '' || isVisible(s) ? null : says('text-empty'))),
    v.check(
      (s) => isWithin(s, olderMax),
      (issue) => tooLong(String(issue.input), max),
    ),
    checkNew((s) => (isWithin(s, max) || !isWithin(s, olderMax) ? null : tooLong(s, max))),
    v.check(
      (s) => !CONTROL.test(s),
      (issue) => says('text-control', firstControl(String(issue.input))),
    ),
    v.check((s) => s.isWellFormed(), says('text-surrogate')),
    checkNew((s) => (max <= MAX_TITLE && isVisible(s) ? invisibleFault(s) : null)),
    jsonForm({ minLength: 1, maxLength: max }),
  );

function invisibleFault(text: string): string | null {
  const found = firstInvisible(text);
  return found === null ? null : says('text-invisible', found);
}

const isWithin = (text: string, max: number): boolean => text.length <= max || countCharacters(text) <= max;

const tooLong = (text: string, max: number): string =>
  says('text-too-long', { most: max, has: countCharacters(text) });

function countCharacters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/**
 * Schema of a text in the site's languages: the default language is required, the site's other languages are optional.
 * @param olderMax as in `line`
 */
export const textsIn = (
  languages: readonly string[],
  defaultLanguage: string,
  max: number,
  olderMax = max,
) => {
  const text = line(max, olderMax);
  const entries = Object.fromEntries(
    languages.map((tag) => [tag, tag === defaultLanguage ? text : v.exactOptional(text)]),
  );
  // A text alone is what people send: the fault shows the form, not only that this is none.
  const form = JSON.stringify({ [defaultLanguage]: '…' });
  return v.pipe(
    v.custom<Record<string, unknown>>((input) => v.is(plainObject, input), says('texts-expected', { form })),
    exactObject(entries),
    v.transform((texts) => texts as Texts),
    // Only new texts must have the default language: an answer may hold a text from before a change of the languages.
    jsonForm(
      {
        required: [],
        minProperties: 1,
        additionalProperties: { type: 'string' },
        description: `One text by language, at most ${max} characters each. A text that is sent must have ${defaultLanguage}, and only the languages listed here; a missing language falls back to ${defaultLanguage}.`,
      },
      `Texts${max}`,
    ),
  );
};

/** Gives the schema of a text in a site's languages, of at most `max` characters in each. */
export type TextsSchema = (max: number) => ReturnType<typeof textsIn>;

/** A text in its plural forms (CLDR), by language. A form may be missing. */
export type PluralTexts = {
  readonly [language: string]: { readonly [form in Intl.LDMLPluralRule]?: string };
};

/** Schema of a text in plural forms. All languages and forms are optional. */
export const pluralTextsIn = (languages: readonly string[], max: number) => {
  const form = v.exactOptional(line(max));
  const forms = exactObject({ zero: form, one: form, two: form, few: form, many: form, other: form });
  return v.pipe(
    exactObject(Object.fromEntries(languages.map((tag) => [tag, v.exactOptional(forms)]))),
    v.transform((texts) => texts as PluralTexts),
  );
};

/**
 * The text for a reader of `language`, and the language of that text: if the two differ, mark the text with `lang`.
 */
export function textIn(
  texts: Texts,
  language: string,
  defaultLanguage: string,
): { readonly text: string; readonly language: string } {
  const own = texts[language];
  if (own !== undefined) return { text: own, language };
  const fallback = texts[defaultLanguage];
  if (fallback !== undefined) return { text: fallback, language: defaultLanguage };
  const [first] = Object.entries(texts);
  return first ? { text: first[1], language: first[0] } : { text: '', language };
}
