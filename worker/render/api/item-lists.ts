import { COLLECTIONS } from '../../model/collections/registry.ts';
import type { Documents } from '../document.ts';
import { itemRuns, itemsStamp } from '../views/item-runs.ts';
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
