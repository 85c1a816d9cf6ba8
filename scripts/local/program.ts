import { parsePort, takenMessage } from '../port.ts';
import { accessTrouble } from './access-trouble.ts';

/**
 * Runs a program that keeps running until a signal asks it to end, or until the npm that runs it ends. Prints an error
 * that it throws in one line.
 * @param script the name of its npm script
 * @param root the checkout
 */
export function runProgram(script: string, root: string, main: () => Promise<void>): void {
  // The reader of the output may go away, as with `npm start | head`; the site keeps running.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  // npm sends a signal only to its shell. The shell dies and leaves this program behind, so watch for a new parent.
  if (process.env.npm_lifecycle_event === script) {
    const parent = process.ppid;
    setInterval(() => {
      if (process.ppid !== parent) end();
    }, 500).unref();
  }
  // These run before Miniflare's handlers, which exit with the signal's number. A requested stop is not a failure.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end());
  main().catch((error: unknown) =>
    end(
      accessTrouble(error, root) ?? takenMessage(error, parsePort(process.env.PORT) ?? 0) ?? messageOf(error),
    ),
  );
}

/** Ends the program and its runtime. With a failure, prints it and exits with 1, else exits with 0. */
export function end(failure?: string | null): never {
  if (failure != null) console.error(failure);
  process.exit(failure == null ? 0 : 1);
}

/** The message of an error, without its stack. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
