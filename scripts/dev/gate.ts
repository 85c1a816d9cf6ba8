import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a gate lets through: all but items' pages, or all. */
type Opening = 'documents' | 'all';

/** What stands at the site's address while its runtime is exchanged behind it. Readers wait at it instead of failing. */
export type Gate = {
  /** Closes the gate; what it gives opens it again, unless the gate has been closed once more since. */
  close(): (opening: Opening) => void;
  /** Waits until what was let through has been answered, but not long. */
  drained(): Promise<void>;
};

/** Nobody waits longer than this at a closed gate: beyond, something hangs, and its error is worth more. */
const LONGEST_WAIT_MS = 10_000;
const DRAIN_MS = 2_000;
const LOOK_AGAIN_MS = 10;

/**
 * Listens on 127.0.0.1, and passes each request on once it may.
 * @param target where the runtime answers now
 */
export async function startGate(port: number, target: () => URL): Promise<Gate> {
  let opening: Opening | 'closed' = 'all';
  let closings = 0;
  let underWay = 0;
  const mayPass = (path: string) => opening === 'all' || (opening === 'documents' && !isItemPage(path));
  const server = createServer(async (incoming, outgoing) => {
    for (
      let waitedMs = 0;
      !mayPass(incoming.url ?? '/') && waitedMs < LONGEST_WAIT_MS;
      waitedMs += LOOK_AGAIN_MS
    )
      await sleep(LOOK_AGAIN_MS);
    underWay += 1;
    outgoing.once('close', () => {
      underWay -= 1;
    });
    passOn(target(), incoming, outgoing);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    close() {
      opening = 'closed';
      closings += 1;
      const own = closings;
      return (to) => {
        if (own === closings) opening = to;
      };
    },
    async drained() {
      for (let waitedMs = 0; underWay > 0 && waitedMs < DRAIN_MS; waitedMs += LOOK_AGAIN_MS)
        await sleep(LOOK_AGAIN_MS);
    },
  };
}

function passOn(target: URL, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { method, url: path, headers } = incoming;
  // No kept connections: they would lead to a runtime that is no more.
  const onward = request({ host: target.hostname, port: target.port, method, path, headers, agent: false });
  onward.once('response', (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
    answer.pipe(outgoing);
    answer.once('error', () => outgoing.destroy());
  });
  onward.once('error', (error) => {
    if (outgoing.headersSent) outgoing.destroy();
    else
      outgoing
        .writeHead(502, { 'Content-Type': 'text/plain' })
        .end(`npm run dev: no answer (${error.message})\n`);
  });
  incoming.pipe(onward);
  outgoing.once('close', () => onward.destroy());
}

/** Whether a path is one that a release may still have as the templates before made it. */
const isItemPage = (path: string): boolean => /^\/(?!api\/|assets\/)[^/?]+\/[^/?]+\/[^/?]/.test(path);
