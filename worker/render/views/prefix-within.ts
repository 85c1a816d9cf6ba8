/**
 * The first items whose sizes together are at most `limit`, and at least one item: so a block of a page stays small
 * whatever staff write. The block links to the whole list.
 */
export function prefixWithin<T>(
  items: readonly T[],
  sizeOf: (item: T) => number,
  limit: number,
): readonly T[] {
  let size = 0;
  const end = items.findIndex((item, i) => {
    size += sizeOf(item);
    return i > 0 && size > limit;
  });
  return end < 0 ? items : items.slice(0, end);
}
