import type { Moment } from '../../model/bulletin.ts';
import { toInstant, toMs } from '../../model/instant.ts';
import type { MemoryRows } from '../../model/memory-rows.ts';
import { CURRENT_KEY, type Current } from '../../pack/format.ts';
import type { Due } from '../../platform/due.ts';
import { endsWithin } from '../../platform/ends-within.ts';
import { inTime } from '../../platform/in-time.ts';
import type { Placed } from '../documents/document-store.ts';
import type { PackToWrite } from '../documents/item-packs.ts';
import { Rendering, type Templates } from '../documents/rendering.ts';
import { StaffKeys } from '../ledger/staff-keys.ts';
import { nextCount, readCounter, writeCounter } from '../ledger/tables.ts';
import { Attempts, type Done } from './attempts.ts';
import { clearFailure, noteFailure, said } from './failure.ts';
import { KeptPacks } from './kept-packs.ts';
import { coldPacks, encodeRelease } from './release.ts';

/** What the loop stands on: given, so that tests put faults and another clock in their place. */
export type Ports = {
  readonly storage: DurableObjectStorage;
  readonly kv: KVNamespace;
  readonly due: Due;
  readonly renderer: Templates;
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
type Waiter = { readonly wanted: number; readonly resolve: (release: number | null) => void };

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
  #waiters: Waiter[] = [];
  #running: Promise<void> | null = null;
  #failures = 0;
  #flippedMs = 0;

  constructor(ports: Ports) {
    this.#ports = ports;
    this.#sql = ports.storage.sql;
    this.#attempts = new Attempts(this.#sql);
    this.#rendering = new Rendering(this.#sql, ports);
    this.#kept = new KeptPacks(this.#sql, ports.kv, ports.due);
    this.#keys = new StaffKeys(this.#sql);
  }

  /** Notes that the public must see what is in the tables now. Call within the transaction that put it there. */
  want(): number {
    this.#ports.due.set('publish', this.#ports.nowMs() + SAFETY_MS);
    return nextCount(this.#sql, 'wanted');
  }

  /** Whether something that was acknowledged is not public yet. */
  isPending = (): boolean => this.published() < this.wanted();

  /** The newest state that asks to be published. */
  wanted(): number {
    return readCounter(this.#sql, 'wanted');
  }

  /** The newest state that is public. */
  published(): number {
    return readCounter(this.#sql, 'published');
  }

  /** Whether a state is public. */
  isReached(wanted: number): boolean {
    return this.published() >= wanted;
  }

  /** The last release known to be public, or null before the first. */
  last = (): Done | null => this.#attempts.last();

  /** The number of the release that holds what `want` counted, or null where it is not public within `timeoutMs`. */
  async reached(wanted: number, timeoutMs: number): Promise<number | null> {
    if (this.isReached(wanted)) return this.last()?.n ?? null;
    let release: number | null = null;
    let waiter: Waiter | undefined;
    const reached = new Promise<void>((resolve) => {
      waiter = {
        wanted,
        resolve(n) {
          release = n;
          resolve();
        },
      };
      this.#waiters.push(waiter);
    });
    await endsWithin(reached, timeoutMs);
    this.#waiters = this.#waiters.filter((other) => other !== waiter);
    return release;
  }

  /** Publishes until nothing is left to do. Never throws: a failure is noted, and the alarm tries again. */
  run(): Promise<void> {
    this.#running ??= this.#loop().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  /** What is due by the clock or by a deploy: boundaries, a doubtful `current`, new templates, unfinished work. */
  async catchUp(fired: boolean): Promise<void> {
    const { due, storage, nowMs } = this.#ports;
    const past = due.past(nowMs());
    storage.transactionSync(() => {
      if (past.has('boundary') || past.has('settle') || this.#rendering.isOutdated()) this.want();
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
    const { storage, nowMs, renderer } = this.#ports;
    const { n, wanted } = storage.transactionSync(() => this.#begin());
    this.#ports.due.arm();
    const bulletin = this.#ports.rows().bulletin();
    if (!bulletin) {
      storage.transactionSync(() => writeCounter(this.#sql, 'published', wanted));
      this.#resolveWaiters(wanted, null);
      return;
    }
    const moment: Moment = { release: n, asOf: toInstant(nowMs()) };
    const keyOf = (name: string) => this.#kept.named(name);
    const { placed, items, older } = this.#rendering.make(bulletin, moment, keyOf);
    const cold = coldPacks(placed, keyOf);
    const packs = [...cold.packs, ...items.packs];
    const release = encodeRelease(bulletin, moment, {
      placed,
      cold: cold.cold,
      items: items.items,
      older,
      policy: renderer.policy,
      revokedKeys: this.#keys.revoked(),
    });
    const named = [release.key, ...cold.cold.map((pack) => pack.key), ...items.keys];
    this.#kept.note([...packs.map((pack) => pack.key), release.key]);

    await this.#kept.write(packs);
    await this.#put(release.key, release.bytes);
    const before = this.last();
    const current: Current = { n, key: release.key, previous: before?.key ?? null };
    this.#flippedMs = nowMs();
    this.#attempts.flip(n, release.key, this.#flippedMs);
    await this.#put(CURRENT_KEY, JSON.stringify(current));

    const boundaryMs = toMs(release.index.boundary);
    storage.transactionSync(() =>
      this.#done({ n, wanted, placed, packs, named: before ? [...named, before.key] : named, boundaryMs }),
    );
    this.#ports.due.arm();
    this.#resolveWaiters(wanted, n);
  }

  /** Step 1. A flip before this one that was never noted as done may still arrive: one more release must follow. */
  #begin(): { readonly n: number; readonly wanted: number } {
    const lastDone = this.last()?.n ?? 0;
    if (this.#attempts.isDoubtful()) this.#ports.due.set('settle', this.#ports.nowMs() + SETTLE_MS, true);
    const n = nextCount(this.#sql, 'release');
    const wanted = this.wanted();
    this.#attempts.begin(n, wanted);
    this.#sql.exec('UPDATE correction SET release = ? WHERE release IS NULL OR release > ?', n, lastDone);
    for (const correction of this.#ports.rows().corrections)
      if (correction.release === null || correction.release > lastDone) correction.release = n;
    return { n, wanted };
  }

  /** Step 5. */
  #done(of: {
    readonly n: number;
    readonly wanted: number;
    readonly placed: readonly Placed[];
    readonly packs: readonly PackToWrite[];
    readonly named: readonly string[];
    readonly boundaryMs: number;
  }): void {
    const nowMs = this.#ports.nowMs();
    this.#attempts.done(of.n, nowMs);
    writeCounter(this.#sql, 'published', of.wanted);
    this.#rendering.keep(of.placed);
    this.#kept.supersede(of.packs, new Set(of.named), nowMs);
    this.#sql.exec('UPDATE answered SET release = ? WHERE release IS NULL AND wanted <= ?', of.n, of.wanted);
    const faults = this.#rendering.takeFaults();
    if (faults.length === 0) clearFailure(this.#sql);
    else noteFailure(this.#sql, { at: toInstant(nowMs), detail: faults.join('; ') });
    this.#ports.due.set('boundary', of.boundaryMs, true);
    if (!this.#isUnfinished()) this.#ports.due.clear('publish');
  }

  #resolveWaiters(wanted: number, n: number | null): void {
    for (const waiter of this.#waiters) if (waiter.wanted <= wanted) waiter.resolve(n);
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
      noteFailure(this.#sql, { at: toInstant(nowMs()), detail: said(error) });
      due.set('publish', nowMs() + delayMs, true);
    });
    due.arm();
  }
}
