import { type LimitName, limitOf } from './limits.ts';
import type { AgencyId, Site } from './site.ts';
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
  const others = [...usersOf(site, name, of)].filter((id) => id !== agency).length;
  if (others === 0) return most;
  const kept = others * Math.max(1, Math.floor((most * A_PART) / others));
  return Math.max(most - kept, Math.ceil(most * A_PART));
}

/** The agencies that may use a limit. Remarks are of those who report metrics; of a total, those of its flow do. */
function usersOf(site: Site, name: SharedLimit, of: string): ReadonlySet<AgencyId> {
  if (name === 'remarks')
    return new Set(site.metrics.flatMap((metric) => (metric.kind === 'total' ? [] : metric.agencies)));
  const needs = rightsOf(name, of);
  const having = site.agencies.filter(({ may }) =>
    needs.every((right) => may?.some((one) => one === right) ?? true),
  );
  return new Set(having.map(({ id }) => id));
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
