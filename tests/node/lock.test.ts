import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, expect, it } from 'vitest';
import { type Holder, readHolder } from '../../scripts/local/lock-holder.ts';
import { type Life, lifeByPs, lifeOf, type Place, thisPlace } from '../../scripts/local/process-life.ts';
import { makeCheckout } from '../crash/checkout.ts';
import { closes, endSites, RUNTIME, startSite } from '../crash/site-process.ts';
import { freePort } from '../free-port.ts';
import { runProgram } from './run-program.ts';
import { AGENCY, writeSmallSeed } from './small-seed.ts';

// Longer than a path that a Unix socket may have (108 bytes), with what a shell must not take apart.
const checkout = makeCheckout(join(import.meta.dirname, '../..'), `it's "a" $path ${'x'.repeat(100)}`);
writeSmallSeed(checkout.root, [['2026-01-01', 300, 2]]);
const folder = mkdtempSync(join(tmpdir(), 'nashra-lock-'));

/** A pid that no process has: the highest that Linux gives on its largest machines. */
const DEAD = 2 ** 22 - 1;

afterEach(endSites);
afterAll(() => {
  checkout.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const start = async (env: Record<string, string> = {}) =>
  runProgram(process.execPath, ['scripts/start.ts'], {
    cwd: checkout.root,
    env: { PORT: String(await freePort()), ...env },
  });

/** The place in one line where the site runs, by the pid that has it. */
const runsAt = (pid: number | undefined, port: number) =>
  new RegExp(`is already running: pid ${pid}, http://localhost:${port}[ ,].*kill ${pid}\n$`);

it('refuses a second start of a checkout, on any port, with any TMPDIR and HOME, and says where it runs', async () => {
  const port = await freePort();
  const site = await startSite(checkout.root, port);
  const others = [{ PORT: String(port) }, {}, { TMPDIR: folder, HOME: folder }].map(start);
  for (const { code, out, err } of await Promise.all(others)) {
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/^[^\n]+\n$/);
    expect(err).toMatch(runsAt(site.pid, port));
  }
  expect(await site.stop()).toBe(0);
});

it('a runtime whose program is killed keeps the checkout until it ends, then what was acknowledged is there', async () => {
  const [port, other] = [await freePort(), await freePort()];
  const site = await startSite(checkout.root, port);
  const runtime = site.below(RUNTIME);
  const watcher = site.below('end-orphans.ts');
  // Without the process that would end it, as if the system had killed that as well.
  process.kill(watcher, 'SIGKILL');
  await site.killProgram();
  expect((await fetch(`http://127.0.0.1:${port}/en/`)).status).toBe(200);
  const starts = [{ PORT: String(port) }, { PORT: String(other), TMPDIR: folder }].map(start);
  for (const { code, err } of await Promise.all(starts)) {
    expect(code).toBe(1);
    expect(err).toMatch(/^[^\n]+\n$/);
    expect(err).toMatch(runsAt(runtime, port));
  }
  const posted = await put(port, '2026-01-02');
  expect(posted).toMatchObject({ status: 200, body: { version: 1 } });
  process.kill(runtime); // as the message says
  const next = await startSite(checkout.root, other);
  const again = await put(other, '2026-01-02');
  expect(again).toMatchObject({ status: 200, body: { version: 1 } }); // the same figure: nothing changes
  expect(await next.stop()).toBe(0);
});

it('ends the runtime soon after its program is killed, so that the next start need not be told', async () => {
  const port = await freePort();
  const site = await startSite(checkout.root, port);
  await site.killProgram();
  const next = await startSite(checkout.root, port);
  await next.killAll();
  expect(await closes(port)).toBe(true);
});

it('leaves nothing behind, and no failure, when it is asked to stop by any signal, or when its npm is', async () => {
  const port = await freePort();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    const site = await startSite(checkout.root, port);
    const pids = [site.pid, site.below(RUNTIME), site.below('end-orphans.ts')];
    process.kill(site.pid, signal);
    expect([signal, await site.ended()]).toEqual([signal, 0]);
    await allEnd(pids);
  }
  const site = await startSite(checkout.root, port, { script: 'npm start' });
  const pids = [holder().program.pid, site.below(RUNTIME), site.below('end-orphans.ts')];
  process.kill(site.pid, 'SIGTERM');
  await allEnd(pids);
});

