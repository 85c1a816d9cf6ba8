import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Claims a checkout for this program as long as it lives: two runtimes on one state would spoil it. False where
 * another one has it. A socket, not a file with a number in it, because it is let go however the program ends.
 */
export async function claimCheckout(root: string): Promise<boolean> {
  const name = `nashra-${createHash('sha256').update(root).digest('hex').slice(0, 16)}`;
  const windows = process.platform === 'win32';
  const path = windows ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
  if (await answers(path)) return false;
  if (!windows) rmSync(path, { force: true }); // left by one that was killed
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', () => resolve(false));
    server.listen(path, () => {
      server.unref();
      if (!windows) process.once('exit', () => rmSync(path, { force: true }));
      resolve(true);
    });
  });
}

const answers = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
