/** Something from the tables, and how many bytes it takes there. */
export type Sized<T> = { readonly value: T; readonly sizeBytes: number };

/** The most items a list answers with. */
const PAGE = 100;
// An answer crosses from the Newsroom to the Worker in one message of at most 32 MiB; one item is at most 1 MiB.
const PAGE_BYTES = 4 * 2 ** 20;

/** As many of a list's items as one answer holds, and whether there are more. */
export function paginate<T>(all: Iterable<Sized<T>>): {
  readonly items: readonly T[];
  readonly hasMore: boolean;
} {
  const items: T[] = [];
  let bytes = 0;
  for (const { value, sizeBytes } of all) {
    bytes += sizeBytes;
    if (items.length === PAGE || (items.length > 0 && bytes > PAGE_BYTES)) return { items, hasMore: true };
    items.push(value);
  }
  return { items, hasMore: false };
}
