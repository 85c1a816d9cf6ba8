import type { Site } from '../../worker/model/site.ts';
import { fillSite } from '../seed/fill-site.ts';
import { readSeed, seedFolder } from '../seed/read-seed.ts';
import { hasSeedChanged, recordFill } from '../seed/seed-fingerprint.ts';
import type { Staff } from '../seed/staff-client.ts';
import { messageOf } from './program.ts';

/** On a deployed site a cron trigger calls `tick` each minute. On this machine no cron trigger fires. */
const TICK_MS = 60_000;

/**
 * Fills the site if it is empty, gives it its present address, and returns its settings.
 * @param root the checkout
 */
export async function openSite(root: string, staff: Staff, origin: string): Promise<Site> {
  const folder = seedFolder();
  const current = await staff.site();
  if (!current?.open) {
    await fillSite(await readSeed(folder), staff, origin, console.log);
    await recordFill(root, folder);
  } else {
    // A local address follows PORT. An address that the operator set stays.
    if (current.origin !== origin && /^https?:\/\/(localhost|127\.0\.0\.1)(:\d+)?$/.test(current.origin))
      await staff.call('PUT', '/site', { ...current, origin });
    if (await hasSeedChanged(root, folder))
      console.log(
        'kv-seed/ has changed since this site was filled, but the site keeps its content. To fill it again and lose what was posted: stop it, delete .wrangler/, start it.',
      );
  }
  const site = await staff.site();
  if (!site) throw new Error('the site has lost its settings');
  return site;
}

/** Does the work of a deployed site's cron trigger: now, and then each minute. */
export async function keepTicking(staff: Staff): Promise<void> {
  let failed = false;
  const tick = async () => {
    try {
      await staff.call('POST', '/tick');
      failed = false;
    } catch (error) {
      if (!failed) console.error(`This minute's tick failed and will be tried again: ${messageOf(error)}`);
      failed = true;
    }
  };
  await tick();
  setInterval(() => void tick(), TICK_MS);
}
