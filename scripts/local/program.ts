import { accessTrouble } from './access-trouble.ts';

/**
 * Runs a program that stays until it is asked to end: by a signal, or by the end of the npm that runs it. What it throws
 * is told in one line.
 * @param script name of the npm script that it is
 * @param root the checkout
 */
export function runProgram(script: string, root: string, main: () => Promise<void>): void {
  // Whoever reads what is printed may stop reading; the site goes on.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  // npm passes a signal to its shell alone, which dies of it and leaves this program behind: it goes too.
  if (process.env.npm_lifecycle_event === script) {
    const parent = process.ppid;
    setInterval(() => {
      if (process.ppid !== parent) end();
    }, 500).unref();
  }
  // Before Miniflare's own handlers, which end with the signal's number: to be asked to stop is no failure.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end());
  main().catch((error: unknown) => end(accessTrouble(error, root) ?? said(error)));
}

/** Ends the program, and with it the runtime; with a reason it is a failure. */
export function end(why?: string | null): never {
  if (why != null) console.error(why);
  process.exit(why == null ? 0 : 1);
}

/** An error in words, without its stack. */
export const said = (error: unknown): string => (error instanceof Error ? error.message : String(error));
