import { CURRENT_KEY, type Current } from '../../pack/format.ts';
import { endsWithin } from '../../platform/ends-within.ts';
import { messageOf } from '../../platform/message-of.ts';
import type { Done } from './attempts.ts';

/**
 * How long KV may give back what stood there before, an absent key included: "up to 60 seconds or more", so twice that.
 * https://developers.cloudflare.com/kv/concepts/how-kv-works/
 */
const KV_MAY_LAG_MS = 120_000;

/** A read that takes longer is given up; the next tick asks again. */
const READ_WITHIN_MS = 3000;

/**
 * What KV names as current, against the last release that the Newsroom knows to be public. `same`: it is that release.
 * `unsure`: what KV gives may be old. `differs`: another program wrote it, or a write was lost. `missing`: KV has lost it.
 */
export type PublicState = 'same' | 'unsure' | 'differs' | 'missing';

/** Compares what KV gave with the last release known to be public; null where there is none. */
function publicState(current: Current | null, last: Done | null, nowMs: number): PublicState {
  if (!last) return current ? 'differs' : 'same';
  if (current?.key === last.key) return 'same';
  const mayBeOld = (current?.n ?? 0) < last.n && nowMs - last.doneMs < KV_MAY_LAG_MS;
  if (mayBeOld) return 'unsure';
  return current ? 'differs' : 'missing';
}

/**
 * What KV names as current, compared with the last release known to be public. Another program may have written to the
 * same state, or KV may have lost something. Null where KV can't be read now.
 */
export async function readPublicState(
  kv: KVNamespace,
  last: Done | null,
  nowMs: () => number,
): Promise<{ readonly state: PublicState; readonly current: Current | null } | null> {
  const read = kv.get<Current>(CURRENT_KEY, { type: 'json', cacheTtl: 30 });
  try {
    if (!(await endsWithin(read, READ_WITHIN_MS))) return null;
    const current = await read;
    return { state: publicState(current, last, nowMs()), current };
  } catch (error) {
    console.warn('what is public could not be read:', messageOf(error));
    return null;
  }
}
