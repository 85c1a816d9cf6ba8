/** A moment in UTC to the second, `YYYY-MM-DDTHH:MM:SSZ` (RFC 3339). Texts sort in the order of the moments. */
export type Instant = string & { readonly brand: 'Instant' };

const FORM = /^(\d{4}-\d{2}-\d{2})[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/;

/** The instant at `ms` milliseconds since 1970, rounded down to the second. */
export const toInstant = (ms: number): Instant =>
  `${new Date(Math.floor(ms / 1000) * 1000).toISOString().slice(0, 19)}Z` as Instant;

/** Milliseconds since 1970. */
export const toMs = (instant: Instant): number => Date.parse(instant);

/**
 * Parses an RFC 3339 date-time with any offset, and gives it in UTC, rounded down to the second.
 * Null if the text is not one, such as without an offset, on 30 February or at hour 24.
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
