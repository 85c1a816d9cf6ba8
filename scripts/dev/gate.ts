import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** What an open gate lets through: `documents` is everything except items' pages, `all` is everything. */
type Opening = 'documents' | 'all';

/** A proxy at the site's address. While the runtime behind it is replaced, requests wait at the gate and don't fail. */
export type Gate = {
  /** Closes the gate. Returns a function that opens it, unless the gate was closed again in the meantime. */
  close(): (opening: Opening) => void;
  /** Waits until the requests that passed are answered, at most DRAIN_MS. */
  drained(): Promise<void>;
};

/** The longest wait at a closed gate. After it, something hangs, and its error helps more than waiting. */
const MAX_WAIT_MS = 10_000;
const DRAIN_MS = 2_000;
const POLL_MS = 10;

/**
 * Listens on 127.0.0.1 and forwards each request when the gate lets it through.
 * @param target returns the runtime's present address
 */
export async function startGate(port: number, target: () => URL): Promise<Gate> {
  let opening: Opening | 'closed' = 'all';
  let closings = 0;
  let inFlight = 0;
  const mayPass = (path: string) => opening === 'all' || (opening === 'documents' && !isItemPage(path));
  const server = createServer(async (incoming, outgoing) => {
    for (let waitedMs = 0; !mayPass(incoming.url ?? '/') && waitedMs < MAX_WAIT_MS; waitedMs += POLL_MS)
      await sleep(POLL_MS);
    inFlight += 1;
    outgoing.once('close', () => {
      inFlight -= 1;
    });
    forward(target(), incoming, outgoing);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    close() {
      opening = 'closed';
      closings += 1;
      const closing = closings;
      return (next) => {
        if (closing === closings) opening = next;
      };
    },
    async drained() {
      for (let waitedMs = 0; inFlight > 0 && waitedMs < DRAIN_MS; waitedMs += POLL_MS) await sleep(POLL_MS);
    },
  };
}

function forward(target: URL, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { method, url: path, headers } = incoming;
  // No keep-alive: a kept connection would go to a runtime that was replaced.
  const outbound = request({ host: target.hostname, port: target.port, method, path, headers, agent: false });
  outbound.once('response', (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
    answer.pipe(outgoing);
    answer.once('error', () => outgoing.destroy());
  });
  outbound.once('error', (error) => {
    if (outgoing.headersSent) outgoing.destroy();
    else
      outgoing
        .writeHead(502, { 'Content-Type': 'text/plain' })
        .end(`npm run dev: no answer (${error.message})\n`);
  });
  incoming.pipe(outbound);
  outgoing.once('close', () => outbound.destroy());
}

/** Whether a path is an item's page. A release may still have this page as the previous templates rendered it. */
const isItemPage = (path: string): boolean => /^\/(?!api\/|assets\/)[^/?]+\/[^/?]+\/[^/?]/.test(path);
