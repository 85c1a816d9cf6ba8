import { textOf } from '../coded.ts';
import type { MessageCode, Params } from '../messages.ts';
import type { Fault } from '../problem.ts';

/** The most faults that the answer to an import lists: cells are many. Reading stops when there are more. */
export const MAX_IMPORT_FAULTS = 200;

/** Where the faults of a file are. */
export const FILE_POINTER = '#/figures';

/**
 * The faults of a file. One cause is one fault, however many cells have it: it has the first place, and their number.
 */
export class FileFaults {
  readonly #groups = new Map<
    string,
    { readonly code: MessageCode; readonly params: Params; count: number }
  >();

  /** @param cause what tells the causes of a code apart, such as the cell; the same for all that have one cause */
  add(code: MessageCode, params: Params, cause: string | number = ''): void {
    const key = `${code} ${cause}`;
    const group = this.#groups.get(key);
    if (group) group.count += 1;
    else this.#groups.set(key, { code, params, count: 1 });
  }

  /** Whether there are more faults than an answer lists. */
  get isFull(): boolean {
    return this.#groups.size > MAX_IMPORT_FAULTS;
  }

  get isEmpty(): boolean {
    return this.#groups.size === 0;
  }

  /** All faults, from the top of the file down. */
  list(): readonly Fault[] {
    return [...this.#groups.values()]
      .toSorted((a, b) => Number(a.params.row ?? 0) - Number(b.params.row ?? 0))
      .map(({ code, params, count }) => ({
        pointer: FILE_POINTER,
        ...textOf({ code, params: count === 1 ? params : { ...params, count } }),
      }));
  }
}
