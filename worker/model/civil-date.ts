import { type Instant, toInstant } from './instant.ts';

/** A day of the site's calendar, `YYYY-MM-DD` (RFC 3339 full-date). No zone, no time. */
export type CivilDate = string & { readonly brand: 'CivilDate' };

/** A month of the site's calendar, `YYYY-MM`. */
export type CivilMonth = string & { readonly brand: 'CivilMonth' };

const DAY_MS = 86_400_000;

/** Parses a date. Null if the text is not a real day of the years 0001 to 9999 (2021-02-30 is not). */
export function parseCivilDate(text: string): CivilDate | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < '0001') return null;
  const ms = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(ms)) return null;
  const date = utcDate(ms);
  return date === text ? date : null;
}

/** The date in UTC at `ms` milliseconds since 1970. */
export const utcDate = (ms: number): CivilDate => new Date(ms).toISOString().slice(0, 10) as CivilDate;

/** The month of a date. */
export const monthOf = (date: CivilDate): CivilMonth => date.slice(0, 7) as CivilMonth;

/** The date `days` days later, or earlier if negative. Civil days have no zone, so this is plain arithmetic. */
export const addDays = (date: CivilDate, days: number): CivilDate =>
  utcDate(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS);

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
  const utc = Date.parse(`${date}T00:00:00Z`);
  // Zones reach from UTC-12 to UTC+14: the date begins in every zone within 15 hours of midnight in UTC.
  let earlierMs = utc - 15 * 3_600_000;
  let begunMs = utc + 15 * 3_600_000;
  while (begunMs - earlierMs > 1000) {
    const middleMs = earlierMs + Math.floor((begunMs - earlierMs) / 2000) * 1000;
    if (civilDateAt(toInstant(middleMs), timeZone) < date) earlierMs = middleMs;
    else begunMs = middleMs;
  }
  return toInstant(begunMs);
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
    });
    if (formats.size >= MAX_FORMATS) formats.clear(); // rare, and cheaper than to know the least used one
    formats.set(timeZone, format);
  }
  return format;
}
