import * as v from 'valibot';
import { exactObject } from './exact-object.ts';
import { jsonForm } from './json-form.ts';

/** A language tag of the site, such as `ar` (BCP 47, lower case as it stands in paths). */
export type LanguageTag = string & { readonly brand: 'LanguageTag' };

/** A text in one or more of the site's languages. A missing one falls back to the default language. */
export type Texts = { readonly [language: string]: string };

/** Longest title, body and reason, in characters: code points, as JSON Schema's `maxLength` counts. */
export const MAX_TITLE = 300;
export const MAX_BODY = 50_000;
export const MAX_REASON = 1_000;

// Control characters are refused because no reader shows them; tab and newline (LF: a form's text area gives no CR) are
// writing. C1 controls and lone surrogates are no text either (Unicode 16, §23.1 and §23.6).
// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing control characters is what this is for
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;

/** Schema of one text: at most `max` characters, not blank, no control characters or lone surrogates. Kept as written. */
export const line = (max: number) =>
  v.pipe(
    v.string('must be a text'),
    v.check((s) => s.trim() !== '', 'must not be empty'),
    v.check(
      (s) => s.length <= max || characters(s) <= max,
      (issue) => `must be at most ${max} characters, has ${characters(String(issue.input))}`,
    ),
    v.check((s) => !CONTROL.test(s), 'must not hold control characters other than tab and newline'),
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
