import type { CivilDate, CivilMonth } from '../../../worker/model/civil-date.ts';
import { MAX_DECIMALS } from '../../../worker/model/decimal.ts';
import type { Instant } from '../../../worker/model/instant.ts';
import type { Measure } from '../../../worker/model/measure.ts';

/** The formats of a locale, all from `Intl`. */
export type LocaleFormats = {
  /** A number in full, grouped. */
  readonly number: (n: number) => string;
  /** A number that names something (a release): no grouping. */
  readonly ordinal: (n: number) => string;
  /** A mean: without decimals from 20, below with at most one decimal. */
  readonly mean: (n: number) => string;
  /** A metric's value without its unit, with all decimals of the metric; a percentage with its sign. */
  readonly amount: (n: number, measure: Measure) => string;
  /** A mean of a metric's values, without its unit: as `mean`, or with the decimals of the metric; a percentage with one. */
  readonly meanAmount: (n: number, measure: Measure) => string;
  /** The unit after a value; null if the metric has none, or if it is a percentage. */
  readonly unitAfter: (n: number, measure: Measure) => string | null;
  /** The same after a mean, whose plural form is that of the number as `meanAmount` writes it. */
  readonly meanUnitAfter: (n: number, measure: Measure) => string | null;
  /** A metric's value with its unit, for texts without elements. */
  readonly measured: (n: number, measure: Measure) => string;
  /** A share, 0.16 as 16%. */
  readonly percent: (n: number) => string;
  /** The parts of a list with so many elements: separators as text, elements as their index. */
  readonly listParts: (length: number) => readonly (string | number)[];
  /** The name of a language in this language. */
  readonly languageName: (tag: string) => string;
  /** Civil dates of the Gregorian calendar: with its weekday, in full, day and month, month and year, month, year. */
  readonly longDate: (date: CivilDate) => LongDate;
  readonly date: (date: CivilDate) => string;
  readonly shortDate: (date: CivilDate) => string;
  readonly month: (month: CivilMonth) => string;
  readonly monthName: (date: CivilDate) => string;
  readonly year: (date: CivilDate) => string;
  /**
   * A civil date in full in the locale's own calendar, such as the Hijri one; null if that is the Gregorian calendar.
   */
  readonly ownDate: ((date: CivilDate) => string) | null;
  /** Instants, in the site's zone: the time of day, and date and time. */
  readonly time: (at: Instant) => string;
  readonly dateTime: (at: Instant) => string;
};

/** A date with its weekday: the date, and the text before and after it. One of the texts holds the weekday. */
export type LongDate = { readonly before: string; readonly date: string; readonly after: string };

/**
 * The formats of a locale.
 * @param timeZone an IANA name
 */
export function localeFormats(locale: string, timeZone: string): LocaleFormats {
  const number = (options?: Intl.NumberFormatOptions) => {
    const format = new Intl.NumberFormat(locale, options);
    return (n: number) => format.format(n);
  };
  const whole = number({ maximumFractionDigits: 0 });
  const tenths = number({ maximumFractionDigits: 1 });
  const rules = byDecimals((decimals) => new Intl.PluralRules(locale, digits(decimals)));
  const amounts = byDecimals((decimals) => number(digits(decimals)));
  const percents = byDecimals((decimals) => number({ style: 'percent', ...digits(decimals) }));
  const meanPercents = byDecimals((decimals) =>
    number({ style: 'percent', ...exactly(Math.max(1, decimals)) }),
  );
  const means = byDecimals((decimals) => number(exactly(decimals)));
  const meanRules = byDecimals((decimals) => new Intl.PluralRules(locale, exactly(decimals)));
  const tenthsRules = once(() => new Intl.PluralRules(locale, { maximumFractionDigits: 1 }));
  const isSmall = (n: number) => Math.abs(n) < 20;
  const mean = (n: number) => (isSmall(n) ? tenths(n) : whole(n));
  const amount = (n: number, { decimals, isPercent }: Measure) =>
    isPercent ? percents(decimals)(n / 100) : amounts(decimals)(n);
  const unitAfter = (n: number, { unit, decimals }: Measure) =>
    unit ? (unit.forms?.[rules(decimals).select(n)] ?? unit.text) : null;
  const meanUnitAfter = (n: number, { unit, decimals }: Measure) => {
    if (!unit) return null;
    const isTenths = decimals === 0 && isSmall(n);
    const form = isTenths ? tenthsRules().select(n) : meanRules(decimals).select(n);
    return unit.forms?.[form] ?? unit.text;
  };
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  const names = new Intl.DisplayNames([locale], { type: 'language' });
  return {
    number: number(),
    ordinal: number({ useGrouping: false }),
    mean,
    amount,
    meanAmount: (n, { decimals, isPercent }) => {
      if (isPercent) return meanPercents(decimals)(n / 100);
      return decimals === 0 ? mean(n) : means(decimals)(n);
    },
    unitAfter,
    meanUnitAfter,
    measured: (n, measure) => {
      const unit = unitAfter(n, measure);
      return unit === null ? amount(n, measure) : `${amount(n, measure)}\u00a0${unit}`;
    },
    percent: number({ style: 'percent', maximumFractionDigits: 0 }),
    listParts: (length) =>
      list
        .formatToParts(Array.from({ length }, (_, i) => String(i)))
        .map((part) => (part.type === 'element' ? Number(part.value) : part.value)),
    languageName: (tag) => names.of(tag) ?? tag,
    ...dateFormats(locale, timeZone),
  };
}

