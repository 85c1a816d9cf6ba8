import { createHash, createPrivateKey, sign } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readKeyFile, readSigningKey } from '../../scripts/operator-key.ts';
import { staffAt } from '../../scripts/seed/staff-client.ts';
import {
  canonicalJson,
  type Entry,
  GENESIS,
  type Hash,
  headOf,
  headText,
} from '../../worker/model/ledger.ts';
import { makeCheckout } from '../crash/checkout.ts';
import { endSites, type SiteProcess, startSite } from '../crash/site-process.ts';
import { freePort } from '../free-port.ts';
import { flipped, type Mirror, startMirror } from './mirror.ts';
import { runProgram } from './run-program.ts';

const root = join(import.meta.dirname, '../..');
const RELEASE_SCRIPT = join(root, 'tests/verify-release.mjs');
const CHAIN_SCRIPT = join(root, 'tests/verify-chain.mjs');
const checkout = makeCheckout(root, '', 'flood');
const folder = mkdtempSync(join(tmpdir(), 'nashra-verify-'));
const keyFile = join(checkout.root, '.dev.vars');
const port = await freePort();
let site: SiteProcess;
let mirror: Mirror;

const LIST = /^\/api\/v1\/digests\//;
const RELEASE = '/api/v1/release.json';
const LEDGER = '/api/v1/ledger.json';
/** Two pages that need all that there is: a whole document, and a part with its shell. */
const SHORT = ['/', '/fr/news/1'] as const;
const PAGES = ['/', '/fr/', '/fr/news/1', '/fr/decisions/2', '/data/statistics.csv', '/api/v1/live.json'];

/** Verifies what the mirror gives, release and then ledger, with a file of state that has this content, or none. */
async function verify(
  { state, node = [] }: { readonly state?: object; readonly node?: readonly string[] } = {},
  ...paths: readonly string[]
) {
  const file = join(folder, `state-${Math.random()}.json`);
  if (state) writeFileSync(file, JSON.stringify(state));
  const run = (...args: readonly string[]) => runProgram(process.execPath, [...node, ...args]);
  let { code, out, err } = await run(RELEASE_SCRIPT, mirror.url, file, ...paths);
  if (code === 0) {
    const chain = await run(CHAIN_SCRIPT, mirror.url, file);
    ({ code, out, err } = { ...chain, out: out + chain.out });
  }
  return { code, out, err, state: existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null };
}

const staff = () => staffAt(`http://127.0.0.1:${port}`, readKeyFile(keyFile).first);
const postNews = (title: string) =>
  staff().call('POST', '/news', { title: { fr: title }, body: { fr: 'Texte' }, date: '2026-02-20' });

/** Waits until the site's Worker, which keeps a release in memory for some seconds, shows a release. */
async function untilPublic(release: number): Promise<void> {
  for (const end = Date.now() + 30_000; Date.now() < end; await sleep(200)) {
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/live.json`);
    if (Number(answer.headers.get('nashra-release')) >= release) return;
  }
  throw new Error(`release ${release} is not public`);
}

beforeAll(async () => {
  site = await startSite(checkout.root, port);
  mirror = await startMirror(`http://127.0.0.1:${port}`);
});
afterAll(async () => {
  mirror?.close();
  await endSites();
  checkout.dispose();
  rmSync(folder, { recursive: true, force: true });
});

it.each([RELEASE_SCRIPT, CHAIN_SCRIPT])('has at most 60 lines, and no code of the tree: %s', (script) => {
  const text = readFileSync(script, 'utf8');
  expect(text.split('\n').length - 1).toBeLessThanOrEqual(60);
  expect([...text.matchAll(/from '([^']+)'/g)].every(([, name]) => name?.startsWith('node:'))).toBe(true);
});

it('verifies a site and its pages, and remembers release and key', async () => {
  const first = await verify({}, ...PAGES);
  expect(first).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/^Release \d+ verifies/) });
  expect(first.state).toMatchObject({ release: expect.any(Number), keys: [expect.any(String)] });
  const saved = join(folder, 'saved.html');
  writeFileSync(saved, mirror.answers.get('/fr/news/1')?.bytes ?? '');
  expect(await verify({ state: first.state }, `/fr/news/1=${saved}`)).toMatchObject({ code: 0 });
  expect(await verify({ state: first.state }, `/fr/news/2=${saved}`)).toMatchObject({ code: 1 });
  expect(await verify({ state: first.state }, '/fr/nothing-here')).toMatchObject({ code: 1 });
});

