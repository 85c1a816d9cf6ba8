import { CURRENT_KEY, type Current } from '../../pack/format.ts';
import { endsWithin } from '../../platform/ends-within.ts';
import { messageOf } from '../../platform/message-of.ts';
import type { PublicRelease } from './attempts.ts';

/**
 * How long KV may return an old value, or none for a key that is new: "up to 60 seconds or more", so twice that.
 * https://developers.cloudflare.com/kv/concepts/how-kv-works/
 */
const KV_MAY_LAG_MS = 120_000;

/** A read that takes longer is abandoned; the next tick reads again. */
const READ_WITHIN_MS = 3000;

/**
 * How `current` in KV compares with the last release that the Newsroom noted as public. `same`: it names that release.
 * `unsure`: the value from KV may be old. `differs`: another program wrote it, or KV lost a write. `missing`: KV lost it.
 */
export type PublicState = 'same' | 'unsure' | 'differs' | 'missing';

/** Compares `current` from KV with the last release noted as public; each is null if there is none. */
function publicState(current: Current | null, last: PublicRelease | null, nowMs: number): PublicState {
  if (!last) return current ? 'differs' : 'same';
  if (current?.key === last.key && current.n === last.n) return 'same';
  const mayBeOld = (current?.n ?? 0) < last.n && nowMs - last.doneMs < KV_MAY_LAG_MS;
  if (mayBeOld) return 'unsure';
  return current ? 'differs' : 'missing';
}

/**
 * Reads `current` from KV and compares it with the last release noted as public: another program may have written to the
 * same KV, or KV may have lost a write. Null if KV can't be read now.
 */
export async function readPublicState(
  kv: KVNamespace,
  last: PublicRelease | null,
  nowMs: () => number,
): Promise<{ readonly state: PublicState; readonly current: Current | null } | null> {
  const read = kv.get<Current>(CURRENT_KEY, { type: 'json', cacheTtl: 30 });
  try {
    if (!(await endsWithin(read, READ_WITHIN_MS))) return null;
    const current = await read;
    return { state: publicState(current, last, nowMs()), current };
  } catch (error) {
    console.warn('the key `current` could not be read from KV:', messageOf(error));
    return null;
  }
}
