import type { Bulletin } from '../../model/bulletin.ts';
import type { Documents } from '../document.ts';
import { publicCorrections } from '../views/public-corrections.ts';
import { estimateBytes, runsOf } from '../views/runs.ts';
import { pagedJson } from './paged-json.ts';
import { publicCorrection } from './public-form.ts';

type Correction = Bulletin['corrections'][number];

/** `/api/v1/changes.json` and its older pages: every correction and withdrawal of what was public, newest first. */
export const changesJson: Documents = (bulletin) =>
  pagedJson('changes', runsOf(publicCorrections(bulletin).toReversed(), sizeOf), publicCorrection, (items) =>
    items.map(stampOfCorrection).join(),
  );

// Each publish lists thousands of corrections. An erasure replaces a correction by a new object, so a size never
// changes.
const sizes = new WeakMap<Correction, number>();

// `was` and `now` of an item may be whole articles. The correction of a figure is always small.
function sizeOf(correction: Correction): number {
  if (correction.kind === 'figure') return 256;
  const sizeBytes =
    sizes.get(correction) ?? 256 + estimateBytes(correction.was) + estimateBytes(correction.now);
  sizes.set(correction, sizeBytes);
  return sizeBytes;
}

// Only two things of a correction ever change: its release becomes known, and an erasure removes its texts and reason.
function stampOfCorrection(correction: Correction): string {
  const { id, release, was, now, reason } = correction;
  const values = correction.kind === 'figure' ? `${was} ${now}` : `${was !== null} ${now !== null}`;
  return `${id} ${release} ${values} ${reason !== undefined}`;
}
