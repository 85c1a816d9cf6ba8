import type { PluralKey, Strings } from '../../strings/ar.ts';
import { pageLanguage } from '../../strings/languages.ts';
import { fillText } from './fill.ts';
import { byDecimals, digits, type LocaleFormats, localeFormats } from './locale-formats.ts';

/** The settings of formats. `locale` is the locale for `Intl`, `timeZone` an IANA name. */
export type FormatSettings = { readonly tag: string; readonly locale: string; readonly timeZone: string };

/** The formats of one language of a site. Created once per language, because `Intl` constructors are slow. */
export type Formats = LocaleFormats & {
  readonly tag: string;
  readonly direction: 'ltr' | 'rtl';
  readonly strings: Strings;
  /** The language of the strings: the language itself or its fallback. */
  readonly stringsTag: string;
  /**
   * The sentence in the plural form for a number that is written with so many decimals, by default none. The rules are
   * those of the language of the strings: a page in French has English words as long as there are no French ones.
   */
  readonly plural: (key: PluralKey, n: number, decimals?: number) => string;
  /** The sentence for a whole number with the number in it, as `{n}`. */
  readonly counted: (key: PluralKey, n: number) => string;
};

const cached = new Map<string, Formats>();
/** A site has at most 20 languages. The `Intl` objects of one language take 240 kB, outside V8's heap. */
const MAX_CACHED = 40;

/** The formats of a language, the same object for the same settings. */
export function formatsOf(settings: FormatSettings): Formats {
  const key = JSON.stringify([settings.tag, settings.locale, settings.timeZone]);
  let formats = cached.get(key);
  if (!formats) {
    formats = makeFormats(settings);
    if (cached.size >= MAX_CACHED) cached.clear(); // rare, as settings rarely change; bounds the memory
    cached.set(key, formats);
  }
  return formats;
}

function makeFormats({ tag, locale, timeZone }: FormatSettings): Formats {
  const { direction, strings, stringsTag } = pageLanguage(tag);
  const formats = localeFormats(locale, timeZone);
  const rules = byDecimals((decimals) => new Intl.PluralRules(stringsTag, digits(decimals)));
  const plural = (key: PluralKey, n: number, decimals = 0) =>
    strings[key][rules(decimals).select(n)] ?? strings[key].other;
  const counted = (key: PluralKey, n: number) => fillText(plural(key, n), { n: formats.number(n) });
  return { ...formats, tag, direction, strings, stringsTag, plural, counted };
}
