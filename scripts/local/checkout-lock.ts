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
import { type Holder, livingRuntimes, readHolder, sightOfProgram, thisHolder } from './lock-holder.ts';
import { type Life, lifeOf } from './process-life.ts';

/** What keeps a checkout from being claimed: its program, a runtime that outlived it, or a holder that can't be seen. */
export type Kept = {
  readonly by: 'program' | 'runtime' | 'unseen';
  readonly pid: number;
  readonly holder: Holder;
};

/** A checkout that is this program's, for as long as this program or a runtime on the note lives. */
export type Lock = {
  /** The file that names the holder. */
  readonly file: string;
  /** Notes a runtime that has just been started. @throws where the lock was removed under the running site */
  add(pid: number): void;
  /** Takes a runtime that has ended off the note. */
  drop(pid: number): void;
};

/** How long a claim waits for a runtime whose program has died: it is being ended by then (end-orphans.ts). */
const ORPHAN_MS = 2_000;
const LOOK_AGAIN_MS = 50;
/** How often a holder marks its file, for those who can't see its processes, and how long after a mark it is gone. */
const MARK_MS = 5_000;
const GONE_MS = 30_000;

/**
 * Claims a checkout: two runtimes on one state would spoil it. The lock is a file in `.wrangler/lock/`, so it goes with
 * the state it guards, and names the processes that hold it. Nobody has to release it: it holds while one of them lives.
 *
 * Files are numbered. A claim that finds the highest number's holder dead makes the next number by a hard link, which the
 * system lets succeed once only, with the content already whole. The highest number is never deleted: a claim that
 * looked long ago, and makes a number that was passed since, finds the higher one when it looks again, and withdraws.
 * @param address where the site will be served
 * @throws the system's error where the folder can't be written
 */
export async function claimCheckout(root: string, address: string): Promise<Lock | Kept> {
  const folder = join(root, '.wrangler/lock');
  mkdirSync(folder, { recursive: true });
  const own = thisHolder(address);
  for (let waitedMs = 0; ; waitedMs += LOOK_AGAIN_MS) {
    const last = highest(folder);
    const holder = last === 0 ? null : readHolder(fileOf(folder, last));
    const kept = holder && keptBy(holder, fileOf(folder, last));
    if (kept && (kept.by !== 'runtime' || waitedMs > ORPHAN_MS)) return kept;
    if (!kept && tryToTake(folder, last + 1, own)) return lockOf(fileOf(folder, last + 1), own);
    await sleep(LOOK_AGAIN_MS);
  }
}

function keptBy(holder: Holder, file: string): Kept | null {
  const sight = sightOfProgram(holder);
  // A container that was killed and started again is another place: what ran in it marks its file no more.
  if (sight === 'unseen' && unmarkedMs(file) > GONE_MS) return null;
  if (sight !== 'dead') return { by: sight === 'alive' ? 'program' : sight, pid: holder.program.pid, holder };
  const [orphan] = livingRuntimes(holder);
  return orphan ? { by: 'runtime', pid: orphan.pid, holder } : null;
}

const fileOf = (folder: string, n: number): string => join(folder, `${n}.json`);

const numbersIn = (folder: string): readonly number[] =>
  readdirSync(folder).flatMap((name) =>
    /^[1-9]\d{0,14}\.json$/.test(name) ? [Number.parseInt(name, 10)] : [],
  );

const highest = (folder: string): number => Math.max(0, ...numbersIn(folder));

/** Makes the lock of a number; false where another claim was quicker. */
function tryToTake(folder: string, n: number, holder: Holder): boolean {
  const draft = draftIn(folder, holder);
  try {
    linkSync(draft, fileOf(folder, n));
  } catch (error) {
    // EEXIST: the number is taken. ENOENT: whoever took it swept the draft away.
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
  const note = (runtimes: readonly Life[]) => {
    holder = { ...holder, runtimes };
    renameSync(draftIn(join(file, '..'), holder), file);
  };
  // Where a mark fails, the file is gone or the disk is full: it is no mark, and the processes themselves still count.
  setInterval(() => utimes(file, new Date(), new Date()).catch(() => {}), MARK_MS).unref();
  return {
    file,
    add(pid) {
      if (!existsSync(file))
        throw new Error(`${file} is gone: .wrangler/ was deleted while the site ran. Start it again.`);
      const life = lifeOf(pid);
      if (life) note([...holder.runtimes, life]);
    },
    drop(pid) {
      if (existsSync(file)) note(holder.runtimes.filter((runtime) => runtime.pid !== pid));
    },
  };
}

/** For how long a holder has not marked its file. */
const unmarkedMs = (file: string): number =>
  Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());

const DRAFT = 'draft-';

/** Writes a holder into a file of its own, to be given its real name in one step. */
function draftIn(folder: string, holder: Holder): string {
  const file = join(folder, `${DRAFT}${randomBytes(8).toString('hex')}`);
  writeFileSync(file, JSON.stringify(holder));
  return file;
}
