import { appendFileSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { checkSite } from '../crash/check-site.ts';
import { makeCheckout } from '../crash/checkout.ts';
import { closes, endSites, type SiteProcess, startSite } from '../crash/site-process.ts';
import { startWriters } from '../crash/writers.ts';
import { freePort } from '../free-port.ts';
import { inTestLong } from '../in-test-long.ts';
import { PRINTED_COMMAND, runPrinted } from '../printed-command.ts';
import { addOldAsset, assetAt, assetsNamed, changeClient, keepReadingPages } from './new-build.ts';
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
  'says in one line that %s is not a port, and ends',
  async (PORT) => {
    const { code, output } = await start({ PORT });
    expect(output).toMatch(oneLine);
    expect(output).toContain(PORT);
    expect(code).toBe(1);
  },
);

it('says in one line that the port is taken, and ends', async () => {
  const server = createServer();
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const { code, output } = await start({ PORT: String(port) });
  server.close();
  expect(output).toMatch(oneLine);
  expect(output).toContain(`Port ${port} is taken`);
  expect(code).toBe(1);
});

inTestLong('says the same if another program takes the port after the check of the port', async () => {
  const server = createServer();
  const port = await freePort();
  const takePort = (output: string) => {
    if (output.includes('Created the operator key') && !server.listening) server.listen(port, '127.0.0.1');
  };
  const taken = startSite(checkout.root, port, { onPrint: takePort });
  await expect(taken).rejects.toThrow(
    new RegExp(`\\nPort ${port} is taken by another program. Set PORT to another port[^\\n]*\\n$`),
  );
  server.close();
  for (const made of ['.dev.vars', '.wrangler']) rmSync(join(checkout.root, made), { recursive: true });
});

it('says in one line which seed file is broken and where, before it builds', async () => {
  const file = join(checkout.root, 'kv-seed/contacts.json');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace('"151"', '"1-5-1"x'));
  const { code, output } = await start({ PORT: String(await freePort()) });
  writeFileSync(file, text);
  expect(output).toMatch(oneLine);
  expect(output).toContain('kv-seed/contacts.json, line 10 column');
  expect(code).toBe(1);
});

it('says in one line what is wrong with the key file', async () => {
  const file = join(checkout.root, '.dev.vars');
  writeFileSync(file, 'OPERATOR_KEY=short\n');
  const { code, output } = await start({ PORT: String(await freePort()) });
  rmSync(file);
  expect(output).toMatch(oneLine);
  expect(output).toContain('.dev.vars must hold a line OPERATOR_KEY=');
  expect(output).not.toContain('short');
  expect(code).toBe(1);
});

inTestLong.each([
  ['a script', 'client/islands/page.ts', 'const x = = 1;', 'Unexpected "="'],
  ['the Worker', 'worker/read/methods.ts', "import './nowhere.ts';", 'Could not resolve "./nowhere.ts"'],
])(
  'reports a fault in %s with its file, its line and what it is, without a stack',
  async (_, path, text, message) => {
    const file = join(checkout.root, path);
    const source = readFileSync(file, 'utf8');
    appendFileSync(file, `${text}\n`);
    const { code, out, err } = await start({ PORT: String(await freePort()) });
    writeFileSync(file, source);
    expect(out).toMatch(/^(Created the operator key[^\n]*\n)?(build \d\/3: [^\n]*\n)+$/);
    expect(err).toMatch(oneLine);
    expect(err).toMatch(new RegExp(`^${path}:${source.split('\n').length}:\\d+: `));
    expect(err).toContain(message);
    expect(code).toBe(1);
  },
);

inTestLong(
  'starts, accepts the printed curl command, and keeps its figure on a restart with another port and build',
  async () => {
    const key = () =>
      /^OPERATOR_KEY=([\w-]{43})$/m.exec(readFileSync(join(checkout.root, '.dev.vars'), 'utf8'))?.[1];
    rmSync(join(checkout.root, '.dev.vars'), { force: true });
    const [first, second] = [await freePort(), await freePort()];
    let site: SiteProcess = await startSite(checkout.root, first);
    expect(statSync(join(checkout.root, '.dev.vars')).mode & 0o777).toBe(0o600);
    const line = await site.line(PRINTED_COMMAND);
    expect(site.output()).not.toContain(key());
    // With a curl that shows what it gets: the arguments, which all users of a machine see, and then its stdin.
    const shown = await runProgram('sh', ['-c', `curl() { printf '%s\\n' "$@"; cat; }\n${line}`]);
    const [seen, header] = shown.out.split(/^(?=Authorization: )/m);
    expect(seen).toContain('\n@-\n');
    expect(seen).not.toContain(key());
    expect(header).toBe(`Authorization: Bearer ${key()}`);
    expect(statSync(join(checkout.root, '.wrangler')).mode & 0o777).toBe(0o700);
    const posted = await runPrinted(line);
    expect(JSON.parse(posted.out)).toMatchObject({ version: 1 });
    const oldAssets = await assetsNamed(`http://127.0.0.1:${first}`);
    expect(await site.stop()).toBe(0);
    expect(await closes(first)).toBe(true);

    changeClient(checkout.root);
    const forgottenPath = addOldAsset(checkout.root, 31);
    const target = { url: `http://127.0.0.1:${second}`, key: key() ?? '' };
    const today = new Date().toISOString().slice(0, 10);
    const writers = startWriters(3, { ...target, today, run: 'new build' }); // writers retry until the site is up
    const pages = keepReadingPages(target.url);
    site = await startSite(checkout.root, second);
    const reads = await pages.stop();
    await writers.stop();
    console.log(
      `${reads} pages read and ${writers.acknowledged()} posts acknowledged while the new build started`,
    );
    expect(writers.acknowledged()).toBeGreaterThan(2);
    const { entries } = await checkSite(target, writers.posts);
    expect(entries - writers.acknowledged()).toBeLessThan(20);

    // A page that was open before still gets its own files. A page of a build from long ago gets today's.
    for (const asset of oldAssets) {
      expect(asset.caching).toContain('immutable');
      expect(await assetAt(target.url, asset.path)).toEqual(asset);
    }
    const newAssets = await assetsNamed(target.url);
    expect(newAssets.filter((asset) => !oldAssets.some(({ path }) => path === asset.path)).length).toBe(1);
    const redirected = await fetch(target.url + forgottenPath);
    expect(newAssets.map(({ path }) => path)).toContain(new URL(redirected.url).pathname);
    expect(newAssets.map(({ text }) => text)).toContain(await redirected.text());

    const read = async (path: string) => (await fetch(`http://127.0.0.1:${second}${path}`)).json();
    expect(await read('/api/v1/site.json')).toMatchObject({
      open: true,
      origin: `http://localhost:${second}`,
    });
    expect(JSON.stringify(await read('/api/v1/live.json'))).toContain('"new_cases":["20');
    const again = await run(['scripts/start.ts'], { PORT: String(await freePort()) });
    expect(again.output).toContain(`is already running: pid ${site.pid}, http://localhost:${second},`);
    const seeded = await run([
      'scripts/seed/seed.ts',
      '--url',
      `http://127.0.0.1:${second}`,
      '--key-file',
      '.dev.vars',
    ]);
    expect(seeded).toMatchObject({
      code: 0,
      output: expect.stringContaining('is open already; nothing was changed'),
    });
    const verified = await run([
      join(import.meta.dirname, '../../scripts/verify-ledger.mjs'),
      `http://127.0.0.1:${second}`,
    ]);
    expect(verified.output).toContain(`The ledger verifies: ${entries} entries`);
    expect(await site.stop()).toBe(0);
  },
  150_000,
);
