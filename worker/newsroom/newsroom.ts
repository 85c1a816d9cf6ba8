import { DurableObject } from 'cloudflare:workers';
import { coded } from '../model/coded.ts';
import { applyEntry } from '../model/fold.ts';
import { type Instant, toInstant } from '../model/instant.ts';
import type { Json } from '../model/json.ts';
import type { Entry } from '../model/ledger.ts';
import type { MemoryRows } from '../model/memory-rows.ts';
import { refuse } from '../model/problem.ts';
import { type CallLimits, limitsOf } from '../model/staff/call-limits.ts';
import type { KindsThat } from '../model/staff/calls.ts';
import type { StaffAnswer, StaffCall, StaffRoute } from '../model/staff/request.ts';
import { issueKey } from '../model/staff/staff-key.ts';
import { Due } from '../platform/due.ts';
import { endsWithin } from '../platform/ends-within.ts';
import type { Env } from '../platform/env.ts';
import { CallRates } from './call-rates.ts';
import { accessProblem } from './calls/access-problem.ts';
import { readAnswer, resultAnswer, withoutSecret, writeAnswer } from './calls/answers.ts';
import { callerOf } from './calls/caller.ts';
import type { CallContext, Caller, Effect } from './calls/context.ts';
import { decide, isRead, isWrite, read } from './calls/dispatch.ts';
import type { Templates } from './documents/templates.ts';
import { AnsweredStore, type Idempotency, idempotencyOf } from './ledger/answered.ts';
import { readCounter, writeCounter } from './ledger/counters.ts';
import { LedgerStore } from './ledger/ledger-store.ts';
import { migrate } from './ledger/migrations.ts';
import type { Outcome } from './ledger/outcome.ts';
import { ROWS_VERSION, rebuildRows } from './ledger/rebuild.ts';
import { SqlRows } from './ledger/sql-rows.ts';
import { StaffKeys } from './ledger/staff-keys.ts';
import { pruneAnswered } from './prune-answered.ts';
import type { DueKind } from './publish/due-kind.ts';
import { Publisher } from './publish/publisher.ts';
import { statusOf } from './status.ts';
import { templates as ownTemplates } from './templates.ts';

/** How long the answer to a write waits for its release; after that the answer is 202. */
const ANSWER_WITHIN_MS = 5000;

/** A committed write: committed by this call, or by an earlier call with the same idempotency key. */
type Accepted = {
  readonly status: 200 | 201 | 202;
  readonly outcome: Outcome;
  /** The state of the bulletin that shows the write. */
  readonly state: number;
  /** The release that shows the write, for the answer to a repeated request; null if it is not known yet. */
  readonly release: number | null;
  readonly idempotency: Idempotency | null;
  /** The ledger entry that this call appended; null if it appended none. */
  readonly entry: Entry | null;
};

/**
 * The one writer. A call is decided and committed in one turn, without an `await` between reading and writing, so the
 * order of arrival settles every race. The answer to a write then waits for the release that shows the write.
 */
export class Newsroom extends DurableObject<Env> {
  readonly #rows: SqlRows;
  readonly #ledger: LedgerStore;
  readonly #answered: AnsweredStore;
  readonly #keys: StaffKeys;
  readonly #due: Due<DueKind>;
  readonly #publisher: Publisher;
  readonly #rates: CallRates;
  /** The bulletin in memory: loaded from the rows at the first publish, then updated by the same fold as the rows. */
  #memory: MemoryRows | null = null;

