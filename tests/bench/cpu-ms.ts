import { readdirSync, readFileSync } from 'node:fs';

/**
 * The CPU time of all threads of a process, in milliseconds. Linux only: the kernel counts the nanoseconds of each
 * thread, https://docs.kernel.org/scheduler/sched-stats.html#proc-pid-schedstat
 */
export function cpuMsOf(pid: number): number {
  const tasks = `/proc/${pid}/task`;
  const threadNs = readdirSync(tasks).map((id) =>
    Number(readFileSync(`${tasks}/${id}/schedstat`, 'utf8').split(' ')[0]),
  );
  return threadNs.reduce((sum, ns) => sum + ns, 0) / 1_000_000;
}
