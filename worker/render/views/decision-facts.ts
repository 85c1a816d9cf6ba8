import type { DecisionFacts, DecisionLink } from '../../../client/page/sections/decision.tsx';
import { type Bulletin, isPublic, type PublicItem } from '../../model/bulletin.ts';
import { addDays, type CivilDate } from '../../model/civil-date.ts';
import { itemPath } from '../../model/path.ts';
import { firstDay, replacersOf } from './decision-statuses.ts';
import { localize, postedBy } from './localize.ts';

/** The public decision that a decision replaces, and the public decisions that replace it. */
export function relatedDecisions(bulletin: Bulletin, { id, content }: PublicItem<'decisions'>) {
  const { replaces } = content;
  const replaced =
    replaces === undefined || replaces === id ? undefined : bulletin.items.decisions.get(replaces);
  return {
    replaced: replaced && isPublic(replaced) ? replaced : undefined,
    replacers: replacersOf(bulletin).get(id) ?? [],
  };
}

/** How many replacers a page names; all decisions are in the list that it links to. */
const MOST_REPLACERS = 5;

/**
 * The facts on a decision's page, in a language: who took it, when it is in force, which decisions it is related to.
 */
export function decisionFacts(
  bulletin: Bulletin,
  item: PublicItem<'decisions'>,
  language: string,
): DecisionFacts {
  const { site } = bulletin;
  const { issuer, number, topic, effectiveFrom, effectiveUntil } = item.content;
  const { replaced, replacers } = relatedDecisions(bulletin, item);
  const [first] = replacers;
  const until = earliest(effectiveUntil, first && addDays(firstDay(first), -1));
  const link = (other: PublicItem<'decisions'>): DecisionLink => ({
    path: itemPath(language, 'decisions', other.id),
    title: localize(other.content.title, language, site),
  });
  return {
    issuer: localize(issuer, language, site),
    ...postedBy(site, item, language),
    ...(number === undefined ? {} : { number }),
    ...(topic === undefined ? {} : { topic: localize(topic, language, site) }),
    ...(effectiveFrom === undefined ? {} : { from: effectiveFrom }),
    ...(until === undefined ? {} : { until }),
    ...(replaced ? { replaces: link(replaced) } : {}),
    replacedBy: replacers.slice(0, MOST_REPLACERS).map(link),
  };
}

const earliest = (a: CivilDate | undefined, b: CivilDate | undefined) =>
  a !== undefined && b !== undefined ? (a < b ? a : b) : (a ?? b);
