import { connect, type Socket } from 'node:net';

/** A request to repeat, and the size of its answer on the wire, which must not change. */
export type Load = { readonly port: number; readonly request: string; readonly answerBytes: number };

const CONNECTIONS = 16;
/** Requests that are sent on a connection before their answers are awaited, so that the client needs little CPU. */
const AT_ONCE = 8;

/**
 * Sends a request on a new connection; gives the answer as it was received.
 * @throws Error where the answer has no Content-Length
 */
export function exchange(port: number, request: string) {
  return new Promise<{ readonly head: string; readonly body: Buffer; readonly sizeBytes: number }>(
    (resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(request));
      let received = Buffer.alloc(0);
      socket.on('error', reject);
      socket.on('data', (chunk: Buffer) => {
        received = Buffer.concat([received, chunk]);
        const end = received.indexOf('\r\n\r\n');
        if (end < 0) return;
        const head = received.subarray(0, end).toString('latin1');
        const isBodiless = request.startsWith('HEAD ') || /^\S+ (204|304) /.test(head);
        const length = isBodiless ? 0 : Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? Number.NaN);
        if (Number.isNaN(length)) return reject(new Error(`no Content-Length in ${head}`));
        if (received.length < end + 4 + length) return;
        socket.destroy();
        resolve({ head, body: received.subarray(end + 4), sizeBytes: received.length });
      });
    },
  );
}

/** Sends `count` requests over a few persistent connections; gives the time taken, in seconds. */
export async function sendMany(load: Load, count: number): Promise<number> {
  const turns = Math.ceil(count / CONNECTIONS / AT_ONCE);
  const sockets = await Promise.all(Array.from({ length: CONNECTIONS }, () => opened(load.port)));
  const start = performance.now();
  await Promise.all(sockets.map((socket) => sendInTurns(socket, load, turns)));
  const seconds = (performance.now() - start) / 1000;
  for (const socket of sockets) socket.destroy();
  return seconds;
}

const opened = (port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket));
    socket.once('error', reject);
  });

function sendInTurns(socket: Socket, { request, answerBytes }: Load, turns: number): Promise<void> {
  const batch = request.repeat(AT_ONCE);
  return new Promise((resolve, reject) => {
    let left = turns;
    let missingBytes = answerBytes * AT_ONCE;
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('the server closed a connection')));
    socket.on('data', (chunk: Buffer) => {
      missingBytes -= chunk.length;
      if (missingBytes < 0) return reject(new Error('the answers differ in size'));
      if (missingBytes > 0) return;
      left -= 1;
      if (left === 0) return resolve();
      missingBytes = answerBytes * AT_ONCE;
      socket.write(batch);
    });
    socket.write(batch);
  });
}
