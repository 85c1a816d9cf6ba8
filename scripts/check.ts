import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { checkTypes, PROGRAMS } from './check-types.ts';

const root = join(import.meta.dirname, '..');

/** Checks format and lint of all files; prints the faults. Returns whether there are none. */
function checkForm(): Promise<boolean> {
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const colors = process.stdout.isTTY ? [] : ['--colors=off'];
  const child = spawn(process.execPath, [biome, 'ci', '--error-on-warnings', ...colors, '.'], {
    cwd: root,
    stdio: 'inherit',
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code === 0));
  });
}

// `npm run check`: a fault of one kind does not hide the faults of the others.
const [isFormed, ...outputs] = await Promise.all([checkForm(), ...PROGRAMS.map(checkTypes)]);
process.stdout.write([...new Set(outputs.join('').split('\n'))].join('\n'));
process.exitCode = isFormed && outputs.every((output) => output === '') ? 0 : 1;
