import { join } from 'node:path';
import { buildIfChanged } from './build-worker.ts';
import { greet } from './local/greet.ts';
import { keepTicking, openSite } from './local/open-site.ts';
import { prepareSite } from './local/prepare-site.ts';
import { end, runProgram } from './local/program.ts';
import { staffAt } from './seed/staff-client.ts';

const root = join(import.meta.dirname, '..');

/** `npm start`: builds what changed, starts the site on this machine, fills it if it is empty, and keeps running. */
runProgram('start', root, async () => {
  const { port, origin, keys, signingKey, lock } = await prepareSite(root);
  await buildIfChanged(root, console.log);
  // Miniflare takes a second to load, so it is imported only after the checks and the build have passed.
  const { startLocalWorker } = await import('./local/local-worker.ts');
  await startLocalWorker({ root, port, operatorKey: keys.all, signingKey, lock, onEnd: end });
  const staff = staffAt(`http://127.0.0.1:${port}`, keys.first);
  const site = await openSite(root, staff, origin);
  await keepTicking(staff);
  await greet(site, staff, origin, root);
});
