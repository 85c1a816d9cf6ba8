import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { parseKeyFile } from '../../scripts/operator-key.ts';
import { staffAt } from '../../scripts/seed/staff-client.ts';
import { keyIn } from '../../scripts/verify-ledger.mjs';
import { makeCheckout } from '../crash/checkout.ts';
import { endSites, startSite } from '../crash/site-process.ts';
import { freePort } from '../free-port.ts';
import { inTestLong } from '../in-test-long.ts';
import { PRINTED_COMMAND, runPrinted } from '../printed-command.ts';
import { runProgram } from './run-program.ts';
import { writeSmallSeed } from './small-seed.ts';

const KEY = 'newnewnewnewnewnewnewnewnewnewnew-newnew_ne';
const OLD = 'oldoldoldoldoldoldoldoldoldoldoldoldoldoldo';

const checkout = makeCheckout(join(import.meta.dirname, '../..'), "it's here");
writeSmallSeed(checkout.root, [['2026-01-01', 300, 2]]);
const elsewhere = mkdtempSync(join(tmpdir(), 'nashra-elsewhere-'));
const keyFile = join(checkout.root, '.dev.vars');

afterEach(endSites);
afterAll(() => {
  checkout.dispose();
  rmSync(elsewhere, { recursive: true, force: true });
});

const node = (...args: readonly string[]) => runProgram(process.execPath, args, { cwd: checkout.root });

it.each([
  ['bare', `OPERATOR_KEY=${KEY}\n`],
  ['in double quotes', `OPERATOR_KEY="${KEY}"\n`],
  ['in single quotes, two keys', `OPERATOR_KEY='${KEY},${OLD}'\n`],
  ['exported', `export OPERATOR_KEY=${KEY}\n`],
  [
    'with the line ends of Windows and a byte order mark',
    `\uFEFFOTHER=1\r\nOPERATOR_KEY="${KEY}"\r\nMORE=2\r\n`,
  ],
  ['with spaces around it, and around the comma between two keys', `  OPERATOR_KEY = ${KEY} , ${OLD}  \n`],
  ['with a comment after it', `# OPERATOR_KEY=${OLD}\nOPERATOR_KEY=${KEY} # since May\n`],
  ['in quotes with a comment after them', `OPERATOR_KEY="${KEY}" # "since" May\n`],
  ['twice: the last one counts, as in dotenv', `OPERATOR_KEY=${OLD}\nOPERATOR_KEY=${KEY}\n`],
  ['alone, without OPERATOR_KEY=', `${KEY}\n`],
])('reads a key that is written %s', async (_, text) => {
  expect(parseKeyFile(text)).toEqual({ first: KEY, all: text.includes(',') ? `${KEY},${OLD}` : KEY });
  expect(keyIn(text)).toBe(KEY);
});

it.each([
  ['no key', 'OTHER=1\n'],
  ['an empty key', 'OPERATOR_KEY=\n'],
  ['a key that is too short', 'OPERATOR_KEY=secret-but-short\n'],
  ['a key with an open quote', `OPERATOR_KEY="${KEY}\n`],
  ['three keys', `OPERATOR_KEY=${KEY},${OLD},${KEY}\n`],
])('reads no key from a file that holds %s', async (_, text) => {
  expect(parseKeyFile(text)).toBeNull();
});

it('says in one line that a file has no key, in every program that reads it, and never prints its content', async () => {
  writeFileSync(keyFile, 'OPERATOR_KEY=secret-but-short\n');
  const programs = [
    ['scripts/key.ts'],
    ['scripts/start.ts'],
    ['scripts/deploy.ts'],
    ['scripts/seed/seed.ts', '--url', 'http://127.0.0.1:1'],
  ];
  for (const { code, out, err } of await Promise.all(programs.map((program) => node(...program)))) {
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(
      /^[^\n]*\.dev\.vars must hold a line OPERATOR_KEY= with 43 base64url characters[^\n]*\n$/,
    );
    expect(err).not.toContain('secret');
  }
});

it('sends no key over plain http to another machine: it says so in one line, and does nothing else', async () => {
  writeFileSync(keyFile, `OPERATOR_KEY=${KEY}\n`);
  const file = join(elsewhere, 'key');
  writeFileSync(file, `${KEY}\n`);
  for (const url of [
    'http://bulletin.example',
    'http://localhost.bulletin.example:8787',
    'http://192.0.2.1/',
  ])
    for (const args of [
      ['scripts/seed/seed.ts', '--url', url],
      ['scripts/deploy.ts', '--url', url],
      ['scripts/verify-ledger.mjs', url, '--key-file', file],
    ]) {
      const { code, out, err } = await node(...args);
      expect([code, out]).toEqual([1, '']);
      expect(err).toMatch(/^[^\n]*key is sent only over https or to this machine, not to http:[^\n]*\n$/);
      expect(err).toContain(url);
    }
  expect(() => staffAt('http://bulletin.example', KEY)).toThrow('only over https');
});

