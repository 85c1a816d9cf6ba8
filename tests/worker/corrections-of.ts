import type { Bulletin, Correction } from '../../worker/model/bulletin.ts';
import type { Erasure } from '../../worker/model/change.ts';
import {
  type Corrections,
  isMove,
  type PublicCorrection,
  subjectOf,
} from '../../worker/model/corrections.ts';
import { erasedCorrections } from '../../worker/model/erased-corrections.ts';
import { joinedCorrection, saysSomething } from '../../worker/model/joined-corrections.ts';
import { MemoryRows } from '../../worker/model/memory-rows.ts';
import { cutIntoRuns, estimateBytes } from '../../worker/model/runs.ts';
import { toldCorrection } from '../../worker/model/told-correction.ts';

/** The rows that a ledger folds to, with every correction as the fold gives it, in memory. */
export class FoldedRows extends MemoryRows {
  readonly folded: Correction[];

  constructor() {
    const folded: Correction[] = [];
    super(() =>
      correctionsOf(publicCorrections(folded.map((correction) => ({ ...correction, release: null })))),
    );
    this.folded = folded;
  }

  override addCorrection(correction: Correction): void {
    this.folded.push(correction);
  }
  override eraseCorrections(erasure: Erasure): void {
    this.folded.splice(0, Infinity, ...this.folded.map(erasedCorrections(erasure)));
  }
}

/** A record of the corrections that readers see, oldest first, in memory. */
export function correctionsOf(all: readonly PublicCorrection[]): Corrections {
  const sizeOf = (correction: PublicCorrection) =>
    256 + (correction.kind === 'figure' ? 0 : estimateBytes(correction.was) + estimateBytes(correction.now));
  return {
    runs: cutIntoRuns(all, sizeOf).map((run) => ({
      stamp: JSON.stringify(run),
      length: run.length,
      read: () => run,
      largest: () => run.toSorted((a, b) => sizeOf(b) - sizeOf(a))[0],
    })),
    newestRelease: all.at(-1)?.release ?? null,
    newest: (count) => all.slice(-count).map((correction) => toldCorrection(correction)),
    ofFigure: (metric, date) => {
      const last = all.findLast((c) => subjectOf(c) === `${metric} ${date} ` && isMove(c));
      return last?.kind === 'figure' ? last : undefined;
    },
  };
}

/** All of a record, oldest first. */
export const allOf = ({ runs }: Corrections): readonly PublicCorrection[] =>
  runs.flatMap((run) => run.read());

/** A copy of a bulletin that shares nothing with it. */
export const copyOf = ({ corrections, ...bulletin }: Bulletin): Bulletin => ({
  ...structuredClone(bulletin),
  corrections: correctionsOf(structuredClone(allOf(corrections))),
});

/** A record that is read whole, so that it can be used outside of the Newsroom. */
export const inMemory = (corrections: Corrections): Corrections => correctionsOf(allOf(corrections));

/**
 * The corrections that readers see, of all that the fold gives, oldest first. It reads all of them: the Newsroom joins
 * each once, and must come to the same.
 */
export function publicCorrections(corrections: readonly PublicCorrection[]): readonly PublicCorrection[] {
  const all = new Map<string, PublicCorrection>();
  /** The id of the last correction of each thing. */
  const last = new Map<string, string>();
  for (const correction of corrections) {
    const { release, ...own } = correction;
    const subject = subjectOf(correction);
    const before = all.get(last.get(subject) ?? '');
    const isSame = correction.wasUnshown && before?.release === release;
    if (isSame) all.delete(before.id);
    all.set(correction.id, isSame ? { ...joinedCorrection(before, own), release } : correction);
    last.set(subject, correction.id);
  }
  return [...all.values()].filter(saysSomething);
}
