import { ar, type Strings } from './ar.ts';
import { en } from './en.ts';

/** How a language is written on pages: its direction, its name in itself, its strings. */
export type PageLanguage = {
  readonly direction: 'ltr' | 'rtl';
  readonly name: string;
  readonly strings: Strings;
  /** The language that the strings are in. */
  readonly stringsTag: string;
};

/** The languages with strings of their own, by tag. A new one is a file beside these and a row here. */
const LANGUAGES: { readonly [tag: string]: Omit<PageLanguage, 'stringsTag'> } = {
  ar: { direction: 'rtl', name: 'العربية', strings: ar },
  en: { direction: 'ltr', name: 'English', strings: en },
};

// Scripts that run from right to left: https://www.w3.org/International/questions/qa-scripts
const RIGHT_TO_LEFT = new Set(['ar', 'arc', 'ckb', 'dv', 'fa', 'he', 'nqo', 'ps', 'sd', 'ug', 'ur', 'yi']);

/** A language of a site by its tag. One without strings here falls back to English ones, in its own direction. */
export function pageLanguage(tag: string): PageLanguage {
  const own = LANGUAGES[tag];
  if (own) return { ...own, stringsTag: tag };
  const [base = tag] = tag.split('-');
  const stringsTag = base in LANGUAGES ? base : 'en';
  return {
    direction: RIGHT_TO_LEFT.has(base) ? 'rtl' : 'ltr',
    name: new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag,
    strings: LANGUAGES[stringsTag]?.strings ?? en,
    stringsTag,
  };
}

/** The tags of the languages with strings of their own. */
export const STRINGS_TAGS: readonly string[] = Object.keys(LANGUAGES);
