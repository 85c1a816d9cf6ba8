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
import {
  type Place,
  type ProcessRecord,
  recordByPs,
  recordOf,
  thisPlace,
} from '../../scripts/local/process-record.ts';
import { makeCheckout } from '../crash/checkout.ts';
import { closes, endSites, RUNTIME, startSite } from '../crash/site-process.ts';
import { freePort } from '../free-port.ts';
import { inTestLong } from '../in-test-long.ts';
import { runProgram } from './run-program.ts';
import { AGENCY, writeSmallSeed } from './small-seed.ts';

// The path is too long for a Unix socket (108 bytes), and has characters that a shell would split or expand.
const checkout = makeCheckout(join(import.meta.dirname, '../..'), `it's "a" $path ${'x'.repeat(100)}`);
writeSmallSeed(checkout.root, [['2026-01-01', 300, 2]]);
const folder = mkdtempSync(join(tmpdir(), 'nashra-lock-'));

/** A pid that no process has: the highest that Linux gives on its largest machines. */
const FREE_PID = 2 ** 22 - 1;

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

/** The end of a refusal: which process runs the site, where, and how to end it. */
const alreadyRunning = (pid: number | undefined, port: number) =>
  new RegExp(`is already running: pid ${pid}, http://localhost:${port}[ ,].*kill ${pid}\n$`);

it('refuses a second start of a checkout, on any port, with any TMPDIR and HOME, and says where it runs', async () => {
  const port = await freePort();
  const site = await startSite(checkout.root, port);
  const others = [{ PORT: String(port) }, {}, { TMPDIR: folder, HOME: folder }].map(start);
  for (const { code, out, err } of await Promise.all(others)) {
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/^[^\n]+\n$/);
    expect(err).toMatch(alreadyRunning(site.pid, port));
  }
  expect(await site.stop()).toBe(0);
});

inTestLong('a runtime whose program is killed keeps the lock, and what it acknowledged', async () => {
  const [port, other] = [await freePort(), await freePort()];
  const site = await startSite(checkout.root, port);
  const runtime = site.descendant(RUNTIME);
  const watcher = site.descendant('end-orphans.ts');
  // The watcher would end the runtime: kill it too, as a system without free memory might.
  process.kill(watcher, 'SIGKILL');
  await site.killProgram();
  expect((await fetch(`http://127.0.0.1:${port}/en/`)).status).toBe(200);
  const starts = [{ PORT: String(port) }, { PORT: String(other), TMPDIR: folder }].map(start);
  for (const { code, err } of await Promise.all(starts)) {
    expect(code).toBe(1);
    expect(err).toMatch(/^[^\n]+\n$/);
    expect(err).toMatch(alreadyRunning(runtime, port));
  }
  const posted = await putWaterLevel(port, '2026-01-02');
  expect(posted).toMatchObject({ status: 200, body: { version: 1 } });
  process.kill(runtime); // as the message tells people to
  const next = await startSite(checkout.root, other);
  const again = await putWaterLevel(other, '2026-01-02');
  expect(again).toMatchObject({ status: 200, body: { version: 1 } }); // the same figure: nothing changes
  expect(await next.stop()).toBe(0);
});

inTestLong('ends the runtime soon after its program is killed, so that the next start succeeds', async () => {
  const port = await freePort();
  const site = await startSite(checkout.root, port);
  await site.killProgram();
  const next = await startSite(checkout.root, port);
  await next.killAll();
  expect(await closes(port)).toBe(true);
});

inTestLong('ends all its processes on any signal, with exit code 0, and on a signal to its npm', async () => {
  const port = await freePort();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    const site = await startSite(checkout.root, port);
    const pids = [site.pid, site.descendant(RUNTIME), site.descendant('end-orphans.ts')];
    process.kill(site.pid, signal);
    expect([signal, await site.ended()]).toEqual([signal, 0]);
    await untilAllEnd(pids);
  }
  const site = await startSite(checkout.root, port, { script: 'npm start' });
  const pids = [checkoutHolder().program.pid, site.descendant(RUNTIME), site.descendant('end-orphans.ts')];
  process.kill(site.pid, 'SIGTERM');
  await untilAllEnd(pids);
});

