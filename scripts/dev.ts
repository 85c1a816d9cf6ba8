import { join } from 'node:path';
import { type DevBuilder, devBuilder, SOURCES } from './dev/dev-build.ts';
import { type Gate, startGate } from './dev/gate.ts';
import { publishNew } from './dev/publish-new.ts';
import { watchSources } from './dev/watch-sources.ts';
import { greet } from './local/greet.ts';
import type { LocalWorker } from './local/local-worker.ts';
import { keepTicking, openSite } from './local/open-site.ts';
import { prepareSite } from './local/prepare-site.ts';
import { end, runProgram, said } from './local/program.ts';
import { staffAt } from './seed/staff-client.ts';

const root = join(import.meta.dirname, '..');

/** `npm run dev`: `npm start`, and whatever is changed in the sources is built and shown at once. The state is kept. */
runProgram('dev', root, async () => {
  const { port, origin, keys, lock } = await prepareSite(root);
  const changes = watchSources(root, SOURCES);
  const builder = await devBuilder(root);
  while ((await built(builder, 'The site starts once this is mended.')) !== 'built') await changes.next();
  const { startLocalWorker } = await import('./local/local-worker.ts');
  const worker = await startLocalWorker({ root, port: 0, operatorKey: keys.all, lock, onEnd: end });
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

/** Builds what changed and shows it. Until it is shown readers wait; where it can't be, they get what there was. */
async function show(builder: DevBuilder, worker: LocalWorker, gate: Gate, key: string): Promise<void> {
  const began = performance.now();
  const open = gate.close();
  try {
    if ((await built(builder, STAYS)) !== 'built') return open('all');
    const builtMs = performance.now() - began;
    await gate.drained();
    await worker.reload();
    const { documents, all } = await publishNew(worker.url(), key);
    await documents;
    open('documents');
    void all.catch(tellFault).finally(() => open('all'));
    console.log(`Built in ${seconds(builtMs)}, shown after ${seconds(performance.now() - began)}`);
  } catch (error) {
    tellFault(error);
    open('all');
  }
}

/** Builds what changed. Faults are told, with what they mean for the site; then there is nothing to show. */
async function built(builder: DevBuilder, meaning: string): Promise<'built' | 'unchanged' | 'failed'> {
  try {
    return (await builder.build()) ? 'built' : 'unchanged';
  } catch (error) {
    console.error(`${said(error)}\n${meaning}`);
    return 'failed';
  }
}

const STAYS = 'The site stays as it was until this is mended.';

const tellFault = (error: unknown): void => console.error(`${said(error)}\n${STAYS}`);

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
