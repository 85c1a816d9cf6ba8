import { CURRENT_KEY, type Current, checkedCurrent } from '../pack/format.ts';
import type { Env } from '../platform/env.ts';
import { type Flight, flightEndsWithin, SingleFlight } from '../platform/single-flight.ts';
import { LoadedRelease } from './loaded-release.ts';
import { SERVE_AS_IT_IS_MS, serveAt } from './serve-at.ts';

/** A reader waits so long for news where memory is too old to be served at once. */
const WAIT_MS = 500;
/** A refresh that takes longer may have died with the request that began it: another may begin. */
const MARKER_MS = 3_000;
/** After a refresh that failed, so long none is begun: readers do not hammer a KV that is down. */
const PAUSE_MS = 1_000;
/** A reader waits so long where nothing can be served: the isolate has no release yet, or the site is closed. */
const COLD_WAIT_MS = 5_000;
/** Refreshes further apart than this have nothing to do with each other: readers may wait for the later one. */
const APART_MS = 30_000;
/** The shortest KV has: `current` moves, and absent keys are cached too. */
const CACHE_TTL_SECONDS = 30;

/** A refresh: whether readers may wait for it, and whether one saw that it takes longer than a reader waits. */
type Refresh = { readonly sinceMs: number; readonly mayHold: boolean; isLate: boolean };

/**
 * The release in one isolate's memory. It never goes back: of all releases seen, the highest n is shown.
 * Times are milliseconds since 1970, given by the caller.
 */
export class ReleaseMemory {
  #release: LoadedRelease | null = null;
  /** When the read began that last found this release to be the current one. */
  #confirmedMs = Number.NEGATIVE_INFINITY;
  readonly #reads = new SingleFlight<void>({ markerMs: MARKER_MS, pauseMs: PAUSE_MS }, (error) =>
    this.#noteFailure(error),
  );
  /** The last refresh that began. */
  #refresh: Refresh = { sinceMs: Number.NEGATIVE_INFINITY, mayHold: true, isLate: false };
  /** Whether the last refresh was late: then readers do not wait for the next one. */
  #isSlow = false;

  /** The release if it may be served at once; refreshed behind when it should be. */
  warm(env: Env, ctx: ExecutionContext, nowMs: number): LoadedRelease | null {
    const release = this.#release;
    if (!release) return null;
    const ageMs = nowMs - this.#confirmedMs;
    const serve = serveAt(release, this.#confirmedMs, nowMs);
    if (ageMs >= 0 && ageMs <= serve.asItIsMs) return release;
    const flight = this.#refreshOnce(env, ctx, nowMs);
    if (flight && nowMs - flight.sinceMs >= WAIT_MS) this.#noteLate();
    if (ageMs >= 0 && ageMs <= serve.refreshedBehindMs) return release;
    return release.index.open && !(flight && this.#leftToWaitMs(nowMs) > 0) ? release : null;
  }

  /** The release, however old, after at most a short wait for a newer one; null if none can be read. */
  async get(env: Env, ctx: ExecutionContext, nowMs: number): Promise<LoadedRelease | null> {
    const warm = this.warm(env, ctx, nowMs);
    if (warm) return warm;
    const refresh = this.#refresh;
    if (this.#release?.index.open) {
      const flight = this.#refreshOnce(env, ctx, nowMs);
      const isLate = flight !== null && !(await flightEndsWithin(flight, this.#leftToWaitMs(nowMs)));
      if (isLate && refresh === this.#refresh) this.#noteLate();
    } else await this.#reads.get(CURRENT_KEY, { nowMs, ctx }, COLD_WAIT_MS, this.#refreshFrom(env.BULLETIN));
    return this.#release;
  }

  #leftToWaitMs(nowMs: number): number {
    const { sinceMs, mayHold, isLate } = this.#refresh;
    return mayHold && !isLate ? Math.min(WAIT_MS, sinceMs + WAIT_MS - nowMs) : 0;
  }

  #noteLate(): void {
    this.#refresh.isLate = true;
    this.#isSlow = true;
  }

  #noteFailure(error: unknown): void {
    // A site that never published has nothing to refresh: that is no news to whoever runs it.
    if (this.#release || !(error instanceof NothingPublished))
      console.warn('release not refreshed:', String(error));
  }

  /** The refresh under way, or a new one; null in the pause after one that failed. */
  #refreshOnce = (env: Env, ctx: ExecutionContext, nowMs: number): Flight<void> | null =>
    this.#reads.begin(CURRENT_KEY, { nowMs, ctx }, this.#refreshFrom(env.BULLETIN));

  #refreshFrom =
    (kv: KVNamespace) =>
    async (nowMs: number): Promise<void> => {
      const isApart = Math.abs(nowMs - this.#refresh.sinceMs) > APART_MS;
      const refresh: Refresh = { sinceMs: nowMs, mayHold: isApart || !this.#isSlow, isLate: false };
      this.#refresh = refresh;
      await this.#read(kv, refresh).finally(() => {
        if (refresh === this.#refresh) this.#isSlow = refresh.isLate;
      });
    };

  async #read(kv: KVNamespace, refresh: Refresh): Promise<void> {
    const current = await readCurrent(kv);
    if (current.n > this.#shown()) {
      try {
        this.#show(await readKey(kv, current.key));
      } catch (error) {
        if (this.#release || !current.previous) throw error;
        this.#show(await readKey(kv, current.previous));
        // Not the current one: served, and asked about again after the pause that a failure brings.
        this.#confirm(refresh, refresh.sinceMs - SERVE_AS_IT_IS_MS - 1);
        throw new Error(`the release before is shown, the current one is not readable: ${String(error)}`);
      }
    }
    this.#confirm(refresh, refresh.sinceMs);
  }

  // One that ends after a younger one has nothing newer to say. The youngest may: a clock can be set back.
  #confirm(refresh: Refresh, atMs: number): void {
    if (refresh === this.#refresh || atMs > this.#confirmedMs) this.#confirmedMs = atMs;
  }

  #show(release: LoadedRelease): void {
    if (release.index.n > this.#shown()) this.#release = release;
  }

  #shown = (): number => this.#release?.index.n ?? Number.NEGATIVE_INFINITY;
}

/** This isolate's. */
export const releases = new ReleaseMemory();

/**
 * The current release as this isolate knows it, for whoever needs its index; null if there is none to be read.
 * Costs a KV read only where a reader's request would have made one too.
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
