import type { PublicItem } from '../../model/bulletin.ts';
import { COLLECTIONS, type Collection } from '../../model/collections/registry.ts';
import { memoizedList } from '../../platform/memoize.ts';
import { type Documents, stampOf } from '../document.ts';
import { itemRuns, itemStamp } from '../views/item-runs.ts';
import { pagedJson } from './paged-json.ts';
import { publicForm } from './public-form.ts';

/** `/api/v1/{collection}.json` and its older pages, for every collection. */
export const itemLists: Documents = (bulletin) =>
  COLLECTIONS.flatMap((collection) => {
    return pagedJson(
      collection,
      itemRuns(bulletin, collection),
      (item) => publicForm(bulletin.site, item),
      itemsStamp,
      bulletin.site.languages.map((l) => l.tag).join(),
    );
  });

// Only a list in which an item has changed is read: a publish asks for the stamps of all pages.
const itemsStamp: (items: readonly PublicItem<Collection>[]) => string = memoizedList((items) =>
  stampOf(items.map(itemStamp)),
);
