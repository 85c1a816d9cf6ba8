import { appendFileSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { checkSite } from '../crash/check-site.ts';
import { makeCheckout } from '../crash/checkout.ts';
import { closes, endSites, type SiteProcess, startSite } from '../crash/site-process.ts';
import { startWriters } from '../crash/writers.ts';
import { freePort } from '../free-port.ts';
import { assetAt, assetsNamed, changeClient, leaveAssetOf, readPages } from './new-build.ts';
import { runProgram } from './run-program.ts';

const checkout = makeCheckout(join(import.meta.dirname, '../..'));
afterEach(endSites);
afterAll(() => checkout.dispose());

/** Runs a Node program of the checkout to its end, with no terminal. */
const run = (args: readonly string[], env: Record<string, string> = {}) =>
  runProgram(process.execPath, args, { cwd: checkout.root, env });
const start = (env: Record<string, string>) => run(['scripts/start.ts'], env);
const oneLine = /^[^\n]+\n$/;

it.each(['0', '65536', 'abc', '80.5', '-1'])(
  'says in one line that %s is no port, and ends',
  async (PORT) => {
    const { code, said } = await start({ PORT });
    expect(said).toMatch(oneLine);
    expect(said).toContain(PORT);
    expect(code).toBe(1);
  },
);

it('says in one line that the port is taken, and ends', async () => {
  const server = createServer();
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const { code, said } = await start({ PORT: String(port) });
  server.close();
  expect(said).toMatch(oneLine);
  expect(said).toContain(`Port ${port} is taken`);
  expect(code).toBe(1);
});

it('says in one line which seed file is broken and where, before it builds', async () => {
  const file = join(checkout.root, 'kv-seed/contacts.json');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace('"151"', '"1-5-1"x'));
  const { code, said } = await start({ PORT: String(await freePort()) });
  writeFileSync(file, text);
  expect(said).toMatch(oneLine);
  expect(said).toContain('kv-seed/contacts.json, line 10 column');
  expect(code).toBe(1);
});

it('says in one line what is wrong with the key file', async () => {
  const file = join(checkout.root, '.dev.vars');
  writeFileSync(file, 'OPERATOR_KEY=short\n');
  const { code, said } = await start({ PORT: String(await freePort()) });
  rmSync(file);
  expect(said).toMatch(oneLine);
  expect(said).toContain('.dev.vars must hold a line OPERATOR_KEY=');
  expect(said).not.toContain('short');
  expect(code).toBe(1);
});

it.each([
  ['a script', 'client/islands/page.ts', 'const x = = 1;', 'Unexpected "="'],
  ['the Worker', 'worker/read/methods.ts', "import './nowhere.ts';", 'Could not resolve "./nowhere.ts"'],
])(
  'tells a fault in %s by file, line and what it is, without a tool’s stack',
  async (_, path, text, told) => {
    const file = join(checkout.root, path);
    const before = readFileSync(file, 'utf8');
    appendFileSync(file, `${text}\n`);
    const { code, out, err } = await start({ PORT: String(await freePort()) });
    writeFileSync(file, before);
    expect(out).toMatch(/^(Made the operator key[^\n]*\n)?(build \d\/3: [^\n]*\n)+$/);
    expect(err).toMatch(oneLine);
    expect(err).toMatch(new RegExp(`^${path}:${before.split('\n').length}:\\d+: `));
    expect(err).toContain(told);
    expect(code).toBe(1);
  },
);

it('starts, takes the printed curl line, and keeps what was posted through a restart on another port with a new build', async () => {
  const key = () =>
    /^OPERATOR_KEY=([\w-]{43})$/m.exec(readFileSync(join(checkout.root, '.dev.vars'), 'utf8'))?.[1];
  rmSync(join(checkout.root, '.dev.vars'), { force: true });
  const [first, second] = [await freePort(), await freePort()];
  let site: SiteProcess = await startSite(checkout.root, first);
  expect(statSync(join(checkout.root, '.dev.vars')).mode & 0o777).toBe(0o600);
  const line = await site.line(/^curl .*$/m);
  expect(site.said()).not.toContain(key());
  const posted = await runProgram('sh', ['-c', line], { cwd: '/' });
  expect(JSON.parse(posted.out)).toMatchObject({ version: 1 });
  const old = await assetsNamed(`http://127.0.0.1:${first}`);
  expect(await site.stop()).toBe(0);
  expect(await closes(first)).toBe(true);

  changeClient(checkout.root);
  const forgotten = leaveAssetOf(checkout.root, 31);
  const target = { url: `http://127.0.0.1:${second}`, key: key() ?? '' };
  const today = new Date().toISOString().slice(0, 10);
  const writers = startWriters(3, { ...target, today, run: 'new build' }); // they try until the site is up
  const pages = readPages(target.url);
  site = await startSite(checkout.root, second);
  const reads = await pages.stop();
  await writers.stop();
  console.log(`${reads} pages read and ${writers.acknowledged()} posts taken while a new build was put on`);
  expect(writers.acknowledged()).toBeGreaterThan(2);
  const { entries } = await checkSite(target, writers.posts);
  expect(entries - writers.acknowledged()).toBeLessThan(20);

  // A page that was open before finds its scripts as they were; one of a build that is long gone, those of today.
  for (const asset of old) {
    expect(asset.caching).toContain('immutable');
    expect(await assetAt(target.url, asset.path)).toEqual(asset);
  }
  const now = await assetsNamed(target.url);
  expect(now.filter((asset) => !old.some(({ path }) => path === asset.path)).length).toBe(1);
  const gone = await fetch(target.url + forgotten);
  expect(now.map(({ path }) => path)).toContain(new URL(gone.url).pathname);
  expect(now.map(({ text }) => text)).toContain(await gone.text());

  const read = async (path: string) => (await fetch(`http://127.0.0.1:${second}${path}`)).json();
  expect(await read('/api/v1/site.json')).toMatchObject({ open: true, origin: `http://localhost:${second}` });
  expect(JSON.stringify(await read('/api/v1/live.json'))).toContain('"new_cases":["20');
  const again = await run(['scripts/start.ts'], { PORT: String(await freePort()) });
  expect(again.said).toContain(`is already running: pid ${site.pid}, http://localhost:${second},`);
  const seeded = await run([
    'scripts/seed/seed.ts',
    '--url',
    `http://127.0.0.1:${second}`,
    '--key-file',
    '.dev.vars',
  ]);
  expect(seeded).toMatchObject({
    code: 0,
    said: expect.stringContaining('is open already; nothing was changed'),
  });
  const verified = await run([
    join(import.meta.dirname, '../../scripts/verify-ledger.mjs'),
    `http://127.0.0.1:${second}`,
  ]);
  expect(verified.said).toContain(`The ledger verifies: ${entries} entries`);
  expect(await site.stop()).toBe(0);
}, 150_000);
