/** A value from the tables, and its size in bytes there. */
export type Sized<T> = { readonly value: T; readonly sizeBytes: number };

/** The most items in one answer. */
const MAX_ITEMS = 100;
// The Newsroom sends an answer to the Worker in one message of at most 32 MiB; an item has at most 1 MiB.
const MAX_BYTES = 4 * 2 ** 20;

/** The first items of a list, as many as one answer holds, and whether there are more. */
export function paginate<T>(all: Iterable<Sized<T>>): {
  readonly items: readonly T[];
  readonly hasMore: boolean;
} {
  const items: T[] = [];
  let bytes = 0;
  for (const { value, sizeBytes } of all) {
    bytes += sizeBytes;
    if (items.length === MAX_ITEMS || (items.length > 0 && bytes > MAX_BYTES))
      return { items, hasMore: true };
    items.push(value);
  }
  return { items, hasMore: false };
}