it('of two starts in the same moment one serves, and the other says where', async () => {
  const ports = [await freePort(), await freePort()];
  const results = await Promise.allSettled(ports.map((port) => startSite(checkout.root, port)));
  const [site, ...more] = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const [refusal] = results.flatMap((result) =>
    result.status === 'rejected' ? [String(result.reason)] : [],
  );
  expect(more).toEqual([]);
  expect(refusal).toContain(`is already running: pid ${site?.pid}, http://localhost:`);
  expect(await site?.stop()).toBe(0);
});

it('of four claims in the same moment exactly one wins, in each of many checkouts, with a dead holder before them or none', async () => {
  const roots = Array.from({ length: 60 }, (_, i) => join(folder, `race-${i}`));
  for (const root of roots.slice(0, 40)) {
    mkdirSync(join(root, '.wrangler/lock'), { recursive: true });
    writeFileSync(join(root, '.wrangler/lock/3.json'), JSON.stringify(holderOf({ pid: DEAD, born: 'then' })));
  }
  const claims = Array.from({ length: 4 }, () => claim(roots));
  try {
    await Promise.all(claims.map(({ ready }) => ready));
    for (const { go } of claims) go();
    const results = await Promise.all(claims.map(({ result }) => result));
    for (const i of roots.keys())
      expect(results.map((words) => words[i]).toSorted()).toEqual(['kept', 'kept', 'kept', 'won']);
    for (const [i, root] of roots.entries())
      expect(readdirSync(join(root, '.wrangler/lock'))).toEqual([i < 40 ? '4.json' : '1.json']);
  } finally {
    await Promise.all(claims.map(({ end }) => end()));
  }
});

it.each([
  ['a pid that another process has by now', holderOf({ born: 'then' }), 'won'],
  ['a pid that is free', holderOf({ pid: DEAD }), 'won'],
  ['a pid that is in use, where the system tells no more', holderOf({}), 'kept'],
  ['a machine that was booted since', holderOf({}, { boot: 'before' }), 'won'],
  ['another container, which can not be seen', holderOf({}, { pids: 'pid:[1]' }), 'kept'],
  ['another machine, which can not be seen', holderOf({}, { machine: 'linux 0', boot: 'its own' }), 'kept'],
  ['nobody: a file cut short by a power failure', '{"place"', 'won'],
  ['another container, not marked for a minute', holderOf({}, { pids: 'pid:[1]' }), 'won', 60],
])('takes a lock for what it is: of %s', async (_, holder, expected, ageSeconds = 0) => {
  const root = mkdtempSync(join(folder, 'old-'));
  const locks = join(root, '.wrangler/lock');
  mkdirSync(locks, { recursive: true });
  writeFileSync(join(locks, '7.json'), typeof holder === 'string' ? holder : JSON.stringify(holder));
  const marked = Date.now() / 1000 - ageSeconds;
  utimesSync(join(locks, '7.json'), marked, marked);
  const { ready, go, result, end } = claim([root]);
  await ready;
  go();
  expect(await result).toEqual([expected]);
  await end();
  expect(readdirSync(locks)).toEqual([expected === 'won' ? '8.json' : '7.json']);
});

it('knows a process again by ps too, as on macOS, whatever the time zone', () => {
  const zone = process.env.TZ;
  process.env.TZ = 'Pacific/Kiritimati';
  const there = lifeByPs(process.pid);
  process.env.TZ = 'Pacific/Midway';
  expect(lifeByPs(process.pid)).toEqual(there);
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
  expect(there?.pid).toBe(process.pid);
  expect(lifeByPs(DEAD)).toBeNull();
});

