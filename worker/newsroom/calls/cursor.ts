import { codedFault } from '../../model/coded-fault.ts';
import { invalid, ok, type Result } from '../../model/problem.ts';

/**
 * Parses the cursor of a list; null without one, for the start of the list. An invalid cursor is a fault, not the end of
 * the list.
 * @param name of the query parameter
 * @param parse gives null for a text that is not a cursor of this list
 */
export function cursorOf<T>(
  name: 'before' | 'after',
  text: string | null,
  parse: (text: string) => T | null,
): Result<T | null> {
  if (text === null) return ok(null);
  const cursor = parse(text);
  return cursor === null ? invalid([codedFault('#', 'cursor-form', { name })]) : ok(cursor);
}
