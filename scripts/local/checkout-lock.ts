import { randomBytes } from 'node:crypto';
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Holder, livingRuntimes, programState, readHolder, thisHolder } from './lock-holder.ts';
import { type ProcessRecord, recordOf } from './process-record.ts';

/**
 * Who holds a checkout, so that it can't be claimed: a running program, a runtime that outlived its program, or a
 * holder on another machine or in another container, whose processes can't be seen from here.
 */
export type HeldBy = {
  readonly kind: 'program' | 'runtime' | 'unseen';
  readonly pid: number;
  readonly holder: Holder;
};

/** The claim of a checkout. It lasts while this program or a runtime in the lock file lives. */
export type Lock = {
  /** The file that names the holder. */
  readonly file: string;
  /** Adds a runtime that was just started to the file. @throws if the file was deleted while the site ran */
  add(pid: number): void;
  /** Removes a runtime that has ended from the file. */
  remove(pid: number): void;
};

/** How long a claim waits for a runtime whose program has died: end-orphans.ts ends the runtime in that time. */
const ORPHAN_MS = 2_000;
const POLL_MS = 50;
/**
 * How often a holder updates its file's mtime, and how long after the last update it counts as dead. Programs that
 * can't see the holder's processes rely on this.
 */
const HEARTBEAT_MS = 5_000;
const EXPIRY_MS = 30_000;

/**
 * Claims a checkout, because two runtimes would corrupt its state. The lock is a file in `.wrangler/lock/`, so it is
 * deleted together with the state it guards. It names the processes that hold it, and holds while one of them lives. No
 * release is needed.
 *
 * Lock files are numbered. If the holder of the highest number is dead, a claim creates the next number by a hard link:
 * the system lets only one claim succeed, and the file is complete at once. The highest number is never deleted. So a
 * slow claim that creates a number after a higher one exists sees the higher one when it checks again, and withdraws.
 * @param address where the site will be served
 * @throws the system's error if the folder can't be written
 */
export async function claimCheckout(root: string, address: string): Promise<Lock | HeldBy> {
  const folder = join(root, '.wrangler/lock');
  mkdirSync(folder, { recursive: true });
  const own = thisHolder(address);
  for (let waitedMs = 0; ; waitedMs += POLL_MS) {
    const last = highest(folder);
    const holder = last === 0 ? null : readHolder(fileOf(folder, last));
    const heldBy = holder && livingHolder(holder, fileOf(folder, last));
    if (heldBy && (heldBy.kind !== 'runtime' || waitedMs > ORPHAN_MS)) return heldBy;
    if (!heldBy && tryToCreate(folder, last + 1, own)) return lockOf(fileOf(folder, last + 1), own);
    await sleep(POLL_MS);
  }
}

/** The living process of a holder that keeps the lock; null if there is none. */
function livingHolder(holder: Holder, file: string): HeldBy | null {
  const state = programState(holder);
  // A container that was killed and started again is another place; its former processes no longer update their file.
  if (state === 'unseen' && sinceHeartbeatMs(file) > EXPIRY_MS) return null;
  if (state !== 'dead')
    return { kind: state === 'alive' ? 'program' : state, pid: holder.program.pid, holder };
  const [orphan] = livingRuntimes(holder);
  return orphan ? { kind: 'runtime', pid: orphan.pid, holder } : null;
}

const fileOf = (folder: string, n: number): string => join(folder, `${n}.json`);

const numbersIn = (folder: string): readonly number[] =>
  readdirSync(folder).flatMap((name) =>
    /^[1-9]\d{0,14}\.json$/.test(name) ? [Number.parseInt(name, 10)] : [],
  );

const highest = (folder: string): number => Math.max(0, ...numbersIn(folder));

/** Creates the lock file with a number. False if another claim was faster. */
function tryToCreate(folder: string, n: number, holder: Holder): boolean {
  const draft = draftIn(folder, holder);
  try {
    linkSync(draft, fileOf(folder, n));
  } catch (error) {
    // EEXIST: another claim has the number. ENOENT: that claim has deleted this draft.
    if (error instanceof Error && 'code' in error && (error.code === 'EEXIST' || error.code === 'ENOENT'))
      return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  if (highest(folder) !== n) {
    rmSync(fileOf(folder, n), { force: true });
    return false;
  }
  for (const old of numbersIn(folder)) if (old < n) rmSync(fileOf(folder, old), { force: true });
  for (const name of readdirSync(folder))
    if (name.startsWith(DRAFT)) rmSync(join(folder, name), { force: true });
  return true;
}

function lockOf(file: string, first: Holder): Lock {
  let holder = first;
  const write = (runtimes: readonly ProcessRecord[]) => {
    holder = { ...holder, runtimes };
    renameSync(draftIn(join(file, '..'), holder), file);
  };
  // If the update fails, the file is gone or the disk is full. The processes themselves still count.
  setInterval(() => utimes(file, new Date(), new Date()).catch(() => {}), HEARTBEAT_MS).unref();
  return {
    file,
    add(pid) {
      if (!existsSync(file))
        throw new Error(
          `${file} is missing: .wrangler/ was deleted while the site ran. Start the site again.`,
        );
      const processRecord = recordOf(pid);
      if (processRecord) write([...holder.runtimes, processRecord]);
    },
    remove(pid) {
      if (existsSync(file)) write(holder.runtimes.filter((runtime) => runtime.pid !== pid));
    },
  };
}

/** The time since a holder last updated its file; 0 if the file does not exist. */
const sinceHeartbeatMs = (file: string): number =>
  Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());

const DRAFT = 'draft-';

/** Writes a holder into a draft file, which a link or rename then gives its real name in one step. */
function draftIn(folder: string, holder: Holder): string {
  const file = join(folder, `${DRAFT}${randomBytes(8).toString('hex')}`);
  writeFileSync(file, JSON.stringify(holder));
  return file;
}
