// node scripts/local/end-orphans.ts LOCK, with a pipe from the program that holds the lock as stdin.
// A killed program can't end its Workers runtime, which would go on serving the site and writing its state.
// This process waits until the pipe closes, for whatever reason, and then ends the runtimes that the lock file names.
import { spawn } from 'node:child_process';
import { Socket } from 'node:net';
import { livingRuntimes, readHolder } from './lock-holder.ts';

/**
 * Starts a process that ends the runtimes in a lock file when this program dies. The lock is safe without it: it only
 * saves the next start from waiting for those runtimes.
 */
export function endOrphansOf(lockFile: string): void {
  const watcher = spawn(process.execPath, [import.meta.filename, lockFile], {
    // In a new process group, so that a signal to this program's group or terminal does not reach the watcher.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    windowsHide: true,
  });
  watcher.once('error', () => {}); // the system can't start one more process; the lock still holds
  watcher.unref();
  if (watcher.stdin instanceof Socket) watcher.stdin.unref();
}

function endRuntimes(lockFile: string): void {
  const holder = readHolder(lockFile);
  for (const { pid } of holder ? livingRuntimes(holder) : []) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // ESRCH: the runtime has just ended by itself
    }
  }
}

if (import.meta.main) {
  const [, , lockFile = ''] = process.argv;
  process.stdin.once('end', () => endRuntimes(lockFile)).once('error', () => endRuntimes(lockFile));
  process.stdin.resume();
}
