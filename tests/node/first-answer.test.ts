import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, expect, it } from 'vitest';
import { untilServed } from '../../scripts/local/greet.ts';
import { makeCheckout } from '../crash/checkout.ts';
import { endSites, type SiteProcess, startSite } from '../crash/site-process.ts';
import { freePort } from '../free-port.ts';
import { runProgram } from './run-program.ts';
import { writeSmallSeed } from './small-seed.ts';

const DAY_MS = 86_400_000;
/** A day of the small site, whose days are UTC's. */
const daysAgo = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);

const from = join(import.meta.dirname, '../..');
const [checkout, ended, untouched] = [makeCheckout(from), makeCheckout(from), makeCheckout(from)];
writeSmallSeed(checkout.root, [
  [daysAgo(9), 280, 1],
  [daysAgo(4), 310, ''],
]);
writeSmallSeed(ended.root, [
  [daysAgo(1), 280, 1],
  [daysAgo(0), 310, ''],
]);
writeSmallSeed(untouched.root, []);

afterEach(endSites);
afterAll(() => {
  for (const { dispose } of [checkout, ended, untouched]) dispose();
});

const KEPT = /^kv-seed\/ has changed .*delete \.wrangler\/.*$/m;

/** Runs the command that a site printed, as whoever pastes it does; gives its address and body, and the answer. */
async function paste(site: SiteProcess) {
  const line = await site.line(/^curl .*$/m);
  const { code, out } = await runProgram('sh', ['-c', `${line} -s -w '\n%{http_code}'`], { cwd: '/' });
  const [answer = '', status] = out.split('\n');
  const [, date] = /statistics\/(\S+) /.exec(line) ?? [];
  const [, body = ''] = / -d '(.*)'$/.exec(line) ?? [];
  return { code, date, body: JSON.parse(body), status, answer: JSON.parse(answer) };
}

it('a site that is read all along while it is filled serves from the moment its address is printed, and names the right day', async () => {
  const port = await freePort();
  let reading = true;
  const statuses = new Set<number>();
  const refusals = new Set<boolean>();
  const reads = (async () => {
    for (; reading; await sleep(100)) {
      const answer = await fetch(`http://localhost:${port}/en/`).catch(() => null);
      if (answer) statuses.add(answer.status);
      // The page that says so bears the name of the seed, not of the bulletin that this checkout was built with.
      if (answer?.status === 503) refusals.add((await answer.text()).includes('High water</title>'));
    }
  })();
  try {
    const site = await startSite(checkout.root, port);
    expect((await fetch(`http://localhost:${port}/`)).status).toBe(200);
    expect((await fetch(`http://localhost:${port}/en/`)).status).toBe(200);
    expect(statuses).toContain(503); // it was read while it was being filled
    expect([...refusals]).toEqual([true]);
    const { date, body, status, answer } = await paste(site);
    expect([date, body]).toEqual([daysAgo(3), { values: { water_level: 310 } }]);
    expect(status).toBe('200');
    expect(answer).toMatchObject({
      id: date,
      version: 1,
      release: expect.any(Number),
      changed: ['water_level'],
    });
    expect(await site.stop()).toBe(0);
  } finally {
    reading = false;
    await reads;
  }
});

it('says once that the seed has changed since the site was filled, and nothing while it has not', async () => {
  const port = await freePort();
  let site = await startSite(checkout.root, port);
  await site.line(/^curl .*$/m);
  expect(site.said()).not.toContain('kv-seed');
  // The next day is free, after the one that was posted to the site before.
  expect(await paste(site)).toMatchObject({ date: daysAgo(2), status: '200' });
  expect(await site.stop()).toBe(0);

  const file = join(checkout.root, 'kv-seed/site.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace('High water', 'Very high water'));
  site = await startSite(checkout.root, port);
  await site.line(/^curl .*$/m);
  expect(
    site
      .said()
      .split('\n')
      .filter((line) => KEPT.test(line)).length,
  ).toBe(1);
  expect(site.said().match(/kv-seed/g)?.length).toBe(1);
  expect(await (await fetch(`http://localhost:${port}/en/`)).text()).not.toContain('Very high water');
  expect(await site.stop()).toBe(0);
});

it('names what is free where today has a figure, and gives a reason where nothing is', async () => {
  const port = await freePort();
  let site = await startSite(ended.root, port);
  expect(await paste(site)).toMatchObject({
    date: daysAgo(0),
    body: { values: { rescues: 1 } },
    status: '200',
    answer: { version: 2 },
  });
  expect(await site.stop()).toBe(0);
  site = await startSite(ended.root, port);
  expect(await paste(site)).toMatchObject({
    date: daysAgo(0),
    body: { values: { water_level: 311 }, reason: expect.stringMatching(/./) },
    status: '200',
    answer: { version: 3 },
  });
  expect(await site.stop()).toBe(0);
});

it('names today for a site that has no figures yet, and nothing is said of the seed where it is not known what it was', async () => {
  const port = await freePort();
  let site = await startSite(untouched.root, port);
  expect(await paste(site)).toMatchObject({ date: daysAgo(0), status: '200', answer: { version: 1 } });
  expect(await site.stop()).toBe(0);
  await runProgram('rm', [join(untouched.root, '.wrangler/seed.sha256')]); // as a version before this one left it
  writeSmallSeed(untouched.root, [[daysAgo(1), 1, 1]]);
  site = await startSite(untouched.root, port);
  await site.line(/^curl .*$/m);
  expect(site.said()).not.toContain('kv-seed');
  expect(await site.stop()).toBe(0);
});

it('says what a site answers that never serves', async () => {
  const port = await freePort();
  const server = createServer((_, answer) => answer.writeHead(503).end());
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const origin = `http://localhost:${port}`;
  await expect(untilServed(origin, 200)).rejects.toThrow(
    `${origin}/ does not serve the site, but answers 503.`,
  );
  await new Promise((resolve) => server.close(resolve));
  await expect(untilServed(origin, 200)).rejects.toThrow(
    /does not serve the site, but answers .*ECONNREFUSED/,
  );
});
