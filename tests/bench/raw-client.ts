import { connect, type Socket } from 'node:net';

/** What is asked again and again, and how many bytes its answer has on the wire: those never change here. */
export type Load = { readonly port: number; readonly request: string; readonly answerBytes: number };

const CONNECTIONS = 16;
/** Requests sent on a connection before their answers are awaited: keeps the client cheap beside the server. */
const AT_ONCE = 8;

/** One exchange on a connection of its own: the head's lines and the body, as they came. */
export function exchange(port: number, request: string) {
  return new Promise<{ readonly head: string; readonly body: Buffer; readonly sizeBytes: number }>(
    (resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(request));
      let got = Buffer.alloc(0);
      socket.on('error', reject);
      socket.on('data', (chunk: Buffer) => {
        got = Buffer.concat([got, chunk]);
        const end = got.indexOf('\r\n\r\n');
        if (end < 0) return;
        const head = got.subarray(0, end).toString('latin1');
        const isBodiless = request.startsWith('HEAD ') || /^\S+ (204|304) /.test(head);
        const length = isBodiless ? 0 : Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? Number.NaN);
        if (Number.isNaN(length)) return reject(new Error(`no Content-Length in ${head}`));
        if (got.length < end + 4 + length) return;
        socket.destroy();
        resolve({ head, body: got.subarray(end + 4), sizeBytes: got.length });
      });
    },
  );
}

/** Sends `count` requests over a few kept connections, and gives the seconds it took. */
export async function sendMany(load: Load, count: number): Promise<number> {
  const each = Math.ceil(count / CONNECTIONS / AT_ONCE);
  const sockets = await Promise.all(Array.from({ length: CONNECTIONS }, () => opened(load.port)));
  const start = performance.now();
  await Promise.all(sockets.map((socket) => converse(socket, load, each)));
  const seconds = (performance.now() - start) / 1000;
  for (const socket of sockets) socket.destroy();
  return seconds;
}

const opened = (port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket));
    socket.once('error', reject);
  });

function converse(socket: Socket, { request, answerBytes }: Load, turns: number): Promise<void> {
  const batch = request.repeat(AT_ONCE);
  return new Promise((resolve, reject) => {
    let left = turns;
    let awaited = answerBytes * AT_ONCE;
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('the server closed a connection')));
    socket.on('data', (chunk: Buffer) => {
      awaited -= chunk.length;
      if (awaited < 0) return reject(new Error('answers are not all of one size'));
      if (awaited > 0) return;
      left -= 1;
      if (left === 0) return resolve();
      awaited = answerBytes * AT_ONCE;
      socket.write(batch);
    });
    socket.write(batch);
  });
}
