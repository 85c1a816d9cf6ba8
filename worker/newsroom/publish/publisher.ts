import type { Moment } from '../../model/bulletin.ts';
import { type Instant, toInstant, toMs } from '../../model/instant.ts';
import type { MemoryRows } from '../../model/memory-rows.ts';
import { CURRENT_KEY, type Current, FORMAT } from '../../pack/format.ts';
import type { Due } from '../../platform/due.ts';
import { inTime } from '../../platform/in-time.ts';
import { messageOf } from '../../platform/message-of.ts';
import type { Placed } from '../documents/document-store.ts';
import type { PackToWrite } from '../documents/item-packs.ts';
import type { RenderFault } from '../documents/render-faults.ts';
import { Rendering } from '../documents/rendering.ts';
import type { Templates } from '../documents/templates.ts';
import { nextCount, readCounter, writeCounter } from '../ledger/counters.ts';
import { StaffKeys } from '../ledger/staff-keys.ts';
import { Attempts, type Done } from './attempts.ts';
import { clearFailure, noteFailure } from './failure.ts';
import { KeptPacks } from './kept-packs.ts';
import { readPublicState } from './public-check.ts';
import { coldPacks, encodeRelease } from './release.ts';
import { Waiters } from './waiters.ts';

/** What the loop stands on: given, so that tests put faults and another clock in their place. */
export type Ports = {
  readonly storage: DurableObjectStorage;
  readonly kv: KVNamespace;
  readonly due: Due;
  readonly templates: Templates;
  /** The bulletin's rows in memory, as of now. */
  readonly rows: () => MemoryRows;
  readonly nowMs: () => number;
  readonly sleep: (ms: number) => Promise<void>;
};

/** KV takes one write a second to a key: https://developers.cloudflare.com/kv/platform/limits/ */
const MIN_FLIP_INTERVAL_MS = 1000;
/** How long after a flip of unknown outcome one more release follows. */
const SETTLE_MS = 60_000;
const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 30_000;
/** If the object dies with work undone, its alarm finds it no later than this. */
const SAFETY_MS = 5000;

/**
 * The publishing loop, never two at once: (1) a fresh number n in one transaction; (2) packs; (3) the release;
 * (4) `current`; (5) the note that it is done. Killed or refused anywhere, it begins again with a new n.
 */
export class Publisher {
  readonly #ports: Ports;
  readonly #sql: SqlStorage;
  readonly #attempts: Attempts;
  readonly #rendering: Rendering;
  readonly #kept: KeptPacks;
  readonly #keys: StaffKeys;
  readonly #waiters = new Waiters();
  #running: Promise<void> | null = null;
  #failures = 0;
  /** Whether what is public was compared with the rows since the object woke. */
  #isChecked = false;
  #flippedMs = 0;

  constructor(ports: Ports) {
    this.#ports = ports;
    this.#sql = ports.storage.sql;
    this.#attempts = new Attempts(this.#sql);
    this.#rendering = new Rendering(this.#sql, ports);
    this.#kept = new KeptPacks(this.#sql, ports.kv, ports.due);
    this.#keys = new StaffKeys(this.#sql);
  }

