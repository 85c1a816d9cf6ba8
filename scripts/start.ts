import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { addDays, type CivilDate, civilDateAt } from '../worker/model/civil-date.ts';
import { toInstant } from '../worker/model/instant.ts';
import type { Site } from '../worker/model/site.ts';
import { buildIfChanged } from './build-worker.ts';
import { claimCheckout } from './checkout-lock.ts';
import { makeKeyFile, readKeyFile } from './operator-key.ts';
import { parsePort, portTrouble } from './port.ts';
import { fillSite } from './seed/fill-site.ts';
import { readSeed, seedFolder } from './seed/read-seed.ts';
import { type Staff, staffAt } from './seed/staff-client.ts';

/** Deployed, a cron trigger calls `tick` each minute; locally it does not fire. */
const TICK_MS = 60_000;

const root = join(import.meta.dirname, '..');
const keyFile = join(root, '.dev.vars');

/** `npm start`: builds what changed, starts the site on this machine, fills it if it is empty, and stays. */
async function main(): Promise<void> {
  const port = parsePort(process.env.PORT);
  if (port === null)
    return stop(
      `PORT must be 80, 443 or a number from 1024 to 65535 that browsers open, not ${process.env.PORT}.`,
    );
  const trouble = await portTrouble(port);
  if (trouble) return stop(`Port ${port} ${trouble}. Set PORT to another one, as in PORT=8788 npm start.`);
  if (!(await claimCheckout(root))) return stop(`The site of ${root} is running already.`);
  // With no state yet the seed will be needed: a fault in it is told before the build, not after.
  if (!existsSync(join(root, '.wrangler/state'))) await readSeed(seedFolder());
  if (makeKeyFile(keyFile)) console.log(`Made the operator key, in ${keyFile}`);
  const keys = readKeyFile(keyFile, 'Delete it for a new one.');
  await buildIfChanged(root, console.log);
  // Miniflare takes a second to load: not before it is known that there is something to start.
  const { startLocalWorker } = await import('./local-worker.ts');
  await startLocalWorker({
    root,
    port,
    operatorKey: keys.all,
    onEnd: (how) =>
      stop(
        how === null
          ? undefined
          : `The Workers runtime ended by itself (${how}). All it acknowledged is kept.`,
      ),
  });
  const origin = `http://localhost:${port}`;
  const staff = staffAt(`http://127.0.0.1:${port}`, keys.first);
  const site = await openSite(staff, origin);
  await tick(staff);
  setInterval(() => void tick(staff), TICK_MS);
  await greet(site, origin);
}

/** The settings of a site that is open and knows its own address. */
async function openSite(staff: Staff, origin: string): Promise<Site> {
  const before = await staff.site();
  if (!before?.open) await fillSite(await readSeed(seedFolder()), staff, origin, console.log);
  // An address of this machine follows PORT; one that the operator gave the site is theirs.
  else if (before.origin !== origin && /^https?:\/\/(localhost|127\.0\.0\.1)(:\d+)?$/.test(before.origin))
    await staff.call('PUT', '/site', { ...before, origin });
  const site = await staff.site();
  if (!site) throw new Error('the site lost its settings');
  return site;
}

let tickFailed = false;

async function tick(staff: Staff): Promise<void> {
  try {
    await staff.call('POST', '/tick');
    tickFailed = false;
  } catch (error) {
    if (!tickFailed) console.error(`The minute's tick failed, and is tried again: ${said(error)}`);
    tickFailed = true;
  }
}

async function greet(site: Site, origin: string): Promise<void> {
  const metric = site.metrics.find((m) => m.kind !== 'total');
  console.log(`\n${origin}\n\nThe operator key is in ${keyFile}`);
  if (!metric) return;
  console.log(`Post a figure:
curl -X PUT ${origin}/api/v1/staff/statistics/${await dayToReport(site, metric.id, origin)} \
-H "Authorization: Bearer $(npm --prefix '${root}' run -s key)" \
-H 'Nashra-Agency: ${metric.agencies[0]}' -H 'Content-Type: application/json' \
-d '{"values":{"${metric.id}":12}}'`);
}

/** The day after a metric's last: what its agency would report next. Not after the site's today. */
async function dayToReport(site: Site, metric: string, origin: string): Promise<CivilDate> {
  const today = civilDateAt(toInstant(Date.now()), site.timeZone);
  const { port } = new URL(origin);
  const live = await fetch(`http://127.0.0.1:${port || '80'}/api/v1/live.json`);
  const { figures } = (await live.json()) as { figures?: { [metric: string]: [CivilDate | null] } };
  const last = figures?.[metric]?.[0];
  return last && last < today ? addDays(last, 1) : today;
}

const said = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Ends the program, and with it the runtime. */
function stop(why?: string | undefined): never {
  if (why !== undefined) console.error(why);
  process.exit(why === undefined ? 0 : 1);
}

// Whoever reads what is printed may stop reading; the site goes on.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
// npm passes a signal to its shell alone, which dies of it and leaves this program behind: it goes too.
if (process.env.npm_lifecycle_event === 'start') {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) stop();
  }, 500).unref();
}
// Before Miniflare's own handlers, which end with the signal's number: to be asked to stop is no failure.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop());
main().catch((error: unknown) => stop(said(error)));
