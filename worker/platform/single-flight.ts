import { endsWithin } from './ends-within.ts';

/** The request that asks for a read. `nowMs`: milliseconds since 1970. `ctx`: lets the read continue after the answer. */
export type Requester = { readonly nowMs: number; readonly ctx: Pick<ExecutionContext, 'waitUntil'> };

/**
 * A read that began at `sinceMs`. `outcome` is null until the read ends. If the read may have died, a later request
 * begins a second read in the same flight and moves `sinceMs`: the first to succeed sets the outcome for all who wait.
 */
export type Flight<V> = {
  readonly sinceMs: number;
  readonly outcome: { readonly value: V } | 'failed' | null;
  readonly signal: Signal;
};

type MutableFlight<V> = { -readonly [K in keyof Flight<V>]: Flight<V>[K] };

type Limits = {
  /** A read that takes longer may have died with the request that began it: a second read may begin. */
  readonly markerMs: number;
  /** After a failed read, no read begins until `pauseMs` after the failed read began. */
  readonly pauseMs: number;
};

/** A waiter checks at least this often whether the read may have died. */
const SLICE_MS = 500;

/**
 * Shares reads between requests: at most one read of a key begins within `markerMs`, however many requests ask for it.
 *
 * A request may be cancelled at any moment, and then its promises never settle. So no request waits for the read of
 * another request without a timer. If a promise is resolved after a request that waits for it has ended, workerd logs a
 * warning (https://developers.cloudflare.com/workers/observability/errors/). So a request keeps waiting for a promise
 * for as long as that promise can still be resolved. See `Signal`.
 */
export class SingleFlight<V> {
  readonly #flights = new Map<string, MutableFlight<V>>();
  readonly #limits: Limits;
  readonly #onFailure: (error: unknown) => void;

  /** @param onFailure called with the error of each read that fails */
  constructor(limits: Limits, onFailure: (error: unknown) => void) {
    this.#limits = limits;
    this.#onFailure = onFailure;
  }

  /**
   * The read of a key that is under way, or a new one. Null during the pause after a failed read.
   * @param read does the read; its argument is the time at which it begins
   */
  begin(key: string, { nowMs, ctx }: Requester, read: (nowMs: number) => Promise<V>): Flight<V> | null {
    const last = this.#flights.get(key);
    if (last && this.#isLive(last, nowMs)) return last.outcome === 'failed' ? null : last;
    // A read that seems to have died keeps its flight: whoever waits for it gets the outcome of the new read too.
    const signal = new Signal();
    const flight: MutableFlight<V> =
      last?.outcome === null ? last : { sinceMs: nowMs, outcome: null, signal };
    Object.assign(flight, { sinceMs: nowMs, signal });
    this.#dropExpired(nowMs);
    this.#flights.set(key, flight);
    ctx.waitUntil(this.#run(key, flight, read));
    return flight;
  }

  /**
   * The value of a key, from the read that is under way or from a new one. Null if the read fails or takes longer than
   * `limitMs`.
   */
  async get(
    key: string,
    requester: Requester,
    limitMs: number,
    read: (nowMs: number) => Promise<V>,
  ): Promise<V | null> {
    const startMs = performance.now();
    for (let waitedMs = 0; waitedMs < limitMs; waitedMs = performance.now() - startMs) {
      const flight = this.begin(key, { ...requester, nowMs: requester.nowMs + waitedMs }, read);
      if (!flight) return null;
      if (await flightEndsWithin(flight, Math.min(SLICE_MS, limitMs - waitedMs)))
        return flight.outcome === 'failed' ? null : (flight.outcome?.value ?? null);
    }
    return null;
  }

  /** The number of keys with a read under way or a pause, and of expired keys that are not dropped yet. */
  get size(): number {
    return this.#flights.size;
  }

  // The clocks of requests differ a little, because timers are late. A flight expires too if the clock is set back far.
  #isLive({ sinceMs, outcome }: Flight<V>, nowMs: number): boolean {
    const { markerMs, pauseMs } = this.#limits;
    return Math.abs(nowMs - sinceMs) < (outcome === 'failed' ? pauseMs : markerMs);
  }

  /** Runs the read in the request that began it, and signals its end to all who wait. Never throws. */
  async #run(key: string, flight: MutableFlight<V>, read: (nowMs: number) => Promise<V>): Promise<void> {
    const { sinceMs } = flight;
    let { signal } = flight;
    const timer = setInterval(() => {
      if (flight.signal !== signal) return; // a second read has begun in this flight, and replaces the signal itself
      signal = new Signal();
      flight.signal = signal;
    }, SIGNAL_MS);
    try {
      flight.outcome = { value: await read(sinceMs) };
      // A flight that was dropped as dead may still end here: it must not delete the newer flight of the same key.
      if (this.#flights.get(key) === flight) this.#flights.delete(key);
    } catch (error) {
      this.#onFailure(error);
      // If a second read has begun in this flight, its outcome counts, not this failure.
      if (flight.outcome === null && flight.sinceMs === sinceMs) flight.outcome = 'failed';
    }
    clearInterval(timer);
    signal.send();
  }

  /** Drops keys whose read has died or whose pause is over. */
  #dropExpired(nowMs: number): void {
    for (const [key, flight] of this.#flights) if (!this.#isLive(flight, nowMs)) this.#flights.delete(key);
  }
}

/** The request that reads replaces its signal after this time. An older signal is never sent. */
const SIGNAL_MS = 500;
/** A waiter waits this much longer than a signal can be sent, because timers are not exact. */
const LEEWAY_MS = 50;
/** If no new signal replaces an old one, the read has probably died: a waiter then polls its outcome this often. */
const POLL_MS = 100;

/**
 * Tells waiting requests that a read has ended. The request that reads creates the signal, and replaces it every half
 * second. An older signal is never sent, and every waiter waits until its signal is too old. So a signal never reaches
 * a request that has ended, unless that request was cancelled.
 */
class Signal {
  readonly #sent = Promise.withResolvers<void>();
  readonly #endMs = performance.now() + SIGNAL_MS;

  send(): void {
    if (performance.now() < this.#endMs) this.#sent.resolve();
  }

  /** Waits until the signal is sent or too old; for a signal that is too old already, one poll interval. */
  async sentOrExpired(): Promise<void> {
    const leftMs = this.#endMs + LEEWAY_MS - performance.now();
    if (leftMs <= 0) return sleep(POLL_MS);
    await endsWithin(this.#sent.promise, leftMs);
  }
}

/**
 * Waits until a read ends, for `limitMs` and at most half a second longer. Gives whether the read has ended. Does not
 * wait if `limitMs` is 0 or less.
 */
export async function flightEndsWithin(flight: Flight<unknown>, limitMs: number): Promise<boolean> {
  const endMs = performance.now() + limitMs;
  while (flight.outcome === null && performance.now() < endMs) await flight.signal.sentOrExpired();
  return flight.outcome !== null;
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
