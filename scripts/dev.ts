import { join } from 'node:path';
import { type DevBuilder, devBuilder, SOURCES } from './dev/dev-build.ts';
import { type Gate, startGate } from './dev/gate.ts';
import { publishNew } from './dev/publish-new.ts';
import { watchSources } from './dev/watch-sources.ts';
import { greet } from './local/greet.ts';
import type { LocalWorker } from './local/local-worker.ts';
import { keepTicking, openSite } from './local/open-site.ts';
import { prepareSite } from './local/prepare-site.ts';
import { end, messageOf, runProgram } from './local/program.ts';
import { staffAt } from './seed/staff-client.ts';

const root = join(import.meta.dirname, '..');

/** `npm run dev`: like `npm start`, and it builds and shows each change of the sources at once. It keeps the state. */
runProgram('dev', root, async () => {
  const { port, origin, keys, signingKey, lock } = await prepareSite(root);
  const changes = watchSources(root, SOURCES);
  const builder = await devBuilder(root);
  while ((await build(builder, 'The site starts when this is fixed.')) !== 'built') await changes.next();
  const { startLocalWorker } = await import('./local/local-worker.ts');
  const secrets = { operatorKey: keys.all, signingKey };
  const worker = await startLocalWorker({ root, port: 0, ...secrets, lock, onEnd: end });
  const gate = await startGate(port, worker.url);
  const staff = staffAt(`http://127.0.0.1:${port}`, keys.first);
  const site = await openSite(root, staff, origin);
  await keepTicking(staff);
  await greet(site, staff, origin, root);
  console.log(`\nWatching ${SOURCES.join(', ')}`);
  for (;;) {
    await changes.next();
    await show(builder, worker, gate, keys.first);
  }
});

/** Builds what changed and shows it. Readers wait meanwhile; if it fails, they get the site as it was. */
async function show(builder: DevBuilder, worker: LocalWorker, gate: Gate, key: string): Promise<void> {
  const startMs = performance.now();
  const open = gate.close();
  try {
    if ((await build(builder, UNCHANGED)) !== 'built') return open('all');
    const buildMs = performance.now() - startMs;
    await gate.drained();
    await worker.reload();
    const { documents, all } = await publishNew(worker.url(), key);
    await documents;
    open('documents');
    void all.catch(printFault).finally(() => open('all'));
    console.log(`Built in ${seconds(buildMs)}, shown after ${seconds(performance.now() - startMs)}`);
  } catch (error) {
    printFault(error);
    open('all');
  }
}

/** Builds what changed. Prints faults, followed by what they mean for the site. */
async function build(builder: DevBuilder, consequence: string): Promise<'built' | 'unchanged' | 'failed'> {
  try {
    return (await builder.build()) ? 'built' : 'unchanged';
  } catch (error) {
    console.error(`${messageOf(error)}\n${consequence}`);
    return 'failed';
  }
}

const UNCHANGED = 'The site stays as it was until this is fixed.';

const printFault = (error: unknown): void => console.error(`${messageOf(error)}\n${UNCHANGED}`);

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
