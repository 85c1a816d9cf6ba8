import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';

/**
 * A process, told from a later one that is given the same pid. `born` is when it began, as the system writes it; null
 * where the system does not say.
 */
export type Life = { readonly pid: number; readonly born: string | null };

/**
 * Where a pid means something: a machine since it was booted, and on Linux a namespace of pids, which each container
 * has for itself: https://man7.org/linux/man-pages/man7/pid_namespaces.7.html
 */
export type Place = { readonly machine: string; readonly boot: string; readonly pids: string };

/** What can be said of a process that was noted down; `unseen` where its place can't be looked into from here. */
export type Sight = 'alive' | 'dead' | 'unseen';

/** The process that has a pid now, or null where none has. A process that has ended and was not collected is none. */
export function lifeOf(pid: number): Life | null {
  if (process.platform === 'linux') {
    const inProc = lifeInProc(pid);
    return inProc === 'ended' ? null : (inProc ?? bareLife(pid));
  }
  if (process.platform === 'win32') return bareLife(pid);
  return lifeByPs(pid);
}

/** This program's place. */
export const thisPlace = (): Place => ({
  machine: `${process.platform} ${textOf(() => readFileSync('/etc/machine-id', 'utf8'))}`.trim(),
  boot: textOf(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')),
  pids: textOf(() => readlinkSync('/proc/self/ns/pid')),
});

/** Whether a process that was noted down at a place is alive, as seen from another (or the same) place. */
export function sightOf({ pid, born }: Life, at: Place, from: Place): Sight {
  if (at.machine !== from.machine) return 'unseen';
  if (at.boot !== from.boot) return 'dead'; // the machine was booted since
  if (at.pids !== from.pids) return 'unseen';
  const now = lifeOf(pid);
  if (now === null) return 'dead';
  return born === null || now.born === null || born === now.born ? 'alive' : 'dead';
}

/** Linux: state and start time are fields 3 and 22 of https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function lifeInProc(pid: number): Life | 'ended' | null {
  const stat = textOf(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  // Field 2 is the name in brackets, and may hold spaces and brackets itself.
  const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const born = fields[18];
  if (!state || born === undefined) return null;
  return hasEnded(state) ? 'ended' : { pid, born };
}

/** As `ps` of POSIX systems without /proc says it: macOS, the BSDs. */
export function lifeByPs(pid: number): Life | null {
  const options = ['-o', 'stat=', '-o', 'lstart=', '-p', String(pid)];
  const said = textOf(() =>
    // The start is printed in words and local time: always the same language and zone, or it would seem another.
    execFileSync('ps', options, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' } }),
  );
  const [, state, born] = /^(\S+)\s+(.+)$/.exec(said) ?? [];
  if (!state || !born) return bareLife(pid);
  return hasEnded(state) ? null : { pid, born };
}

/** Whether a pid is in use, and no more than that: https://man7.org/linux/man-pages/man2/kill.2.html */
function bareLife(pid: number): Life | null {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return null; // ESRCH
  }
  return { pid, born: null };
}

/** Z: ended, not collected yet; X: being removed. */
const hasEnded = (state: string): boolean => /^[ZX]/.test(state);

function textOf(read: () => string): string {
  try {
    return read().trim();
  } catch {
    return ''; // not there, or not to be read by everybody: then it says nothing
  }
}
