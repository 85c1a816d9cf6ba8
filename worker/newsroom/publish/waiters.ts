import { endsWithin } from '../../platform/ends-within.ts';

type Waiter = { readonly state: number; readonly resolve: (release: number | null) => void };

/** The writes whose answer waits for the release that shows them. */
export class Waiters {
  #waiting: readonly Waiter[] = [];

  /** The number of the release that shows a state, or null where none did within `timeoutMs`. */
  async wait(state: number, timeoutMs: number): Promise<number | null> {
    const { promise, resolve } = Promise.withResolvers<number | null>();
    const waiter: Waiter = { state, resolve };
    this.#waiting = [...this.#waiting, waiter];
    const isShown = await endsWithin(promise, timeoutMs);
    this.#waiting = this.#waiting.filter((other) => other !== waiter);
    return isShown ? promise : null;
  }

  /** A release is public that shows a state and all before it; null where there is nothing to release. */
  resolve(state: number, release: number | null): void {
    for (const waiter of this.#waiting) if (waiter.state <= state) waiter.resolve(release);
  }
}
