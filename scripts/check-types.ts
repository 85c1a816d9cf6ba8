import { spawn } from 'node:child_process';
import { join } from 'node:path';

/**
 * The TypeScript programs. Each place where code runs has its own program with only the globals of that place:
 * `document` compiles neither in the Worker nor in Node, and `process` does not compile in a page. The types of
 * Cloudflare declare `process` and `Buffer` in the Worker, so Biome refuses those there (biome.json).
 */
export const PROGRAMS = [
  '.',
  'worker',
  'client',
  'client/islands',
  'scripts',
  'tests',
  'tests/worker',
  'tests/browser',
] as const;

const root = join(import.meta.dirname, '..');

/** Type-checks a program, the folder of a `tsconfig.json`, from the root. Returns the compiler's output, empty if there is no error. */
export function checkTypes(program: string): Promise<string> {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const child = spawn(process.execPath, [tsc, '-p', program], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code === 0 ? '' : output || `tsc -p ${program} failed\n`));
  });
}
