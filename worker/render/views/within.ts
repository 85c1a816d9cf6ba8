/**
 * The first of some things that together are no larger than `limit`, and always the first one: so that a page of many
 * blocks keeps its size whatever staff write. Whoever cuts a list links to the whole of it.
 */
export function within<T>(things: readonly T[], sizeOf: (thing: T) => number, limit: number): readonly T[] {
  let size = 0;
  const end = things.findIndex((thing, i) => {
    size += sizeOf(thing);
    return i > 0 && size > limit;
  });
  return end < 0 ? things : things.slice(0, end);
}
