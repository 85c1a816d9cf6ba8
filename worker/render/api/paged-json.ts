import { type Document, JSON_TYPE, jsonText, stampOf } from '../document.ts';
import type { Runs } from '../views/runs.ts';

/** `/api/v1/news.json` for `news`: the first page of a list. */
export const firstPagePath = (list: string): string => `/api/v1/${list}.json`;

const olderPagePath = (list: string, k: number): string => `/api/v1/${list}/page-${k}.json`;

/**
 * A list as JSON pages `{ items, next }`, newest first. `next` names the page before it in time, null on the oldest.
 * @param formOf what the JSON gives of an item
 * @param stampOfItem changes whenever that would; cheaper than the form itself, because old pages are many
 */
export function pagedJson<T>(
  list: string,
  { first, older }: Runs<T>,
  formOf: (item: T) => unknown,
  stampOfItem: (item: T) => string,
): readonly Document[] {
  const page = (path: string, pack: Document['pack'], items: readonly T[], nextPage: number): Document => {
    const next = nextPage > 0 ? olderPagePath(list, nextPage) : null;
    return {
      path,
      type: JSON_TYPE,
      pack,
      stamp: stampOf([next, items.map(stampOfItem).join()]),
      render: () => jsonText({ items: items.map(formOf), next }),
    };
  };
  return [
    page(firstPagePath(list), 'release', first, older.length),
    ...older.map((items, i) => page(olderPagePath(list, i + 1), 'archive', items, i)),
  ];
}
