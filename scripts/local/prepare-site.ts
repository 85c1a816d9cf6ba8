import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { makeKeyFile, type OperatorKeys, readKeyFile } from '../operator-key.ts';
import { parsePort, portTrouble } from '../port.ts';
import { readSeed, seedFolder } from '../seed/read-seed.ts';
import { troubleIn } from './access-trouble.ts';
import { claimCheckout, type Kept, type Lock } from './checkout-lock.ts';
import { endOrphansOf } from './end-orphans.ts';

/** What there is before anything is built. */
export type Prepared = {
  readonly port: number;
  /** Where the site is served, as people open it. */
  readonly origin: string;
  readonly keys: OperatorKeys;
  readonly lock: Lock;
};

/**
 * Claims the checkout, and looks at all that could keep its site from starting: port, files, seed and key.
 * @throws with one line where something does
 */
export async function prepareSite(root: string): Promise<Prepared> {
  const port = parsePort(process.env.PORT);
  if (port === null)
    throw new Error(
      `PORT must be 80, 443 or a number from 1024 to 65535 that browsers open, not ${process.env.PORT}.`,
    );
  const origin = `http://localhost:${port}`;
  const state = join(root, '.wrangler');
  const barred = existsSync(state) ? troubleIn(state, root) : null;
  if (barred) throw new Error(barred);
  // Before the port: what has it may be this very site.
  const lock = await claimCheckout(root, origin);
  if (!('file' in lock)) throw new Error(`The site of ${root} is already running: ${keptSaid(lock)}`);
  const trouble = await portTrouble(port);
  if (trouble)
    throw new Error(`Port ${port} ${trouble}. Set PORT to another one, as in PORT=8788 npm start.`);
  endOrphansOf(lock.file);
  // With no state yet the seed will be needed: a fault in it is told before the build, not after.
  if (!existsSync(join(state, 'state'))) await readSeed(seedFolder());
  const keyFile = join(root, '.dev.vars');
  if (makeKeyFile(keyFile)) console.log(`Made the operator key, in ${keyFile}`);
  return { port, origin, keys: readKeyFile(keyFile, 'Delete it for a new one.'), lock };
}

/** Who has the checkout, where, and how that is ended. */
function keptSaid({ by, pid, holder: { address, user } }: Kept): string {
  const who = `pid ${pid}, ${address}, started by ${user}.`;
  switch (by) {
    case 'program':
      return `${who} To stop it: Ctrl+C where it runs, or kill ${pid}`;
    case 'runtime':
      return `${who} Its npm start was killed, but its runtime lives on. To stop that: kill ${pid}`;
    case 'unseen':
      return `${who} That is another machine or container, which can't be looked into from here. Stop it there; half a minute after it ended, this starts`;
    default:
      return by satisfies never;
  }
}
