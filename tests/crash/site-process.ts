import { type ChildProcess, spawn } from 'node:child_process';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { descendants, groupRuns } from './processes.ts';

/** A start takes some seconds of processor time; beside other tests on two cores it takes several times as long. */
const START_MS = 120_000;
const END_MS = 10_000;

/** A running `npm start`, or `npm run dev`, in a process group of its own. */
export type SiteProcess = {
  readonly pid: number;
  /** Its output on both streams, cut to the last 10,000 characters. */
  output(): string;
  /** Waits until the output has a match; gives the first. */
  line(pattern: RegExp): Promise<string>;
  /** Kills workerd with SIGKILL, then waits until the program ends by itself; gives its exit code. */
  killRuntime(): Promise<number | null>;
  /** Waits until the program ends; gives its exit code. */
  ended(): Promise<number | null>;
  /** Kills only the program with SIGKILL, as a system without free memory does. */
  killProgram(): Promise<void>;
  /** The pid of the descendant whose command contains a text. @throws Error where there is not exactly one */
  descendant(command: string): number;
  /** Kills the whole process group at once, with SIGKILL. */
  killAll(): Promise<void>;
  /** Asks the program to stop, as Ctrl+C does; gives its exit code. */
  stop(): Promise<number | null>;
};

type Options = {
  /** A program in `scripts`, or the npm script that runs it. */
  readonly script?: 'start.ts' | 'dev.ts' | 'npm start';
  readonly env?: Readonly<Record<string, string>>;
  /** Called at each print, also before the site is up, with the output so far. */
  readonly onPrint?: (output: string) => void;
};

/** The started programs whose process groups still run. They are killed at exit, so that no test leaves one behind. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) killGroup(child);
});

/** Kills the sites that this process started and that still run. For `afterEach`: a failed test leaves them. */
export async function endSites(): Promise<void> {
  for (const child of running) {
    killGroup(child);
    for (const end = Date.now() + END_MS; groupRuns(child.pid ?? -1) && Date.now() < end; ) await sleep(20);
    running.delete(child);
  }
}

/** Starts the site of a checkout, without a terminal and stdin, and waits until the site prints its address. */
export async function startSite(
  root: string,
  port: number,
  { script = 'start.ts', env = {}, onPrint }: Options = {},
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
  let output = '';
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not up after ${START_MS} ms:\n${output}`)), START_MS);
    const collect = (text: string) => {
      output = `${output}${text}`.slice(-10_000);
      onPrint?.(output);
      if (new RegExp(`^http://localhost:${port}$`, 'm').test(output)) resolve();
    };
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', collect);
    void ended.then((code) => {
      clearTimeout(timer);
      reject(new Error(`ended with ${code} before it was up:\n${output}`));
    });
  }).catch((error: unknown) => {
    killGroup(child);
    throw error;
  });
  /** The exit code. A program that does not end in time is killed with its group, and that is an error. */
  const exitCode = async (cause: string): Promise<number | null> => {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      killGroup(child);
    }, END_MS);
    const code = await ended;
    clearTimeout(timer);
    if (isLate) throw new Error(`did not end within ${END_MS} ms of ${cause}:\n${output}`);
    return code;
  };
  return {
    pid,
    output: () => output,
    async line(pattern) {
      for (const end = Date.now() + END_MS; Date.now() < end; await sleep(20)) {
        const match = pattern.exec(output)?.[0];
        if (match !== undefined) return match;
      }
      throw new Error(`the output has no match of ${pattern}:\n${output}`);
    },
    descendant(command) {
      const [descendantPid, ...others] = descendants(pid, command);
      // No default pid: a signal to pid 0 goes to this program and its whole group.
      if (descendantPid === undefined || others.length > 0)
        throw new Error(`not exactly one ${command}: ${descendantPid}, ${others}`);
      return descendantPid;
    },
    ended: () => exitCode('the event that should end it'),
    async killProgram() {
      child.kill('SIGKILL');
      await exitCode('SIGKILL');
    },
    async killRuntime() {
      const pids = descendants(pid, RUNTIME);
      if (pids.length === 0) throw new Error('there is no workerd to kill');
      for (const pid of pids) process.kill(pid, 'SIGKILL');
      return exitCode('the death of workerd');
    },
    async killAll() {
      killGroup(child);
      await exitCode('SIGKILL');
    },
    stop() {
      child.kill('SIGINT');
      return exitCode('SIGINT');
    },
  };
}

/**
 * Waits until nothing listens on a port of 127.0.0.1; gives false if something still does after 10 s. The wait is
 * needed: a signal is sent, not yet handled, and a busy system closes a dead process's sockets some time later.
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
    // ESRCH: the whole group has ended already
  }
}

/** A part of the command of every Workers runtime. */
export const RUNTIME = '/workerd serve';
