import { CURRENT_KEY, type Current, checkedCurrent } from '../pack/format.ts';
import type { Env } from '../platform/env.ts';
import { type Flight, flightEndsWithin, SingleFlight } from '../platform/single-flight.ts';
import { LoadedRelease } from './loaded-release.ts';
import { FRESH_MS, serveLimits } from './serve-limits.ts';

/** The longest wait of a reader for a refresh when the release in memory is too old to be served at once. */
const WAIT_MS = 500;
/** A refresh that takes longer may have died with the request that began it: another refresh may begin. */
const MARKER_MS = 3_000;
/** After a failed refresh, no refresh begins for this long, so that readers do not hammer a KV that is down. */
const PAUSE_MS = 1_000;
/** The longest wait of a reader when nothing can be served: the isolate has no release yet, or the site is closed. */
const COLD_WAIT_MS = 5_000;
/** Readers may wait for a refresh that begins this long after one that ended late: KV may be fast again. */
const UNRELATED_MS = 30_000;
/**
 * The same after a refresh that has not ended. KV probably still hangs, so readers are served at once for this long; but
 * the first reader after a longer quiet time waits, and does not see a release of an hour ago.
 */
const FORGET_MS = 600_000;
/** KV's shortest TTL: `current` moves, and KV caches absent keys too. */
const CACHE_TTL_SECONDS = 30;

type Refresh = {
  readonly sinceMs: number;
  /** Whether readers may wait for this refresh. */
  readonly mayWait: boolean;
  /** Whether this refresh has taken longer than a reader waits. */
  isLate: boolean;
  hasEnded: boolean;
};

/**
 * The release in one isolate's memory. It never goes back: it always serves the highest n that it has read.
 * Times are milliseconds since 1970, given by the caller.
 */
