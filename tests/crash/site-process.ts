import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const START_MS = 120_000;
const END_MS = 10_000;

/** A running `npm start`, in a process group of its own. */
export type SiteProcess = {
  /** All that it printed, or the end of it. */
  said(): string;
  /** The first printed text of a form, waited for. */
  line(form: RegExp): Promise<string>;
  /** Kills workerd with SIGKILL, then waits until the program has ended by itself; gives its exit code. */
  killRuntime(): Promise<number | null>;
  /** Kills the whole process group with SIGKILL at once. */
  killAll(): Promise<void>;
  /** Asks the program to stop, as Ctrl+C does; gives its exit code. */
  stop(): Promise<number | null>;
};

/** Starts the site of a checkout, with no terminal and no stdin, and waits until it says that it is up. */
export async function startSite(root: string, port: number): Promise<SiteProcess> {
  const args = ['--import', './scripts/require-node.js', 'scripts/start.ts'];
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  process.once('exit', () => killGroup(child)); // whatever ends the test, no site is left behind
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  let said = '';
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not up after ${START_MS} ms:\n${said}`)), START_MS);
    const hear = (text: string) => {
      said = `${said}${text}`.slice(-10_000);
      if (new RegExp(`^http://localhost:${port}$`, 'm').test(said)) resolve();
    };
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', hear);
    void ended.then((code) => {
      clearTimeout(timer);
      reject(new Error(`ended with ${code} before it was up:\n${said}`));
    });
  }).catch((error: unknown) => {
    killGroup(child);
    throw error;
  });
  const within = (what: string) =>
    Promise.race([
      ended,
      sleep(END_MS, undefined, { ref: false }).then(() => {
        killGroup(child);
        throw new Error(`did not end within ${END_MS} ms of ${what}:\n${said}`);
      }),
    ]);
  return {
    said: () => said,
    async line(form) {
      for (const end = Date.now() + END_MS; Date.now() < end; await sleep(20)) {
        const found = form.exec(said)?.[0];
        if (found !== undefined) return found;
      }
      throw new Error(`printed nothing like ${form}:\n${said}`);
    },
    async killRuntime() {
      const pids = runtimesUnder(child.pid ?? 0);
      if (pids.length === 0) throw new Error('there is no workerd to kill');
      for (const pid of pids) process.kill(pid, 'SIGKILL');
      return within('the death of workerd');
    },
    async killAll() {
      killGroup(child);
      await within('SIGKILL');
    },
    stop() {
      child.kill('SIGINT');
      return within('SIGINT');
    },
  };
}

/**
 * Waits until nothing listens on a port of 127.0.0.1; gives whether that came to be in time. Not at once: SIGKILL is
 * sent, not done, and a busy system lets a dead process's sockets go some time after whoever sent it has gone on.
 */
export async function closes(port: number): Promise<boolean> {
  for (const end = Date.now() + END_MS; !(await refuses(port)); await sleep(20))
    if (Date.now() > end) return false;
  return true;
}

const refuses = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(false);
    });
    socket.once('error', () => resolve(true));
  });

function killGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // ESRCH: all of the group has ended already, which is what was asked for
  }
}

/** The workerd processes among a process's descendants, from Linux's /proc. */
function runtimesUnder(pid: number): readonly number[] {
  const children = new Map<number, number[]>();
  const names = new Map<number, string>();
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    let stat: string;
    try {
      stat = readFileSync(join('/proc', entry, 'stat'), 'utf8');
    } catch {
      continue; // ended while the list was read
    }
    // pid (name) state ppid …; the name may hold spaces and brackets: https://man7.org/linux/man-pages/man5/proc.5.html
    const [, name = '', ppid = ''] = /^\d+ \((.*)\) \S (\d+)/s.exec(stat) ?? [];
    names.set(Number(entry), name);
    children.set(Number(ppid), [...(children.get(Number(ppid)) ?? []), Number(entry)]);
  }
  const found: number[] = [];
  for (const queue = [pid]; queue.length > 0; ) {
    const next = queue.pop() ?? 0;
    if (names.get(next) === 'workerd') found.push(next);
    queue.push(...(children.get(next) ?? []));
  }
  return found;
}