it('fails on one flipped bit, wherever it is: page, list, shell, payload, signature, keys', async () => {
  const { state } = await verify({}, ...PAGES);
  const paths = [...mirror.answers].filter(([, { status }]) => status === 200).map(([path]) => path);
  expect(paths.filter((path) => LIST.test(path)).length).toBeGreaterThan(2);
  expect(paths.filter((path) => path.startsWith('/api/v1/shells/')).length).toBeGreaterThan(0);
  for (const path of paths)
    for (const place of path === RELEASE ? [0.1, 0.5, 0.999] : [Math.random()]) {
      mirror.change((asked, answer) => (asked === path ? flipped(place)(answer) : answer));
      const { code } = await verify({ state }, ...(PAGES.includes(path) ? [path] : SHORT));
      expect(code, `${path} at ${place}`).toBe(1);
    }
  mirror.change((path, { status, bytes }) => ({
    status,
    bytes: path === '/fr/news/1' ? Buffer.concat([bytes, Buffer.from(' ')]) : bytes,
  }));
  expect((await verify({ state }, '/fr/news/1')).code).toBe(1);
  mirror.change();
});

it('fails if an old release is shown as a new one, by its number or by its end', async () => {
  const { state: old } = await verify({}, ...PAGES);
  const saved = new Map(mirror.answers);
  const { release = 0 }: { release?: number } = Object(await postNews('New'));
  await untilPublic(release);
  const { state: now } = await verify({ state: old }, ...PAGES);
  expect(now.release).toBeGreaterThan(old.release);
  mirror.change((path, answer) => saved.get(path) ?? answer);
  expect(await verify({ state: old })).toMatchObject({ code: 0 });
  expect(await verify({ state: now })).toMatchObject({
    code: 1,
    err: expect.stringContaining('is older than'),
  });
  const tomorrow = `Date.now = () => ${Date.now() + 86_400_000 + 301_000}`;
  const node = ['--import', `data:text/javascript,${encodeURIComponent(tomorrow)}`];
  expect(await verify({ node })).toMatchObject({ code: 1, err: expect.stringContaining('ended at') });
  expect(await verify({ state: { ...old, digest: now.digest } })).toMatchObject({ code: 1 });
  const asOf = { ...old, at: Date.now() };
  expect(await verify({ node, state: asOf }, '/fr/news/1')).toMatchObject({ code: 0 });
  mirror.change();
}, 120_000);

/** The site's key: a PKCS #8 of the seed (RFC 8410 §7). */
const signingKey = () => {
  const seed = Buffer.from(readSigningKey(keyFile) ?? '', 'base64url');
  const key = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  return createPrivateKey({ key, format: 'der', type: 'pkcs8' });
};

/** What somebody who has the site's key can publish: the site's ledger and release, changed and signed again. */
async function forge(
  change: (
    entries: Entry[],
    payload: { ledger: { seq?: number; hash?: string }; documents: Record<string, unknown> },
  ) => void,
) {
  const read = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).json();
  const [ledger, jws] = [Object(await read(LEDGER)), Object(await read(RELEASE))];
  const payload = JSON.parse(String(Buffer.from(jws.payload, 'base64url')));
  change(ledger.items, payload);
  const bytes = Buffer.from(JSON.stringify(ledger));
  payload.documents[LEDGER] = createHash('sha256').update(bytes).digest('base64url');
  const signed = Buffer.from(canonicalJson(payload)).toString('base64url');
  const signature = sign(null, Buffer.from(`${jws.protected}.${signed}`), signingKey()).toString('base64url');
  const release = Buffer.from(JSON.stringify({ ...jws, payload: signed, signature }));
  mirror.change((path, answer) => ({
    status: 200,
    bytes: path === LEDGER ? bytes : path === RELEASE ? release : answer.bytes,
  }));
}
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex') as Hash;

