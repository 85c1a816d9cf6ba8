import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, type TestContext } from 'vitest';
import { spawnAnywhere, startWorkerd, type Workerd } from '../bench/bare-workerd.ts';
import { bundleWorker } from '../bench/bundle-worker.ts';
import { delayKv, hurryKv, kvModules, kvReads, refuseKv } from '../bench/kv-service.ts';
import { smallRelease } from '../bench/small-release.ts';

const READERS = 200;
/** What workerd writes when a promise of a request that has ended is resolved by another one. */
const WARNING = /different request context/;

const worker = { name: 'worker.js', content: await bundleWorker('tests/worker/mortal-worker.ts') };

/** A Worker in bare workerd, whose isolate nobody has read yet. It ends with the test. */
async function aColdWorker(test: TestContext): Promise<Workerd> {
  const workerd = await startWorkerd([worker], kvModules(smallRelease()), spawnAnywhere);
  test.onTestFinished(() => workerd.stop());
  return workerd;
}

/** Readers who ask at the same moment: all are connected before the first asks. */
async function readMany(
  { port }: Workerd,
  path: string,
  count = READERS,
  headers = '',
): Promise<readonly number[]> {
  const sockets = await Promise.all(Array.from({ length: count }, () => connected(port)));
  return Promise.all(sockets.map((socket) => read(socket, path, headers)));
}

const connected = (port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket)).once('error', reject);
  });

function read(socket: Socket, path: string, headers: string): Promise<number> {
  socket.write(`GET ${path} HTTP/1.1\r\nHost: bulletin.example\r\n${headers}\r\n`);
  return new Promise((resolve, reject) => {
    socket.once('close', () => reject(new Error('the connection was closed before the answer')));
    socket.once('data', (head) => {
      resolve(Number(head.toString().slice(9, 12)));
      socket.destroy();
    });
  });
}

/**
 * A reader who goes away as soon as KV is asked for a key that begins so, which then takes a minute; `mortal`: and with
 * whom all ends that the request has begun.
 */
async function leave(of: Workerd, path: string, prefix: string, mortal: boolean): Promise<void> {
  await delayKv(of, 60_000);
  const socket = connect(of.port, '127.0.0.1');
  socket.write(`GET ${path} HTTP/1.1\r\nHost: bulletin.example\r\n${mortal ? 'X-Mortal: 1\r\n' : ''}\r\n`);
  while ((await readsOf(of, prefix)) === 0) await sleep(2);
  socket.resetAndDestroy(); // an end alone would leave workerd free to answer
  await sleep(50);
}

const statuses = (answers: readonly number[]): readonly number[] => [...new Set(answers)];

/** How often a key was read that begins so. */
async function readsOf(of: Workerd, prefix: string): Promise<number> {
  const entries = Object.entries(await kvReads(of)).filter(([key]) => key.startsWith(prefix));
  return entries.reduce((sum, [, count]) => sum + count, 0);
}

// Each waits most of the time.
describe.concurrent.each([30, 800, 2_000, 6_000])('with KV taking %i ms', (delayMs) => {
  /** The read that was cancelled and one more; on a machine so busy that readers came late, one each three seconds. */
  const expectTwo = (reads: number, ms: number) => {
    expect(reads).toBeGreaterThanOrEqual(2);
    expect(reads).toBeLessThanOrEqual(Math.max(2, 1 + ms / 3_000));
  };

  it('200 readers of an item whose first reader was cancelled make one more read of its pack', async (test) => {
    const site = await aColdWorker(test);
    await readMany(site, '/en/', 1);
    const start = performance.now();
    await leave(site, '/en/news/1', 'pack/', true);
    await delayKv(site, delayMs);
    const answers = await readMany(site, '/en/news/1');
    expectTwo(await readsOf(site, 'pack/'), performance.now() - start);
    for (const status of statuses(answers)) expect(delayMs < 500 ? [200] : [200, 503]).toContain(status);
    expect(site.said()).not.toMatch(WARNING);
  });

  it('200 readers of a cold isolate whose first reader was cancelled make one more read of the release', async (test) => {
    const site = await aColdWorker(test);
    const start = performance.now();
    await leave(site, '/en/', 'current', true);
    await delayKv(site, delayMs);
    const answers = await readMany(site, '/en/');
    expectTwo(await readsOf(site, 'current'), performance.now() - start);
    for (const status of statuses(answers)) expect(delayMs < 1_000 ? [200] : [200, 503]).toContain(status);
    expect(site.said()).not.toMatch(WARNING);
  });
});

it.concurrent('a first reader who only goes away leaves the read to those behind', async (test) => {
  const site = await aColdWorker(test);
  await leave(site, '/en/news/1', 'current', false);
  const waiting = readMany(site, '/en/news/1');
  await sleep(500);
  await hurryKv(site);
  const answers = await waiting;
  expect(statuses(answers)).toEqual([200]);
  expect(await kvReads(site)).toMatchObject({ current: 1, 'release/1-small': 1 });
  expect(site.said()).not.toMatch(WARNING);
});

it.concurrent('readers who waited for a KV that hangs leave nothing behind when it comes back', async (test) => {
  const site = await aColdWorker(test);
  await delayKv(site, 60_000);
  const answers = await readMany(site, '/en/', 50);
  expect(statuses(answers)).toEqual([503]);
  await refuseKv(site);
  await sleep(500);
  await readMany(site, '/en/', 1);
  expect(site.said()).toMatch(/release not refreshed/);
  expect(site.said()).not.toMatch(WARNING);
});

it.concurrent('nor do those whom an isolate serves from memory meanwhile', async (test) => {
  const site = await aColdWorker(test);
  await readMany(site, '/en/', 1);
  await delayKv(site, 60_000);
  const later = (seconds: number) => readMany(site, '/en/', READERS, `X-Later: ${seconds * 1000}\r\n`);
  const answers = [...(await later(60)), ...(await later(61)), ...(await later(63)), ...(await later(64))];
  expect(statuses(answers)).toEqual([200]);
  expect(await readsOf(site, 'current')).toBe(3); // one while it was quick, one that hung, one after its marker
  await refuseKv(site);
  await sleep(500);
  await readMany(site, '/en/', 1);
  expect(site.said()).toMatch(/release not refreshed/);
  expect(site.said()).not.toMatch(WARNING);
});
