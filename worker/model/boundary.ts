import { type Bulletin, isPublic } from './bulletin.ts';
import { addDays, civilDateAt, startOfDay } from './civil-date.ts';
import { nextLateInstants } from './due.ts';
import { type Instant, toInstant, toMs } from './instant.ts';
import type { ItemId } from './item.ts';

/**
 * The instants after `asOf` at which a document changes by itself: breaking news ends, a new day of the site begins, a
 * figure that has not come is late, or the next word about figures is due (both on a whole minute). Ascending, without duplicates, never empty.
 */
export function boundaries(bulletin: Bulletin, asOf: Instant): readonly Instant[] {
  const { timeZone } = bulletin.site;
  const midnight = startOfDay(addDays(civilDateAt(asOf, timeZone), 1), timeZone);
  return [
    ...new Set([
      midnight,
      ...breakingEnds(bulletin, asOf).values(),
      ...nextLateInstants(bulletin, asOf),
      ...nextWordEnds(bulletin, asOf).values(),
    ]),
  ].sort();
}

/**
 * How many different instants of one minute end breaking news at the second. What ends later in that minute ends with
 * the minute: no cache may keep a page past a boundary, so hundreds of alerts that end a second apart would take every
 * page from all caches, and publish a release each second.
 */
const EXACT_ENDS_A_MINUTE = 2;

const MINUTE_MS = 60_000;

/**
 * The news that is breaking at an instant, and when each stops to be: at its `until`, or less than a minute later, see
 * `EXACT_ENDS_A_MINUTE`. An end that is yet to come changes no earlier one, so what has ended stays ended.
 */
export function breakingEnds(bulletin: Bulletin, asOf: Instant): ReadonlyMap<ItemId, Instant> {
  const untilsOf = new Map<string, Set<Instant>>();
  const candidates: (readonly [ItemId, Instant])[] = [];
  for (const item of bulletin.items.news.values()) {
    const until = isPublic(item) ? item.content.breaking?.until : undefined;
    if (until === undefined || minuteOf(until) < minuteOf(asOf)) continue;
    candidates.push([item.id, until]);
    const untils = untilsOf.get(minuteOf(until));
    if (untils) untils.add(until);
    else untilsOf.set(minuteOf(until), new Set([until]));
  }
  const lastExactOf = new Map(
    [...untilsOf].map(([minute, untils]) => [minute, [...untils].sort()[EXACT_ENDS_A_MINUTE - 1]]),
  );
  return new Map(
    candidates
      .map(([id, until]) => {
        const lastExact = lastExactOf.get(minuteOf(until));
        return [id, lastExact === undefined || until <= lastExact ? until : endOfMinute(until)] as const;
      })
      .filter(([, end]) => end > asOf),
  );
}

/**
 * The remarks whose agency has yet to say more at an instant, and until when pages say so: to the minute at which it is due,
 * or the next whole one.
 */
export function nextWordEnds(bulletin: Bulletin, asOf: Instant): ReadonlyMap<ItemId, Instant> {
  const ends = new Map<ItemId, Instant>();
  for (const item of bulletin.items.remarks.values()) {
    const at = isPublic(item) ? item.content.nextWord : undefined;
    if (at === undefined) continue;
    const end = toInstant(Math.ceil(toMs(at) / MINUTE_MS) * MINUTE_MS);
    if (end > asOf) ends.set(item.id, end);
  }
  return ends;
}

/** The minute of an instant, `YYYY-MM-DDTHH:MM`. */
const minuteOf = (instant: Instant): string => instant.slice(0, 16);

const endOfMinute = (instant: Instant): Instant =>
  toInstant((Math.floor(toMs(instant) / MINUTE_MS) + 1) * MINUTE_MS);
