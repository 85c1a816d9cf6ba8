import { type ColdIndex, decodePack, type ItemsIndex } from '../pack/format.ts';
import { BoundedCache } from '../platform/bounded-cache.ts';
import type { Env } from '../platform/env.ts';
import { SingleFlight } from '../platform/single-flight.ts';

/** A pack that a release points at. */
export type Pack<I extends ItemsIndex | ColdIndex> = {
  readonly index: I;
  readonly bytes: Uint8Array<ArrayBuffer>;
};

const KEPT_BYTES = 32 * 1024 * 1024;
/** A pack never changes under its key, so KV may keep it close for a day. */
const CACHE_TTL_SECONDS = 86_400;
/** If KV has just remembered that a pack was not there, this asks again as soon as it may. */
const RETRY_TTL_SECONDS = 30;
const MARKER_MS = 3_000;
const PAUSE_MS = 1_000;
/** So long a reader waits: past the marker, so that whoever came with a request that was cancelled sees a second read. */
const WAIT_MS = MARKER_MS + 500;

/** Packs in one isolate's memory, read when first asked for. */
export class Packs {
  readonly #kept = new BoundedCache<Pack<ItemsIndex | ColdIndex>>(KEPT_BYTES);
  readonly #reads = new SingleFlight<Pack<ItemsIndex | ColdIndex>>(
    { markerMs: MARKER_MS, pauseMs: PAUSE_MS },
    (error) => console.warn('pack not readable:', String(error)),
  );

  /**
   * The pack under a key that a release names; null if KV does not give it within 3.5 seconds, or has just failed.
   * However many ask, a read of it begins at most every 3 seconds.
   */
  async read<I extends ItemsIndex | ColdIndex>(
    env: Env,
    ctx: ExecutionContext,
    { key, kind }: { readonly key: string; readonly kind: I['kind'] },
    nowMs: number,
  ): Promise<Pack<I> | null> {
    const pack =
      this.#kept.get(key) ??
      (await this.#reads.get(key, { nowMs, ctx }, WAIT_MS, async () => {
        const before = this.#kept.get(key); // a read that was taken for dead has ended after all
        if (before) return before;
        const buffer = await readPack(env.BULLETIN, key);
        const read = decodePack<ItemsIndex | ColdIndex>(buffer, kind);
        this.#kept.set(key, read, sizeOf(read));
        return read;
      }));
    return pack as Pack<I> | null;
  }
}

/** What a pack takes in memory: its buffer, and its index, whose objects take about three times as much as its JSON. */
const sizeOf = ({ bytes }: Pack<ItemsIndex | ColdIndex>): number =>
  bytes.buffer.byteLength + 3 * bytes.byteOffset;

/** This isolate's. */
export const packs = new Packs();

async function readPack(kv: KVNamespace, key: string): Promise<ArrayBuffer> {
  const buffer =
    (await kv.get(key, { type: 'arrayBuffer', cacheTtl: CACHE_TTL_SECONDS })) ??
    (await kv.get(key, { type: 'arrayBuffer', cacheTtl: RETRY_TTL_SECONDS }));
  if (buffer === null) throw new Error(`KV does not have ${key}`);
  return buffer;
}
