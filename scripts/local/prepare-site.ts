import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { makeKeyFile, type OperatorKeys, readKeyFile, readSigningKey } from '../operator-key.ts';
import { parsePort, portMessage, portTrouble } from '../port.ts';
import { readSeed, seedFolder } from '../seed/read-seed.ts';
import { troubleIn } from './access-trouble.ts';
import { claimCheckout, type HeldBy, type Lock } from './checkout-lock.ts';
import { endOrphansOf } from './end-orphans.ts';
import { makePrivateFolder, warnOfOpenKeyFile } from './private-files.ts';

/** All that a start needs before the build. */
export type Prepared = {
  readonly port: number;
  /** The address at which people open the site. */
  readonly origin: string;
  readonly keys: OperatorKeys;
  /** The Worker's secret `SIGNING_KEY`; undefined if releases are not signed. */
  readonly signingKey: string | undefined;
  readonly lock: Lock;
};

/**
 * Claims the checkout and checks what could keep its site from starting: port, files, seed and key.
 * @throws Error with a one-line message for the first obstacle
 */
export async function prepareSite(root: string): Promise<Prepared> {
  const port = parsePort(process.env.PORT);
  if (port === null)
    throw new Error(
      `PORT must be 80, 443 or a number from 1024 to 65535 that browsers open, not ${process.env.PORT}.`,
    );
  const origin = `http://localhost:${port}`;
  const state = join(root, '.wrangler');
  const denied = existsSync(state) ? troubleIn(state, root) : null;
  if (denied) throw new Error(denied);
  makePrivateFolder(state);
  // Claim before the port check: the program that uses the port may be this same site.
  const lock = await claimCheckout(root, origin);
  if (!('file' in lock)) throw new Error(`The site of ${root} is already running: ${heldByMessage(lock)}`);
  const trouble = await portTrouble(port);
  if (trouble) throw new Error(portMessage(port, trouble));
  endOrphansOf(lock.file);
  // Without a state the seed will be needed: report its faults before the build, not after it.
  if (!existsSync(join(state, 'state'))) await readSeed(seedFolder());
  const keyFile = join(root, '.dev.vars');
  if (makeKeyFile(keyFile)) console.log(`Created the operator key in ${keyFile}`);
  const keys = readKeyFile(keyFile, 'Delete the file to get a new key.');
  const signingKey = readSigningKey(keyFile);
  warnOfOpenKeyFile(keyFile);
  return { port, origin, keys, signingKey, lock };
}

/** Who holds the checkout, at which address, and how to stop it. */
function heldByMessage({ kind, pid, holder: { address, user } }: HeldBy): string {
  const who = `pid ${pid}, ${address}, started by ${user}.`;
  switch (kind) {
    case 'program':
      return `${who} To stop it: press Ctrl+C where it runs, or kill ${pid}`;
    case 'runtime':
      return `${who} Its npm start was killed, but its runtime still runs. To stop the runtime: kill ${pid}`;
    case 'unseen':
      return `${who} It runs on another machine or in another container, which can't be seen from here. Stop it there, wait half a minute, and start again`;
    default:
      return kind satisfies never;
  }
}
