import { createServer } from 'node:net';

/**
 * A port of 127.0.0.1 that nothing listens on. Drawn from below those the system gives out by itself, so that no other
 * test gets it in the moments in which a killed site has let go of it.
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
