import { codedFault } from '../../model/coded-fault.ts';
import { isJsonObject, type Json } from '../../model/json.ts';
import { invalid, ok, type Result } from '../../model/problem.ts';
import type { StaffCall } from '../../model/staff/request.ts';
import { requestFingerprint } from '../../model/staff/request-fingerprint.ts';
import type { Outcome } from './outcome.ts';

/** How long an idempotency key is kept: the contract's 7 days. */
const KEPT_DAYS = 7;
const KEPT_MS = KEPT_DAYS * 24 * 3_600_000;

/** The most records of a staff key. A new one then takes the place of the oldest. */
export const MAX_RECORDS_A_KEY = 10_000;
/**
 * The most answers in memory to calls that changed nothing, some hundred bytes each. Only a client that got no answer
 * repeats such a call, and it does so soon. Decided again after that, the call still changes nothing, unless others
 * did.
 */
const MAX_IN_MEMORY = 2000;
/** The most records that are deleted in one turn. */
const PRUNED_AT_ONCE = 1000;
/** The time between two deletions of old records, and if one left some behind. */
const PRUNE_AFTER_MS = 3_600_000;
const PRUNE_MORE_AFTER_MS = 10_000;

/**
 * Identifies a request that may be repeated: the staff key's id, the idempotency key, and the request's fingerprint.
 */
export type Idempotency = {
  readonly key: string;
  readonly idempotencyKey: string;
  readonly fingerprint: string;
};

/** The call's idempotency record, or null if it sent no key. */
export function idempotencyOf(call: StaffCall, body: Json): Idempotency | null {
  const { key, idempotencyKey } = call;
  if (idempotencyKey === null) return null;
  // A Worker of an older version, in the minute of a deploy, sends no fingerprint.
  return { key, idempotencyKey, fingerprint: call.fingerprint ?? requestFingerprint(call, body) };
}

/** The stored answer to a request with an idempotency key. The repeated request gets the same answer. */
export type Answered = {
  readonly status: 200 | 201 | 202;
  readonly outcome: Outcome;
  /** The state of the bulletin whose publication the answer waits for. */
  readonly state: number;
  /** The release that shows this state; null until it is public. */
  readonly release: number | null;
};

type Row = {
  at_ms: number;
  fingerprint: string;
  status: 200 | 201 | 202;
  body: string;
  wanted: number;
  release: number | null;
};

/** An answer with the request that it belongs to, and when it was given, in ms since 1970. */
type Remembered = Pick<Row, 'fingerprint'> & { readonly atMs: number; readonly answered: Answered };

/**
 * Stored answers by staff key and idempotency key. Each is written in the transaction of the write that it answers.
 * Answers to calls that changed nothing are in memory only.
 */
export class AnsweredStore {
  readonly #sql: SqlStorage;
  readonly #unchanged = new Map<string, Remembered>();

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /**
   * The stored answer to a request; null if the request is new; a fault if another request used its idempotency key.
   */
  find(request: Idempotency, nowMs: number): Result<Answered> | null {
    const [row] = this.#sql
      .exec<Row>(
        'SELECT at_ms, fingerprint, status, body, wanted, release FROM answered WHERE key = ? AND idempotency_key = ? AND at_ms > ?',
        request.key,
        request.idempotencyKey,
        nowMs - KEPT_MS,
      )
      .toArray();
    const found = row ? rememberedOf(row) : this.#unchanged.get(nameOf(request));
    if (!found || found.atMs <= nowMs - KEPT_MS) return null;
    if (found.fingerprint === request.fingerprint) return ok(found.answered);
    return invalid([codedFault('#', 'idempotency-used', { key: request.idempotencyKey, days: KEPT_DAYS })]);
  }

