import { invalid, ok, type Result } from '../../model/problem.ts';

/**
 * Where a list goes on, or null for its beginning. A cursor that is none is a fault, not the end of the list.
 * @param name of the query parameter
 * @param parse gives null for a text that no `next` of this list holds
 */
export function cursorOf<T>(
  name: 'before' | 'after',
  text: string | null,
  parse: (text: string) => T | null,
): Result<T | null> {
  if (text === null) return ok(null);
  const cursor = parse(text);
  return cursor === null
    ? invalid([
        { pointer: '#', detail: `the query parameter ${name} must be as \`next\` of this list has it` },
      ])
    : ok(cursor);
}
