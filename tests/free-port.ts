import { createServer } from 'node:net';

/**
 * A port of 127.0.0.1 that nothing listens on. It is below the range that the system assigns from, so that no other test
 * gets it while a killed site has released it for a moment.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (await isFree(port)) return port;
  }
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
