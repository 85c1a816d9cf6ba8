/** Who begins a read: `nowMs` is milliseconds since 1970, and the read goes on under `ctx` when its request is answered. */
export type Asker = { readonly nowMs: number; readonly ctx: Pick<ExecutionContext, 'waitUntil'> };

/** How a wait ended: `late` where the read was still under way. */
export type Outcome<V> =
  | { readonly kind: 'value'; readonly value: V }
  | { readonly kind: 'failed' }
  | { readonly kind: 'late' };

type Flight<V> = {
  readonly sinceMs: number;
  hasFailed: boolean;
  /** What ends the wait of each request that waits, and since when. One that stops waiting takes its own out. */
  readonly waiters: Map<(outcome: Outcome<V>) => void, number>;
};

type Limits = {
  /** A read that takes longer may have died with the request that began it: another read may begin. */
  readonly markerMs: number;
  /** After a read that failed none begins until so long after its beginning. */
  readonly pauseMs: number;
};

/** A waiter looks again at least this often whether the read has died. */
const SLICE_MS = 500;
/** A waiter that has not looked for so long has been cancelled. */
const GONE_MS = 2 * SLICE_MS;

/**
 * Reads that many requests wait for: at most one read of a key begins within `markerMs`, however many ask.
 *
 * A request may be cancelled at any moment, and its promises then never settle. So nobody awaits the read itself, only a
 * promise and a timer of the own request. A waiter that stops waiting leaves nothing behind, and one that was cancelled is
 * not told: workerd writes a warning for each promise that is resolved after its request has ended
 * (https://developers.cloudflare.com/workers/observability/errors/).
 */
export class SingleFlight<V> {
  readonly #flights = new Map<string, Flight<V>>();
  readonly #limits: Limits;
  readonly #onFailure: (error: unknown) => void;

  /** @param onFailure told of each read that fails */
  constructor(limits: Limits, onFailure: (error: unknown) => void) {
    this.#limits = limits;
    this.#onFailure = onFailure;
  }

  /**
   * Begins a read of a key, unless one is under way or there is a pause.
   * @param read does it; given the time at which it begins
   * @returns when the read that is under way now began, null during a pause after a failure
   */
  begin(key: string, { nowMs, ctx }: Asker, read: (nowMs: number) => Promise<V>): number | null {
    const last = this.#flights.get(key);
    if (last && this.#isHeeded(last, nowMs)) return last.hasFailed ? null : last.sinceMs;
    this.#forget(nowMs);
    // Those who wait for a read that seems to have died are served by whichever ends first.
    const waiters = last?.waiters ?? new Map();
    forgetGone(waiters);
    const flight: Flight<V> = { sinceMs: nowMs, hasFailed: false, waiters };
    this.#flights.set(key, flight);
    ctx.waitUntil(
      read(nowMs).then(
        (value) => this.#succeed(key, flight, value),
        (error: unknown) => this.#fail(key, flight, error),
      ),
    );
    return nowMs;
  }

  /**
   * Waits for the read of a key that is under way, at most `limitMs`, which is at most 500. With nothing left to wait it
   * is `late` at once, with nothing under way it has `failed`.
   */
  async wait(key: string, limitMs: number): Promise<Outcome<V>> {
    const flight = this.#flights.get(key);
    if (!flight || flight.hasFailed) return { kind: 'failed' };
    if (limitMs <= 0) return { kind: 'late' };
    let timer: number | null = null;
    let stopWaiting = () => {};
    try {
      return await new Promise<Outcome<V>>((resolve) => {
        timer = setTimeout(() => resolve({ kind: 'late' }), limitMs);
        flight.waiters.set(resolve, performance.now());
        stopWaiting = () => flight.waiters.delete(resolve);
      });
    } finally {
      // Here, not where the read ends: there another request's timers are at hand.
      clearTimeout(timer);
      stopWaiting();
    }
  }

  /** The value of a key, from a read that is under way or begins now; null where it fails or takes longer than `limitMs`. */
  async get(
    key: string,
    asker: Asker,
    limitMs: number,
    read: (nowMs: number) => Promise<V>,
  ): Promise<V | null> {
    const startMs = performance.now();
    for (let waitedMs = 0; waitedMs < limitMs; waitedMs = performance.now() - startMs) {
      if (this.begin(key, { ...asker, nowMs: asker.nowMs + waitedMs }, read) === null) return null;
      const outcome = await this.wait(key, Math.min(SLICE_MS, limitMs - waitedMs));
      if (outcome.kind !== 'late') return outcome.kind === 'value' ? outcome.value : null;
    }
    return null;
  }

  /** How many keys it knows of: those with a read under way or a pause, and some that it has not dropped yet. */
  get size(): number {
    return this.#flights.size;
  }

  // Clocks of requests differ by little, as timers are late; a clock that was set back by much is a new beginning.
  #isHeeded({ sinceMs, hasFailed }: Flight<V>, nowMs: number): boolean {
    const { markerMs, pauseMs } = this.#limits;
    return Math.abs(nowMs - sinceMs) < (hasFailed ? pauseMs : markerMs);
  }

  #succeed(key: string, flight: Flight<V>, value: V): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
    this.#tell(flight, { kind: 'value', value });
  }

  #fail(key: string, flight: Flight<V>, error: unknown): void {
    this.#onFailure(error);
    if (this.#flights.get(key) !== flight) return; // a younger read is under way, and may succeed
    flight.hasFailed = true;
    this.#tell(flight, { kind: 'failed' });
  }

  #tell({ waiters }: Flight<V>, outcome: Outcome<V>): void {
    forgetGone(waiters);
    for (const resolve of waiters.keys()) resolve(outcome);
    waiters.clear();
  }

  /** Drops keys whose read has died or whose pause is over. Who waits for one that comes back after all is told. */
  #forget(nowMs: number): void {
    for (const [key, flight] of this.#flights) if (!this.#isHeeded(flight, nowMs)) this.#flights.delete(key);
  }
}

/** Takes out those who were cancelled while they waited: they can't do so themselves. */
function forgetGone(waiters: Map<unknown, number>): void {
  const goneMs = performance.now() - GONE_MS;
  for (const [waiter, sinceMs] of waiters) if (sinceMs <= goneMs) waiters.delete(waiter);
}
