import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

type Process = {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly command: string;
};

/** The pids of a process's descendants whose command contains a text, from Linux's /proc. */
export function descendants(pid: number, command: string): readonly number[] {
  const all = running();
  const pids: number[] = [];
  for (const queue = [pid]; queue.length > 0; ) {
    const parentPid = queue.pop();
    for (const child of all.filter(({ parent }) => parent === parentPid)) {
      if (child.command.includes(command)) pids.push(child.pid);
      queue.push(child.pid);
    }
  }
  return pids;
}

/** Whether a process of a group still runs. Without /proc, a process that ended but was not collected counts too. */
export function groupRuns(group: number): boolean {
  if (existsSync('/proc/self/stat')) return running().some((process) => process.group === group);
  try {
    return process.kill(-group, 0);
  } catch {
    return false; // ESRCH
  }
}

/** All processes, without those that have ended and were not collected yet. */
function running(): readonly Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(join('/proc', name, 'stat'), 'utf8');
        const command = readFileSync(join('/proc', name, 'cmdline'), 'utf8').replaceAll('\0', ' ');
        // pid (name) state parent group …; the name may hold spaces and brackets:
        // https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
        const [state, parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        return state === 'Z' || state === 'X'
          ? []
          : [{ pid: Number(name), parent: Number(parent), group: Number(group), command }];
      } catch {
        return []; // ended while the list was read
      }
    });
}
