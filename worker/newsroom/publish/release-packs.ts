import type { Bulletin, Moment } from '../../model/bulletin.ts';
import type { ReleaseDocument } from '../documents/document-store.ts';
import type { Rendering } from '../documents/rendering.ts';
import { coldPacks } from './cold-packs.ts';
import type { KeptPacks } from './kept-packs.ts';

/** The packs of a release that KV may lack, one after another; then all that the release says of its packs. */
export function* releasePacks(
  rendering: Rendering,
  kept: KeptPacks,
  documents: readonly ReleaseDocument[],
  bulletin: Bulletin,
  moment: Moment,
) {
  const currentPack = (name: string) => kept.currentPack(name);
  const cold = yield* coldPacks(documents, currentPack);
  return { cold, items: yield* rendering.itemPacks(bulletin, moment, currentPack) };
}
