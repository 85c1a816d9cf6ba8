import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

type Process = {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly command: string;
};

/** The processes among a process's descendants whose command holds a text, from Linux's /proc. */
export function below(pid: number, command: string): readonly number[] {
  const all = running();
  const found: number[] = [];
  for (const queue = [pid]; queue.length > 0; ) {
    const next = queue.pop();
    for (const child of all.filter(({ parent }) => parent === next)) {
      if (child.command.includes(command)) found.push(child.pid);
      queue.push(child.pid);
    }
  }
  return found;
}

/** Whether anything of a process group runs yet. Where there is no /proc, one that nobody has collected seems to. */
export function groupRuns(group: number): boolean {
  if (existsSync('/proc/self/stat')) return running().some((process) => process.group === group);
  try {
    return process.kill(-group, 0);
  } catch {
    return false; // ESRCH
  }
}

/** The processes there are, without those that have ended and were not collected yet. */
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
