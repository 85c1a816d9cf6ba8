// node tests/crash/crash.ts [--lives 5] [--seed N] [--writers 6]
// Posts without pause while the real process is killed at random moments, then checks that nothing was lost.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { chanceOf } from '../chance.ts';
import { freePort } from '../free-port.ts';
import { checkSite } from './check-site.ts';
import { makeCheckout } from './checkout.ts';
import { closes, type SiteProcess, startSite } from './site-process.ts';
import { startWriters, type Writers } from './writers.ts';

const FIRST_POST_MS = 30_000;
const LONGEST_LIFE_MS = 2_000;

const { values } = parseArgs({
  options: {
    lives: { type: 'string', default: '5' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    writers: { type: 'string', default: '6' },
  },
});
const lives = Number(values.lives);
// A limit in every case: the first start builds and seeds, each life takes a few seconds.
const timeout = setTimeout(() => fail(new Error('took too long')), 240_000 + lives * 20_000);
const began = Date.now();
let site: SiteProcess | null = null;
const checkout = makeCheckout(join(import.meta.dirname, '../..'));
process.once('exit', () => checkout.dispose());
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => fail(signal));

try {
  console.log(`crash: ${lives} lives, --seed ${values.seed}`);
  await run();
} catch (error) {
  fail(error);
}
clearTimeout(timeout);

async function run(): Promise<void> {
  const random = chanceOf(Number(values.seed));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  site = await startSite(checkout.root, port);
  const key = /^OPERATOR_KEY=(.*)$/m.exec(readFileSync(join(checkout.root, '.dev.vars'), 'utf8'))?.[1] ?? '';
  const today = new Date().toISOString().slice(0, 10);
  const writers = startWriters(Number(values.writers), { url, key, today, run: values.seed });
  const releaseWatch = watchReleases(url);
  for (let life = 1; life <= lives; life++) {
    const acknowledgedBefore = await waitForFirstPost(writers, life);
    const delayMs = Math.floor(random() * LONGEST_LIFE_MS);
    await sleep(delayMs);
    const killed = await kill(site, random() < 0.5);
    if (!(await closes(port))) throw new Error(`life ${life}: the port still answers after the kill`);
    const count = writers.acknowledged() - acknowledgedBefore;
    console.log(`life ${life}: ${killed} ${delayMs} ms after its first post, ${count} posts acknowledged`);
    site = await startSite(checkout.root, port);
  }
  await writers.stop();
  releaseWatch.stop();
  const { entries, release } = await checkSite({ url, key }, writers.posts);
  const code = await site.stop();
  if (code !== 0) throw new Error(`the site ended with ${code} after a request to stop`);
  console.log(
    `crash: ok. ${lives} kills, ${writers.acknowledged()} posts acknowledged, each there once; ` +
      `${entries} entries verify; release ${release} is whole. ${Math.round((Date.now() - began) / 1000)} s`,
  );
}

/** Waits until this life has acknowledged a post; gives how many posts were acknowledged before that one. */
async function waitForFirstPost(writers: Writers, life: number): Promise<number> {
  const acknowledgedAtStart = writers.acknowledged();
  for (const end = Date.now() + FIRST_POST_MS; writers.acknowledged() === acknowledgedAtStart; await sleep(5))
    if (Date.now() > end) throw new Error(`life ${life} acknowledged nothing in ${FIRST_POST_MS} ms`);
  return acknowledgedAtStart;
}

/** Kills the site, or only its runtime; gives in words which of the two. */
async function kill(process: SiteProcess, all: boolean): Promise<string> {
  if (all) {
    await process.killAll();
    return 'all killed';
  }
  const code = await process.killRuntime();
  if (code === 0) throw new Error('the program ended with 0 though workerd was killed');
  return 'workerd killed';
}

/** Reads the public release until `stop`. A kill must never bring an older release back. */
function watchReleases(url: string): { stop(): void } {
  let newest = 0;
  let stopped = false;
  void (async () => {
    for (; !stopped; await sleep(100)) {
      const answer = await fetch(`${url}/api/v1/live.json`).catch(() => null);
      const text = await answer?.text().catch(() => null);
      if (!answer?.ok || !text) continue;
      const { release } = JSON.parse(text) as { release: number };
      if (release < newest) fail(new Error(`the public release went back from ${newest} to ${release}`));
      newest = release;
    }
  })().catch(fail);
  return {
    stop() {
      stopped = true;
    },
  };
}

function fail(error: unknown): never {
  console.error(`crash: FAILED with --lives ${lives} --seed ${values.seed}:`, error);
  process.exit(1);
}
