import { type ColdIndex, decodePack, type ItemsIndex } from '../pack/format.ts';
import { BoundedCache } from '../platform/bounded-cache.ts';
import type { Env } from '../platform/env.ts';
import { SingleFlight } from '../platform/single-flight.ts';

/** A pack that a release points at. */
export type Pack<I extends ItemsIndex | ColdIndex> = {
  readonly index: I;
  readonly bytes: Uint8Array<ArrayBuffer>;
};

const CACHE_BYTES = 32 * 1024 * 1024;
/** A pack never changes under its key, so KV may cache it near the reader for a day. */
const CACHE_TTL_SECONDS = 86_400;
/** KV caches absent keys too. After such an absence the pack is read again with KV's shortest TTL. */
const RETRY_TTL_SECONDS = 30;
/** A read that takes longer may have died with the request that began it: another read may begin. */
const MARKER_MS = 3_000;
/** After a failed read, no read of the same pack begins for this long. */
const PAUSE_MS = 1_000;
/** The longest wait of a reader: past the marker, so that a second read can begin if the first one died. */
const WAIT_MS = MARKER_MS + 500;

/** Packs in one isolate's memory. A pack is read when a request first needs it. */
export class Packs {
  readonly #cache = new BoundedCache<Pack<ItemsIndex | ColdIndex>>(CACHE_BYTES);
  readonly #reads = new SingleFlight<Pack<ItemsIndex | ColdIndex>>(
    { markerMs: MARKER_MS, pauseMs: PAUSE_MS },
    (error) => console.warn('pack not readable:', String(error)),
  );

  /**
   * The pack of a key that a release names; null if KV does not give the pack within 3.5 seconds, or has just failed.
   * At most one read of a pack begins every 3 seconds, however many requests wait for it.
   */
  async read<I extends ItemsIndex | ColdIndex>(
    env: Env,
    ctx: ExecutionContext,
    { key, kind }: { readonly key: string; readonly kind: I['kind'] },
    nowMs: number,
  ): Promise<Pack<I> | null> {
    const pack =
      this.#cache.get(key) ??
      (await this.#reads.get(key, { nowMs, ctx }, WAIT_MS, async () => {
        const cached = this.#cache.get(key); // an earlier read that seemed dead may have ended after all
        if (cached) return cached;
        const buffer = await readPack(env.BULLETIN, key);
        const decoded = decodePack<ItemsIndex | ColdIndex>(buffer, kind);
        this.#cache.set(key, decoded, sizeOf(decoded));
        return decoded;
      }));
    return pack as Pack<I> | null;
  }
}

/** The memory of a pack: its buffer, and the objects of its index, which take about three times as much as its JSON. */
const sizeOf = ({ bytes }: Pack<ItemsIndex | ColdIndex>): number =>
  bytes.buffer.byteLength + 3 * bytes.byteOffset;

/** The packs of this isolate. */
export const packs = new Packs();

async function readPack(kv: KVNamespace, key: string): Promise<ArrayBuffer> {
  const buffer =
    (await kv.get(key, { type: 'arrayBuffer', cacheTtl: CACHE_TTL_SECONDS })) ??
    (await kv.get(key, { type: 'arrayBuffer', cacheTtl: RETRY_TTL_SECONDS }));
  if (buffer === null) throw new Error(`KV does not have ${key}`);
  return buffer;
}
