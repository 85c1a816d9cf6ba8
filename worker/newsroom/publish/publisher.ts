import type { Moment } from '../../model/bulletin.ts';
import { toInstant, toMs } from '../../model/instant.ts';
import { CURRENT_KEY, type Current, PLAIN_FORMAT } from '../../pack/format.ts';
import { inTime } from '../../platform/in-time.ts';
import { messageOf } from '../../platform/message-of.ts';
import type { RenderFault } from '../documents/render-faults.ts';
import { Rendering } from '../documents/rendering.ts';
import { Turns } from '../documents/turns.ts';
import { CorrectionRows } from '../ledger/correction-rows.ts';
import { nextCount, readCounter, writeCounter } from '../ledger/counters.ts';
import { StaffKeys } from '../ledger/staff-keys.ts';
import { Attempts, type DoneRelease, type PublicRelease } from './attempts.ts';
import { clearFailure, noteFailure, retryDelayMs } from './failure.ts';
import { KeptPacks, type PackHead } from './kept-packs.ts';
import { Pace } from './pace.ts';
import type { Ports } from './ports.ts';
import { PublicCheck } from './public-check.ts';
import { PublicLedger } from './public-ledger.ts';
import { encodeRelease } from './release.ts';
import { releasePacks } from './release-packs.ts';
import { keyIds, type SigningKey, signingKeys } from './signing-keys.ts';
import { Waiters } from './waiters.ts';

/** How long after a write of `current` with an unknown outcome one more release follows. */
const SETTLE_MS = 60_000;
/** If the object dies before its work is done, its alarm continues the work after this time at the latest. */
const SAFETY_MS = 5000;

/**
 * The publishing loop, never two at once: (1) a fresh number n in one transaction; (2) packs; (3) the release;
 * (4) `current`, which moves; (5) the note that it is done. After a crash or a refusal anywhere, the loop
 * starts again with a new n. Step 1 is done twice if a change is committed while the release is rendered.
 */
export class Publisher {
  readonly #ports: Ports;
  readonly #sql: SqlStorage;
  readonly #attempts: Attempts;
  readonly #check: PublicCheck;
  readonly #turns: Turns;
  readonly #rendering: Rendering;
  readonly #kept: KeptPacks;
  readonly #keys: StaffKeys;
  readonly #corrections: CorrectionRows;
  readonly #ledger: PublicLedger;
  readonly #signingKeys: readonly SigningKey[];
  readonly #waiters = new Waiters();
  #running: Promise<void> | null = null;
  readonly #pace: Pace;
  #failures = 0;

  constructor(ports: Ports) {
    this.#ports = ports;
    this.#sql = ports.storage.sql;
    this.#pace = new Pace(ports.nowMs);
    this.#attempts = new Attempts(this.#sql);
    this.#check = new PublicCheck(ports.kv, ports.nowMs, {
      last: this.lastRelease,
      isShown: () => this.isPending() || readCounter(this.#sql, 'shown') === ports.rows().lastSeq,
      onDifference: (current, isMissing) =>
        ports.storage.transactionSync(() => this.#requestAfter(current, isMissing)),
    });
    this.#turns = new Turns(ports.sleep);
    this.#rendering = new Rendering(this.#sql, ports, this.#turns);
    this.#kept = new KeptPacks(this.#sql, ports.kv, ports.due);
    this.#keys = new StaffKeys(this.#sql);
    this.#corrections = new CorrectionRows(this.#sql);
    this.#ledger = new PublicLedger(ports.storage);
    this.#signingKeys = signingKeys(ports.signingSecret);
  }

