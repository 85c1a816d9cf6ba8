import { type Instant, toInstant } from './instant.ts';

/** A day of the site's calendar, `YYYY-MM-DD` (RFC 3339 full-date). No zone, no time. */
export type CivilDate = string & { readonly brand: 'CivilDate' };

/** A month of the site's calendar, `YYYY-MM`. */
export type CivilMonth = string & { readonly brand: 'CivilMonth' };

const DAY_MS = 86_400_000;

/** Parses a date. Null if the text is not a real day of the years 0001 to 9999 (2021-02-30 is not). */
export function parseCivilDate(text: string): CivilDate | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8))];
  return year > 0 && day > 0 && day <= daysIn(year, month) ? (text as CivilDate) : null;
}

/** The days of a month; 0 of what is no month. */
function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month < 1 || month > 12 ? 0 : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** The date in UTC at `ms` milliseconds since 1970. */
export const utcDate = (ms: number): CivilDate => new Date(ms).toISOString().slice(0, 10) as CivilDate;

/** The month of a date. */
export const monthOf = (date: CivilDate): CivilMonth => date.slice(0, 7) as CivilMonth;

/** The date `days` days later, or earlier if negative. Civil days have no zone, so this is plain arithmetic. */
export const addDays = (date: CivilDate, days: number): CivilDate =>
  utcDate(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS);

/** The weekday of a date: 1 is Monday, 7 is Sunday (ISO 8601). */
export const weekdayOf = (date: CivilDate): number => new Date(`${date}T00:00:00Z`).getUTCDay() || 7;

/** Whole days from one date to another; negative if `to` is earlier. */
export const daysBetween = (from: CivilDate, to: CivilDate): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);

/** The civil date at an instant in a time zone (an IANA name). */
export function civilDateAt(instant: Instant, timeZone: string): CivilDate {
  const parts = zoneFormat(timeZone).formatToParts(new Date(instant));
  const part = (type: string) => parts.find((p) => p.type === type)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}` as CivilDate;
}

/**
 * The first instant of a civil date in a time zone: usually midnight, an hour later where the clocks skip midnight.
 * Binary search finds it, because no fixed offset is right on a day when the clocks change.
 */
export function startOfDay(date: CivilDate, timeZone: string): Instant {
  return firstInstant(Date.parse(`${date}T00:00:00Z`), (at) => civilDateAt(at, timeZone) >= date);
}

/**
 * The first instant at which the clocks of a time zone show an hour of a civil date: the first pass of an hour that comes
 * twice when clocks go back. Where clocks skip the hour, the instant at which they do.
 * @param time `HH:MM`
 */
export function instantOf(date: CivilDate, time: string, timeZone: string): Instant {
  const wanted = `${date} ${time}`;
  const key = `${wanted} ${timeZone}`;
  const known = instants.get(key);
  if (known) return known;
  const wantedMs = Date.parse(`${date}T${time}:00Z`);
  // The clocks are ahead of UTC by one of these, before or after a change near that hour. The larger is the earlier pass.
  const ahead = [wantedMs - ZONES_REACH_MS, wantedMs + ZONES_REACH_MS].map(
    (ms) => clockMs(toInstant(ms), timeZone) - ms,
  );
  const passes = ahead
    .map((ms) => wantedMs - ms)
    .filter((ms) => clockMs(toInstant(ms), timeZone) === wantedMs);
  const found =
    passes.length > 0
      ? toInstant(Math.min(...passes))
      : firstInstant(wantedMs, (at) => clockMs(at, timeZone) >= wantedMs);
  if (instants.size >= MAX_INSTANTS) instants.clear();
  instants.set(key, found);
  return found;
}

const instants = new Map<string, Instant>();
/** Each takes dozens of looks at the clock, and the metrics of a site are mostly due at the same hours. */
const MAX_INSTANTS = 1_000;

/** No zone is as far from UTC. */
const ZONES_REACH_MS = 15 * 3_600_000;

/** The first instant, to the second, of which something holds from then on, near what would be it in UTC. */
function firstInstant(utcMs: number, hasBegun: (at: Instant) => boolean): Instant {
  // Zones reach from UTC-12 to UTC+14: the date begins in every zone within 15 hours of midnight in UTC.
  let earlierMs = utcMs - ZONES_REACH_MS;
  let begunMs = utcMs + ZONES_REACH_MS;
  while (begunMs - earlierMs > 1000) {
    const middleMs = earlierMs + Math.floor((begunMs - earlierMs) / 2000) * 1000;
    if (hasBegun(toInstant(middleMs))) begunMs = middleMs;
    else earlierMs = middleMs;
  }
  return toInstant(begunMs);
}

/** What the clocks of a time zone show at an instant, to the minute, as if they showed UTC. In milliseconds. */
const clockMs = (instant: Instant, timeZone: string): number =>
  Date.parse(`${civilDateAt(instant, timeZone)}T${clockTimeAt(instant, timeZone)}:00Z`);

/** The hour that the clocks of a time zone show at an instant, `HH:MM`. */
export function clockTimeAt(instant: Instant, timeZone: string): string {
  const parts = zoneFormat(timeZone).formatToParts(new Date(instant));
  const part = (type: string) => parts.find((p) => p.type === type)?.value ?? '';
  return `${part('hour')}:${part('minute')}`;
}

const formats = new Map<string, Intl.DateTimeFormat>();
/** A site has one time zone, but an isolate lives through changes of the settings, and each format takes memory. */
const MAX_FORMATS = 40;

function zoneFormat(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-u-ca-iso8601-nu-latn', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    if (formats.size >= MAX_FORMATS) formats.clear(); // rare, and cheaper than to know the least used one
    formats.set(timeZone, format);
  }
  return format;
}
