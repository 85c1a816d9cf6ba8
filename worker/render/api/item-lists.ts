import type { Bulletin, PublicItem } from '../../model/bulletin.ts';
import { COLLECTIONS } from '../../model/collections/collection.ts';
import type { Collection } from '../../model/collections/content.ts';
import type { Documents } from '../document.ts';
import { listedItems } from '../views/listed-items.ts';
import { type Runs, roughBytes, runsOf } from '../views/runs.ts';
import { pagedJson } from './paged-json.ts';
import { publicForm } from './public-form.ts';

/** `/api/v1/{collection}.json` and its older pages, for every collection. */
export const itemLists: Documents = (bulletin) =>
  COLLECTIONS.flatMap((collection) => {
    const languages = bulletin.site.languages.map((l) => l.tag).join();
    return pagedJson(
      collection,
      itemRuns(bulletin, collection),
      (item) => publicForm(bulletin.site, item),
      (item) => `${languages} ${itemStamp(item)}`,
    );
  });

type ItemRuns = Runs<PublicItem<Collection>>;

// By the list itself: `listedItems` gives the same one until an item changes.
const known = new WeakMap<object, ItemRuns>();

/** The public items of a collection cut into pages, the same for every document that is cut. */
export function itemRuns(bulletin: Bulletin, collection: Collection): ItemRuns {
  const items = listedItems(bulletin, collection);
  const before = known.get(items);
  if (before) return before;
  const runs = runsOf<PublicItem<Collection>>(items, (item) => roughBytes(item.content));
  known.set(items, runs);
  return runs;
}

/** Changes with every change of an item: an edit counts the version up, and a withdrawn or erased one is not listed. */
export const itemStamp = (item: PublicItem<Collection>): string =>
  `${item.id}.${item.version}.${item.updatedAt}`;
