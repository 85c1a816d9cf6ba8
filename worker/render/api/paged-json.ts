import { jsonListPath } from '../../model/path.ts';
import type { Runs } from '../../model/runs.ts';
import { type Document, JSON_TYPE, jsonText, stampOf } from '../document.ts';

const olderPagePath = (list: string, k: number): string => `/api/v1/${list}/page-${k}.json`;

/**
 * A list as JSON pages `{ items, next }`, newest first. `next` is the path of the next older page, null on the oldest.
 * @param formOf gives the JSON of an item, or of several in its place
 * @param stampOfItems changes whenever the JSON of one of the items changes; it must be cheap, because there are many
 *   older pages
 * @param settings changes whenever the settings change that the JSON shows
 */
export function pagedJson<T>(
  list: string,
  { first, older }: Runs<T>,
  formOf: (item: T) => unknown,
  stampOfItems: (items: readonly T[]) => string,
  settings = '',
): readonly Document[] {
  const page = (path: string, pack: Document['pack'], items: readonly T[], nextPage: number): Document => {
    const next = nextPage > 0 ? olderPagePath(list, nextPage) : null;
    return {
      path,
      type: JSON_TYPE,
      pack,
      ...(pack === 'archive'
        ? { stamp: stampOf([next, stampOfItems(items)]), settings }
        : { stamp: stampOf([next, stampOfItems(items), settings]) }),
      render: () => jsonText({ items: items.flatMap(formOf), next }),
    };
  };
  return [
    page(jsonListPath(list), 'release', first, older.length),
    ...older.map((items, i) => page(olderPagePath(list, i + 1), 'archive', items, i)),
  ];
}
