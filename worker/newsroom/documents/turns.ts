/** Work in pieces: each `yield` gives the bytes that the piece has rendered or encoded. */
export type Work<T> = Generator<number, T, void>;

/**
 * The most bytes that one turn of the Newsroom renders or encodes, unless one page alone has more. Counted, because a
 * clock stands still while a Worker computes. Measured in workerd: pages take about 0.1 ms a kilobyte, so a turn takes
 * about 50 ms.
 */
export const BYTES_A_TURN = 500_000;

/** Parts long work into turns of the Newsroom, so that a staff call never waits long. */
export class Turns {
  /** Bytes in this turn so far. */
  #bytes = 0;
  readonly #sleep: (ms: number) => Promise<void>;

  /** @param sleep lets other calls run, for at least so many milliseconds */
  constructor(sleep: (ms: number) => Promise<void>) {
    this.#sleep = sleep;
  }

  /** Counts bytes; ends the turn if it has had enough. */
  async count(sizeBytes: number): Promise<void> {
    this.#bytes += sizeBytes;
    if (this.#bytes >= BYTES_A_TURN) await this.#end();
  }

  /** Does all the work. */
  async run<T>(work: Work<T>): Promise<T> {
    for (;;) {
      const next = work.next();
      if (next.done) return next.value;
      await this.count(next.value);
    }
  }

  /** Does the work unless it is stale at the end of a turn; null if it is. */
  async runUnless<T>(work: Work<T>, isStale: () => boolean): Promise<T | null> {
    for (;;) {
      const next = work.next();
      if (next.done) return next.value;
      await this.count(next.value);
      if (isStale()) return null;
    }
  }

  /** Does the work for one whole turn, and for more turns until `isTime`. */
  async runUntil(work: Work<unknown>, isTime: () => boolean): Promise<void> {
    await this.#end();
    for (let next = work.next(); !next.done; next = work.next()) {
      this.#bytes += next.value;
      if (this.#bytes < BYTES_A_TURN) continue;
      await this.#end();
      if (isTime()) return;
    }
  }

  async #end(): Promise<void> {
    this.#bytes = 0;
    await this.#sleep(0);
  }
}
