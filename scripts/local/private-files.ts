import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { quoted } from './shell.ts';

/** The permission bits of everybody but the owner. */
const OTHERS = 0o077;

/**
 * Makes a folder that only its owner can enter, so that what is in it needs no modes of its own. Takes the others'
 * access to a folder away that an older version made; a folder of another user stays as it is.
 */
export function makePrivateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (!isOpenToOthers(folder) || statSync(folder).uid !== process.getuid?.()) return;
  try {
    chmodSync(folder, 0o700);
  } catch {
    // Some file systems have no modes. The site runs there too.
  }
}

/** Prints one line on stderr if other users of this machine can open a key file. The file stays as it is. */
export function warnOfOpenKeyFile(file: string): void {
  if (isOpenToOthers(file))
    console.error(
      `Warning: other users of this machine can open ${file}, which holds the operator key: chmod go= ${quoted(file)}`,
    );
}

/** Whether others have any permission. False on Windows, whose permissions the mode does not show. */
const isOpenToOthers = (path: string): boolean =>
  process.platform !== 'win32' && (statSync(path).mode & OTHERS) !== 0;
