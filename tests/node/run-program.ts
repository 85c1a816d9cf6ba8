import { spawn } from 'node:child_process';

/** What came of a program: its exit code, and what it printed to each stream. */
export type Ran = {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  readonly said: string;
};

const LONGEST_MS = 30_000;

/** Runs a program to its end, with no terminal and no stdin. One that does not end in time is killed, and that fails. */
export function runProgram(
  command: string,
  args: readonly string[],
  how: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: how.cwd,
      env: { ...process.env, ...how.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [out, err, said] = ['', '', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      said += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
      said += text;
    });
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`${command} ${args.join(' ')} did not end in ${LONGEST_MS} ms:\n${said}`));
    }, LONGEST_MS);
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ code, out, err, said });
    });
  });
}
