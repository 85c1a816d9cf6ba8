import { runDurableObjectAlarm } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { createHash } from 'node:crypto';
import { brotliDecompressSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { signingKeys } from '../../../worker/newsroom/publish/signing-keys.ts';
import { CURRENT_KEY, type Current, decodePack, type ReleaseIndex } from '../../../worker/pack/format.ts';
import { newsroomKv } from '../main.ts';
import { get, newsContent, newsroom, pacedStaff, setUpSite, staff } from '../staff-client.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url');
const decoded = (text: string): string =>
  new TextDecoder().decode(Uint8Array.fromBase64(text, { alphabet: 'base64url' }));

type Digests = Readonly<Record<string, string | readonly [string, string]>>;
type Payload = {
  readonly release: number;
  readonly publishedAt: string;
  readonly until: string;
  readonly previous: string | null;
  readonly ledger: { readonly seq: number; readonly hash: string };
  readonly documents: Digests;
  readonly lists: readonly string[];
};

/** The signed release as a reader gets it. */
async function readSigned() {
  const { body, headers } = await get('/api/v1/release.json');
  const text = decoded(body.payload);
  const payload: Payload = JSON.parse(text);
  return { jws: body, headers, text, payload };
}

/** The digests of everything that the release shows, those in its lists too. */
async function allDigests({ documents, lists }: Payload): Promise<Digests> {
  const all: Record<string, string | readonly [string, string]> = { ...documents };
  for (const path of lists) {
    const { body } = await get(path);
    expect(sha256(`${JSON.stringify(body)}\n`), path).toBe(documents[path]);
    Object.assign(all, body);
  }
  return all;
}

/** The texts of a page between those of its shell, as JSON. */
function partOf(page: string, shell: readonly string[]): string {
  const slots: string[] = [];
  let rest = page.slice(shell[0]?.length);
  for (const text of shell.slice(1)) {
    const end = rest.indexOf(text);
    expect(end).toBeGreaterThanOrEqual(0);
    slots.push(rest.slice(0, end));
    rest = rest.slice(end + text.length);
  }
  expect(shell.map((text, i) => text + (slots[i] ?? '')).join('')).toBe(page);
  return JSON.stringify(slots);
}

async function currentIndex(): Promise<ReleaseIndex> {
  const current = await env.BULLETIN.get<Current>(CURRENT_KEY, 'json');
  const buffer = await env.BULLETIN.get(current?.key ?? '', 'arrayBuffer');
  if (!buffer) throw new Error('no release');
  return decodePack<ReleaseIndex>(buffer, 'release').index;
}

const figure = (value: number) =>
  pacedStaff('PUT', 'statistics/2021-08-03', { body: { values: { new_cases: value }, reason: 'r' } });

