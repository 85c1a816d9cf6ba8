import { CURRENT_KEY, type Current } from '../pack/format.ts';
import { endsWithin } from '../platform/ends-within.ts';
import type { Env } from '../platform/env.ts';
import { LoadedRelease } from './loaded-release.ts';

/** To this age of what memory knows, it is served as it is. */
const FRESH_MS = 5_000;
/** To this age it is served, and refreshed behind; beyond, the reader waits for news, but not long. */
const SERVE_MS = 30_000;
const WAIT_MS = 500;
/** A refresh that takes longer may have died with the request that began it: another may begin. */
const MARKER_MS = 3_000;
/** After a refresh that failed, so long none is begun: readers do not hammer a KV that is down. */
const PAUSE_MS = 1_000;
/** A reader of an isolate that has nothing yet waits so long. */
const COLD_WAIT_MS = 5_000;
/** The shortest KV has: `current` moves, and absent keys are cached too. */
const CACHE_TTL_SECONDS = 30;

type Refresh = { readonly sinceMs: number; readonly ended: Promise<void> };

/**
 * The release in one isolate's memory. It never goes back: of all releases seen, the highest n is shown.
 * Times are milliseconds since 1970, given by the caller.
 */
export class ReleaseMemory {
  #release: LoadedRelease | null = null;
  /** When the read began that last found this release to be the current one. */
  #confirmedMs = Number.NEGATIVE_INFINITY;
  #refresh: Refresh | null = null;
  #pausedUntilMs = Number.NEGATIVE_INFINITY;

  /** The release if it is young enough to be served at once; refreshed behind when it should be. */
  warm(env: Env, ctx: ExecutionContext, nowMs: number): LoadedRelease | null {
    const age = nowMs - this.#confirmedMs;
    if (age >= 0 && age <= FRESH_MS) return this.#release;
    if (!this.#release || !(age >= 0 && age <= SERVE_MS)) return null;
    if (!this.#isPausedAt(nowMs)) this.#refreshOnce(env, ctx, nowMs);
    return this.#release;
  }

  /** The release, however old, after at most a short wait for a newer one; null if none can be read. */
  async get(env: Env, ctx: ExecutionContext, nowMs: number): Promise<LoadedRelease | null> {
    const warm = this.warm(env, ctx, nowMs);
    if (warm) return warm;
    if (this.#isPausedAt(nowMs)) return this.#release;
    if (this.#release) {
      const refresh = this.#refreshOnce(env, ctx, nowMs);
      await endsWithin(refresh.ended, Math.max(0, refresh.sinceMs + WAIT_MS - nowMs));
      return this.#release;
    }
    for (let waitedMs = 0; waitedMs < COLD_WAIT_MS; waitedMs += WAIT_MS) {
      const ended = await endsWithin(this.#refreshOnce(env, ctx, nowMs + waitedMs).ended, WAIT_MS);
      if (this.#release || ended) break;
    }
    return this.#release;
  }

  // A clock that was set back must not pause for longer than a pause lasts.
  #isPausedAt = (nowMs: number): boolean =>
    nowMs < this.#pausedUntilMs && nowMs >= this.#pausedUntilMs - PAUSE_MS;

  /** The refresh under way, or a new one. It outlives the request that began it, and never rejects. */
  #refreshOnce(env: Env, ctx: ExecutionContext, nowMs: number): Refresh {
    const running = this.#refresh;
    if (running && nowMs - running.sinceMs < MARKER_MS && nowMs >= running.sinceMs) return running;
    const ended = this.#read(env.BULLETIN, nowMs)
      .catch((error: unknown) => {
        this.#pausedUntilMs = nowMs + PAUSE_MS;
        // A site that never published has nothing to refresh: that is no news to whoever runs it.
        if (this.#release || !(error instanceof NothingPublished))
          console.warn('release not refreshed:', String(error));
      })
      .finally(() => {
        if (this.#refresh === refresh) this.#refresh = null;
      });
    const refresh: Refresh = { sinceMs: nowMs, ended };
    this.#refresh = refresh;
    ctx.waitUntil(ended);
    return refresh;
  }

  async #read(kv: KVNamespace, nowMs: number): Promise<void> {
    const current = await readCurrent(kv);
    if (current.n > this.#shown()) {
      const release = await readKey(kv, current.key).catch((error: unknown) => {
        if (this.#release || !current.previous) throw error;
        console.warn('current release not readable, reading the one before:', String(error));
        return null;
      });
      if (release) this.#show(release);
      else if (current.previous) {
        this.#show(await readKey(kv, current.previous));
        // Not the current one: served, and asked about again before long.
        this.#confirmedMs = nowMs - FRESH_MS - 1;
        this.#pausedUntilMs = nowMs + PAUSE_MS;
        return;
      }
    }
    this.#confirmedMs = nowMs;
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
  return current;
}

async function readKey(kv: KVNamespace, key: string): Promise<LoadedRelease> {
  const buffer = await kv.get(key, { type: 'arrayBuffer', cacheTtl: CACHE_TTL_SECONDS });
  if (buffer === null) throw new Error(`KV does not have ${key} yet`);
  return new LoadedRelease(buffer);
}
