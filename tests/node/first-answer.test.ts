import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, expect, it } from 'vitest';
import { untilServed } from '../../scripts/local/greet.ts';
import { makeCheckout } from '../crash/checkout.ts';
import { endSites, type SiteProcess, startSite } from '../crash/site-process.ts';
import { freePort } from '../free-port.ts';
import { inTestLong } from '../in-test-long.ts';
import { PRINTED_COMMAND, runPrinted } from '../printed-command.ts';
import { writeSmallSeed } from './small-seed.ts';

const DAY_MS = 86_400_000;
/** The date of some days ago. The small site counts its days in UTC. */
const daysAgo = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);

const from = join(import.meta.dirname, '../..');
const [behind, upToDate, empty] = [makeCheckout(from), makeCheckout(from), makeCheckout(from)];
writeSmallSeed(behind.root, [
  [daysAgo(9), 280, 1],
  [daysAgo(4), 310, ''],
]);
writeSmallSeed(upToDate.root, [
  [daysAgo(1), 280, 1],
  [daysAgo(0), 310, ''],
]);
writeSmallSeed(empty.root, []);

afterEach(endSites);
afterAll(() => {
  for (const { dispose } of [behind, upToDate, empty]) dispose();
});

const SEED_HAS_CHANGED = /^kv-seed\/ has changed .*delete \.wrangler\/.*$/m;

/** Runs the curl command that a site printed; gives its exit code, the date and body that it posts, and the answer. */
async function runPrintedCommand(site: SiteProcess) {
  const line = await site.line(PRINTED_COMMAND);
  const { code, out } = await runPrinted(`${line} -s -w '\n%{http_code}'`);
  const [answer = '', status] = out.split('\n');
  const [, date] = /statistics\/(\S+) /.exec(line) ?? [];
  const [, body = ''] = / -d '(.*)'$/.exec(line) ?? [];
  return { code, date, body: JSON.parse(body), status, answer: JSON.parse(answer) };
}

it('serves from the moment its address is printed, also if readers came earlier, and prints a command for the next figure', async () => {
  const port = await freePort();
  let reading = true;
  const statuses = new Set<number>();
  const namesInRefusals = new Set<boolean>();
  const reads = (async () => {
    for (; reading; await sleep(100)) {
      const answer = await fetch(`http://localhost:${port}/en/`).catch(() => null);
      if (answer) statuses.add(answer.status);
      // The 503 page has the name in the seed, not the name of the bulletin that this checkout was built with.
      if (answer?.status === 503) namesInRefusals.add((await answer.text()).includes('High water</title>'));
    }
  })();
  try {
    const site = await startSite(behind.root, port);
    expect((await fetch(`http://localhost:${port}/`)).status).toBe(200);
    expect((await fetch(`http://localhost:${port}/en/`)).status).toBe(200);
    expect(statuses).toContain(503); // it was read while it was being filled
    expect([...namesInRefusals]).toEqual([true]);
    const { date, body, status, answer } = await runPrintedCommand(site);
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

inTestLong(
  'says once that the seed has changed since the site was filled, and nothing if it has not',
  async () => {
    const port = await freePort();
    let site = await startSite(behind.root, port);
    await site.line(PRINTED_COMMAND);
    expect(site.output()).not.toContain('kv-seed');
    // The next free day: the test before this one posted a figure of the day before it.
    expect(await runPrintedCommand(site)).toMatchObject({ date: daysAgo(2), status: '200' });
    expect(await site.stop()).toBe(0);

    const file = join(behind.root, 'kv-seed/site.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('High water', 'Very high water'));
    site = await startSite(behind.root, port);
    await site.line(PRINTED_COMMAND);
    expect(
      site
        .output()
        .split('\n')
        .filter((line) => SEED_HAS_CHANGED.test(line)).length,
    ).toBe(1);
    expect(site.output().match(/kv-seed/g)?.length).toBe(1);
    expect(await (await fetch(`http://localhost:${port}/en/`)).text()).not.toContain('Very high water');
    expect(await site.stop()).toBe(0);
  },
);

inTestLong(
  'prints a command for a missing figure of today, or for a correction with a reason if none is missing',
  async () => {
    const port = await freePort();
    let site = await startSite(upToDate.root, port);
    expect(await runPrintedCommand(site)).toMatchObject({
      date: daysAgo(0),
      body: { values: { rescues: 1 } },
      status: '200',
      answer: { version: 2 },
    });
    expect(await site.stop()).toBe(0);
    site = await startSite(upToDate.root, port);
    expect(await runPrintedCommand(site)).toMatchObject({
      date: daysAgo(0),
      body: { values: { water_level: 311 }, reason: expect.stringMatching(/./) },
      status: '200',
      answer: { version: 3 },
    });
    expect(await site.stop()).toBe(0);
  },
);

inTestLong(
  'prints a command for today if there are no figures, and nothing about the seed if its fingerprint is missing',
  async () => {
    const port = await freePort();
    let site = await startSite(empty.root, port);
    expect(await runPrintedCommand(site)).toMatchObject({
      date: daysAgo(0),
      status: '200',
      answer: { version: 1 },
    });
    expect(await site.stop()).toBe(0);
    rmSync(join(empty.root, '.wrangler/seed.sha256')); // older versions did not write it
    writeSmallSeed(empty.root, [[daysAgo(1), 1, 1]]);
    site = await startSite(empty.root, port);
    await site.line(PRINTED_COMMAND);
    expect(site.output()).not.toContain('kv-seed');
    expect(await site.stop()).toBe(0);
  },
);

it('says what an address answers that never serves the site', async () => {
  const port = await freePort();
  const server = createServer((_, answer) => answer.writeHead(503).end());
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const origin = `http://localhost:${port}`;
  await expect(untilServed(origin, 200)).rejects.toThrow(
    `${origin}/ does not serve the site. Its last answer: 503.`,
  );
  await new Promise((resolve) => server.close(resolve));
  await expect(untilServed(origin, 200)).rejects.toThrow(
    /does not serve the site\. Its last answer: .*ECONNREFUSED/,
  );
});
