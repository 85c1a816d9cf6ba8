// node scripts/local/end-orphans.ts LOCK, with a pipe from the program that holds the lock as its stdin.
// A program that is killed can end nobody, and its Workers runtime would go on serving the site and writing its state.
// This process waits until the pipe closes, however that comes about, and then ends the runtimes that the lock names.
import { spawn } from 'node:child_process';
import { Socket } from 'node:net';
import { livingRuntimes, readHolder } from './lock-holder.ts';

/** Has runtimes that a lock names ended when this program dies. The lock holds without it: it only ends the waiting. */
export function endOrphansOf(lockFile: string): void {
  const watcher = spawn(process.execPath, [import.meta.filename, lockFile], {
    // A group of its own: what is sent to this program's group, or its terminal, must not reach the watcher first.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    windowsHide: true,
  });
  watcher.once('error', () => {}); // the system has no room for one more process; the lock still holds
  watcher.unref();
  if (watcher.stdin instanceof Socket) watcher.stdin.unref();
}

function endRuntimes(lockFile: string): void {
  const holder = readHolder(lockFile);
  for (const { pid } of holder ? livingRuntimes(holder) : []) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // ESRCH: it has just ended by itself
    }
  }
}

if (import.meta.main) {
  const [, , lockFile = ''] = process.argv;
  process.stdin.once('end', () => endRuntimes(lockFile)).once('error', () => endRuntimes(lockFile));
  process.stdin.resume();
}