inTestLong('of two starts at the same moment one serves, and the other says where', async () => {
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

inTestLong(
  'of four claims at the same moment exactly one wins, with or without the lock of a dead process before',
  async () => {
    const roots = Array.from({ length: 60 }, (_, i) => join(folder, `race-${i}`));
    for (const root of roots.slice(0, 40)) {
      mkdirSync(join(root, '.wrangler/lock'), { recursive: true });
      writeFileSync(
        join(root, '.wrangler/lock/3.json'),
        JSON.stringify(holderOf({ pid: FREE_PID, born: 'then' })),
      );
    }
    const claims = Array.from({ length: 4 }, () => aClaimant(roots));
    try {
      await Promise.all(claims.map(({ ready }) => ready));
      for (const { go } of claims) go();
      const results = await Promise.all(claims.map(({ result }) => result));
      for (const i of roots.keys())
        expect(results.map((outcomes) => outcomes[i]).toSorted()).toEqual(['kept', 'kept', 'kept', 'won']);
      for (const [i, root] of roots.entries())
        expect(readdirSync(join(root, '.wrangler/lock'))).toEqual([i < 40 ? '4.json' : '1.json']);
    } finally {
      await Promise.all(claims.map(({ end }) => end()));
    }
  },
);

it.each([
  ['a pid that another process has now', holderOf({ born: 'then' }), 'won'],
  ['a pid that is free', holderOf({ pid: FREE_PID }), 'won'],
  ['a pid that is in use, on a system that knows no more about it', holderOf({}), 'kept'],
  ['a machine that has rebooted since', holderOf({}, { boot: 'before' }), 'won'],
  ['another container, whose processes are not visible', holderOf({}, { pids: 'pid:[1]' }), 'kept'],
  [
    'another machine, whose processes are not visible',
    holderOf({}, { machine: 'linux 0', boot: 'its own' }),
    'kept',
  ],
  ['nobody, because a power failure cut the file short', '{"place"', 'won'],
  ['another container, not renewed for a minute', holderOf({}, { pids: 'pid:[1]' }), 'won', 60],
])(
  'takes over a lock only from a holder that must have ended: a lock of %s',
  async (_, holder, expected, ageSeconds = 0) => {
    const root = mkdtempSync(join(folder, 'old-'));
    const locks = join(root, '.wrangler/lock');
    mkdirSync(locks, { recursive: true });
    writeFileSync(join(locks, '7.json'), typeof holder === 'string' ? holder : JSON.stringify(holder));
    const renewed = Date.now() / 1000 - ageSeconds;
    utimesSync(join(locks, '7.json'), renewed, renewed);
    const { ready, go, result, end } = aClaimant([root]);
    await ready;
    go();
    expect(await result).toEqual([expected]);
    await end();
    expect(readdirSync(locks)).toEqual([expected === 'won' ? '8.json' : '7.json']);
  },
);

it('recognises a process by ps too, as on macOS, in any time zone', () => {
  const zone = process.env.TZ;
  process.env.TZ = 'Pacific/Kiritimati';
  const processRecord = recordByPs(process.pid);
  process.env.TZ = 'Pacific/Midway';
  expect(recordByPs(process.pid)).toEqual(processRecord);
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
  expect(processRecord?.pid).toBe(process.pid);
  expect(recordByPs(FREE_PID)).toBeNull();
});

const OF_ROOT = 'belongs to root, but this program is run by nobody: run it as root, or sudo chown -R nobody';
// Only root can hand files to another user.
it.skipIf(process.getuid?.() !== 0).each([
  ['belongs to root', 0, 0o755, OF_ROOT],
  ['belongs to root and is private', 0, 0o700, OF_ROOT],
  ['is read-only', 65_534, 0o555, "is yours (nobody), but can't be read and written: chmod -R u+rwX"],
])('says who owns a .wrangler that %s, and what to do', async (_, uid, mode, advice) => {
  const root = mkdtempSync(join(folder, 'user-'));
  const locks = join(root, '.wrangler/lock');
  mkdirSync(locks, { recursive: true });
  // The lock of a process that ended long ago.
  writeFileSync(join(locks, '7.json'), '{}');
  for (const path of [join(locks, '7.json'), locks, join(root, '.wrangler'), root]) {
    chownSync(path, uid, uid);
    chmodSync(path, mode);
  }
  chmodSync(folder, 0o755);
  if (mode === 0o700) chmodSync(root, 0o755); // a start makes only .wrangler private
  const local = join(import.meta.dirname, '../../scripts/local');
  // Imports come before setuid, because only root may be able to read the modules.
  const program = `
    const { prepareSite } = await import(${JSON.stringify(join(local, 'prepare-site.ts'))});
    const { runProgram } = await import(${JSON.stringify(join(local, 'program.ts'))});
    process.setgid(65534);
    process.setuid(65534);
    runProgram('start', ${JSON.stringify(root)}, () => prepareSite(${JSON.stringify(root)}));`;
  const { code, output } = await runProgram(process.execPath, ['--input-type=module', '-e', program]);
  expect(output).toMatch(/^[^\n]+\n$/);
  expect(output).toContain(advice);
  expect(output).toContain(`'${join(root, '.wrangler')}'`);
  expect(code).toBe(1);
});

/** A holder of a lock as a claim writes it: this process, with the given differences. */
function holderOf(program: Partial<ProcessRecord>, place: Partial<Place> = {}): Holder {
  return {
    place: { ...thisPlace(), ...place },
    program: { pid: process.pid, born: null, ...program },
    runtimes: [],
    address: 'http://localhost:1',
    user: 'x@y',
  };
}

/** A process that claims checkouts at `go`, gives `won` or `kept` for each, and runs until `end`. */
function aClaimant(roots: readonly string[]) {
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
    result: ready.then(line).then((outcomes) => outcomes.split(' ')),
    async end() {
      child.kill('SIGKILL');
      await closed;
    },
  };
}

/** The holder of the checkout, from its only lock file. */
function checkoutHolder(): Holder {
  const folder = join(checkout.root, '.wrangler/lock');
  const [file = '', ...others] = readdirSync(folder);
  expect(others).toEqual([]);
  const found = readHolder(join(folder, file));
  if (!found) throw new Error(`${file} names nobody`);
  return found;
}

/** Waits until all these processes have ended. */
async function untilAllEnd(pids: readonly number[]): Promise<void> {
  for (const end = Date.now() + 5_000; pids.some((pid) => recordOf(pid) !== null); await sleep(20))
    if (Date.now() > end) throw new Error(`still running after 5 s: ${pids.filter((pid) => recordOf(pid))}`);
}

/** Reports a water level, with the checkout's key. */
async function putWaterLevel(port: number, date: string): Promise<{ status: number; body: unknown }> {
  const key = /OPERATOR_KEY=(.*)/.exec(readFileSync(join(checkout.root, '.dev.vars'), 'utf8'))?.[1];
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/staff/statistics/${date}`, {
    method: 'PUT',
    headers: { Authorization: `Bearer ${key}`, 'Nashra-Agency': AGENCY, 'Content-Type': 'application/json' },
    body: JSON.stringify({ values: { water_level: 310 } }),
  });
  return { status: answer.status, body: await answer.json() };
}
