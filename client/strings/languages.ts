import { ar, type Strings } from './ar.ts';
import { en } from './en.ts';

/** A language on pages: its direction, its name in the language itself, its strings. */
export type PageLanguage = {
  readonly direction: 'ltr' | 'rtl';
  readonly name: string;
  readonly strings: Strings;
  /** The language of the strings. */
  readonly stringsTag: string;
};

/** The languages with their own strings, by tag. To add a language, add its files of strings here and a row below. */
const LANGUAGES: { readonly [tag: string]: Omit<PageLanguage, 'stringsTag'> } = {
  ar: { direction: 'rtl', name: 'العربية', strings: ar },
  en: { direction: 'ltr', name: 'English', strings: en },
};

// Languages whose script runs from right to left: https://www.w3.org/International/questions/qa-scripts
const RIGHT_TO_LEFT = new Set(['ar', 'arc', 'ckb', 'dv', 'fa', 'he', 'nqo', 'ps', 'sd', 'ug', 'ur', 'yi']);

/** A language of a site by its tag. Without its own strings it uses English strings, but keeps its direction. */
export function pageLanguage(tag: string): PageLanguage {
  const own = LANGUAGES[tag];
  if (own) return { ...own, stringsTag: tag };
  const [base = tag] = tag.split('-');
  const stringsTag = base in LANGUAGES ? base : 'en';
  return {
    direction: RIGHT_TO_LEFT.has(base) ? 'rtl' : 'ltr',
    name: ownName(tag),
    strings: LANGUAGES[stringsTag]?.strings ?? en,
    stringsTag,
  };
}

/** Names of languages without their own strings: a `DisplayNames` takes a third of a page's time to make. */
const names = new Map<string, string>();
const MAX_NAMES = 1000;

/** The name of a language in the language itself. */
function ownName(tag: string): string {
  const cached = names.get(tag);
  if (cached !== undefined) return cached;
  const name = new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
  if (names.size < MAX_NAMES) names.set(tag, name);
  return name;
}

/** The tags of the languages with their own strings. */
export const STRINGS_TAGS: readonly string[] = Object.keys(LANGUAGES);
