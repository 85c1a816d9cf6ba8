/** The entries of a record whose keys are ids or dates, which `Object.entries` takes for plain texts. */
export const entriesOf = <K extends string, V>(
  record: { readonly [key in K]: V },
): readonly (readonly [K, V])[] => Object.entries(record) as [K, V][];
