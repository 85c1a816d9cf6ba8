import type { PluralKey, Strings } from '../../strings/ar.ts';
import { pageLanguage } from '../../strings/languages.ts';
import { type LocaleFormats, localeFormats } from './locale-formats.ts';

/** What formats depend on. `locale` is what `Intl` writes by, `timeZone` an IANA name. */
export type FormatSettings = { readonly tag: string; readonly locale: string; readonly timeZone: string };

/** How one language of a site writes, made once a language because the constructors of `Intl` are slow. */
export type Formats = LocaleFormats & {
  readonly tag: string;
  readonly direction: 'ltr' | 'rtl';
  readonly strings: Strings;
  /** The language that the strings are in: the own one, or the one that stands in for it. */
  readonly stringsTag: string;
  /** A sentence by the plural form that a number takes. */
  readonly plural: (key: PluralKey, n: number) => string;
};

const made = new Map<string, Formats>();
/** A site has at most 20 languages. What `Intl` keeps for one takes 240 kB, outside V8's heap. */
const MADE_AT_MOST = 40;

/** The formats of a language, the same object for the same settings. */
export function formatsOf(settings: FormatSettings): Formats {
  const key = JSON.stringify([settings.tag, settings.locale, settings.timeZone]);
  let formats = made.get(key);
  if (!formats) {
    formats = makeFormats(settings);
    if (made.size >= MADE_AT_MOST) made.clear(); // settings change rarely; what must not happen is growing for ever
    made.set(key, formats);
  }
  return formats;
}

function makeFormats({ tag, locale, timeZone }: FormatSettings): Formats {
  const { direction, strings, stringsTag } = pageLanguage(tag);
  const formats = localeFormats(locale, timeZone);
  const plural = (key: PluralKey, n: number) => strings[key][formats.pluralForm(n)] ?? strings[key].other;
  return { ...formats, tag, direction, strings, stringsTag, plural };
}
