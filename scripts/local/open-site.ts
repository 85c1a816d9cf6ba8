import type { Site } from '../../worker/model/site.ts';
import { fillSite } from '../seed/fill-site.ts';
import { readSeed, seedFolder } from '../seed/read-seed.ts';
import { hasSeedChanged, noteFilled } from '../seed/seed-fingerprint.ts';
import type { Staff } from '../seed/staff-client.ts';
import { said } from './program.ts';

/** Deployed, a cron trigger calls `tick` each minute; locally it does not fire. */
const TICK_MS = 60_000;

/**
 * The settings of a site that is open and knows its own address; filled first where it is empty.
 * @param root the checkout
 */
export async function openSite(root: string, staff: Staff, origin: string): Promise<Site> {
  const folder = seedFolder();
  const before = await staff.site();
  if (!before?.open) {
    await fillSite(await readSeed(folder), staff, origin, console.log);
    await noteFilled(root, folder);
  } else {
    // An address of this machine follows PORT; one that the operator gave the site is theirs.
    if (before.origin !== origin && /^https?:\/\/(localhost|127\.0\.0\.1)(:\d+)?$/.test(before.origin))
      await staff.call('PUT', '/site', { ...before, origin });
    if (await hasSeedChanged(root, folder))
      console.log(
        'kv-seed/ has changed since this site was filled, and the site keeps what it has. To fill it anew, without what was posted: stop it, delete .wrangler/, start it.',
      );
  }
  const site = await staff.site();
  if (!site) throw new Error('the site lost its settings');
  return site;
}

/** Does what the cron trigger does deployed: now, and each minute from now on. */
export async function keepTicking(staff: Staff): Promise<void> {
  let failed = false;
  const tick = async () => {
    try {
      await staff.call('POST', '/tick');
      failed = false;
    } catch (error) {
      if (!failed) console.error(`The minute's tick failed, and is tried again: ${said(error)}`);
      failed = true;
    }
  };
  await tick();
  setInterval(() => void tick(), TICK_MS);
}
