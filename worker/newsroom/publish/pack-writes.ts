import type { Turns } from '../documents/turns.ts';

/**
 * The connections that a Worker may have open at once:
 * https://developers.cloudflare.com/workers/platform/limits/#simultaneous-open-connections
 */
const WRITES_AT_ONCE = 6;
/**
 * No further pack is made while the packs under way have more bytes. An isolate has 128 MB for everything; a pack has
 * at most 1 MB, or one item of at most 8 MB, which takes twice that while it is encoded.
 */
const MAX_HELD_BYTES = 8_000_000;

/** Writes of packs that are under way, some at a time, so that few packs are in memory at once. */
export class PackWrites {
  readonly #turns: Turns;
  readonly #underWay = new Set<Promise<void>>();
  readonly #failures: unknown[] = [];
  #heldBytes = 0;

  constructor(turns: Turns) {
    this.#turns = turns;
  }

  /**
   * Begins a write; ends when the next pack may be made.
   * @throws the failure of an earlier write, when all writes have ended
   */
  async begin(sizeBytes: number, write: () => Promise<void>): Promise<void> {
    this.#heldBytes += sizeBytes;
    const written = write()
      .catch((error) => {
        this.#failures.push(error);
      })
      .then(() => {
        this.#heldBytes -= sizeBytes;
        this.#underWay.delete(written);
      });
    this.#underWay.add(written);
    await this.#turns.count(sizeBytes);
    while (this.#underWay.size >= WRITES_AT_ONCE || this.#heldBytes > MAX_HELD_BYTES)
      await Promise.race(this.#underWay);
    if (this.#failures.length > 0) await this.end();
  }

  /**
   * Waits until all writes have ended.
   * @throws the first failure
   */
  async end(): Promise<void> {
    await Promise.all(this.#underWay);
    if (this.#failures.length > 0) throw this.#failures[0];
  }
}
