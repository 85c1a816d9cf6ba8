/** A moment in UTC to the second, `YYYY-MM-DDTHH:MM:SSZ` (RFC 3339). Texts compare as the moments do. */
export type Instant = string & { readonly brand: 'Instant' };

const FORM = /^(\d{4}-\d{2}-\d{2})[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/;

/** The instant a number of milliseconds since 1970 falls in, cut to the whole second. */
export const toInstant = (ms: number): Instant =>
  `${new Date(Math.floor(ms / 1000) * 1000).toISOString().slice(0, 19)}Z` as Instant;

/** Milliseconds since 1970. */
export const toMs = (instant: Instant): number => Date.parse(instant);

/**
 * The instant that an RFC 3339 date-time writes, with any offset, cut to the second and turned to UTC;
 * null where it writes none (no offset, a 30 February, an hour 24).
 */
export function parseInstant(text: string): Instant | null {
  const match = FORM.exec(text);
  const day = match?.[1];
  if (!day) return null;
  const midnight = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(midnight) || !new Date(midnight).toISOString().startsWith(day)) return null;
  if (Number(text.slice(11, 13)) > 23) return null;
  const ms = Date.parse(text.toUpperCase());
  return Number.isNaN(ms) || ms < 0 || ms >= 253_402_300_800_000 ? null : toInstant(ms);
}