// Only root can hand files to another user.
it.skipIf(process.getuid?.() !== 0).each([
  [
    'belongs to root',
    0,
    0o755,
    'belongs to root, and this is run by nobody: run it as root, or sudo chown -R nobody',
  ],
  ['can be read only', 65_534, 0o555, "is yours (nobody), but can't be read and written: chmod -R u+rwX"],
])('says of a .wrangler that %s whose it is, and what to do', async (_, uid, mode, told) => {
  const root = mkdtempSync(join(folder, 'user-'));
  const locks = join(root, '.wrangler/lock');
  mkdirSync(locks, { recursive: true });
  // A lock of a process that has ended long ago.
  writeFileSync(join(locks, '7.json'), '{}');
  for (const path of [join(locks, '7.json'), locks, join(root, '.wrangler'), root]) {
    chownSync(path, uid, uid);
    chmodSync(path, mode);
  }
  chmodSync(folder, 0o755);
  const local = join(import.meta.dirname, '../../scripts/local');
  // What is imported may lie where nobody but root can read it.
  const program = `
    const { prepareSite } = await import(${JSON.stringify(join(local, 'prepare-site.ts'))});
    const { runProgram } = await import(${JSON.stringify(join(local, 'program.ts'))});
    process.setgid(65534);
    process.setuid(65534);
    runProgram('start', ${JSON.stringify(root)}, () => prepareSite(${JSON.stringify(root)}));`;
  const { code, said } = await runProgram(process.execPath, ['--input-type=module', '-e', program]);
  expect(said).toMatch(/^[^\n]+\n$/);
  expect(said).toContain(told);
  expect(said).toContain(`'${join(root, '.wrangler')}'`);
  expect(code).toBe(1);
});

/** A holder of a lock as a claim writes it: this very process, but for what is given. */
function holderOf(program: Partial<Life>, place: Partial<Place> = {}): Holder {
  return {
    place: { ...thisPlace(), ...place },
    program: { pid: process.pid, born: null, ...program },
    runtimes: [],
    address: 'http://localhost:1',
    user: 'x@y',
  };
}

/** A process that claims checkouts when it is told to, says what came of each, and stays until it is ended. */
function claim(roots: readonly string[]) {
  const lock = join(import.meta.dirname, '../../scripts/local/checkout-lock.ts');
  const program = `
    const { claimCheckout } = await import(${JSON.stringify(lock)});
    console.log('ready');
    process.stdin.once('data', async () => {
      const claims = ${JSON.stringify(roots)}.map((root) => claimCheckout(root, 'http://localhost:1'));
      console.log((await Promise.all(claims)).map((claimed) => ('file' in claimed ? 'won' : 'kept')).join(' '));
    });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface(child.stdout);
  const closed = once(child, 'close');
  const line = () => Promise.race([once(lines, 'line').then(String), closed.then(() => 'it ended')]);
  const ready = line();
  return {
    ready,
    go: () => child.stdin.write('go\n'),
    result: ready.then(line).then((words) => words.split(' ')),
    async end() {
      child.kill('SIGKILL');
      await closed;
    },
  };
}

/** Who has the checkout, by the one lock that is in it. */
function holder(): Holder {
  const folder = join(checkout.root, '.wrangler/lock');
  const [file = '', ...others] = readdirSync(folder);
  expect(others).toEqual([]);
  const found = readHolder(join(folder, file));
  if (!found) throw new Error(`${file} names nobody`);
  return found;
}

/** Waits until none of some processes lives. */
async function allEnd(pids: readonly number[]): Promise<void> {
  for (const end = Date.now() + 5_000; pids.some((pid) => lifeOf(pid) !== null); await sleep(20))
    if (Date.now() > end) throw new Error(`of ${pids} some live on: ${pids.filter((pid) => lifeOf(pid))}`);
}

/** Reports a water level, with the checkout's key. */
async function put(port: number, date: string): Promise<{ status: number; body: unknown }> {
  const key = /OPERATOR_KEY=(.*)/.exec(readFileSync(join(checkout.root, '.dev.vars'), 'utf8'))?.[1];
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/staff/statistics/${date}`, {
    method: 'PUT',
    headers: { Authorization: `Bearer ${key}`, 'Nashra-Agency': AGENCY, 'Content-Type': 'application/json' },
    body: JSON.stringify({ values: { water_level: 310 } }),
  });
  return { status: answer.status, body: await answer.json() };
}