  /**
   * @param templates of this build; tests pass others, as a deploy would
   * @param limits of a key; the bench passes none, because it fills sites faster than staff may
   */
  constructor(
    ctx: DurableObjectState,
    env: Env,
    templates: Templates = ownTemplates,
    limits: (key: string) => CallLimits = limitsOf,
  ) {
    super(ctx, env);
    this.#rates = new CallRates(limits);
    const { storage } = ctx;
    migrate(storage);
    this.#rows = new SqlRows(storage.sql);
    this.#ledger = new LedgerStore(storage.sql);
    this.#answered = new AnsweredStore(storage.sql);
    this.#keys = new StaffKeys(storage.sql);
    this.#due = new Due<DueKind>(storage);
    this.#publisher = new Publisher({
      storage,
      kv: env.BULLETIN,
      due: this.#due,
      templates,
      rows: () => this.#currentRows(),
      signingSecret: env.SIGNING_KEY,
      nowMs: () => Date.now(),
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    });
    this.#rebuildIfOutdated();
    this.#due.arm();
  }

  /** Answers a staff call whose key the Worker has verified; 429 before any work if the key makes too many. */
  call(call: StaffCall): Promise<StaffAnswer> {
    return this.#rates.limit(call, Date.now(), () => this.#answer(call));
  }

  async #answer(call: StaffCall): Promise<StaffAnswer> {
    let accepted: Accepted;
    try {
      const issued =
        call.route.kind === 'add-key'
          ? await issueKey(this.env.OPERATOR_KEY, crypto.getRandomValues(new Uint8Array(8)))
          : null;
      const handled = this.#handle(call, issued);
      if (!('outcome' in handled)) return await handled;
      accepted = handled;
    } catch (error) {
      console.error('staff call failed', call.route.kind, error);
      return refuse({ kind: 'internal', status: 500, ...coded('call-failed') });
    }
    // The write is committed, whatever fails from here on. `#afterCommit` runs in the same turn as the commit, so that
    // no other call sees the new rows before it.
    try {
      this.#afterCommit(accepted.entry);
      return await this.#answerWhenPublic(accepted);
    } catch (error) {
      console.error('staff call failed after its commit', call.route.kind, error);
      return this.#answerPending(accepted);
    }
  }

  /** Called by the cron trigger each minute, and after a deploy: boundaries, unfinished publishes, new templates. */
  async tick(): Promise<void> {
    pruneAnswered(this.ctx.storage, this.#due, this.#answered);
    await this.#publisher.catchUp(false);
  }

  override async alarm(): Promise<void> {
    pruneAnswered(this.ctx.storage, this.#due, this.#answered);
    await this.#publisher.catchUp(true);
  }

  /** Answers a call that reads, acts or is refused. Decides and commits a write, all in one turn. */
  #handle(
    call: StaffCall,
    issued: { id: string; token: string } | null,
  ): Accepted | StaffAnswer | Promise<StaffAnswer> {
    const now = toInstant(Date.now());
    const caller = callerOf(call, this.#keys, this.#rows, now);
    // The contract's order: 401 comes before 400 (a bad body), and 403 after 400.
    if (!caller.ok && caller.problem.status === 401) return caller;
    this.#keys.noteUse(call.key, now);
    if (call.malformed) return refuse(call.malformed);
    if (!caller.ok) return caller;
    const context = this.#context(caller.value, now);
    const { route } = call;
    const forbidden = accessProblem(caller.value, route);
    if (forbidden) return refuse(forbidden);
    if (isRead(route)) return resultAnswer(read(context, route), call.ifMatch);
    if (!isWrite(route)) return this.#act(route);
    const body: Json = JSON.parse(call.body?.trim() || '{}');
    const idempotency = idempotencyOf(call, body);
    const answered = idempotency && this.#answered.find(idempotency, Date.now());
    if (answered) return answered.ok ? { ...answered.value, idempotency, entry: null } : answered;
    const effect = decide(context, route, { ...call, body, issued });
    return effect.ok ? this.#carryOut(context, effect.value, idempotency) : effect;
  }

  #carryOut(context: CallContext, effect: Effect, idempotency: Idempotency | null): Accepted {
    return this.ctx.storage.transactionSync(() => {
      const { outcome, state, entry } = this.#write(context, effect);
      const release = this.#publisher.isPublished(state) ? (this.#publisher.lastRelease()?.n ?? null) : null;
      // A new key is shown once, so the stored answer does not contain it.
      const answer = { outcome: withoutSecret(outcome), state, release, seq: entry?.seq ?? null };
      if (idempotency && effect.kind === 'unchanged')
        this.#answered.remember(idempotency, answer, Date.now());
      else if (idempotency) this.#due.set('prune', this.#answered.put(idempotency, answer, Date.now()));
      return { status: outcome.status, outcome, state, release, idempotency, entry };
    });
  }

  /** Writes the effect of a call. */
  #write(context: CallContext, effect: Effect): Pick<Accepted, 'outcome' | 'state' | 'entry'> {
    switch (effect.kind) {
      case 'change': {
        const { change, agency, reason } = effect;
        const { now: at, caller, shown } = context;
        const entry = this.#ledger.append(change, { at, agency, key: caller.key, reason, shown });
        effect.also?.();
        applyEntry(this.#rows, entry);
        const state = this.#publisher.request();
        if (change.kind === 'erasure') {
          this.#answered.forgetRequests(change.payload.seq);
          writeCounter(this.ctx.storage.sql, 'purge', state);
        }
        return { outcome: effect.outcome(entry.seq), state, entry };
      }
      case 'rows': {
        effect.write();
        const state = effect.publish ? this.#publisher.request() : this.#publisher.published();
        return { outcome: effect.outcome, state, entry: null };
      }
      case 'unchanged':
        return { outcome: effect.outcome, state: this.#publisher.requested(), entry: null };
      default:
        return effect satisfies never;
    }
  }

  /** Updates memory, sets the alarm and starts to publish. */
  #afterCommit(entry: Entry | null): void {
    if (entry) this.#updateMemory(entry);
    this.#due.arm();
    if (this.#publisher.isPending()) this.ctx.waitUntil(this.#publisher.run());
  }

  /** The bulletin in memory, equal to the rows. If other code has written the rows, they are loaded again. */
  #currentRows(): MemoryRows {
    if (this.#memory?.lastSeq !== this.#ledger.lastSeq())
      this.#memory = this.#rows.load(this.#ledger.lastSeq());
    return this.#memory;
  }

  // The rows are committed. If memory can't be updated, it stays null and is loaded from the rows again.
  #updateMemory(entry: Entry): void {
    const memory = this.#memory;
    this.#memory = null;
    if (memory?.lastSeq !== entry.seq - 1) return;
    try {
      applyEntry(memory, entry);
      memory.lastSeq = entry.seq;
      this.#memory = memory;
    } catch (error) {
      console.error('the bulletin in memory could not be updated', entry.seq, error);
    }
  }

  /** If another version of the fold wrote the rows: rebuilds the rows from the ledger and requests a release. */
  #rebuildIfOutdated(): void {
    const { storage } = this.ctx;
    if (readCounter(storage.sql, 'rows') === ROWS_VERSION) return;
    if (this.#ledger.lastSeq() === 0) writeCounter(storage.sql, 'rows', ROWS_VERSION);
    else this.#rebuild();
  }

  #rebuild(): void {
    this.#memory = null;
    this.ctx.storage.transactionSync(() => {
      rebuildRows(this.ctx.storage.sql, this.#ledger);
      this.#publisher.request();
    });
  }

  async #answerWhenPublic(accepted: Accepted): Promise<StaffAnswer> {
    const { state } = accepted;
    const release = accepted.release ?? (await this.#publisher.whenPublished(state, ANSWER_WITHIN_MS));
    return release === null && !this.#publisher.isPublished(state)
      ? this.#answerPending(accepted)
      : writeAnswer(accepted.status, accepted.outcome, { release });
  }

  #answerPending(accepted: Accepted): StaffAnswer {
    const { idempotency, outcome, status } = accepted;
    if (idempotency && status !== 202) this.#answered.notePending(idempotency);
    return writeAnswer(202, outcome, { release: null, pending: true });
  }

  /** Carries out a call that acts on the Newsroom itself; the answer is the status afterwards. */
  async #act(route: StaffRoute<KindsThat<'acts'>>): Promise<StaffAnswer> {
    switch (route.kind) {
      case 'tick':
        break;
      case 'rebuild':
        this.#rebuild();
        writeCounter(this.ctx.storage.sql, 'render_all', 1); // KV may have lost some of what is public
        break;
      default:
        return route satisfies never;
    }
    await endsWithin(this.tick(), ANSWER_WITHIN_MS);
    return readAnswer(this.#status({ role: 'operator', agency: null }));
  }

  #context(caller: Caller, now: Instant): CallContext {
    return {
      rows: this.#rows,
      memory: () => this.#currentRows(),
      ledger: this.#ledger,
      keys: this.#keys,
      now,
      shown: this.#publisher.offered(),
      caller,
      status: () => this.#status(caller),
    };
  }

  #status = (caller: Pick<Caller, 'role' | 'agency'>) =>
    statusOf(this.#publisher, this.ctx.storage.sql, this.#rows, { caller, now: toInstant(Date.now()) });
}
