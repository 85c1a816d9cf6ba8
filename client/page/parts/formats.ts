import type { CivilDate, CivilMonth } from '../../../worker/model/civil-date.ts';
import type { Instant } from '../../../worker/model/instant.ts';
import type { PluralKey, Strings } from '../../strings/ar.ts';
import { pageLanguage } from '../../strings/languages.ts';

/** What formats depend on. `locale` is what `Intl` writes by, `timeZone` an IANA name. */
export type FormatSettings = { readonly tag: string; readonly locale: string; readonly timeZone: string };

/** How one language of a site writes: all by `Intl`, made once a language because its constructors are slow. */
export type Formats = {
  readonly tag: string;
  readonly direction: 'ltr' | 'rtl';
  readonly strings: Strings;
  /** A number in full, grouped. */
  readonly number: (n: number) => string;
  /** A number that names something (a release): no grouping. */
  readonly ordinal: (n: number) => string;
  /** A mean: whole from 20, below that with at most one digit behind the point. */
  readonly mean: (n: number) => string;
  /** A share, 0.16 as 16%. */
  readonly percent: (n: number) => string;
  /** The words of a list of so many things: its separators as text, its things as their index. */
  readonly listParts: (length: number) => readonly (string | number)[];
  /** A language's name in this one. */
  readonly languageName: (tag: string) => string;
  /** A sentence by the plural form that a number takes. */
  readonly plural: (key: PluralKey, n: number) => string;
  /** Civil dates: with its weekday, in full, day and month, month and year, month, year. */
  readonly longDate: (date: CivilDate) => LongDate;
  readonly date: (date: CivilDate) => string;
  readonly shortDate: (date: CivilDate) => string;
  readonly month: (month: CivilMonth) => string;
  readonly monthName: (date: CivilDate) => string;
  readonly year: (date: CivilDate) => string;
  /** Instants, in the site's zone: the time of day, and date and time. */
  readonly time: (at: Instant) => string;
  readonly dateTime: (at: Instant) => string;
};

/** A date with its weekday: the date, and what stands before it and after it, one of which is the weekday. */
export type LongDate = { readonly before: string; readonly date: string; readonly after: string };

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
  const { direction, strings } = pageLanguage(tag);
  const number = (options?: Intl.NumberFormatOptions) => {
    const format = new Intl.NumberFormat(locale, options);
    return (n: number) => format.format(n);
  };
  const whole = number({ maximumFractionDigits: 0 });
  const tenths = number({ maximumFractionDigits: 1 });
  const rules = new Intl.PluralRules(locale);
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  const names = new Intl.DisplayNames([locale], { type: 'language' });
  return {
    tag,
    direction,
    strings,
    number: number(),
    ordinal: number({ useGrouping: false }),
    mean: (n) => (Math.abs(n) < 20 ? tenths(n) : whole(n)),
    percent: number({ style: 'percent', maximumFractionDigits: 0 }),
    listParts: (length) =>
      list
        .formatToParts(Array.from({ length }, (_, i) => String(i)))
        .map((part) => (part.type === 'element' ? Number(part.value) : part.value)),
    languageName: (of) => names.of(of) ?? of,
    plural: (key, n) => strings[key][rules.select(n)] ?? strings[key].other,
    ...dateFormats(locale, timeZone),
  };
}

function dateFormats(locale: string, timeZone: string) {
  // A civil date has no zone: it is written as the UTC day it names.
  const civil = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options });
    return (date: string) => format.format(new Date(`${date}T00:00:00Z`));
  };
  const instant = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { timeZone, ...options });
    return (at: string) => format.format(new Date(at));
  };
  const month = civil({ month: 'long', year: 'numeric' });
  const weekday = new Intl.DateTimeFormat(locale, {
    timeZone: 'UTC',
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
  const clock = { hour: 'numeric', minute: '2-digit' } as const;
  return {
    longDate: (date: CivilDate) => partDate(weekday.formatToParts(new Date(`${date}T00:00:00Z`))),
    date: civil({ day: 'numeric', month: 'long', year: 'numeric' }),
    shortDate: civil({ day: 'numeric', month: 'short' }),
    month: (of: CivilMonth) => month(`${of}-01`),
    monthName: civil({ month: 'short' }),
    year: civil({ year: 'numeric' }),
    time: instant(clock),
    dateTime: instant({ day: 'numeric', month: 'long', year: 'numeric', ...clock }),
  };
}

// Languages write the weekday first ("jeudi 26 novembre") or last ("26 Kasım Perşembe"), with a comma or without.
function partDate(parts: readonly Intl.DateTimeFormatPart[]): LongDate {
  const at = parts.findIndex(({ type }) => type === 'weekday');
  const text = (from: number, to?: number) =>
    parts
      .slice(from, to)
      .map(({ value }) => value)
      .join('');
  if (at === 0) return { before: text(0, 2), date: text(2), after: '' };
  const date = text(0, at);
  return { before: '', date: date.trimEnd(), after: date.slice(date.trimEnd().length) + text(at) };
}
