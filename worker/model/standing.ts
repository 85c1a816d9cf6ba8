import type { CivilDate } from './civil-date.ts';
import type { Decision, Phase } from './content.ts';

/**
 * How a decision stands on a day of the site. `decided`: when it comes into force is not known. `starts`: on `on`.
 * `in-force`: since `on`. `ended`: `on` was its last day. `replaced`: by another, from `on`.
 */
export type DecisionStanding =
  | { readonly kind: 'decided' }
  | { readonly kind: 'starts' | 'in-force' | 'ended' | 'replaced'; readonly on: CivilDate };

/** How a decision stands. `replacedFrom` is the first day of the decision that replaces it, if one does. */
export function decisionStanding(
  decision: Pick<Decision, 'effectiveFrom' | 'effectiveUntil'>,
  replacedFrom: CivilDate | undefined,
  today: CivilDate,
): DecisionStanding {
  const { effectiveFrom, effectiveUntil } = decision;
  if (effectiveUntil !== undefined && effectiveUntil < today) return { kind: 'ended', on: effectiveUntil };
  if (replacedFrom !== undefined && replacedFrom <= today) return { kind: 'replaced', on: replacedFrom };
  if (effectiveFrom === undefined) return { kind: 'decided' };
  return effectiveFrom > today
    ? { kind: 'starts', on: effectiveFrom }
    : { kind: 'in-force', on: effectiveFrom };
}

/** How a phase of the plan stands on a day: over, on, or still to come. Both its days are its own. */
export function phaseStanding(
  phase: Pick<Phase, 'from' | 'until'>,
  today: CivilDate,
): 'over' | 'on' | 'to-come' {
  if (phase.from === undefined || phase.from > today) return 'to-come';
  return phase.until !== undefined && phase.until < today ? 'over' : 'on';
}
