import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/**
 * A TCP port of 127.0.0.1 that nothing listens on, and that no other call gets while this process lives. A UDP socket
 * with the same number reserves the port between processes, because a site binds its port seconds after a test asks for
 * one, and releases the port for a moment at each restart. The numbers are below the range that the system assigns
 * connections from.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if ((await reserve(port)) && (await isFree(port))) return port;
  }
}

/** Binds a UDP port until this process ends; gives false if the port is taken. */
const reserve = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createSocket('udp4').once('error', () => resolve(false));
    socket.bind({ port, address: '127.0.0.1', exclusive: true }, () => {
      socket.unref();
      resolve(true);
    });
  });

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