  /**
   * Requests that the state in the tables is published; gives the number of that state. Call within the transaction
   * that writes the state.
   */
  request(): number {
    this.#ports.due.set('publish', this.#ports.nowMs() + SAFETY_MS);
    return nextCount(this.#sql, 'requested');
  }

  /** Whether an acknowledged change is not public yet. */
  isPending = (): boolean => this.published() < this.requested();

  /** The number of the newest state that must be published. */
  requested = (): number => readCounter(this.#sql, 'requested');

  /** The number of the newest state that is public. */
  published = (): number => readCounter(this.#sql, 'published');

  /** Whether a state is public. */
  isPublished = (state: number): boolean => this.published() >= state;

  /** Whether releases are signed. */
  isSigned = (): boolean => this.#signingKeys.length > 0;

  /** The current render faults. */
  faults = (): readonly RenderFault[] => this.#rendering.faults.all();

  /** The last release that was noted as public; null before the first. */
  lastRelease = (): PublicRelease | null => this.#attempts.lastDone();

  /** `seq` of the last ledger entry that may be public. */
  offered = (): number => this.#attempts.offered();

  /** Waits until a state is public; gives the number of a release that shows it, or null after `timeoutMs`. */
  async whenPublished(state: number, timeoutMs: number): Promise<number | null> {
    if (this.isPublished(state)) return this.lastRelease()?.n ?? null;
    return this.#waiters.wait(state, timeoutMs);
  }

  /** Publishes until nothing is left to do. Never throws: a failure is noted, and the alarm tries again. */
  run(): Promise<void> {
    this.#running ??= this.#loop().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  /**
   * Does what the clock or a deploy makes due: boundaries, the release after a doubtful write of `current`, new
   * templates or keys, unfinished work. Also compares the public release with the rows, until that succeeds once after
   * a wake.
   * @param isAlarm whether the object's alarm calls this
   */
  async catchUp(isAlarm: boolean): Promise<void> {
    const { due, storage, nowMs } = this.#ports;
    await this.#check.once();
    const past = due.past(nowMs());
    storage.transactionSync(() => {
      const keys = keyIds(this.#signingKeys);
      const isOutdated =
        this.#rendering.isOutdated() || (this.#attempts.lastPayload()?.keys ?? keys) !== keys;
      if (past.has('boundary') || past.has('settle') || isOutdated) this.request();
      if (past.has('boundary')) due.clear('boundary');
      if (past.has('settle')) due.clear('settle');
      // If the object dies, the running alarm is lost: keep another one set until the work is done.
      if (this.#isUnfinished()) due.set('publish', nowMs() + SAFETY_MS, true);
      else due.clear('publish');
    });
    due.arm(isAlarm);
    await this.run();
    if (past.has('sweep')) await this.#kept.sweep(nowMs());
  }

  /** Requests a release, under a higher number than the public one, because what is public differs from the rows. */
  #requestAfter(current: Current | null, isMissing: boolean): void {
    if (isMissing) this.#kept.forget();
    writeCounter(this.#sql, 'release', Math.max(current?.n ?? 0, readCounter(this.#sql, 'release')));
    this.request();
  }

  async #loop(): Promise<void> {
    const { due, nowMs, sleep, storage } = this.#ports;
    while (this.#isUnfinished()) {
      try {
        // Before the first `current` of this wake, so that its number is not lower than what is public.
        if (!this.#pace.hasMoved()) await this.#check.once();
        if (this.#rendering.mustForget()) storage.transactionSync(() => this.#forgetRendered());
        await this.#rendering.prepare(this.#failures > 0, () => this.#pace.waitMs() <= 0, this.isSigned());
        if (this.#pace.restMs() > 0) await sleep(this.#pace.restMs());
        await this.#ledger.prepare(() => this.#pace.waitMs() <= 0, sleep);
        await this.#publish();
        this.#failures = 0;
        // The loop may go on for minutes: what an erasure has left in KV does not wait for its end.
        if (due.past(nowMs()).has('sweep')) void this.#kept.sweep(nowMs());
      } catch (error) {
        this.#noteFailure(error);
        return;
      }
    }
  }

  // Only between two publishes: a publish under way would store again what it rendered before.
  #forgetRendered(): void {
    this.#rendering.forget();
    this.#kept.forget();
  }

  /** One publish: the five steps of the loop. */
  async #publish(): Promise<void> {
    this.#pace.begin();
    // Figures that are committed meanwhile are shown too. Only once: a flood of calls must not keep a release back.
    const attempt = (await this.#render(false)) ?? (await this.#render(true));
    if (!attempt) return;
    const { n, state, seq, bulletin, moment, ledger, purges, rendered } = attempt;
    this.#attempts.offer(seq, bulletin.site.open);
    const heads: PackHead[] = [];
    const { storage, templates, sleep } = this.#ports;
    const packs = releasePacks(this.#rendering, this.#kept, rendered.documents, bulletin, moment, ledger);
    const release = encodeRelease(bulletin, moment, {
      ...rendered,
      ...(await this.#kept.write(packs, heads, this.#turns)),
      ledger,
      templates,
      ...this.#keys.forRelease(),
      signingKeys: this.#signingKeys,
      previous: this.#attempts.lastPayload(),
    });
    this.#kept.noteKeys([release.key]);
    await this.#put(release.key, release.bytes);
    const previous = this.lastRelease();
    const current: Current = { format: PLAIN_FORMAT, n, key: release.key, previous: previous?.key ?? null };
    this.#pace.ready();
    if (this.#pace.waitMs() > 0) await sleep(this.#pace.waitMs());
    this.#attempts.noteMove(n, release.key, this.#pace.move(), release.payload);
    await this.#put(CURRENT_KEY, JSON.stringify(current));

    storage.transactionSync(() =>
      this.#noteDone({
        n,
        state,
        bulletin,
        rendered: { ...rendered, waiting: rendered.waiting + (this.#ledger.isUnfinished() ? 1 : 0) },
        packs: heads,
        purges,
        neededKeys: previous && !purges ? [...release.keys, previous.key] : release.keys,
        publishedAt: moment.asOf,
        boundaryMs: toMs(release.index.boundary),
      }),
    );
    this.#ports.due.arm();
    this.#waiters.resolve(state, n);
  }

  /**
   * Step 1, and all that the release shows; null if there are no settings yet, or if figures are committed meanwhile.
   * @param isLast whether the release is not begun again after this, so that nothing stops it from becoming public
   */
  async #render(isLast: boolean) {
    const { storage, nowMs, templates, rows } = this.#ports;
    const { n, state } = storage.transactionSync(() => this.#begin());
    this.#ports.due.arm();
    // What is committed from here on is not in this bulletin: it is rendered and written in many turns.
    const bulletin = rows().snapshot();
    const seq = rows().lastSeq;
    if (isLast) this.#attempts.offer(seq, bulletin?.site.open === true);
    if (!bulletin) {
      storage.transactionSync(() => writeCounter(this.#sql, 'published', state));
      this.#waiters.resolve(state, null);
      return null;
    }
    const moment: Moment = { release: n, asOf: toInstant(nowMs()), isSigned: this.isSigned() };
    // Before the first pause: it must show the same entries as the bulletin.
    const ledger = this.#ledger.plan(templates, bulletin, this.#kept.currentPack, moment.asOf);
    // The packs of a ledger that is behind may still hold an erased text: the next release purges.
    const purges = this.#kept.purges(state) && !this.#ledger.isUnfinished();
    const isBehind = () => this.#ports.rows().revisions.figures > bulletin.revisions.figures;
    const isStale = () => !isLast && isBehind() && !this.#rendering.mustForget();
    const rendered = await this.#rendering.render(bulletin, moment, purges, isStale);
    if (!rendered || isStale()) return null;
    return { n, state, seq, bulletin, moment, ledger, purges, rendered };
  }

  /** Step 1. A write of `current` that was never noted as done may still reach KV: one more release must follow. */
  #begin(): { readonly n: number; readonly state: number } {
    const lastPublic = this.lastRelease()?.n ?? 0;
    if (this.#attempts.isDoubtful()) this.#ports.due.set('settle', this.#ports.nowMs() + SETTLE_MS, true);
    const n = nextCount(this.#sql, 'release');
    const state = this.requested();
    this.#attempts.begin(n, state);
    this.#corrections.begin(n, lastPublic);
    return { n, state };
  }

  /** Step 5. */
  #noteDone(release: DoneRelease): void {
    const nowMs = this.#ports.nowMs();
    const { n, state, purges } = release;
    this.#attempts.noteDone(n, nowMs);
    writeCounter(this.#sql, 'published', state);
    this.#rendering.keep(release.rendered, release.bulletin, release.publishedAt);
    this.#kept.supersede(release.packs, new Set(release.neededKeys), purges ? state : null, nowMs);
    this.#sql.exec('UPDATE answered SET release = ? WHERE release IS NULL AND wanted <= ?', n, state);
    clearFailure(this.#sql);
    this.#ports.due.set('boundary', release.boundaryMs, true);
    if (!this.#isUnfinished()) this.#ports.due.clear('publish');
  }

  /** Whether a state is not public yet, pages show older templates or settings, or the public ledger is not whole. */
  #isUnfinished = (): boolean => this.isPending() || this.#rendering.isWaiting();

  #put = (key: string, value: string | Uint8Array): Promise<void> =>
    inTime(this.#ports.kv.put(key, value), key);

  #noteFailure(error: unknown): void {
    const { due, nowMs, storage } = this.#ports;
    console.error('publish failed', error);
    this.#attempts.giveUp();
    this.#kept.reload();
    this.#rendering.reload();
    const delayMs = retryDelayMs(this.#failures++);
    storage.transactionSync(() => {
      noteFailure(this.#sql, { at: toInstant(nowMs()), detail: messageOf(error) });
      due.set('publish', nowMs() + delayMs, true);
    });
    due.arm();
  }
}
