import type { Bulletin, Moment } from '../../model/bulletin.ts';
import type { ReleaseDocument } from '../documents/document-store.ts';
import type { Rendering } from '../documents/rendering.ts';
import { coldPacks } from './cold-packs.ts';
import type { KeptPacks } from './kept-packs.ts';
import type { LedgerPlan } from './public-ledger.ts';

/** The packs of a release that KV may lack, one after another; then all that the release says of its packs. */
export function* releasePacks(
  rendering: Rendering,
  kept: KeptPacks,
  documents: readonly ReleaseDocument[],
  bulletin: Bulletin,
  moment: Moment,
  ledger: LedgerPlan,
) {
  const cold = yield* coldPacks(documents, kept.currentPack);
  const items = yield* rendering.itemPacks(bulletin, moment, kept.currentPack);
  yield* ledger.packs;
  return { cold, items };
}