export class ReleaseMemory {
  #release: LoadedRelease | null = null;
  /** When the last refresh began that found this release to be the current one. */
  #confirmedMs = Number.NEGATIVE_INFINITY;
  readonly #reads = new SingleFlight<void>({ markerMs: MARKER_MS, pauseMs: PAUSE_MS }, (error) =>
    this.#noteFailure(error),
  );
  /** The last refresh that began. */
  #refresh: Refresh = { sinceMs: Number.NEGATIVE_INFINITY, mayWait: true, isLate: false, hasEnded: true };
  /** Whether the last refresh was late: then readers do not wait for the next one. */
  #isSlow = false;

  /** The release if it may be served at once, else null. Begins a refresh if one is due. */
  warm(env: Env, ctx: ExecutionContext, nowMs: number): LoadedRelease | null {
    const release = this.#release;
    if (!release) return null;
    const ageMs = nowMs - this.#confirmedMs;
    const { freshMs, staleMs } = serveLimits(release, this.#confirmedMs, nowMs);
    if (ageMs >= 0 && ageMs <= freshMs) return release;
    const flight = this.#refreshOnce(env, ctx, nowMs);
    if (flight && nowMs - flight.sinceMs >= WAIT_MS) this.#noteLate();
    if (ageMs >= 0 && ageMs <= staleMs) return release;
    return release.index.open && !(flight && this.#remainingWaitMs(nowMs) > 0) ? release : null;
  }

  /** The release of any age, after at most a short wait for a newer one; null if no release can be read. */
  async get(env: Env, ctx: ExecutionContext, nowMs: number): Promise<LoadedRelease | null> {
    const warm = this.warm(env, ctx, nowMs);
    if (warm) return warm;
    const refresh = this.#refresh;
    if (this.#release?.index.open) {
      const flight = this.#refreshOnce(env, ctx, nowMs);
      const isLate = flight !== null && !(await flightEndsWithin(flight, this.#remainingWaitMs(nowMs)));
      if (isLate && refresh === this.#refresh) this.#noteLate();
    } else await this.#reads.get(CURRENT_KEY, { nowMs, ctx }, COLD_WAIT_MS, this.#refreshFrom(env.BULLETIN));
    return this.#release;
  }

  #remainingWaitMs(nowMs: number): number {
    const { sinceMs, mayWait, isLate } = this.#refresh;
    return mayWait && !isLate ? Math.min(WAIT_MS, sinceMs + WAIT_MS - nowMs) : 0;
  }

  #noteLate(): void {
    this.#refresh.isLate = true;
    this.#isSlow = true;
  }

  #noteFailure(error: unknown): void {
    // A site that never published has nothing to refresh, and its operator knows that.
    if (this.#release || !(error instanceof NothingPublished))
      console.warn('release not refreshed:', String(error));
  }

  /** The refresh under way, or a new one; null in the pause after a failed refresh. */
  #refreshOnce = (env: Env, ctx: ExecutionContext, nowMs: number): Flight<void> | null =>
    this.#reads.begin(CURRENT_KEY, { nowMs, ctx }, this.#refreshFrom(env.BULLETIN));

  #refreshFrom =
    (kv: KVNamespace) =>
    async (nowMs: number): Promise<void> => {
      const { sinceMs, hasEnded } = this.#refresh;
      const isUnrelated = Math.abs(nowMs - sinceMs) > (hasEnded ? UNRELATED_MS : FORGET_MS);
      const mayWait = isUnrelated || !this.#isSlow;
      const refresh: Refresh = { sinceMs: nowMs, mayWait, isLate: false, hasEnded: false };
      this.#refresh = refresh;
      await this.#read(kv, refresh).finally(() => {
        refresh.hasEnded = true;
        if (refresh === this.#refresh) this.#isSlow = refresh.isLate;
      });
    };

  async #read(kv: KVNamespace, refresh: Refresh): Promise<void> {
    const current = await readCurrent(kv);
    if (current.n > this.#servedNumber()) {
      try {
        this.#serve(await readKey(kv, current.key));
      } catch (error) {
        if (this.#release || !current.previous) throw error;
        this.#serve(await readKey(kv, current.previous));
        // The previous release counts as no longer fresh, and the error starts a pause: then `current` is read again.
        this.#confirm(refresh, refresh.sinceMs - FRESH_MS - 1);
        throw new Error(
          `the current release is not readable, so the previous one is served: ${String(error)}`,
        );
      }
    }
    this.#confirm(refresh, refresh.sinceMs);
  }

  // A refresh that ends after a later one must not move the time back. The latest may, because a clock can be set back.
  #confirm(refresh: Refresh, confirmedMs: number): void {
    if (refresh === this.#refresh || confirmedMs > this.#confirmedMs) this.#confirmedMs = confirmedMs;
  }

  #serve(release: LoadedRelease): void {
    if (release.index.n > this.#servedNumber()) this.#release = release;
  }

  #servedNumber = (): number => this.#release?.index.n ?? Number.NEGATIVE_INFINITY;
}

/** The release memory of this isolate. */
export const releases = new ReleaseMemory();

/**
 * The current release as this isolate knows it, for callers that need its index; null if no release can be read.
 * Costs a KV read only if a reader's request at this moment would cost one too.
 */
export const readRelease = (env: Env, ctx: ExecutionContext, nowMs: number): Promise<LoadedRelease | null> =>
  releases.get(env, ctx, nowMs);

class NothingPublished extends Error {}

async function readCurrent(kv: KVNamespace): Promise<Current> {
  const current = await kv.get<Current>(CURRENT_KEY, { type: 'json', cacheTtl: CACHE_TTL_SECONDS });
  if (current === null) throw new NothingPublished('KV names no current release');
  return checkedCurrent(current);
}

async function readKey(kv: KVNamespace, key: string): Promise<LoadedRelease> {
  const buffer = await kv.get(key, { type: 'arrayBuffer', cacheTtl: CACHE_TTL_SECONDS });
  if (buffer === null) throw new Error(`KV does not have ${key} yet`);
  return new LoadedRelease(buffer);
}
