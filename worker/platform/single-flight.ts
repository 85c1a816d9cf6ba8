import { endsWithin } from './ends-within.ts';

/** Who begins a read: `nowMs` is milliseconds since 1970, and the read goes on under `ctx` when its request is answered. */
export type Asker = { readonly nowMs: number; readonly ctx: Pick<ExecutionContext, 'waitUntil'> };

/**
 * A read that was begun at `sinceMs`. Its outcome is null while it is under way, and for ever if it died and no other was
 * begun in its place: one that is moves `sinceMs`, and whichever of the two succeeds first is the outcome of both.
 */
export type Flight<V> = {
  readonly sinceMs: number;
  readonly outcome: { readonly value: V } | 'failed' | null;
  readonly signal: Signal;
};

type OwnFlight<V> = { -readonly [K in keyof Flight<V>]: Flight<V>[K] };

type Limits = {
  /** A read that takes longer may have died with the request that began it: another read may begin. */
  readonly markerMs: number;
  /** After a read that failed none begins until so long after its beginning. */
  readonly pauseMs: number;
};

/** At least this often a waiter asks whether the read has died. */
const SLICE_MS = 500;

/**
 * Reads that many requests wait for: at most one read of a key begins within `markerMs`, however many ask.
 *
 * A request may be cancelled at any moment, and its promises then never settle: so nobody waits for the read of another
 * request without a timer. And where a promise is resolved after a request that waited for it has ended, workerd writes a
 * warning for each (https://developers.cloudflare.com/workers/observability/errors/): so nobody stops waiting for a
 * promise that may still be resolved. See `Signal`.
 */
export class SingleFlight<V> {
  readonly #flights = new Map<string, OwnFlight<V>>();
  readonly #limits: Limits;
  readonly #onFailure: (error: unknown) => void;

  /** @param onFailure told of each read that fails */
  constructor(limits: Limits, onFailure: (error: unknown) => void) {
    this.#limits = limits;
    this.#onFailure = onFailure;
  }

  /**
   * The read of a key that is under way, or a new one; null during a pause after a failure.
   * @param read does it; given the time at which it begins
   */
  begin(key: string, { nowMs, ctx }: Asker, read: (nowMs: number) => Promise<V>): Flight<V> | null {
    const last = this.#flights.get(key);
    if (last && this.#isHeeded(last, nowMs)) return last.outcome === 'failed' ? null : last;
    // Those who wait for a read that seems to have died wait for the one in its place.
    const signal = new Signal();
    const flight: OwnFlight<V> = last?.outcome === null ? last : { sinceMs: nowMs, outcome: null, signal };
    Object.assign(flight, { sinceMs: nowMs, signal });
    this.#forget(nowMs);
    this.#flights.set(key, flight);
    ctx.waitUntil(this.#carryOut(key, flight, read));
    return flight;
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
      const flight = this.begin(key, { ...asker, nowMs: asker.nowMs + waitedMs }, read);
      if (!flight) return null;
      if (await hasEnded(flight, Math.min(SLICE_MS, limitMs - waitedMs)))
        return flight.outcome === 'failed' ? null : (flight.outcome?.value ?? null);
    }
    return null;
  }

  /** How many keys it knows of: those with a read under way or a pause, and some that it has not dropped yet. */
  get size(): number {
    return this.#flights.size;
  }

  // Clocks of requests differ by little, as timers are late; a clock that was set back by much is a new beginning.
  #isHeeded({ sinceMs, outcome }: Flight<V>, nowMs: number): boolean {
    const { markerMs, pauseMs } = this.#limits;
    return Math.abs(nowMs - sinceMs) < (outcome === 'failed' ? pauseMs : markerMs);
  }

  /** Never throws. Runs under the request that began the read, and tells the others. */
  async #carryOut(key: string, flight: OwnFlight<V>, read: (nowMs: number) => Promise<V>): Promise<void> {
    const { sinceMs } = flight;
    let { signal } = flight;
    const timer = setInterval(() => {
      if (flight.signal !== signal) return; // another read was begun in this one's place
      signal = new Signal();
      flight.signal = signal;
    }, SIGNAL_MS);
    try {
      flight.outcome = { value: await read(sinceMs) };
      // One that was dropped as dead and has ended all the same must not take the place of the one that is under way.
      if (this.#flights.get(key) === flight) this.#flights.delete(key);
    } catch (error) {
      this.#onFailure(error);
      // Where another was begun in its place, that one may succeed; where that one has, this is no news.
      if (flight.outcome === null && flight.sinceMs === sinceMs) flight.outcome = 'failed';
    }
    clearInterval(timer);
    signal.send();
  }

  /** Drops keys whose read has died or whose pause is over. */
  #forget(nowMs: number): void {
    for (const [key, flight] of this.#flights) if (!this.#isHeeded(flight, nowMs)) this.#flights.delete(key);
  }
}

/** So often the request that reads replaces its signal. */
const SIGNAL_MS = 500;
/** So much longer those stay who wait for one. */
const LEEWAY_MS = 50;
/** Without a signal of late the read has probably died: a waiter looks so often whether it has ended all the same. */
const LOOK_MS = 100;

/**
 * Tells those who wait that a read has ended. The request that reads makes it, and replaces it every half second: one that
 * is older is not sent any more, and all who wait for it stay as long, so that it never reaches a request that has ended,
 * but for one that was cancelled meanwhile.
 */
class Signal {
  readonly #sent = Promise.withResolvers<void>();
  readonly #endMs = performance.now() + SIGNAL_MS;

  send(): void {
    if (performance.now() < this.#endMs) this.#sent.resolve();
  }

  /** Waits until it is sent, or will not be any more. */
  async sentOrOver(): Promise<void> {
    const leftMs = this.#endMs + LEEWAY_MS - performance.now();
    if (leftMs <= 0) return sleep(LOOK_MS);
    await endsWithin(this.#sent.promise, leftMs);
  }
}

/**
 * Waits until a read ends, for `limitMs` and at most half a second longer, and says whether it has. With nothing left to
 * wait it says so at once.
 */
export async function hasEnded(flight: Flight<unknown>, limitMs: number): Promise<boolean> {
  const endMs = performance.now() + limitMs;
  while (flight.outcome === null && performance.now() < endMs) await flight.signal.sentOrOver();
  return flight.outcome !== null;
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