  /**
   * Asks for the public to see what is in the tables now; gives the number of that state. Call within the transaction that
   * put it there.
   */
  request(): number {
    this.#ports.due.set('publish', this.#ports.nowMs() + SAFETY_MS);
    return nextCount(this.#sql, 'requested');
  }

  /** Whether something that was acknowledged is not public yet. */
  isPending = (): boolean => this.published() < this.requested();

  /** The newest state that asks to be published. */
  requested(): number {
    return readCounter(this.#sql, 'requested');
  }

  /** The newest state that is public. */
  published(): number {
    return readCounter(this.#sql, 'published');
  }

  /** Whether a state is public. */
  isPublished(state: number): boolean {
    return this.published() >= state;
  }

  /** What can't be rendered. */
  faults = (): readonly RenderFault[] => this.#rendering.faults.all();

  /** The last release known to be public, or null before the first. */
  last = (): Done | null => this.#attempts.last();

  /** The number of the release that shows a state, or null where it is not public within `timeoutMs`. */
  async whenPublished(state: number, timeoutMs: number): Promise<number | null> {
    if (this.isPublished(state)) return this.last()?.n ?? null;
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
   * What is due by the clock or by a deploy: boundaries, a doubtful `current`, new templates, unfinished work; and, once
   * after each wake, what is public but not as the rows have it.
   * @param fired whether the object's alarm has just gone off
   */
  async catchUp(fired: boolean): Promise<void> {
    const { due, storage, nowMs } = this.#ports;
    if (!this.#isChecked) await this.#check();
    const past = due.past(nowMs());
    storage.transactionSync(() => {
      if (past.has('boundary') || past.has('settle') || this.#rendering.isOutdated()) this.request();
      if (past.has('boundary')) due.clear('boundary');
      if (past.has('settle')) due.clear('settle');
      // The alarm that is running may die with us: leave one behind until the work is done.
      if (this.#isUnfinished()) due.set('publish', nowMs() + SAFETY_MS, true);
      else due.clear('publish');
    });
    due.arm(fired);
    await this.run();
    if (past.has('sweep')) await this.#kept.sweep(nowMs());
  }

  /** Asks for a release where what is public is not as the rows have it. */
  async #check(): Promise<void> {
    const { kv, nowMs, rows, storage } = this.#ports;
    const found = await readPublicState(kv, this.last(), nowMs);
    if (found === null || found.state === 'unsure') return;
    this.#isChecked = true;
    const isShown = readCounter(this.#sql, 'shown') === rows().lastSeq;
    if (found.state === 'same' && isShown) return;
    console.warn('what is public is not as the rows have it:', found.state, found.current);
    storage.transactionSync(() => {
      if (found.state === 'missing') this.#kept.forget();
      const n = found.current?.n ?? 0;
      writeCounter(this.#sql, 'release', Math.max(n, readCounter(this.#sql, 'release')));
      this.request();
    });
  }

  async #loop(): Promise<void> {
    while (this.#isUnfinished()) {
      try {
        await this.#rendering.prepare(this.#failures > 0, () => this.#waitMs() <= 0);
        if (this.#waitMs() > 0) await this.#ports.sleep(this.#waitMs());
        await this.#publish();
        this.#failures = 0;
      } catch (error) {
        this.#noteFailure(error);
        return;
      }
    }
  }

  /** One publish: the five steps. */
  async #publish(): Promise<void> {
    const { storage, nowMs, templates } = this.#ports;
    const { n, state } = storage.transactionSync(() => this.#begin());
    this.#ports.due.arm();
    const rows = this.#ports.rows();
    const bulletin = rows.bulletin();
    if (!bulletin) {
      storage.transactionSync(() => writeCounter(this.#sql, 'published', state));
      this.#waiters.resolve(state, null);
      return;
    }
    const moment: Moment = { release: n, asOf: toInstant(nowMs()) };
    const shown = rows.lastSeq;
    const named = (name: string) => this.#kept.named(name);
    const { placed, items, older } = this.#rendering.make(bulletin, moment, named);
    const cold = coldPacks(placed, named);
    const packs = [...cold.packs, ...items.packs];
    const release = encodeRelease(bulletin, moment, {
      placed,
      cold: cold.cold,
      items: items.items,
      older,
      policy: templates.policy,
      unavailablePolicy: templates.unavailablePolicy,
      revokedKeys: this.#keys.revoked(),
    });
    const needed = [release.key, ...cold.cold.map((pack) => pack.key), ...items.keys];
    this.#kept.note([...packs.map((pack) => pack.key), release.key]);

    await this.#kept.write(packs);
    await this.#put(release.key, release.bytes);
    const before = this.last();
    const current: Current = { format: FORMAT, n, key: release.key, previous: before?.key ?? null };
    this.#flippedMs = nowMs();
    this.#attempts.flip(n, release.key, this.#flippedMs);
    await this.#put(CURRENT_KEY, JSON.stringify(current));

    const boundaryMs = toMs(release.index.boundary);
    storage.transactionSync(() =>
      this.#done({
        n,
        state,
        shown,
        placed,
        packs,
        needed: before ? [...needed, before.key] : needed,
        publishedAt: moment.asOf,
        boundaryMs,
      }),
    );
    this.#ports.due.arm();
    this.#waiters.resolve(state, n);
  }

  /** Step 1. A flip before this one that was never noted as done may still arrive: one more release must follow. */
  #begin(): { readonly n: number; readonly state: number } {
    const lastDone = this.last()?.n ?? 0;
    if (this.#attempts.isDoubtful()) this.#ports.due.set('settle', this.#ports.nowMs() + SETTLE_MS, true);
    const n = nextCount(this.#sql, 'release');
    const state = this.requested();
    this.#attempts.begin(n, state);
    this.#sql.exec('UPDATE correction SET release = ? WHERE release IS NULL OR release > ?', n, lastDone);
    for (const correction of this.#ports.rows().corrections)
      if (correction.release === null || correction.release > lastDone) correction.release = n;
    return { n, state };
  }

  /** Step 5. */
  #done(of: {
    readonly n: number;
    readonly state: number;
    /** The ledger's last entry that it shows. */
    readonly shown: number;
    readonly placed: readonly Placed[];
    readonly packs: readonly PackToWrite[];
    /** The keys that the release names, and the one before. */
    readonly needed: readonly string[];
    readonly publishedAt: Instant;
    readonly boundaryMs: number;
  }): void {
    const nowMs = this.#ports.nowMs();
    this.#attempts.done(of.n, nowMs);
    writeCounter(this.#sql, 'published', of.state);
    writeCounter(this.#sql, 'shown', of.shown);
    this.#rendering.keep(of.placed, of.publishedAt);
    this.#kept.supersede(of.packs, new Set(of.needed), nowMs);
    this.#sql.exec('UPDATE answered SET release = ? WHERE release IS NULL AND wanted <= ?', of.n, of.state);
    clearFailure(this.#sql);
    this.#ports.due.set('boundary', of.boundaryMs, true);
    if (!this.#isUnfinished()) this.#ports.due.clear('publish');
  }

  /** Whether something is not public yet, or some parts are as older templates made them. */
  #isUnfinished(): boolean {
    return this.isPending() || this.#rendering.olderTemplates().length > 0;
  }

  /** Until `current` may move again, in milliseconds. */
  #waitMs = (): number =>
    Math.min(this.#flippedMs + MIN_FLIP_INTERVAL_MS - this.#ports.nowMs(), MIN_FLIP_INTERVAL_MS);

  #put = (key: string, value: string | Uint8Array): Promise<void> =>
    inTime(this.#ports.kv.put(key, value), key);

  #noteFailure(error: unknown): void {
    const { due, nowMs, storage } = this.#ports;
    console.error('publish failed', error);
    const delayMs = Math.min(FIRST_RETRY_MS * 2 ** this.#failures, LAST_RETRY_MS);
    this.#failures += 1;
    storage.transactionSync(() => {
      noteFailure(this.#sql, { at: toInstant(nowMs()), detail: messageOf(error) });
      due.set('publish', nowMs() + delayMs, true);
    });
    due.arm();
  }
}
