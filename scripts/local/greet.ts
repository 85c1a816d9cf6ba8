import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Site } from '../../worker/model/site.ts';
import type { Staff } from '../seed/staff-client.ts';
import { examplePost } from './example-post.ts';
import { said } from './program.ts';

/** A public release is read again after at most 30 s, and publishing takes some more: beyond, something is wrong. */
const SERVED_MS = 45_000;
const ASK_AGAIN_MS = 50;
/** Who waits longer is told why. */
const TELL_MS = 3_000;

/**
 * Says where the site is, once it answers there, and how a figure is posted.
 * @param root the checkout, which has the operator key
 * @throws with what it answered last where it does not in time
 */
export async function greet(site: Site, staff: Staff, origin: string, root: string): Promise<void> {
  await untilServed(origin);
  const post = await examplePost(site, staff, origin, root);
  console.log(
    `\n${origin}\n\nThe operator key is in ${join(root, '.dev.vars')}, and printed by: npm run -s key`,
  );
  if (post !== null) console.log(`Post a figure:\n${post}`);
}

/**
 * Waits until a site answers 200 at its address; says so where that takes long.
 * @throws with what it answered last where it does not in time
 */
export async function untilServed(origin: string, limitMs = SERVED_MS): Promise<void> {
  let told = false;
  for (const began = Date.now(); ; await sleep(ASK_AGAIN_MS)) {
    const answer = await answerOf(`${origin}/`);
    if (answer === 200) return;
    const waitedMs = Date.now() - began;
    if (waitedMs > TELL_MS && !told) console.log(`Waiting until ${origin}/ serves the site (now: ${answer})`);
    told ||= waitedMs > TELL_MS;
    if (waitedMs > limitMs) throw new Error(`${origin}/ does not serve the site, but answers ${answer}.`);
  }
}

/** The status of an answer, or why there is none. */
async function answerOf(url: string): Promise<number | string> {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(5_000) });
    await response.body?.cancel();
    return response.status;
  } catch (error) {
    return said(error instanceof Error && error.cause ? error.cause : error);
  }
}
