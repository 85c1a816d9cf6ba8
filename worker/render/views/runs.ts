/**
 * A list cut into pages. `first` is the newest end; `older[k - 1]` is what page k holds, 1 the oldest.
 * Pages are cut from the oldest end in runs of fixed size, so that a new item leaves every older page as it was.
 */
export type Runs<T> = { readonly first: readonly T[]; readonly older: readonly (readonly T[])[] };

/** Items of a full page. The first has up to twice as many, less one: what is left, and the run before it. */
export const RUN = 50;
/** A run is closed early at about this size, so that pages of very long items stay small. */
export const RUN_BYTES = 512 * 1024;

/**
 * Cuts a list, newest first, into pages of 50 to 99 items.
 * @param sizeOf about how many bytes an item takes in its page; the same item must always give the same
 */
export function runsOf<T>(newestFirst: readonly T[], sizeOf: (item: T) => number): Runs<T> {
  const closed: T[][] = [];
  let open: T[] = [];
  let sizeBytes = 0;
  for (let i = newestFirst.length - 1; i >= 0; i--) {
    const item = newestFirst[i] as T;
    const itemBytes = sizeOf(item);
    if (open.length === RUN || (open.length > 0 && sizeBytes + itemBytes > RUN_BYTES)) {
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

/** About how many bytes a content takes as JSON: two a character (Arabic, in UTF-8), and something for each field. */
export function roughBytes(value: unknown): number {
  if (typeof value === 'string') return value.length * 2 + 8;
  if (typeof value !== 'object' || value === null) return 8;
  let sizeBytes = 8;
  for (const part of Object.values(value)) sizeBytes += 8 + roughBytes(part);
  return sizeBytes;
}