it('npm run -s key prints only the key, from the checkout and from elsewhere, for use in $(…)', async () => {
  writeFileSync(keyFile, `OPERATOR_KEY='${KEY},${OLD}'\r\n`);
  const sh = (command: string, cwd: string) =>
    runProgram('sh', ['-c', command], { cwd, env: { ROOT: checkout.root } });
  expect((await sh('printf "<%s>" "$(npm run -s key)"', checkout.root)).output).toBe(`<${KEY}>`);
  expect((await sh('printf "<%s>" "$(npm --prefix "$ROOT" run -s key)"', elsewhere)).output).toBe(`<${KEY}>`);
});

it('says on stderr that there is no key yet, so that $(…) stays empty', async () => {
  rmSync(keyFile);
  const { code, out, err } = await node('scripts/key.ts');
  expect([code, out]).toEqual([1, '']);
  expect(err).toMatch(/^key: the file [^\n]*\.dev\.vars does not exist yet: [^\n]*npm start[^\n]*\n$/);
});

inTestLong(
  'starts with a quoted key, an old key after it and the line ends of Windows, and accepts the printed command',
  async () => {
    writeFileSync(keyFile, `\uFEFFexport OPERATOR_KEY="${KEY},${OLD}" # both\r\n`);
    const port = await freePort();
    const site = await startSite(checkout.root, port);
    const posted = await runPrinted(await site.line(PRINTED_COMMAND), elsewhere);
    expect(JSON.parse(posted.out)).toMatchObject({ id: '2026-01-02', version: 1 });
    // Deploy accepts the key and ends at its next step: this environment hides any Cloudflare account.
    const withoutAccount = {
      HOME: elsewhere,
      XDG_CONFIG_HOME: elsewhere,
      CLOUDFLARE_API_TOKEN: '',
      CLOUDFLARE_API_KEY: '',
    };
    const deployed = await runProgram(process.execPath, ['scripts/deploy.ts'], {
      cwd: checkout.root,
      env: withoutAccount,
    });
    expect(deployed).toMatchObject({
      code: 1,
      err: expect.stringContaining('wrangler is not logged in to Cloudflare'),
    });
    for (const key of [KEY, OLD]) {
      const headers = { Authorization: `Bearer ${key}` };
      expect((await fetch(`http://127.0.0.1:${port}/api/v1/staff/whoami`, { headers })).status).toBe(200);
    }
    const seeded = await node('scripts/seed/seed.ts', '--url', `http://127.0.0.1:${port}`);
    expect(seeded).toMatchObject({
      code: 0,
      out: `http://127.0.0.1:${port} is open already; nothing was changed.\n`,
    });
    expect(await site.stop()).toBe(0);
  },
);

it('prints its usage when asked, and says what is wrong with a seed whose figures are separated by semicolons', async () => {
  const help = await node('scripts/seed/seed.ts', '--help');
  expect(help).toMatchObject({ code: 0, err: '' });
  expect(help.out).toContain('npm run seed -- --url https://bulletin.example --key-file .dev.vars');
  const folder = join(checkout.root, 'kv-seed');
  mkdirSync(folder, { recursive: true });
  writeFileSync(keyFile, `OPERATOR_KEY=${KEY}\n`);
  writeFileSync(join(folder, 'statistics.csv'), 'date;water_level;rescues\n2026-01-01;300;2\n');
  chmodSync(keyFile, 0o600);
  const { code, err } = await node('scripts/seed/seed.ts', '--url', 'http://127.0.0.1:1');
  expect(code).toBe(1);
  expect(err).toMatch(
    /^seed: kv-seed\/statistics\.csv, line 1: has semicolons where commas are expected[^\n]*\n$/,
  );
  // The same with a key file that other users can read.
  chmodSync(keyFile, 0o640);
  const open = await node('scripts/seed/seed.ts', '--url', 'http://127.0.0.1:1');
  expect(open.err.split('\n')).toEqual([
    expect.stringMatching(/^Warning: other users of this machine can open .*\.dev\.vars, .*: chmod go= /),
    err.trim(),
    '',
  ]);
});
