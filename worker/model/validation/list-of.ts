import * as v from 'valibot';

/**
 * Schema of a list of at most `max` entries. A longer list is refused by its length alone: of 500,000 wrong entries,
 * each would be a fault.
 * @param what names the entries in the message, such as `sources`
 */
export const listOf = <const Entry extends v.GenericSchema>(entry: Entry, max: number, what: string) =>
  v.pipe(
    v.custom<readonly unknown[]>(Array.isArray, 'must be a list'),
    v.maxLength(max, `must be at most ${max} ${what}`),
    v.array(entry, 'must be a list'),
  );
