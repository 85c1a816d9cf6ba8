import { ar, type Strings } from './ar.ts';
import { en } from './en.ts';

/** How a language is written on pages: its direction, its name in itself, its strings. */
export type PageLanguage = {
  readonly direction: 'ltr' | 'rtl';
  readonly name: string;
  readonly strings: Strings;
};

/** The languages with strings of their own, by tag. A new one is a file beside these and a row here. */
const languages: { readonly [tag: string]: PageLanguage } = {
  ar: { direction: 'rtl', name: 'العربية', strings: ar },
  en: { direction: 'ltr', name: 'English', strings: en },
};

// Scripts that run from right to left: https://www.w3.org/International/questions/qa-scripts
const RIGHT_TO_LEFT = new Set(['ar', 'arc', 'ckb', 'dv', 'fa', 'he', 'nqo', 'ps', 'sd', 'ug', 'ur', 'yi']);

/** A language of a site by its tag. One without strings here falls back to English ones, in its own direction. */
export function pageLanguage(tag: string): PageLanguage {
  const own = languages[tag];
  if (own) return own;
  const base = tag.split('-')[0] ?? tag;
  return {
    direction: RIGHT_TO_LEFT.has(base) ? 'rtl' : 'ltr',
    name: new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag,
    strings: languages[base]?.strings ?? en,
  };
}
