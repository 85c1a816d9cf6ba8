import type { Json } from '../../model/json.ts';
import { canonicalJson } from '../../model/ledger.ts';
import { invalid, ok, type Result } from '../../model/problem.ts';
import type { StaffCall } from '../../model/staff/request.ts';
import { sha256 } from './ledger-store.ts';
import type { Outcome } from './outcome.ts';

/** How long an idempotency key is kept: the contract's 7 days. */
const KEPT_MS = 7 * 24 * 3_600_000;

/** Identifies a request that may be repeated: the staff key's id, the idempotency key, and the request's fingerprint. */
export type Idempotency = {
  readonly key: string;
  readonly idempotencyKey: string;
  readonly fingerprint: string;
};

/**
 * The call's idempotency record, or null if it sent no key. Bodies are equal if their canonical JSON is: a client that
 * starts again may order its fields in another way.
 */
export function idempotencyOf({ key, idempotencyKey, ...call }: StaffCall, body: Json): Idempotency | null {
  if (idempotencyKey === null) return null;
  // Stored for 7 days, across deploys: the fingerprint of a request must never change.
  const route = { kind: call.route.kind, ...call.route.params };
  const request = [route, call.agency, call.ifMatch, canonicalOrText(body, call.body)];
  return { key, idempotencyKey, fingerprint: sha256(JSON.stringify(request)) };
}

// 1e999, half of a surrogate pair and 500,000 brackets have no canonical form. Validation refuses such bodies later.
function canonicalOrText(body: Json, text: string | null): string | null {
  try {
    return canonicalJson(body);
  } catch {
    return text;
  }
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
  fingerprint: string;
  status: 200 | 201 | 202;
  body: string;
  wanted: number;
  release: number | null;
};

/** Stored answers by staff key and idempotency key. Each is written in the transaction of the write that it answers. */
export class AnsweredStore {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** The stored answer to a request; null if the request is new; a fault if another request used its idempotency key. */
  find(request: Idempotency, nowMs: number): Result<Answered> | null {
    const [row] = this.#sql
      .exec<Row>(
        'SELECT fingerprint, status, body, wanted, release FROM answered WHERE key = ? AND idempotency_key = ? AND at_ms > ?',
        request.key,
        request.idempotencyKey,
        nowMs - KEPT_MS,
      )
      .toArray();
    if (!row) return null;
    if (row.fingerprint !== request.fingerprint)
      return invalid([
        {
          pointer: '#',
          detail: `the Idempotency-Key ${request.idempotencyKey} was used for another request within 7 days`,
        },
      ]);
    const { status, body, wanted, release } = row;
    return ok({ status, outcome: JSON.parse(body) as Outcome, state: wanted, release });
  }

  put(request: Idempotency, answer: Pick<Answered, 'outcome' | 'state' | 'release'>, nowMs: number): void {
    this.#sql.exec('DELETE FROM answered WHERE at_ms <= ?', nowMs - KEPT_MS);
    this.#sql.exec(
      'INSERT OR REPLACE INTO answered (key, idempotency_key, at_ms, fingerprint, status, body, wanted, release) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      request.key,
      request.idempotencyKey,
      nowMs,
      request.fingerprint,
      answer.outcome.status,
      JSON.stringify(answer.outcome),
      answer.state,
      answer.release,
    );
  }

  /** Notes that the first answer was 202, so that the repeated request gets 202 too. */
  notePending({ key, idempotencyKey }: Idempotency): void {
    this.#sql.exec(
      'UPDATE answered SET status = 202 WHERE key = ? AND idempotency_key = ?',
      key,
      idempotencyKey,
    );
  }
}