it('fails on a ledger that was changed, though its owner signed it', async () => {
  const { state } = await verify();
  // The same release with other bytes is another fault: that has its own test.
  const before = { ...state, release: state.release - 1 };
  await forge(() => {});
  expect(await verify({ state: before })).toMatchObject({ code: 0, err: '' });
  const faults: readonly (readonly [Parameters<typeof forge>[0], RegExp])[] = [
    [(entries) => entries.splice(2, 1), /entry \d+ is not what it was/],
    [
      (entries) => Object.assign(entries.find(({ payload }) => payload)?.payload ?? {}, { more: 1 }),
      /is not what it was|more than its hash/,
    ],
    [(entries) => Object.assign(entries[0] ?? {}, { reasonErased: true, at: 'now' }), /is not what it was/],
    [
      (entries) => {
        for (const entry of entries)
          if (entry.kind === 'figures')
            for (const name of ['payload', 'salt', 'reason']) Reflect.deleteProperty(entry, name);
      },
      /figures of entry \d+ are missing/,
    ],
    [
      (entries, payload) => {
        entries.shift();
        Object.assign(payload.ledger, { seq: entries[0]?.seq, hash: entries[0]?.hash });
      },
      /shorter than it was/,
    ],
    [(_, payload) => Object.assign(payload.ledger, { hash: '0'.repeat(64) }), /is not what it was/],
    [(entries) => entries.pop(), /begins after entry 1/],
    [(entries) => entries.shift(), /is not what it was/],
    [(entries) => Object.assign(entries[1] ?? {}, { at: 'now' }), /is not what it was/],
  ];
  for (const [change, fault] of faults) {
    await forge(change);
    expect(await verify({ state: before })).toMatchObject({ code: 1, err: expect.stringMatching(fault) });
  }
  // All entries are made anew, with a chain that is right in itself: only who saw the old one can tell.
  await forge((entries, payload) => {
    let previous: Hash = GENESIS;
    for (const entry of entries.reverse()) {
      Object.assign(entry, { previous, ...(entry.seq === 2 ? { at: '2020-01-01T00:00:00Z' } : {}) });
      previous = sha256(headText(headOf(entry)));
      Object.assign(entry, { hash: previous });
    }
    payload.ledger = { seq: entries.length, hash: previous };
    entries.reverse();
  });
  const { checked: _, ledger: __, ...stranger } = before;
  expect(await verify({ state: stranger })).toMatchObject({ code: 0 });
  expect(await verify({ state: before })).toMatchObject({
    code: 1,
    err: expect.stringContaining('rewritten'),
  });
  mirror.change();
}, 120_000);

it('verifies a ledger from which an item and a reason were taken', async () => {
  const { state } = await verify();
  const { id }: { id?: string } = Object(await postNews('Gone soon'));
  await staff().call('POST', `/news/${id}/withdrawal`, { reason: 'A name in a reason' });
  const { entries }: { entries?: number } = Object(await staff().call('GET', '/status'));
  const { release = 0 }: { release?: number } = Object(
    await staff().call('POST', `/ledger/${entries}/erasure`, { reason: 'A court asked' }),
  );
  await untilPublic(release);
  expect(await verify({ state }, `/fr/news/${id}`)).toMatchObject({ code: 0, err: '' });
  const text = String(mirror.answers.get(LEDGER)?.bytes);
  expect(text).toContain('A court asked');
  for (const gone of ['Gone soon', 'A name in a reason']) expect(text).not.toContain(gone);
}, 120_000);

it('fails on a key that the reader does not know', async () => {
  const { state } = await verify();
  const other = { ...state, keys: ['another'] };
  expect(await verify({ state: other })).toMatchObject({ code: 1, err: expect.stringContaining('unknown') });
});

it('follows a rotation, if the old key names the new one, and says if a site does not sign', async () => {
  const { state: before } = await verify();
  const text = readFileSync(keyFile, 'utf8');
  const old = /^SIGNING_KEY=(.*)$/m.exec(text)?.[1] ?? '';
  const restart = async (keys: string | null) => {
    expect(await site.stop()).toBe(0);
    writeFileSync(keyFile, text.replace(/^SIGNING_KEY=.*\n/m, keys === null ? '' : `SIGNING_KEY=${keys}\n`));
    site = await startSite(checkout.root, port);
  };
  await restart(`${'n'.repeat(43)},${old}`);
  const during = await verify({ state: before }, ...PAGES);
  expect(during).toMatchObject({ code: 0, state: { keys: [before.keys[0], expect.any(String)] } });
  await restart('n'.repeat(43));
  expect(await verify({ state: during.state })).toMatchObject({ code: 0 });
  expect(await verify({ state: before })).toMatchObject({
    code: 1,
    err: expect.stringContaining('unknown'),
  });
  await restart(null);
  expect(await verify({ state: during.state })).toMatchObject({ code: 1 });
  const jws = JSON.parse(String(mirror.answers.get(RELEASE)?.bytes));
  expect(Object.keys(jws)).toEqual(['payload']);
  const headers = { authorization: `Bearer ${readKeyFile(keyFile).first}` };
  const status = await fetch(`http://127.0.0.1:${port}/api/v1/staff/status`, { headers });
  expect(await status.json()).toMatchObject({ signed: false, pending: false });
}, 120_000);
