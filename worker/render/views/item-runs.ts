import type { Bulletin, PublicItem } from '../../model/bulletin.ts';
import type { Collection } from '../../model/collections/registry.ts';
import { estimateBytes, type Runs, runsOf } from '../../model/runs.ts';
import { memoized } from '../../platform/memoize.ts';
import { listedItems } from './listed-items.ts';

type ItemRuns = Runs<PublicItem<Collection>>;

// `listedItems` gives the same list until an item changes.
const cutIntoRuns = memoized(
  (items: readonly PublicItem<Collection>[]): ItemRuns => runsOf(items, (item) => bytesOf(item.content)),
);

// A publish cuts a whole collection again when one of its items changes.
const bytesOf = memoized(estimateBytes);

/** The public items of a collection cut into pages: the same pages for every document that is cut. */
export const itemRuns = (bulletin: Bulletin, collection: Collection): ItemRuns =>
  cutIntoRuns(listedItems(bulletin, collection));

/**
 * A stamp of an item. An edit changes it, because each edit has a new version; a withdrawn or erased item is not
 * listed.
 */
export const itemStamp = (item: PublicItem<Collection>): string =>
  `${item.id}.${item.version}.${item.updatedAt}`;
