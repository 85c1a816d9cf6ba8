import type { Current } from '../../pack/format.ts';
import type { Done } from './attempts.ts';

/**
 * How long KV may give back what stood there before, an absent key included: "up to 60 seconds or more", so twice that.
 * https://developers.cloudflare.com/kv/concepts/how-kv-works/
 */
const KV_MAY_LAG_MS = 120_000;

/**
 * What KV names as current, against the last release that the Newsroom knows to be public. `same`: it is that release.
 * `unsure`: what KV gives may be old. `differs`: another program wrote it, or a write was lost. `missing`: KV has lost it.
 */
export type PublicState = 'same' | 'unsure' | 'differs' | 'missing';

/** Compares what KV gave with the last release known to be public; null where there is none. */
export function publicState(current: Current | null, last: Done | null, nowMs: number): PublicState {
  if (!last) return current ? 'differs' : 'same';
  if (current?.key === last.key) return 'same';
  const mayBeOld = (current?.n ?? 0) < last.n && nowMs - last.doneMs < KV_MAY_LAG_MS;
  if (mayBeOld) return 'unsure';
  return current ? 'differs' : 'missing';
}
