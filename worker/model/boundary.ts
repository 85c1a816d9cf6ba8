import type { Bulletin } from './bulletin.ts';
import { addDays, civilDateAt, startOfDay } from './civil-date.ts';
import type { Instant } from './instant.ts';

/**
 * The instants after `asOf` at which a document changes by itself: breaking news ends, or a new day of the site begins.
 * Ascending, without duplicates, never empty.
 */
export function boundaries(bulletin: Bulletin, asOf: Instant): readonly Instant[] {
  const { timeZone } = bulletin.site;
  const instants = new Set<Instant>([startOfDay(addDays(civilDateAt(asOf, timeZone), 1), timeZone)]);
  for (const item of bulletin.items.news.values()) {
    const until = item.withdrawal ? undefined : item.content?.breaking?.until;
    if (until !== undefined && until > asOf) instants.add(until);
  }
  return [...instants].sort();
}

/** Whether news is breaking at an instant: before `until`, not at `until`. */
export const isBreaking = (breaking: { readonly until: Instant } | undefined, asOf: Instant): boolean =>
  breaking !== undefined && asOf < breaking.until;
