/** `Object.entries` for records whose keys have a branded type (ids, dates): it keeps that type. */
export const entriesOf = <K extends string, V>(
  record: { readonly [key in K]: V },
): readonly (readonly [K, V])[] => Object.entries(record) as [K, V][];

/** `Object.keys`, with the names of the keys as their type. */
export const keysOf = <K extends string>(record: { readonly [key in K]: unknown }): readonly K[] =>
  entriesOf(record).map(([key]) => key);
