import * as v from 'valibot';
import { says } from './says.ts';

/**
 * Schema of a list of at most `max` entries. A longer list is refused by its length alone: of 500,000 wrong entries,
 * each would be a fault.
 * @param what names the entries in the message, such as `sources`
 */
export const listOf = <const Entry extends v.GenericSchema>(
  entry: Entry,
  max: number,
  what: string,
  tooLong = says('list-too-long', { most: max, names: what }),
) =>
  v.pipe(
    v.custom<readonly unknown[]>(Array.isArray, says('list-expected')),
    v.maxLength(max, tooLong),
    v.array(entry, says('list-expected')),
  );
