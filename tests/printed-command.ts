import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { type ProgramResult, runProgram } from './node/run-program.ts';

const HAS_CURL = spawnSync('curl', ['--version']).error === undefined;

/** A shell function, so that a printed command runs as it is printed. */
const CURL = `curl() { '${process.execPath}' '${join(import.meta.dirname, 'curl.ts')}' "$@"; }`;

/** The command that a site prints: it sends the key to curl through a pipe, and posts a figure. */
export const PRINTED_COMMAND = /^printf .* \| curl .*$/m;

/**
 * Runs a curl command that a site printed, in a shell.
 * @param cwd a folder that is not the checkout, because a printed command works in any folder
 */
export const runPrinted = (command: string, cwd = '/'): Promise<ProgramResult> =>
  runProgram('sh', ['-c', HAS_CURL ? command : `${CURL}\n${command}`], { cwd });
