import { readdirSync, readFileSync } from 'node:fs';

/**
 * The processor time all threads of a process have taken, in milliseconds. Linux only: nanoseconds each thread has run,
 * https://docs.kernel.org/scheduler/sched-stats.html#proc-pid-schedstat
 */
export function cpuMsOf(pid: number): number {
  const tasks = `/proc/${pid}/task`;
  const ran = readdirSync(tasks).map((id) =>
    Number(readFileSync(`${tasks}/${id}/schedstat`, 'utf8').split(' ')[0]),
  );
  return ran.reduce((sum, ns) => sum + ns, 0) / 1_000_000;
}
