import * as v from 'valibot';
import { exactObject } from './exact-object.ts';
import { jsonForm } from './json-form.ts';

/** A text in one or more of the site's languages. A missing one falls back to the default language. */
export type Texts = { readonly [language: string]: string };

/** Longest title, body and reason, in characters: code points, as JSON Schema's `maxLength` counts. */
export const MAX_TITLE = 300;
export const MAX_BODY = 50_000;
export const MAX_REASON = 1_000;

// Control characters are refused because no reader shows them; tab and newline are writing. C1 controls and lone surrogates
// are no text either (Unicode 16, §23.1 and §23.6).
// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing control characters is what this is for
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;

// Names of the control characters from U+0000 on: https://www.unicode.org/charts/PDF/U0000.pdf
const NAMES =
  'NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'.split(
    ' ',
  );

/** The first control character of a text by name, and which character it is, from 1. */
function controlIn(text: string): string {
  const at = text.search(CONTROL);
  const code = text.charCodeAt(at);
  const name = NAMES[code] ?? (code === 0x7f ? 'DEL' : 'a C1 control');
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')} (${name}), at character ${characters(text.slice(0, at)) + 1}`;
}

/**
 * Schema of one text: at most `max` characters, not blank, no control characters or lone surrogates. Kept as written, but
 * that lines end in LF: text areas and Windows send CRLF, which no reader tells from it.
 */
export const line = (max: number) =>
  v.pipe(
    v.string('must be a text'),
    v.transform((s) => s.replace(/\r\n?/g, '\n')),
    v.check((s) => s.trim() !== '', 'must not be empty'),
    v.check(
      (s) => s.length <= max || characters(s) <= max,
      (issue) => `must be at most ${max} characters, has ${characters(String(issue.input))}`,
    ),
    v.check(
      (s) => !CONTROL.test(s),
      (issue) => `must not hold the control character ${controlIn(String(issue.input))}`,
    ),
    v.check((s) => s.isWellFormed(), 'must not hold half of a surrogate pair'),
    jsonForm({ minLength: 1, maxLength: max }),
  );

const characters = (text: string): number => [...text].length;

/** Schema of texts in the site's languages: at least the default language, none the site does not have. */
export const textsIn = (languages: readonly string[], defaultLanguage: string, max: number) => {
  const entries = Object.fromEntries(
    languages.map((tag) => [tag, tag === defaultLanguage ? line(max) : v.exactOptional(line(max))]),
  );
  return v.pipe(
    exactObject(entries),
    v.transform((texts) => texts as Texts),
    // What was written before the languages were changed is still shown as it was: only new texts must be complete.
    jsonForm(
      {
        required: [],
        minProperties: 1,
        additionalProperties: { type: 'string' },
        description: `One text by language, at most ${max} characters each. What is sent must have ${defaultLanguage}, and no language but these; a missing one falls back to it.`,
      },
      `Texts${max}`,
    ),
  );
};

/** Gives the schema of texts in a site's languages, of at most so many characters each. */
export type TextsSchema = (max: number) => ReturnType<typeof textsIn>;

/**
 * The text to show a reader of `language`, and the language it is in: mark it with `lang` where that is another one.
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
