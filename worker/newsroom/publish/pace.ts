/** KV accepts one write per second to a key: https://developers.cloudflare.com/kv/platform/limits/ */
const MIN_MOVE_INTERVAL_MS = 1000;

/** When `current` may move again, and when to begin what moves it. All times are in milliseconds. */
export class Pace {
  readonly #nowMs: () => number;
  /** When this object last wrote `current`, since 1970; 0 if it has not since it woke. */
  #movedMs = 0;
  #begunMs = 0;
  /** How long the last publish worked until it could write `current`. */
  #workMs = 0;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** Whether this object has written `current` since it woke. */
  hasMoved = (): boolean => this.#movedMs > 0;

  /** How long until `current` may be written again; 0 or less if it may be written now. */
  waitMs = (): number => Math.min(this.#movedMs + MIN_MOVE_INTERVAL_MS - this.#nowMs(), MIN_MOVE_INTERVAL_MS);

  /** How long a publish may rest before it begins: one that takes as long as the last is ready when `current` may move. */
  restMs = (): number => Math.max(0, this.waitMs() - this.#workMs);

  /** A publish begins. */
  begin(): void {
    this.#begunMs = this.#nowMs();
  }

  /** All that a publish writes before `current` is written. */
  ready(): void {
    this.#workMs = this.#nowMs() - this.#begunMs;
  }

  /** `current` is written now; gives the time. */
  move(): number {
    this.#movedMs = this.#nowMs();
    return this.#movedMs;
  }
}
