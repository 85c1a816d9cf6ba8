import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';

/**
 * The record of a process, which tells it from a later process with the same pid. `born` is the process's start time
 * in the system's own format; null if the system does not report it.
 */
export type ProcessRecord = { readonly pid: number; readonly born: string | null };

/**
 * Where a pid is valid: on one machine since one boot and, on Linux, in one pid namespace. Each container has its own
 * namespace: https://man7.org/linux/man-pages/man7/pid_namespaces.7.html
 */
export type Place = { readonly machine: string; readonly boot: string; readonly pids: string };

/** The state of a recorded process; `unseen` if its place can't be inspected from here. */
export type ProcessState = 'alive' | 'dead' | 'unseen';

/** The process that has a pid now; null if there is none. A zombie (ended, not yet collected) counts as none. */
export function recordOf(pid: number): ProcessRecord | null {
  if (process.platform === 'linux') {
    const inProc = recordInProc(pid);
    return inProc === 'ended' ? null : (inProc ?? recordWithoutStart(pid));
  }
  if (process.platform === 'win32') return recordWithoutStart(pid);
  return recordByPs(pid);
}

/** This program's place. */
export const thisPlace = (): Place => ({
  machine: `${process.platform} ${textOf(() => readFileSync('/etc/machine-id', 'utf8'))}`.trim(),
  boot: textOf(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')),
  pids: textOf(() => readlinkSync('/proc/self/ns/pid')),
});

/** Whether a process that was recorded at one place is alive, as seen from another or the same place. */
export function stateOf({ pid, born }: ProcessRecord, recordedAt: Place, from: Place): ProcessState {
  if (recordedAt.machine !== from.machine) return 'unseen';
  if (recordedAt.boot !== from.boot) return 'dead'; // the machine was rebooted
  if (recordedAt.pids !== from.pids) return 'unseen';
  const now = recordOf(pid);
  if (now === null) return 'dead';
  return born === null || now.born === null || born === now.born ? 'alive' : 'dead';
}

/**
 * On Linux. The state and the start time are fields 3 and 22 of
 * https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
function recordInProc(pid: number): ProcessRecord | 'ended' | null {
  const stat = textOf(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  // Field 2 is the name in brackets. The name may contain spaces and brackets.
  const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const born = fields[18];
  if (!state || born === undefined) return null;
  return hasEnded(state) ? 'ended' : { pid, born };
}

/** The process by `ps`, for POSIX systems without /proc: macOS and the BSDs. Null if there is none. */
export function recordByPs(pid: number): ProcessRecord | null {
  const options = ['-o', 'stat=', '-o', 'lstart=', '-p', String(pid)];
  const output = textOf(() =>
    // `ps` prints the start time in words and local time. A fixed language and zone make it comparable.
    execFileSync('ps', options, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' } }),
  );
  const [, state, born] = /^(\S+)\s+(.+)$/.exec(output) ?? [];
  if (!state || !born) return recordWithoutStart(pid);
  return hasEnded(state) ? null : { pid, born };
}

/**
 * The process with a pid, without its start time; null if the pid is not in use:
 * https://man7.org/linux/man-pages/man2/kill.2.html
 */
function recordWithoutStart(pid: number): ProcessRecord | null {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return null; // ESRCH
  }
  return { pid, born: null };
}

/** Z: zombie, ended but not yet collected. X: being removed. */
const hasEnded = (state: string): boolean => /^[ZX]/.test(state);

function textOf(read: () => string): string {
  try {
    return read().trim();
  } catch {
    return ''; // missing, or this user may not read it
  }
}
