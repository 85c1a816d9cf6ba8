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
  const runs = cutIntoRuns(newestFirst.toReversed(), sizeOf, runBytes).map((run) => run.toReversed());
  const newest = newestRuns(runs);
  return {
    first: runs
      .slice(runs.length - newest)
      .reverse()
      .flat(),
    older: runs.slice(0, runs.length - newest),
  };
}

/** Cuts a list, oldest first, into runs, oldest first. Each but the last is full; the last is empty only without items. */
export function cutIntoRuns<T>(
  oldestFirst: readonly T[],
  sizeOf: (item: T) => number,
  runBytes = RUN_BYTES,
): readonly (readonly T[])[] {
  const runs: T[][] = [];
  let open: T[] = [];
  let sizeBytes = 0;
  for (const item of oldestFirst) {
    const itemBytes = sizeOf(item);
    if (open.length === RUN || (open.length > 0 && sizeBytes + itemBytes > runBytes)) {
      runs.push(open);
      open = [];
      sizeBytes = 0;
    }
    open.push(item);
    sizeBytes += itemBytes;
  }
  return open.length > 0 ? [...runs, open] : runs;
}

/** How many of the last runs the first page has: one if the last is full by its number of items, else two. */
export const newestRuns = (runs: readonly { readonly length: number }[]): number =>
  Math.min(runs.length, runs.at(-1)?.length === RUN ? 1 : 2);

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
