import { coded } from '../model/coded.ts';
import type { Coded, MessageCode } from '../model/messages.ts';
import { ok, type Result, refuse } from '../model/problem.ts';
import type { Bucket, CallLimits } from '../model/staff/call-limits.ts';
import type { StaffAnswer, StaffCall } from '../model/staff/request.ts';

/** The most keys that are remembered. A key that is not remembered has full buckets. */
const MAX_KEYS = 1000;

/**
 * What a key has left, as of `atMs` (since 1970). `answerBytes` may be below 0: an answer is counted when it is made.
 */
type Use = { calls: number; bodyBytes: number; answerBytes: number; underWay: number; atMs: number };

const BUCKETS = ['calls', 'bodyBytes', 'answerBytes'] as const;

/**
 * Limits the calls of each staff key, so that no key keeps the Newsroom from the others. In memory: it costs no
 * storage, and begins with full buckets when the object wakes.
 */
export class CallRates {
  readonly #limitsOf: (key: string) => CallLimits;
  /** By key, the most recently used last. */
  readonly #uses = new Map<string, Use>();

  constructor(limitsOf: (key: string) => CallLimits) {
    this.#limitsOf = limitsOf;
  }

  /** Answers a call by `answer`, or refuses it with 429. A refused call uses up nothing. */
  async limit(
    call: Pick<StaffCall, 'key' | 'bodyBytes'>,
    nowMs: number,
    answer: () => Promise<StaffAnswer>,
  ): Promise<StaffAnswer> {
    // A Worker of an older version, in the minute of a deploy, sends no size.
    const admitted = this.#admit(call.key, call.bodyBytes || 0, nowMs);
    if (!admitted.ok) return admitted;
    const use = admitted.value;
    try {
      const given = await answer();
      if (given.ok) use.answerBytes -= given.body.length;
      return given;
    } finally {
      use.underWay -= 1;
    }
  }

  #admit(key: string, bodyBytes: number, nowMs: number): Result<Use> {
    const limits = this.#limitsOf(key);
    const use = this.#useOf(key, limits, nowMs);
    if (use.underWay >= limits.atOnce)
      return tooMany(1, coded('rate-at-once', { most: limits.atOnce, seconds: 1 }));
    const wanted = { calls: 1, bodyBytes, answerBytes: 0 };
    const seconds = BUCKETS.map((name) => secondsUntil(wanted[name], use[name], limits[name]));
    const longest = Math.max(...seconds);
    if (longest > 0) {
      const bucket = BUCKETS[seconds.indexOf(longest)] ?? 'calls';
      const { perSecond: rate, burst } = limits[bucket];
      return tooMany(longest, coded(CODES[bucket], { rate, burst, seconds: longest }));
    }
    use.calls -= 1;
    use.bodyBytes -= bodyBytes;
    use.underWay += 1;
    return ok(use);
  }

  /** What a key has left now. */
  #useOf(key: string, limits: CallLimits, nowMs: number): Use {
    const use = this.#uses.get(key) ?? newUse(limits, nowMs);
    // A clock that was set back fills nothing.
    const seconds = Math.max(0, nowMs - use.atMs) / 1000;
    use.atMs = nowMs;
    for (const name of BUCKETS)
      use[name] = Math.min(limits[name].burst, use[name] + seconds * limits[name].perSecond);
    this.#uses.delete(key);
    this.#uses.set(key, use);
    if (this.#uses.size > MAX_KEYS) this.#forgetOldest();
    return use;
  }

  // A key with a call under way is not forgotten: it could begin as many again.
  #forgetOldest(): void {
    for (const [key, { underWay }] of this.#uses)
      if (underWay === 0) {
        this.#uses.delete(key);
        return;
      }
  }
}

const newUse = ({ calls, bodyBytes, answerBytes }: CallLimits, nowMs: number): Use => ({
  calls: calls.burst,
  bodyBytes: bodyBytes.burst,
  answerBytes: answerBytes.burst,
  underWay: 0,
  atMs: nowMs,
});

/** Whole seconds until a bucket has what is wanted, 0 if it has it now. */
const secondsUntil = (wanted: number, left: number, { perSecond }: Bucket): number =>
  Math.max(0, Math.ceil((wanted - left) / perSecond));

/** What a bucket without enough says. */
const CODES = {
  calls: 'rate-calls',
  bodyBytes: 'rate-bodies',
  answerBytes: 'rate-answers',
} as const satisfies { readonly [N in (typeof BUCKETS)[number]]: MessageCode };

const tooMany = (seconds: number, why: Coded) =>
  refuse({ kind: 'too-many-calls', status: 429, retryAfterSeconds: seconds, ...why });