describe('a signed release', () => {
  beforeAll(async () => {
    await setUpSite();
    const items = Array.from({ length: 230 }, (_, i) => ({
      agency: 'media',
      publishedAt: `2021-0${1 + (i % 7)}-02T10:00:00Z`,
      content: newsContent({
        date: `2021-0${1 + (i % 7)}-02`,
        body: { ar: 'نص', en: `Text ${i} `.repeat(50) },
      }),
    }));
    const imported = await pacedStaff('POST', 'import', { body: { collection: 'news', items } });
    expect(imported.status, JSON.stringify(imported.body)).toBe(201);
    const headers = { 'Nashra-Agency': 'media' };
    expect((await pacedStaff('POST', 'news/7/withdrawal', { body: { reason: 'r' }, headers })).status).toBe(
      200,
    );
    expect((await figure(5)).status).toBe(200);
  });

  it('is a JWS by a key of the key set, whose id is the key’s thumbprint', async () => {
    const { jws } = await readSigned();
    const { keys } = (await get('/.well-known/nashra-keys.json')).body;
    const head = JSON.parse(decoded(jws.protected));
    const [{ crv, kty, x, kid }] = keys;
    expect(keys).toHaveLength(1);
    expect(kid).toBe(sha256(JSON.stringify({ crv, kty, x })));
    expect(head).toEqual({ alg: 'EdDSA', kid });
    const key = await crypto.subtle.importKey('jwk', { crv, kty, x }, 'Ed25519', false, ['verify']);
    const signature = Uint8Array.fromBase64(jws.signature, { alphabet: 'base64url' });
    const signed = new TextEncoder().encode(`${jws.protected}.${jws.payload}`);
    expect(await crypto.subtle.verify('Ed25519', key, signature, signed)).toBe(true);
    signed[signed.length - 1] = (signed.at(-1) ?? 0) ^ 1;
    expect(await crypto.subtle.verify('Ed25519', key, signature, signed)).toBe(false);
    expect((await staff('GET', 'status')).body.signed).toBe(true);
  });

  it('says which release it is, until when, and where the ledger ends', async () => {
    const { payload, headers, text } = await readSigned();
    const index = await currentIndex();
    const { items } = (await staff('GET', 'ledger')).body;
    const { seq, hash } = items.at(-1);
    expect(payload).toMatchObject({
      release: Number(headers.get('Nashra-Release')),
      publishedAt: index.publishedAt,
      until: index.boundary,
      ledger: { seq, hash },
    });
    expect(text.startsWith('{"documents":{"/":"')).toBe(true); // canonical: sorted, without spaces
  });

  it('names the digest of every document, those of joined pages by their parts', async () => {
    const { payload } = await readSigned();
    const digests = await allDigests(payload);
    const index = await currentIndex();
    const documents = [index.documents, ...index.cold.map((pack) => pack.documents)].flatMap(Object.keys);
    const pages = Array.from({ length: 230 }, (_, i) => ['ar', 'en'].map((tag) => `/${tag}/news/${i + 1}`));
    const paths = [...documents, ...pages.flat(), '/', '/api/v1/shells/ar.json', '/api/v1/shells/en.json'];
    for (const path of paths) if (path !== '/api/v1/release.json') expect(digests[path], path).toBeTruthy();
    for (const path of Object.keys(digests)) {
      const [digest, shell] = [digests[path]].flat();
      if (!/[1-4]$/.test(path) && path.includes('/news/') && !path.endsWith('/')) continue; // a few items are enough
      const { body } = await get(path);
      const text = typeof body === 'string' ? body : `${JSON.stringify(body)}\n`;
      if (shell === undefined && !path.startsWith('/api/v1/shells/')) expect(sha256(text), path).toBe(digest);
      else if (shell === undefined) expect(sha256(text.trim()), path).toBe(digest);
      else expect(sha256(partOf(text, (await get(`/api/v1/shells/${shell}.json`)).body)), path).toBe(digest);
    }
    expect(Object.values(digests).filter((digest) => typeof digest !== 'string').length).toBeGreaterThan(460);
  });

  it('names the release before it', async () => {
    const before = await readSigned();
    await figure(6);
    const after = await readSigned();
    expect(after.payload.release).toBeGreaterThan(before.payload.release);
    expect(after.payload.previous).toBe(sha256(before.text));
  });

  it('changes only the list in each pack that a publish writes, and writes no value more to KV', async () => {
    const changes = async (change: () => Promise<unknown>) => {
      const before = (await readSigned()).payload;
      const from = newsroomKv().calls.length;
      await change();
      const writes = newsroomKv()
        .calls.slice(from)
        .filter(({ on }) => on === 'put').length;
      const after = (await readSigned()).payload;
      const changed = after.lists.filter((path) => after.documents[path] !== before.documents[path]);
      return { lists: changed.length, all: after.lists.length, writes };
    };
    const ofFigure = await changes(() => figure(7));
    expect(ofFigure).toMatchObject({ lists: 1, writes: 3 }); // the series, the release, `current`
    const headers = { 'Nashra-Agency': 'media' };
    const ofNews = await changes(() => pacedStaff('POST', 'news', { body: newsContent(), headers }));
    expect(ofNews.writes).toBe(ofNews.lists + 2);
    expect(ofNews.lists).toBeLessThan(ofNews.all);
  });

  it('names the last release that may have become public, also after a move whose outcome is not known', async () => {
    newsroomKv().fail({ on: 'put', prefix: CURRENT_KEY, fault: { kind: 'unknown' }, times: 1 });
    const from = newsroomKv().calls.length;
    const answer = figure(8);
    let isAnswered = false;
    void answer.then(() => {
      isAnswered = true;
    });
    for (let i = 0; i < 50 && !isAnswered; i++) {
      await scheduler.wait(50);
      await runDurableObjectAlarm(newsroom());
    }
    expect((await answer).status).toBe(200);
    const [unsure, ...later] = newsroomKv()
      .calls.slice(from)
      .filter(({ on, key }) => on === 'put' && key.startsWith('release/'))
      .map(({ key }) => key);
    expect(later.length).toBeGreaterThan(0);
    const { payload } = await readSigned();
    const buffer = await env.BULLETIN.get(unsure ?? '', 'arrayBuffer');
    const { index, bytes } = decodePack<ReleaseIndex>(buffer ?? new ArrayBuffer(0), 'release');
    const packed = index.documents['/api/v1/release.json'];
    const stored = bytes.subarray(packed?.at, (packed?.at ?? 0) + (packed?.length ?? 0));
    const jws = JSON.parse(new TextDecoder().decode(brotliDecompressSync(stored)));
    expect(payload.release).toBe(index.n + 1);
    expect(payload.previous).toBe(sha256(decoded(jws.payload)));
  });
});

describe('the key that signs', () => {
  it('is the first of two, and the old one says which key succeeds it', () => {
    const [a, b] = ['a'.repeat(43), 'b'.repeat(43)];
    const [first, second] = signingKeys(`${a}, ${b}`);
    expect(signingKeys(a)[0]?.publicKey).toEqual(first?.publicKey);
    expect(signingKeys(b)[0]?.publicKey).toEqual(second?.publicKey);
    expect(first?.publicKey.kid).not.toBe(second?.publicKey.kid);
  });

  it.each([undefined, '', 'short', `${'a'.repeat(43)},`, [1, 2, 3].map(() => 'a'.repeat(43)).join()])(
    'is none if the secret is %s',
    (secret) => expect(signingKeys(secret)).toEqual([]),
  );

  // RFC 8032 §7.1, test 1.
  it('signs as RFC 8032 says', () => {
    const seed = Uint8Array.fromHex('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60');
    const [key] = signingKeys(seed.toBase64({ alphabet: 'base64url', omitPadding: true }));
    const x = Uint8Array.fromBase64(key?.publicKey.x ?? '', { alphabet: 'base64url' }).toHex();
    expect(x).toBe('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a');
  });
});
