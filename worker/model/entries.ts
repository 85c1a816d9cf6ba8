/** `Object.entries` for records whose keys have a branded type (ids, dates): it keeps that type. */
export const entriesOf = <K extends string, V>(
  record: { readonly [key in K]: V },
): readonly (readonly [K, V])[] => Object.entries(record) as [K, V][];
