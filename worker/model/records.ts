/**
 * A maker of records that have the same keys, in their order. V8 keeps an object that gets more than a few keys one by one
 * as a table, which takes ten times as long and as much memory as a copy of an object that has them already, and
 * `JSON.parse` makes one of these (https://v8.dev/blog/fast-properties).
 */
export function recordsOf<K extends string, V>(
  keys: readonly K[],
): (valueAt: (index: number) => V) => { readonly [key in K]: V } {
  const template: Record<K, V> = JSON.parse(
    JSON.stringify(Object.fromEntries(keys.map((key) => [key, null]))),
  );
  return (valueAt) => {
    const record = { ...template };
    for (const [index, key] of keys.entries()) record[key] = valueAt(index);
    return record;
  };
}
