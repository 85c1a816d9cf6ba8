import type { Correction } from './bulletin.ts';
import type { Erasure } from './change.ts';

/**
 * Gives each correction as an erasure leaves it: without the values that it erased, without the contents of erased
 * items, and without the reason of the erased entry if that was erased.
 */
export function erasedCorrections(erasure: Erasure): (correction: Correction) => Correction {
  const figures = new Set(erasure.figures.map(({ metric, date }) => `${metric} ${date}`));
  const items = new Set(erasure.items.map(({ collection, id }) => `${collection} ${id}`));
  const isReasonErased = erasure.reason === true || erasure.partial !== true;
  return (correction) => {
    const isOwn = correction.seq === erasure.seq;
    const kept = isOwn && isReasonErased ? withoutReason(correction, erasure) : correction;
    if (kept.kind !== 'figure')
      return items.has(`${kept.collection} ${kept.item}`) ? { ...kept, was: null, now: null } : kept;
    if (!figures.has(`${kept.metric} ${kept.date}`)) return kept;
    const isWasErased = kept.wasSeq === erasure.seq && kept.was !== null;
    return {
      ...kept,
      ...(isWasErased ? { was: null, wasErased: true } : {}),
      ...(isOwn && kept.now !== null ? { now: null, nowErased: true } : {}),
    };
  };
}

function withoutReason({ reason, ...kept }: Correction, erasure: Erasure): Correction {
  return { ...kept, ...(erasure.reason ? { reasonErased: true } : {}) };
}
