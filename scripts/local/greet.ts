import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Site } from '../../worker/model/site.ts';
import type { Staff } from '../seed/staff-client.ts';
import { examplePost } from './example-post.ts';
import { messageOf } from './program.ts';

/**
 * A public release is read again after at most 30 s, and publishing takes a few more. After this, something is wrong.
 */
const SERVED_MS = 45_000;
const POLL_MS = 50;
/** After this time, print why the wait is long. */
const REPORT_MS = 3_000;

/**
 * Waits until the site answers at its address, then prints the address and a command that posts a figure.
 * @param root the checkout, which has the operator key
 * @throws Error with the last answer if the site does not serve in time
 */
export async function greet(site: Site, staff: Staff, origin: string, root: string): Promise<void> {
  await untilServed(origin);
  const post = await examplePost(site, staff, origin, root);
  console.log(
    `\n${origin}\n\nThe operator key is in ${join(root, '.dev.vars')}. To print it: npm run -s key`,
  );
  if (post !== null) console.log(`Post a figure:\n${post}`);
}

/**
 * Waits until a site answers 200 at its address. Prints a line if that takes long.
 * @throws Error with the last answer if the site does not serve in time
 */
export async function untilServed(origin: string, limitMs = SERVED_MS): Promise<void> {
  let reported = false;
  for (const startMs = Date.now(); ; await sleep(POLL_MS)) {
    const answer = await answerOf(`${origin}/`);
    if (answer === 200) return;
    const waitedMs = Date.now() - startMs;
    if (waitedMs > REPORT_MS && !reported)
      console.log(`Waiting until ${origin}/ serves the site (now: ${answer})`);
    reported ||= waitedMs > REPORT_MS;
    if (waitedMs > limitMs)
      throw new Error(`${origin}/ does not serve the site. Its last answer: ${answer}.`);
  }
}

/** The status of the answer, or the reason why there is no answer. */
async function answerOf(url: string): Promise<number | string> {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(5_000) });
    await response.body?.cancel();
    return response.status;
  } catch (error) {
    return messageOf(error instanceof Error && error.cause ? error.cause : error);
  }
}
