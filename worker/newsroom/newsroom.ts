import { DurableObject } from 'cloudflare:workers';
import type { Env } from '../env.ts';
import { applyEntry } from '../model/fold.ts';
import { type Instant, toInstant } from '../model/instant.ts';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import { type Entry, toEntry } from '../model/ledger.ts';
import type { MemoryRows } from '../model/memory-rows.ts';
import { type Problem, refuse } from '../model/problem.ts';
import type { StaffAnswer, StaffCall } from '../model/staff-call.ts';
import { issueKey } from '../model/staff-key.ts';
import { AnsweredStore, type Idempotency, idempotencyOf } from './answered.ts';
import { bodyOf } from './calls/body.ts';
import { callerOf } from './calls/caller.ts';
import { decide, isRead, read, type Write, type WriteRoute } from './calls/decide.ts';
import type { Caller, Decision, Desk, Outcome } from './calls/desk.ts';
import { Due } from './due.ts';
import { LedgerStore, sha256 } from './ledger-store.ts';
import { Publisher } from './publisher.ts';
import { renderer } from './renderer.ts';
import { SqlRows } from './sql-rows.ts';
import { makeTables } from './tables.ts';

/** How long a write's answer waits for its release; then it is 202. */
const ANSWER_WITHIN_MS = 5000;

type Accepted = {
  readonly outcome: Outcome;
  readonly wanted: number;
  /** The release that shows it, where one is known already; the same request again is answered with it. */
  readonly release: number | null;
};

/**
 * The one writer. A call is decided and carried out in one turn, without an `await` between looking and writing, so
 * that races are settled by the order of arrival; its answer then waits for the release that shows it.
 */
