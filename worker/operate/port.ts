import { createServer } from 'node:net';

const USUAL = 8787;

/** The port that `PORT` asks for (8787 where it is not set), or null where it is no port. */
export function parsePort(text: string | undefined): number | null {
  if (text === undefined || text === '') return USUAL;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? port : null;
}

/**
 * Why a port can't be listened on, as a sentence's end, or null where it can. The site listens on 127.0.0.1 only, but
 * what it prints is `localhost`: another program at the same port of ::1 would get some of its readers.
 */
export async function portTrouble(port: number): Promise<string | null> {
  const [four, six] = await Promise.all([listenCode(port, '127.0.0.1'), listenCode(port, '::1')]);
  if (four === 'EADDRINUSE' || six === 'EADDRINUSE') return 'is taken by another program';
  if (four !== null) return `can't be listened on (${four})`;
  return null; // ::1 missing altogether is no trouble
}

const listenCode = (port: number, host: string): Promise<string | null> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(null)));
  });