  /** Remembers the answer to a call that changed nothing, in memory. */
  remember(
    request: Idempotency,
    { outcome, state, release }: Pick<Answered, 'outcome' | 'state' | 'release'>,
    nowMs: number,
  ): void {
    // A dry run may show many figures, and costs nothing to decide again.
    if (isJsonObject(outcome.more) && outcome.more.dryRun === true) return;
    const answered = { status: outcome.status, outcome, state, release };
    this.#unchanged.set(nameOf(request), { fingerprint: request.fingerprint, atMs: nowMs, answered });
    const [oldest] = this.#unchanged.keys();
    if (this.#unchanged.size > MAX_IN_MEMORY && oldest !== undefined) this.#unchanged.delete(oldest);
  }

  /**
   * Forgets the requests that an erased entry came from: a fingerprint is a hash without a salt, so the erased text
   * could be guessed from it. A repeated request is then refused as another one: decided again, it would bring the
   * erased text back.
   */
  forgetRequests(seq: number): void {
    this.#sql.exec("UPDATE answered SET fingerprint = '' WHERE seq = ?", seq);
  }

  /**
   * Stores an answer, with the seq of its entry if there is one, and deletes the oldest ones over `MAX_RECORDS_A_KEY`
   * of the same staff key. Within the caller's transaction. Gives when `prune` must follow at the latest, in ms since
   * 1970.
   */
  put(
    request: Idempotency,
    answer: Pick<Answered, 'outcome' | 'state' | 'release'> & { readonly seq: number | null },
    nowMs: number,
  ): number {
    const { n } = this.#sql
      .exec<{ n: number }>(
        `INSERT OR REPLACE INTO answered (key, idempotency_key, at_ms, fingerprint, status, body, wanted, release, seq, n)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT ifnull(max(n), 0) + 1 FROM answered WHERE key = ?)) RETURNING n`,
        request.key,
        request.idempotencyKey,
        nowMs,
        request.fingerprint,
        answer.outcome.status,
        JSON.stringify(answer.outcome),
        answer.state,
        answer.release,
        answer.seq,
        request.key,
      )
      .one();
    this.#sql.exec('DELETE FROM answered WHERE key = ? AND n <= ?', request.key, n - MAX_RECORDS_A_KEY);
    return nowMs + PRUNE_AFTER_MS;
  }

  /** Deletes records that are too old. Gives when to do so again, in ms since 1970; null if none is left. */
  prune(nowMs: number): number | null {
    this.#sql.exec(
      `DELETE FROM answered WHERE (key, idempotency_key) IN
        (SELECT key, idempotency_key FROM answered WHERE at_ms <= ? ORDER BY at_ms LIMIT ?)`,
      nowMs - KEPT_MS,
      PRUNED_AT_ONCE,
    );
    const { oldestMs } = this.#sql
      .exec<{ oldestMs: number | null }>('SELECT min(at_ms) AS oldestMs FROM answered')
      .one();
    if (oldestMs === null) return null;
    if (oldestMs <= nowMs - KEPT_MS) return nowMs + PRUNE_MORE_AFTER_MS;
    return Math.max(oldestMs + KEPT_MS, nowMs + PRUNE_AFTER_MS);
  }

  /** Notes that the first answer was 202, so that the repeated request gets 202 too. */
  notePending(request: Idempotency): void {
    const { key, idempotencyKey } = request;
    const inMemory = this.#unchanged.get(nameOf(request));
    if (inMemory)
      this.#unchanged.set(nameOf(request), {
        ...inMemory,
        answered: { ...inMemory.answered, status: 202 },
      });
    this.#sql.exec(
      'UPDATE answered SET status = 202 WHERE key = ? AND idempotency_key = ?',
      key,
      idempotencyKey,
    );
  }
}

const rememberedOf = (row: Row): Remembered => ({
  fingerprint: row.fingerprint,
  atMs: row.at_ms,
  answered: {
    status: row.status,
    outcome: JSON.parse(row.body) as Outcome,
    state: row.wanted,
    release: row.release,
  },
});

// The id of a staff key has no space.
const nameOf = ({ key, idempotencyKey }: Idempotency): string => `${key} ${idempotencyKey}`;
