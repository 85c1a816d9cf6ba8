import { accessSync, constants, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { quoted } from './shell.ts';
import { userName } from './user-name.ts';

/**
 * Explains a file access error in one line: which file, who owns it, what to do. Null for any other error.
 * @param root the checkout; the advice changes the owner of its whole top-level folder or file, not of one file deep
 * inside
 */
export function accessTrouble(error: unknown, root: string): string | null {
  if (!(error instanceof Error && 'code' in error && 'path' in error && typeof error.path === 'string'))
    return null;
  if (error.code === 'EROFS') return `${error.path} can't be written: it is on a read-only file system.`;
  return error.code === 'EACCES' || error.code === 'EPERM'
    ? troubleWith(nearestDenied(error.path, root), root)
    : null;
}

/**
 * Explains the first file in a folder of the checkout that this user may not use, in one line; null if there is none.
 */
export function troubleIn(folder: string, root: string): string | null {
  const denied = firstDenied(folder);
  return denied === null ? null : troubleWith(denied, root);
}

function troubleWith(path: string, root: string): string {
  const { uid } = statSync(path);
  const me = userName(process.getuid?.() ?? null);
  // The top-level part of the checkout that holds the path: .wrangler, dist, .dev.vars, or the checkout itself.
  const [part = ''] = relative(root, path).split(sep);
  const whole = quoted(part === '..' ? path : join(root, part));
  if (uid === process.getuid?.())
    return `${path} is yours (${me}), but can't be read and written: chmod -R u+rwX ${whole}`;
  const owner = userName(uid);
  return `${path} belongs to ${owner}, but this program is run by ${me}: run it as ${owner}, or sudo chown -R ${me} ${whole}`;
}

/**
 * The first of a path and its parent folders in the checkout that this user may not use. Else the nearest that exists.
 */
function nearestDenied(path: string, root: string): string {
  let nearest = root;
  for (let current = path; current.startsWith(root); current = dirname(current)) {
    const usable = isUsable(current);
    if (usable === false) return current;
    if (usable && nearest === root) nearest = current;
    if (current === dirname(current)) break;
  }
  return nearest;
}

function firstDenied(path: string): string | null {
  const usable = isUsable(path);
  if (usable === false) return path;
  if (usable === null || !statSync(path).isDirectory()) return null;
  for (const name of readdirSync(path)) {
    const denied = firstDenied(join(path, name));
    if (denied !== null) return denied;
  }
  return null;
}

/** Whether this user may use a file or folder; null if it does not exist or its folder can't be read. */
function isUsable(path: string): boolean | null {
  const { R_OK, W_OK, X_OK } = constants;
  try {
    // The runtime writes databases in place. It writes each of its other files once.
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
