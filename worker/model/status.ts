import type { CivilDate } from './civil-date.ts';
import type { ContentOf } from './collections/registry.ts';

/**
 * The status of a decision on a day. `decided`: nobody knows when it comes into force. `starts`: it comes into force on
 * `on`. `in-force`: since `on`. `ended`: `on` was its last day. `replaced`: another decision replaces it from `on`.
 */
export type DecisionStatus =
  | { readonly kind: 'decided' }
  | { readonly kind: 'starts' | 'in-force' | 'ended' | 'replaced'; readonly on: CivilDate };

/**
 * The status of a decision on a day. A decision with an end but no beginning is in force from the day it was taken.
 * @param replacedFrom the first day of the decision that replaces this one; undefined if none does
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

/** The status of a phase of the plan on a day. Its days `from` and `until` both belong to the phase. */
export function phaseStatus(
  phase: Pick<ContentOf['plan'], 'from' | 'until'>,
  today: CivilDate,
): 'over' | 'on' | 'to-come' {
  if (phase.until !== undefined && phase.until < today) return 'over';
  return phase.from === undefined || phase.from > today ? 'to-come' : 'on';
}
