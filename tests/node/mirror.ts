import { createServer, type Server } from 'node:http';
import { freePort } from '../free-port.ts';

/** An answer of a site: its status and its content. */
export type Answer = { readonly status: number; readonly bytes: Buffer };

/** A server between a reader and a site, that changes what the reader gets. */
export type Mirror = {
  readonly url: string;
  /** Changes the answers from now on; without a function, none. */
  change(change?: (path: string, answer: Answer) => Answer): void;
  /** The last answer of the site at each path. */
  readonly answers: ReadonlyMap<string, Answer>;
  close(): void;
};

/** Starts a mirror of a site. */
export async function startMirror(site: string): Promise<Mirror> {
  const answers = new Map<string, Answer>();
  let changed = (_path: string, answer: Answer) => answer;
  const server: Server = createServer(async ({ url: path = '/' }, response) => {
    try {
      const answer = await fetch(site + path);
      const original = { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) };
      answers.set(path, original);
      const { status, bytes } = changed(path, original);
      response.writeHead(status).end(bytes);
    } catch (error) {
      response.writeHead(502).end(String(error));
    }
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${port}`,
    answers,
    change: (change = (_path, answer) => answer) => {
      changed = change;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** An answer with its lowest bit flipped in one byte, at a place from 0 to below 1. */
export const flipped =
  (place: number) =>
  ({ status, bytes }: Answer): Answer => {
    const changed = Buffer.from(bytes);
    const at = Math.floor(place * bytes.length);
    changed[at] = (changed[at] ?? 0) ^ 1;
    return { status, bytes: changed };
  };
