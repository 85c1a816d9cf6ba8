import { spawn } from 'node:child_process';

/** The result of a program: its exit code, its output on stdout and on stderr, and on both together (`output`). */
export type ProgramResult = {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  readonly output: string;
};

const TIMEOUT_MS = 30_000;

/**
 * Runs a program to its end, without a terminal and stdin.
 * @throws Error where the program cannot start, or does not end in 30 s and is killed
 */
export function runProgram(
  command: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [out, err, output] = ['', '', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
      output += text;
    });
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`${command} ${args.join(' ')} did not end in ${TIMEOUT_MS} ms:\n${output}`));
    }, TIMEOUT_MS);
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ code, out, err, output });
    });
  });
}
