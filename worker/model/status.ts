import type { CivilDate } from './civil-date.ts';
import type { ContentOf } from './collections/registry.ts';

/**
 * How a decision stands on a day of the site. `decided`: when it comes into force is not known. `starts`: on `on`.
 * `in-force`: since `on`. `ended`: `on` was its last day. `replaced`: by another, from `on`.
 */
export type DecisionStatus =
  | { readonly kind: 'decided' }
  | { readonly kind: 'starts' | 'in-force' | 'ended' | 'replaced'; readonly on: CivilDate };

/**
 * How a decision stands. One of which only its end is known holds from the day it was taken. `replacedFrom` is the
 * first day of the decision that replaces it, if one does.
 */
export function decisionStatus(
  decision: Pick<ContentOf['decisions'], 'date' | 'effectiveFrom' | 'effectiveUntil'>,
  replacedFrom: CivilDate | undefined,
  today: CivilDate,
): DecisionStatus {
  const { effectiveUntil } = decision;
  const from = decision.effectiveFrom ?? (effectiveUntil === undefined ? undefined : decision.date);
  if (effectiveUntil !== undefined && effectiveUntil < today) return { kind: 'ended', on: effectiveUntil };
  if (replacedFrom !== undefined && replacedFrom <= today) return { kind: 'replaced', on: replacedFrom };
  if (from === undefined) return { kind: 'decided' };
  return from > today ? { kind: 'starts', on: from } : { kind: 'in-force', on: from };
}

/** How a phase of the plan stands on a day: over, on, or still to come. Both its days are its own. */
export function phaseStatus(
  phase: Pick<ContentOf['plan'], 'from' | 'until'>,
  today: CivilDate,
): 'over' | 'on' | 'to-come' {
  if (phase.until !== undefined && phase.until < today) return 'over';
  return phase.from === undefined || phase.from > today ? 'to-come' : 'on';
}