export class Newsroom extends DurableObject<Env> {
  readonly #rows: SqlRows;
  readonly #ledger: LedgerStore;
  readonly #answered: AnsweredStore;
  readonly #due: Due;
  readonly #publisher: Publisher;
  /** The bulletin in memory: read from the rows when first published, then kept up by the same fold. */
  #memory: MemoryRows | null = null;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    const { storage } = ctx;
    makeTables(storage.sql);
    this.#rows = new SqlRows(storage.sql);
    this.#ledger = new LedgerStore(storage.sql);
    this.#answered = new AnsweredStore(storage.sql);
    this.#due = new Due(storage);
    this.#publisher = new Publisher({
      storage,
      kv: env.BULLETIN,
      due: this.#due,
      renderer,
      rows: () => {
        this.#memory ??= this.#rows.load();
        return this.#memory;
      },
      nowMs: () => Date.now(),
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    });
    this.#due.arm();
  }

  /** A staff call whose key the Worker has verified. */
  async call(call: StaffCall): Promise<StaffAnswer> {
    try {
      const issued =
        call.route.kind === 'add-key'
          ? await issueKey(this.env.OPERATOR_KEY, crypto.getRandomValues(new Uint8Array(8)))
          : null;
      return await this.#answer(call, issued);
    } catch (error) {
      console.error('staff call failed', call.route.kind, error);
      return refuse({
        kind: 'internal',
        status: 500,
        detail: 'something broke here; nothing was changed by this call',
      });
    }
  }

  /** What the cron trigger does each minute, and a deploy: boundaries, unfinished publishes, new templates. */
  async tick(): Promise<void> {
    await this.#publisher.catchUp(false);
  }

  override async alarm(): Promise<void> {
    await this.#publisher.catchUp(true);
  }

  async #answer(call: StaffCall, issued: { id: string; token: string } | null): Promise<StaffAnswer> {
    const found = callerOf(call, this.ctx.storage.sql, this.#rows);
    // Of what is wrong with a caller 401 comes before 400, and 403 after it.
    if (!found.ok && found.problem.status === 401) return found;
    const body = bodyOf(call);
    if (!body.ok) return body;
    if (!found.ok) return found;
    const desk = this.#desk(found.value);
    const { route } = call;
    if (route.kind === 'whoami') return json(200, whoami(desk.caller));
    if (route.kind === 'status') return json(200, this.#status());
    if (route.kind === 'tick') return this.#tickCall(desk);
    if (isRead(route)) {
      const reading = read(desk, route);
      return reading.ok ? json(200, reading.value.body, reading.value.version) : reading;
    }
    const accepted = this.#write(desk, call, route, { body: body.value, ifMatch: call.ifMatch, issued });
    return 'problem' in accepted ? refuse(accepted.problem) : this.#whenPublic(accepted);
  }

  /** Decides and carries out a write: all of it in this one turn. */
  #write(
    desk: Desk,
    call: StaffCall,
    route: WriteRoute,
    write: Write,
  ):
    | (Accepted & { readonly idempotency: Idempotency | null; readonly status: 200 | 201 | 202 })
    | { problem: Problem } {
    const idempotency = idempotencyOf(call);
    const before =
      idempotency && this.#answered.find(idempotency.key, idempotency.idempotencyKey, Date.now());
    if (idempotency && before) {
      if (before.fingerprint !== idempotency.fingerprint)
        return { problem: otherRequest(idempotency.idempotencyKey) };
      return { ...before, idempotency };
    }
    const decision = decide(desk, route, write);
    if (!decision.ok) return decision;
    const accepted = this.#carryOut(desk, decision.value, idempotency);
    return { ...accepted, idempotency, status: accepted.outcome.status };
  }

  #carryOut(desk: Desk, decision: Decision, idempotency: Idempotency | null): Accepted {
    let entry: Entry | null = null;
    const accepted = this.ctx.storage.transactionSync((): Accepted => {
      let outcome: Outcome;
      let wanted = this.#publisher.wanted();
      if (decision.kind === 'change') {
        entry = this.#append(desk, decision);
        decision.also?.();
        applyEntry(this.#rows, entry);
        outcome = decision.outcome(entry.seq);
        wanted = this.#publisher.want();
      } else if (decision.kind === 'rows') {
        decision.write();
        outcome = decision.outcome;
        wanted = decision.publish ? this.#publisher.want() : this.#publisher.published();
      } else outcome = decision.outcome;
      const release = this.#publisher.isReached(wanted) ? (this.#publisher.last()?.n ?? null) : null;
      const result = { outcome, wanted, release };
      // A key is shown once: an answer that holds one is not kept to be given again.
      if (idempotency)
        this.#answered.put(idempotency, { ...result, outcome: withoutSecret(result.outcome) }, Date.now());
      return result;
    });
    this.#due.arm();
    if (entry) this.#remember(entry);
    if (this.#publisher.isPending()) this.ctx.waitUntil(this.#publisher.run());
    return accepted;
  }

  // The rows are committed; memory that could not follow them is read from them again.
  #remember(entry: Entry): void {
    const memory = this.#memory;
    this.#memory = null;
    if (!memory) return;
    try {
      applyEntry(memory, entry);
      this.#memory = memory;
    } catch (error) {
      console.error('memory could not follow the rows', entry.seq, error);
    }
  }

  #append(desk: Desk, decision: Extract<Decision, { kind: 'change' }>): Entry {
    const entry = toEntry(
      decision.change,
      { at: desk.now, agency: decision.agency, key: desk.caller.key, reason: decision.reason },
      { ...this.#ledger.end(), salt: hex(crypto.getRandomValues(new Uint8Array(16))) },
      sha256,
    );
    this.#ledger.append(entry);
    return entry;
  }

  async #whenPublic(
    accepted: Accepted & { readonly idempotency: Idempotency | null; readonly status: 200 | 201 | 202 },
  ): Promise<StaffAnswer> {
    const { outcome, wanted, idempotency } = accepted;
    const release = accepted.release ?? (await this.#publisher.reached(wanted, ANSWER_WITHIN_MS));
    const pending = release === null && !this.#publisher.isReached(wanted);
    if (pending && idempotency && accepted.status !== 202)
      this.#answered.notePending(idempotency.key, idempotency.idempotencyKey);
    const body: JsonObject = {
      id: outcome.id,
      version: outcome.version,
      release,
      ...(pending ? { pending: true } : {}),
      ...outcome.more,
    };
    const status = pending ? 202 : accepted.status;
    return {
      ok: true,
      status,
      body: JSON.stringify(body),
      ...(outcome.version === null ? {} : { version: outcome.version }),
      ...(outcome.location === undefined ? {} : { location: outcome.location }),
    };
  }

  async #tickCall(desk: Desk): Promise<StaffAnswer> {
    if (desk.caller.role !== 'operator')
      return refuse({ kind: 'forbidden', status: 403, detail: 'only the operator may do this' });
    await Promise.race([this.tick(), new Promise((resolve) => setTimeout(resolve, ANSWER_WITHIN_MS))]);
    return json(200, this.#status());
  }

  #status(): Json {
    const [failure] = this.ctx.storage.sql
      .exec<{ at: string; detail: string }>('SELECT at, detail FROM failure')
      .toArray();
    return {
      release: this.#publisher.last()?.n ?? null,
      pending: this.#publisher.isPending(),
      lastError: failure ? { at: failure.at, detail: failure.detail } : null,
      entries: this.#ledger.end().seq - 1,
    };
  }

  #desk(caller: Caller): Desk {
    const now: Instant = toInstant(Date.now());
    return { sql: this.ctx.storage.sql, rows: this.#rows, ledger: this.#ledger, now, caller };
  }
}

const whoami = (caller: Caller): JsonObject => ({
  key: caller.key,
  role: caller.role,
  agency: caller.agency,
});

const json = (status: 200, body: Json, version?: number): StaffAnswer => ({
  ok: true,
  status,
  body: JSON.stringify(body),
  ...(version === undefined ? {} : { version }),
});

const otherRequest = (idempotencyKey: string): Problem => ({
  kind: 'invalid',
  status: 422,
  errors: [
    {
      pointer: '#',
      detail: `the Idempotency-Key ${idempotencyKey} was used for another request within 7 days`,
    },
  ],
});

const withoutSecret = (outcome: Outcome): Outcome => {
  if (!isJsonObject(outcome.more) || !('key' in outcome.more)) return outcome;
  const { key: _, ...more } = outcome.more;
  return { ...outcome, more };
};

const hex = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
