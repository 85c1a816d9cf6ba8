/**
 * A list cut into pages. `first` is the newest page; `older[k - 1]` is page k, and page 1 is the oldest.
 * The cut starts at the oldest item and takes runs of fixed size, so that a new item changes the first page only.
 */
export type Runs<T> = { readonly first: readonly T[]; readonly older: readonly (readonly T[])[] };

/** Items of an older page. The first page has up to 99: the newest full run and the items after it. */
export const RUN = 50;
/** A run ends early at about this size, so that pages of very long items stay small. */
export const RUN_BYTES = 512 * 1024;

/**
 * Cuts a list, newest first, into pages of 50 to 99 items.
 * @param sizeOf about how many bytes an item takes in its page; always the same for the same item
 * @param runBytes about how many bytes end a run; the first page may have twice as many
 */
export function runsOf<T>(
  newestFirst: readonly T[],
  sizeOf: (item: T) => number,
  runBytes = RUN_BYTES,
): Runs<T> {
  const closed: T[][] = [];
  let open: T[] = [];
  let sizeBytes = 0;
  for (const item of newestFirst.toReversed()) {
    const itemBytes = sizeOf(item);
    if (open.length === RUN || (open.length > 0 && sizeBytes + itemBytes > runBytes)) {
      closed.push(open.reverse());
      open = [];
      sizeBytes = 0;
    }
    open.push(item);
    sizeBytes += itemBytes;
  }
  const last = open.length === RUN ? [] : (closed.pop() ?? []);
  return { first: [...open.reverse(), ...last], older: closed };
}

/**
 * Estimates the size of a content as JSON: two bytes a character (Arabic in UTF-8), and 8 bytes a value and a field.
 */
export function estimateBytes(value: unknown): number {
  if (typeof value === 'string') return value.length * 2 + 8;
  if (typeof value !== 'object' || value === null) return 8;
  let sizeBytes = 8;
  for (const part of Object.values(value)) sizeBytes += 8 + estimateBytes(part);
  return sizeBytes;
}
