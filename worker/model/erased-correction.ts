import type { Correction } from './bulletin.ts';
import type { Erasure } from './change.ts';

/**
 * Gives each correction as an erasure leaves it: without the values that it erased, without the contents of erased items,
 * and without the reason of the erased entry if that was erased.
 */
export function erasedCorrections(erasure: Erasure): (correction: Correction) => Correction {
  const figures = new Set(erasure.figures.map(({ metric, date }) => `${metric} ${date}`));
  const items = new Set(erasure.items.map(({ collection, id }) => `${collection} ${id}`));
  const isReasonErased = erasure.reason === true || erasure.partial !== true;
  return (correction) => {
    const isOwn = correction.seq === erasure.seq;
    const told = isOwn && isReasonErased ? withoutReason(correction, erasure) : correction;
    if (told.kind !== 'figure')
      return items.has(`${told.collection} ${told.item}`) ? { ...told, was: null, now: null } : told;
    if (!figures.has(`${told.metric} ${told.date}`)) return told;
    const isWasErased = told.wasSeq === erasure.seq && told.was !== null;
    return {
      ...told,
      ...(isWasErased ? { was: null, wasErased: true } : {}),
      ...(isOwn && told.now !== null ? { now: null, nowErased: true } : {}),
    };
  };
}

function withoutReason({ reason, ...told }: Correction, erasure: Erasure): Correction {
  return { ...told, ...(erasure.reason ? { reasonErased: true } : {}) };
}
