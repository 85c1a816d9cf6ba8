import { type ColdIndex, decodePack, type ItemsIndex } from '../pack/format.ts';
import { BoundedCache } from '../platform/bounded-cache.ts';
import { endsWithin } from '../platform/ends-within.ts';
import type { Env } from '../platform/env.ts';

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
const JOIN_MS = 500;
const MARKER_MS = 3_000;
const READ_MS = 10_000;
const PAUSE_MS = 1_000;

type Reading = { readonly sinceMs: number; readonly ended: Promise<void> };

/** Packs in one isolate's memory, read when first asked for. */
export class Packs {
  readonly #kept = new BoundedCache<Pack<ItemsIndex | ColdIndex>>(KEPT_BYTES);
  readonly #reading = new Map<string, Reading>();
  readonly #pausedUntilMs = new Map<string, number>();

  /** The pack under a key that a release names; null if KV does not give it. Many who ask at once cost one read. */
  async read<I extends ItemsIndex | ColdIndex>(
    env: Env,
    ctx: ExecutionContext,
    at: { readonly key: string; readonly kind: I['kind'] },
    nowMs: number,
  ): Promise<Pack<I> | null> {
    const kept = () => (this.#kept.get(at.key) as Pack<I> | undefined) ?? null;
    if (kept() || nowMs < (this.#pausedUntilMs.get(at.key) ?? 0)) return kept();
    const running = this.#reading.get(at.key);
    if (running && nowMs - running.sinceMs < MARKER_MS && (await endsWithin(running.ended, JOIN_MS)))
      return kept();
    if (!kept()) await endsWithin(this.#begin(env.BULLETIN, ctx, at, nowMs), READ_MS);
    return kept();
  }

  #begin(
    kv: KVNamespace,
    ctx: ExecutionContext,
    { key, kind }: { readonly key: string; readonly kind: (ItemsIndex | ColdIndex)['kind'] },
    nowMs: number,
  ): Promise<void> {
    const ended = readPack(kv, key)
      .then((buffer) => {
        this.#kept.set(key, decodePack<ItemsIndex | ColdIndex>(buffer, kind), buffer.byteLength);
        this.#pausedUntilMs.delete(key);
      })
      .catch((error: unknown) => {
        this.#pausedUntilMs.set(key, nowMs + PAUSE_MS);
        console.warn('pack not readable:', String(error));
      })
      .finally(() => {
        if (this.#reading.get(key) === reading) this.#reading.delete(key);
      });
    const reading: Reading = { sinceMs: nowMs, ended };
    this.#reading.set(key, reading);
    ctx.waitUntil(ended);
    return ended;
  }
}

/** This isolate's. */
export const packs = new Packs();

async function readPack(kv: KVNamespace, key: string): Promise<ArrayBuffer> {
  const buffer =
    (await kv.get(key, { type: 'arrayBuffer', cacheTtl: CACHE_TTL_SECONDS })) ??
    (await kv.get(key, { type: 'arrayBuffer', cacheTtl: RETRY_TTL_SECONDS }));
  if (buffer === null) throw new Error(`KV does not have ${key}`);
  return buffer;
}