/** With at least so many decimals, and all that a number has. */
export const digits = (decimals: number) => ({
  minimumFractionDigits: decimals,
  maximumFractionDigits: MAX_DECIMALS,
});

const exactly = (decimals: number) => ({ minimumFractionDigits: decimals, maximumFractionDigits: decimals });

const once = <T>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
};

/** Makes a format for each number of decimals once, when it is first needed: `Intl` constructors are slow. */
export function byDecimals<T>(make: (decimals: number) => T): (decimals: number) => T {
  const made = new Map<number, T>();
  return (decimals) => {
    const format = made.get(decimals) ?? make(decimals);
    made.set(decimals, format);
    return format;
  };
}

// Days, months and years of a site are those of the Gregorian calendar: a month's archive and a month's sum hold its
// days. With the calendar of a locale such as ar-SA-u-ca-islamic-umalqura they would have the name of another month.
const calendar = 'gregory';

function dateFormats(locale: string, timeZone: string) {
  // A civil date has no zone, so it is formatted as a day in UTC.
  const civil = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', calendar, ...options });
    return (date: string) => format.format(new Date(`${date}T00:00:00Z`));
  };
  const instant = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { timeZone, calendar, ...options });
    return (at: string) => format.format(new Date(at));
  };
  const month = civil({ month: 'long', year: 'numeric' });
  const weekday = new Intl.DateTimeFormat(locale, {
    timeZone: 'UTC',
    calendar,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
  const { calendar: own } = new Intl.DateTimeFormat(locale).resolvedOptions();
  const full = { day: 'numeric', month: 'long', year: 'numeric' } as const;
  const clock = { hour: 'numeric', minute: '2-digit' } as const;
  return {
    longDate: (date: CivilDate) => partDate(weekday.formatToParts(new Date(`${date}T00:00:00Z`))),
    date: civil(full),
    ownDate: own === calendar ? null : civil({ ...full, calendar: own }),
    shortDate: civil({ day: 'numeric', month: 'short' }),
    month: (yearMonth: CivilMonth) => month(`${yearMonth}-01`),
    monthName: civil({ month: 'short' }),
    year: civil({ year: 'numeric' }),
    time: instant(clock),
    dateTime: instant({ ...full, ...clock }),
  };
}

// Languages write the weekday first ("jeudi 26 novembre") or last ("26 Kasım Perşembe"), with a comma or without.
function partDate(parts: readonly Intl.DateTimeFormatPart[]): LongDate {
  const weekdayIndex = parts.findIndex(({ type }) => type === 'weekday');
  const text = (from: number, to?: number) =>
    parts
      .slice(from, to)
      .map(({ value }) => value)
      .join('');
  if (weekdayIndex === 0) return { before: text(0, 2), date: text(2), after: '' };
  const date = text(0, weekdayIndex);
  return { before: '', date: date.trimEnd(), after: date.slice(date.trimEnd().length) + text(weekdayIndex) };
}
