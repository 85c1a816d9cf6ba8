import { accessSync, constants, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { quoted } from './shell.ts';
import { userName } from './user-name.ts';

/**
 * What is wrong with a file that this user may not read or write, whose it is and what to do, in one line; null where an
 * error is none of that kind.
 * @param root the checkout, of which the whole folder or file is handed over, not a file deep in it
 */
export function accessTrouble(error: unknown, root: string): string | null {
  if (!(error instanceof Error && 'code' in error && 'path' in error && typeof error.path === 'string'))
    return null;
  if (error.code === 'EROFS') return `${error.path} can't be written: it is on a read-only file system.`;
  return error.code === 'EACCES' || error.code === 'EPERM'
    ? troubleWith(barred(error.path, root), root)
    : null;
}

/** The same of the first thing in a folder of the checkout that this user may not use; null where all is well. */
export function troubleIn(folder: string, root: string): string | null {
  const inside = firstBarred(folder);
  return inside === null ? null : troubleWith(inside, root);
}

function troubleWith(path: string, root: string): string {
  const { uid } = statSync(path);
  const me = userName(process.getuid?.() ?? null);
  // The checkout's own part that the path lies in: .wrangler, dist, .dev.vars, or the checkout itself.
  const [part = ''] = relative(root, path).split(sep);
  const whole = quoted(part === '..' ? path : join(root, part));
  if (uid === process.getuid?.())
    return `${path} is yours (${me}), but can't be read and written: chmod -R u+rwX ${whole}`;
  const owner = userName(uid);
  return `${path} belongs to ${owner}, and this is run by ${me}: run it as ${owner}, or sudo chown -R ${me} ${whole}`;
}

/** Of a path and the folders of the checkout above it, the nearest that is there and may not be used. */
function barred(path: string, root: string): string {
  let nearest = root;
  for (let at = path; at.startsWith(root); at = dirname(at)) {
    const open = isOpen(at);
    if (open === false) return at;
    if (open && nearest === root) nearest = at;
    if (at === dirname(at)) break;
  }
  return nearest;
}

function firstBarred(path: string): string | null {
  const open = isOpen(path);
  if (open === false) return path;
  if (open === null || !statSync(path).isDirectory()) return null;
  for (const name of readdirSync(path)) {
    const found = firstBarred(join(path, name));
    if (found !== null) return found;
  }
  return null;
}

/** Whether this user may use a file; null where it is not there, or in a folder that may not be looked into. */
function isOpen(path: string): boolean | null {
  const { R_OK, W_OK, X_OK } = constants;
  try {
    // Databases are written in place; what else the runtime keeps is written once.
    const inPlace = /\.sqlite(-\w+)?$/.test(path);
    const mode = statSync(path).isDirectory() ? R_OK | W_OK | X_OK : inPlace ? R_OK | W_OK : R_OK;
    try {
      accessSync(path, mode);
      return true;
    } catch {
      return false;
    }
  } catch {
    return null;
  }
}
