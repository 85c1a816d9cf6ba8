import type { Bulletin } from '../../model/bulletin.ts';
import type { Documents } from '../document.ts';
import { roughBytes, runsOf } from '../views/runs.ts';
import { pagedJson } from './paged-json.ts';
import { publicChange } from './public-form.ts';

type Correction = Bulletin['corrections'][number];

/** `/api/v1/changes.json` and its older pages: every correction and withdrawal of what was public, newest first. */
export const changesJson: Documents = ({ corrections }) =>
  pagedJson('changes', runsOf(corrections.toReversed(), sizeOf), publicChange, stampOfCorrection);

// Thousands are listed at each publish. One of which an erasure takes something is another object from then on.
const sizes = new WeakMap<Correction, number>();

// Half of a correction's texts may be whole articles; of a figure there is nothing to measure.
function sizeOf(correction: Correction): number {
  if (correction.kind === 'figure') return 256;
  const sizeBytes = sizes.get(correction) ?? 256 + roughBytes(correction.was) + roughBytes(correction.now);
  sizes.set(correction, sizeBytes);
  return sizeBytes;
}

// A correction never changes, but that its release becomes known and that an erasure may blank what it says and why.
function stampOfCorrection(correction: Correction): string {
  const { id, release, was, now, reason } = correction;
  const said = correction.kind === 'figure' ? `${was} ${now}` : `${was !== null} ${now !== null}`;
  return `${id} ${release} ${said} ${reason !== undefined}`;
}
