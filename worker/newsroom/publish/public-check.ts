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
 * `unsure`: the value from KV may be old. `differs`: another program wrote it, or KV lost a write. `missing`: KV lost
 * it.
 */
type PublicState = 'same' | 'unsure' | 'differs' | 'missing';

/** Compares `current` from KV with the last release noted as public; each is null if there is none. */
function publicState(current: Current | null, last: PublicRelease | null, nowMs: number): PublicState {
  if (!last) return current ? 'differs' : 'same';
  if (current?.key === last.key && current.n === last.n) return 'same';
  const mayBeOld = (current?.n ?? 0) < last.n && nowMs - last.doneMs < KV_MAY_LAG_MS;
  if (mayBeOld) return 'unsure';
  return current ? 'differs' : 'missing';
}

type Checks = {
  /** The last release that was noted as public; null before the first. */
  readonly last: () => PublicRelease | null;
  /** Whether that release shows the rows, or a release of them is due anyway. */
  readonly isShown: () => boolean;
  /** Called if what is public differs from the rows. `isMissing`: KV lost it. */
  readonly onDifference: (current: Current | null, isMissing: boolean) => void;
};

/**
 * Compares what is public with the rows, once after a wake: another program may have written to the same KV, or KV may
 * have lost a write.
 */
export class PublicCheck {
  readonly #kv: KVNamespace;
  readonly #nowMs: () => number;
  readonly #checks: Checks;
  #isDone = false;
  #underWay: Promise<void> | null = null;

  constructor(kv: KVNamespace, nowMs: () => number, checks: Checks) {
    this.#kv = kv;
    this.#nowMs = nowMs;
    this.#checks = checks;
  }

  /** Compares until that succeeds once. Two callers at a time share a comparison. Never throws because of KV. */
  async once(): Promise<void> {
    if (this.#isDone) return;
    this.#underWay ??= this.#compare().finally(() => {
      this.#underWay = null;
    });
    await this.#underWay;
  }

  async #compare(): Promise<void> {
    const comparison = await this.#read();
    if (comparison === null || comparison.state === 'unsure') return;
    this.#isDone = true;
    const { state, current } = comparison;
    if (state === 'same' && this.#checks.isShown()) return;
    console.warn('the public release differs from the rows:', state, current);
    this.#checks.onDifference(current, state === 'missing');
  }

  /** `current` in KV, compared with the last release; null if KV can't be read now. */
  async #read(): Promise<{ readonly state: PublicState; readonly current: Current | null } | null> {
    const last = this.#checks.last();
    const read = this.#kv.get<Current>(CURRENT_KEY, { type: 'json', cacheTtl: 30 });
    try {
      if (!(await endsWithin(read, READ_WITHIN_MS))) return null;
      const current = await read;
      return { state: publicState(current, last, this.#nowMs()), current };
    } catch (error) {
      console.warn('the key `current` could not be read from KV:', messageOf(error));
      return null;
    }
  }
}
