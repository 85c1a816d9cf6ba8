import { type ChildProcess, spawn } from 'node:child_process';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { below, groupRuns } from './processes.ts';

const START_MS = 45_000;
const END_MS = 10_000;

/** A running `npm start`, or `npm run dev`, in a process group of its own. */
export type SiteProcess = {
  readonly pid: number;
  /** All that it printed, or the end of it. */
  said(): string;
  /** The first printed text of a form, waited for. */
  line(form: RegExp): Promise<string>;
  /** Kills workerd with SIGKILL, then waits until the program has ended by itself; gives its exit code. */
  killRuntime(): Promise<number | null>;
  /** Waits until the program has ended; gives its exit code. */
  ended(): Promise<number | null>;
  /** Kills the program alone with SIGKILL, as a system that is out of memory does. */
  killProgram(): Promise<void>;
  /** The one process below the program whose command holds a text. */
  below(command: string): number;
  /** Kills the whole process group with SIGKILL at once. */
  killAll(): Promise<void>;
  /** Asks the program to stop, as Ctrl+C does; gives its exit code. */
  stop(): Promise<number | null>;
};

type How = {
  /** The program, in `scripts`, or npm that runs it. */
  readonly script?: 'start.ts' | 'dev.ts' | 'npm start';
  readonly env?: Readonly<Record<string, string>>;
  /** Told each time that it prints something, also before it is up, of all that it printed. */
  readonly onPrint?: (said: string) => void;
};

/** The programs that were started, until they and their runtimes have ended: none is left behind, whatever ends the test. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) killGroup(child);
});

/** Kills all sites that were started here and run yet. For `afterEach`: a test that failed midway ended none. */
export async function endSites(): Promise<void> {
  for (const child of running) {
    killGroup(child);
    for (const end = Date.now() + END_MS; groupRuns(child.pid ?? -1) && Date.now() < end; ) await sleep(20);
    running.delete(child);
  }
}

/** Starts the site of a checkout, with no terminal and no stdin, and waits until it says that it is up. */
export async function startSite(
  root: string,
  port: number,
  { script = 'start.ts', env = {}, onPrint }: How = {},
): Promise<SiteProcess> {
  const [command, args] =
    script === 'npm start'
      ? ['npm', ['start']]
      : [process.execPath, ['--import', './scripts/require-node.js', `scripts/${script}`]];
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, ...env, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${command} can't be started`);
  running.add(child);
  child.once('close', () => {
    if (!groupRuns(pid)) running.delete(child);
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  let said = '';
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not up after ${START_MS} ms:\n${said}`)), START_MS);
    const hear = (text: string) => {
      said = `${said}${text}`.slice(-10_000);
      onPrint?.(said);
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
  /** The exit code, if it comes in time; else nothing is left of the program, and this fails. */
  const within = async (what: string): Promise<number | null> => {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      killGroup(child);
    }, END_MS);
    const code = await ended;
    clearTimeout(timer);
    if (isLate) throw new Error(`did not end within ${END_MS} ms of ${what}:\n${said}`);
    return code;
  };
  return {
    pid,
    said: () => said,
    async line(form) {
      for (const end = Date.now() + END_MS; Date.now() < end; await sleep(20)) {
        const found = form.exec(said)?.[0];
        if (found !== undefined) return found;
      }
      throw new Error(`printed nothing like ${form}:\n${said}`);
    },
    below(command) {
      const [one, ...others] = below(pid, command);
      // Never a default: a signal to the process 0 goes to this program and all of its group.
      if (one === undefined || others.length > 0) throw new Error(`not one ${command}: ${one}, ${others}`);
      return one;
    },
    ended: () => within('what was to end it'),
    async killProgram() {
      child.kill('SIGKILL');
      await within('SIGKILL');
    },
    async killRuntime() {
      const pids = below(pid, RUNTIME);
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

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // ESRCH: all of the group has ended already, which is what was asked for
  }
}

/** What the command of every Workers runtime holds. */
export const RUNTIME = '/workerd serve';
