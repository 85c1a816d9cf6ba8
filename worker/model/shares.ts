import { type LimitName, limitOf } from './limits.ts';
import type { Agency, AgencyId, Site } from './site.ts';
import { collectionOfTopic } from './usage.ts';

/** The limits that count all agencies together. */
const SHARED = ['breaking', 'contacts', 'topics', 'topicItems', 'phases', 'remarks'] as const;
export type SharedLimit = (typeof SHARED)[number];

/** Whether a limit counts all agencies together. */
export const isShared = (name: LimitName): name is SharedLimit => SHARED.some((shared) => shared === name);

/** The part of a limit that is kept for the other agencies, and the part that each agency has however many there are. */
const A_PART = 1 / 4;

/**
 * The most that one agency may use of a limit that all share, so that no key locks the others out: all but what is kept
 * for the other agencies that may use it. That is a quarter of the limit, in equal parts, and at least one place each. An
 * agency always has a quarter itself, because a site may have more agencies than places.
 * @param of of topics: the collection; of the items of a topic: the name of the topic
 */
export function shareOf(site: Site, name: SharedLimit, of: string, agency: AgencyId): number {
  const most = limitOf(site, name);
  const others = site.agencies.filter((one) => one.id !== agency && mayUse(site, one, name, of)).length;
  if (others === 0) return most;
  const kept = others * Math.max(1, Math.floor((most * A_PART) / others));
  return Math.max(most - kept, Math.ceil(most * A_PART));
}

function mayUse(site: Site, { id, may }: Agency, name: SharedLimit, of: string): boolean {
  if (name === 'remarks')
    return site.metrics.some((metric) => metric.agencies?.some((reporter) => reporter === id));
  return may === undefined || rightsOf(name, of).every((right) => may.some((one) => one === right));
}

/** The rights that a place takes. */
function rightsOf(name: Exclude<SharedLimit, 'remarks'>, of: string): readonly string[] {
  switch (name) {
    case 'breaking':
      return ['news', 'breaking'];
    case 'contacts':
      return ['contacts'];
    case 'phases':
      return ['plan'];
    case 'topics':
      return [of];
    case 'topicItems':
      return [collectionOfTopic(of)];
    default:
      return name satisfies never;
  }
}
