import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readKeyFile } from './operator-key.ts';

const file = join(import.meta.dirname, '../.dev.vars');

/** `npm run -s key`: prints only the operator key of this checkout, for `$(npm run -s key)` in a command. */
try {
  if (!existsSync(file)) throw new Error(`the file ${file} does not exist yet: "npm start" creates it.`);
  console.log(readKeyFile(file).first);
} catch (error) {
  console.error(`key: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
