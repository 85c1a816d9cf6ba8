import { endsWithin } from '../../platform/ends-within.ts';

type Waiter = { readonly state: number; readonly resolve: (release: number | null) => void };

/** The writes that are answered only when a release shows them. */
export class Waiters {
  #waiting: readonly Waiter[] = [];

  /** Waits for a release that shows a state; gives its number, or null after `timeoutMs`. */
  async wait(state: number, timeoutMs: number): Promise<number | null> {
    const { promise, resolve } = Promise.withResolvers<number | null>();
    const waiter: Waiter = { state, resolve };
    this.#waiting = [...this.#waiting, waiter];
    const isShown = await endsWithin(promise, timeoutMs);
    this.#waiting = this.#waiting.filter((other) => other !== waiter);
    return isShown ? promise : null;
  }

  /**
   * Resolves the waiters for a state and for all earlier states.
   * @param release the number of the release that shows the state; null if there is nothing to release yet
   */
  resolve(state: number, release: number | null): void {
    for (const waiter of this.#waiting) if (waiter.state <= state) waiter.resolve(release);
  }
}
