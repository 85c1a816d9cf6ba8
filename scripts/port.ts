import { createServer } from 'node:net';

const DEFAULT_PORT = 8787;

/** Ports above 1023 that browsers and Node's fetch refuse to call: https://fetch.spec.whatwg.org/#port-blocking */
const BLOCKED = new Set([
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697,
  10080,
]);
/** The only ports up to 1023 that are accepted; the others belong to other protocols. */
const WEB = new Set([80, 443]);

/** Parses `PORT`: 8787 if it is not set or empty, null if it is not a port that browsers open. */
export function parsePort(text: string | undefined): number | null {
  if (text === undefined || text === '') return DEFAULT_PORT;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  const open = port > 1023 ? !BLOCKED.has(port) : WEB.has(port);
  return open && port <= 65_535 ? port : null;
}

/** The sentence for a port that the site can't use. `trouble` is the end of a sentence. */
export const portMessage = (port: number, trouble: string): string =>
  `Port ${port} ${trouble}. Set PORT to another port, as in PORT=8788 npm start.`;

const TAKEN = 'is taken by another program';

/** The sentence for an error of Node or Miniflare that says that the port is taken. Null for any other error. */
export const takenMessage = (error: unknown, port: number): string | null =>
  error instanceof Error &&
  'code' in error &&
  (error.code === 'EADDRINUSE' || error.code === 'ERR_ADDRESS_IN_USE')
    ? portMessage(port, TAKEN)
    : null;

/**
 * Why the site can't use a port, as the end of a sentence; null if it can. The site listens on 127.0.0.1 only, but it
 * prints `localhost`: a program that listens on the same port of ::1 would get some of its readers.
 */
export async function portTrouble(port: number): Promise<string | null> {
  const [four, six] = await Promise.all([listenCode(port, '127.0.0.1'), listenCode(port, '::1')]);
  if (four === 'EADDRINUSE' || six === 'EADDRINUSE') return TAKEN;
  if (four !== null) return `can't be listened on (${four})`;
  return null; // other errors of ::1 do no harm: the machine may have no IPv6
}

const listenCode = (port: number, host: string): Promise<string | null> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(null)));
  });
