import type { Correction } from './bulletin.ts';
import { canonicalJson } from './ledger.ts';

type Fields = Readonly<Record<string, unknown>>;
type ItemCorrection = Exclude<Correction, { kind: 'figure' }>;

/** One correction in place of two of the same subject: from what was before the first to what is after the second. */
export function joinedCorrection(before: Correction, correction: Correction): Correction {
  if (before.kind === 'figure' && correction.kind === 'figure') {
    const { was, wasSeq, wasErased } = before;
    const { wasErased: _, ...rest } = correction;
    return { ...rest, was, wasSeq, ...(wasErased ? { wasErased } : {}) };
  }
  if (before.kind === 'figure' || correction.kind === 'figure') return correction;
  return joinedItem(before, correction);
}

/** A field that both name has its first value in `was`, and its last in `now`. */
function joinedItem(before: ItemCorrection, correction: ItemCorrection): ItemCorrection {
  const was = joinedFields(correction.was, before);
  if (correction.kind === 'withdrawal')
    return { ...correction, was: was && correction.was && pick(was, Object.keys(correction.was)) };
  const now = joinedFields(before.now, correction, 'now');
  return { ...correction, ...(was && now ? differing(was, now) : { was: null, now: null }) };
}

/** Some fields, and over them those of one side of a correction; null if any of these were erased. */
function joinedFields(
  under: Fields | null,
  over: ItemCorrection,
  side: 'was' | 'now' = 'was',
): Fields | null {
  if (!under || !over.was || !over[side]) return null;
  const named = new Set([...Object.keys(over.was), ...Object.keys(over.now ?? {})]);
  const rest = Object.entries(under).filter(([field]) => !named.has(field));
  return { ...Object.fromEntries(rest), ...over[side] };
}

function differing(was: Fields, now: Fields): { readonly was: Fields; readonly now: Fields } {
  const fields = Object.keys({ ...was, ...now }).filter(
    (field) => canonicalJson(was[field] ?? null) !== canonicalJson(now[field] ?? null),
  );
  return { was: pick(was, fields), now: pick(now, fields) };
}

const pick = (from: Fields, fields: readonly string[]): Fields =>
  Object.fromEntries(fields.filter((field) => field in from).map((field) => [field, from[field]]));

/** Whether a correction says something: a joined one does not if its changes cancel each other out. */
export function saysSomething(correction: Correction): boolean {
  if (!correction.wasUnshown) return true;
  if (correction.kind === 'figure')
    return (
      correction.was !== correction.now || Boolean(correction.wasErased) !== Boolean(correction.nowErased)
    );
  if (correction.kind === 'withdrawal' || !correction.was || !correction.now) return true;
  return Object.keys({ ...correction.was, ...correction.now }).length > 0;
}
