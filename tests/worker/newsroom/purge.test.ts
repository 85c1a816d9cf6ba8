import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { brotliDecompressSync } from 'node:zlib';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { templates } from '../../../worker/newsroom/templates.ts';
import {
  CURRENT_KEY,
  decodePack,
  type PackedDocument,
  type ReleaseIndex,
} from '../../../worker/pack/format.ts';
import { advanceClock } from '../clock.ts';
import { CONTENT_EXAMPLES } from '../content-examples.ts';
import { deploy, newsroomKv } from '../main.ts';
import { get, newsContent, newsroom, setUpSite, pacedStaff as staff } from '../staff-client.ts';

const SECRET = 'NameNobodyMayRead';
const MINUTE_MS = 60_000;

const textOf = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes);

/** Whether an object of a pack's index is a document with bytes of its own. */
const isDocument = (value: object): value is PackedDocument => 'at' in value && 'encoding' in value;

/** Every document anywhere in an index. */
const documentsIn = (value: unknown): readonly PackedDocument[] =>
  typeof value !== 'object' || value === null
    ? []
    : isDocument(value)
      ? [value]
      : Object.values(value).flatMap(documentsIn);

const contentOf = (bytes: Uint8Array, { at, length, encoding }: PackedDocument): string => {
  const stored = bytes.subarray(at, at + length);
  return textOf(encoding === 'br' ? brotliDecompressSync(stored) : stored);
};

const packsOf = ({ cold, items }: ReleaseIndex): readonly string[] => [
  ...cold.map(({ key }) => key),
  ...Object.values(items).flatMap(({ packs }) => packs.map(({ key }) => key)),
];

/** All text of all values in KV, by key, decompressed; fails for a pack that no release in KV names. */
async function kvTexts(): Promise<ReadonlyMap<string, string>> {
  const values = new Map<string, ArrayBuffer>();
  for (const { name } of (await env.BULLETIN.list()).keys) {
    const value = await env.BULLETIN.get(name, 'arrayBuffer');
    if (value) values.set(name, value);
  }
  const texts = new Map<string, string>();
  const named = new Set<string>();
  const add = (key: string, text: string) => texts.set(key, (texts.get(key) ?? '') + text);
  for (const [key, value] of values) {
    add(key, textOf(new Uint8Array(value))); // `current`, indexes, and items' parts, which are not compressed
    if (!key.startsWith('release/')) continue;
    const { index, bytes } = decodePack<ReleaseIndex>(value, 'release');
    const { cold, ...own } = index;
    for (const pack of packsOf(index)) named.add(pack);
    for (const document of documentsIn(own)) add(key, contentOf(bytes, document));
    for (const pack of cold) {
      const packValue = values.get(pack.key);
      if (!packValue) continue;
      const packed = decodePack(packValue, 'cold').bytes;
      for (const document of documentsIn(pack.documents)) add(pack.key, contentOf(packed, document));
    }
  }
  expect([...texts.keys()].filter((key) => key.startsWith('pack/') && !named.has(key))).toEqual([]);
  return texts;
}

const keysWithSecret = async (): Promise<readonly string[]> =>
  [...(await kvTexts())].filter(([, text]) => text.includes(SECRET)).map(([key]) => key);

/** The tables in which a text stands, in any column of any row, compressed or not. */
const tablesWith = (secret: string): Promise<readonly string[]> =>
  runInDurableObject(newsroom(), (_, { storage: { sql } }) => {
    const holds = (value: unknown): boolean => {
      if (typeof value === 'string') return value.includes(secret);
      if (!(value instanceof ArrayBuffer)) return false;
      const bytes = new Uint8Array(value);
      try {
        return textOf(brotliDecompressSync(bytes)).includes(secret);
      } catch {
        return textOf(bytes).includes(secret);
      }
    };
    return sql
      .exec<{ name: string }>(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'",
      )
      .toArray()
      .map(({ name }) => name)
      .filter((name) =>
        sql
          .exec(`SELECT * FROM ${name}`)
          .toArray()
          .some((row) => Object.values(row).some(holds)),
      );
  });

const secretTitle = { title: { ar: SECRET, en: SECRET } };
const idempotent = (name: string) => ({ headers: { 'Idempotency-Key': name } });

describe('an erased text', () => {
  const erased: number[] = [];
  beforeAll(async () => {
    await setUpSite();
    // A month of the archive, so that a cold pack holds the text too.
    for (const date of ['2020-03-01', '2020-04-01', '2020-05-01', '2020-06-01'])
      await staff('POST', 'news', { body: newsContent({ date, ...secretTitle }), ...idempotent(date) });
    await staff('POST', 'decisions', {
      body: { ...CONTENT_EXAMPLES.decisions.least, body: { ar: SECRET, en: SECRET } },
    });
    await staff('PATCH', 'news/1', {
      body: { content: { body: { ar: SECRET, en: SECRET } }, reason: SECRET },
    });
    await staff('PUT', 'statistics/2020-03-01', { body: { values: { critical: 1 } } });
    await staff('PUT', 'statistics/2020-03-01', { body: { values: { critical: 2 }, reason: SECRET } });
    const last = (await staff('GET', 'status')).body.entries;
    for (let seq = 2; seq <= last; seq++) erased.push(seq);
    for (const id of [1, 2, 3, 4]) await staff('DELETE', `news/${id}`, { body: { reason: 'Private' } });
    await staff('DELETE', 'decisions/1', { body: { reason: 'Private' } });
  });

  it('is in no table once its erasure is public, and no stored answer tells what was posted', async () => {
    const tables = await tablesWith(SECRET);
    expect(tables).toEqual(expect.arrayContaining(['entry', 'item', 'correction', 'document']));
    for (const seq of erased)
      expect((await staff('POST', `ledger/${seq}/erasure`, { body: { reason: 'A court' } })).status).toBe(
        201,
      );
    expect(await tablesWith(SECRET)).toEqual([]);
    // The hash of a short request could be guessed from. Sent again, the request does not publish the text again.
    const repeated = await staff('POST', 'news', {
      body: newsContent({ date: '2020-03-01', ...secretTitle }),
      ...idempotent('2020-03-01'),
    });
    expect(repeated.status).toBe(422);
    const fingerprints = await runInDurableObject(newsroom(), (_, { storage: { sql } }) =>
      [...sql.exec("SELECT fingerprint FROM answered WHERE idempotency_key LIKE '2020-%'").raw()].flat(),
    );
    expect(fingerprints).toEqual(['', '', '', '']);
  });

  it('is in no value of KV three minutes later, and everything public is still there', async () => {
    expect((await keysWithSecret()).length).toBeGreaterThan(5);
    await staff('PUT', 'statistics/2020-03-02', { body: { values: { critical: 3 } } });
    advanceClock(MINUTE_MS);
    await staff('POST', 'tick');
    expect((await keysWithSecret()).length).toBeGreaterThan(5); // an isolate may still read them
    advanceClock(3 * MINUTE_MS);
    await staff('POST', 'tick');
    const texts = await kvTexts();
    expect(await keysWithSecret()).toEqual([]);
    const { key } = (await env.BULLETIN.get<{ key: string }>(CURRENT_KEY, 'json')) ?? { key: '' };
    const release = await env.BULLETIN.get(key, 'arrayBuffer');
    if (!release) throw new Error('no release');
    const { index } = decodePack<ReleaseIndex>(release, 'release');
    for (const pack of packsOf(index)) expect(texts.has(pack), pack).toBe(true);
    for (const path of ['/en/', '/en/news/', '/en/changes/', '/api/v1/statistics.json'])
      expect((await get(path)).status, path).toBe(200);
    expect((await get('/en/news/1')).status).toBe(410);
  });

  it('goes at once from values that no reader can need, and no sooner from those that readers may need', async () => {
    const currentKey = async () => (await env.BULLETIN.get<{ key: string }>(CURRENT_KEY, 'json'))?.key ?? '';
    const isIn = async (key: string) => (await env.BULLETIN.get(key, 'arrayBuffer')) !== null;
    const { id } = (await staff('POST', 'news', { body: newsContent(secretTitle) })).body;
    const seq = (await staff('GET', 'status')).body.entries;
    const first = await currentKey();
    await staff('DELETE', `news/${id}`, { body: { reason: 'Private' } });
    await staff('PUT', 'statistics/2020-03-05', { body: { values: { critical: 3 } } });
    advanceClock(3 * MINUTE_MS);
    const last = await currentKey();
    expect(await keysWithSecret()).toEqual(expect.arrayContaining([first, last]));
    const erase = (n: number) => staff('POST', `ledger/${n}/erasure`, { body: { reason: 'A court' } });
    expect((await erase(seq)).status).toBe(201);
    await staff('POST', 'tick');
    expect(await isIn(first)).toBe(false);
    expect(await isIn(last)).toBe(true);
    // Another erasure takes nothing of the time that readers have.
    advanceClock(MINUTE_MS);
    expect((await erase(seq + 1)).status).toBe(201);
    await staff('POST', 'tick');
    expect(await isIn(last)).toBe(true);
    advanceClock(2 * MINUTE_MS);
    await staff('POST', 'tick');
    expect(await isIn(last)).toBe(false);
    expect(await keysWithSecret()).toEqual([]);
  });

  it('does not stay in the last version of a page that can no longer be rendered', async () => {
    const path = '/en/news/';
    const { id } = (await staff('POST', 'news', { body: newsContent(secretTitle) })).body;
    const seq = (await staff('GET', 'status')).body.entries;
    await deploy({
      ...templates,
      templateVersion: 'failing',
      documents: (...args) =>
        templates.documents(...args).map((document) => {
          const fail = () => {
            throw new Error('a page too many');
          };
          return document.path === path ? { ...document, render: fail } : document;
        }),
    });
    await staff('DELETE', `news/${id}`, { body: { reason: 'Private' } });
    expect((await get(path)).body).toContain(SECRET); // the page stays as it was last rendered
    await staff('POST', `ledger/${seq}/erasure`, { body: { reason: 'A court' } });
    const page = await get(path);
    expect(page.status).toBe(200);
    expect(page.body).not.toContain(SECRET);
    expect(await tablesWith(SECRET)).toEqual([]);
    advanceClock(4 * MINUTE_MS);
    await staff('POST', 'tick');
    expect(await keysWithSecret()).toEqual([]);
  });

  it('is deleted in time although it was erased while the release of another erasure was written', async () => {
    const seqs: number[] = [];
    for (const _ of [1, 2]) {
      const { id } = (await staff('POST', 'news', { body: newsContent(secretTitle) })).body;
      seqs.push((await staff('GET', 'status')).body.entries);
      await staff('DELETE', `news/${id}`, { body: { reason: 'Private' } });
    }
    const erase = (seq = 0) => staff('POST', `ledger/${seq}/erasure`, { body: { reason: 'A court' } });
    const kv = newsroomKv();
    const writes = kv.count('put', 'release/');
    kv.fail({ on: 'put', prefix: 'release/', fault: { kind: 'delay', ms: 500 }, times: 1 });
    const first = erase(seqs[0]);
    await vi.waitFor(() => expect(kv.count('put', 'release/')).toBe(writes + 1), {
      interval: 1,
      timeout: 20_000,
    });
    const second = erase(seqs[1]);
    expect((await Promise.all([first, second])).map(({ status }) => status)).toEqual([201, 201]);
    expect((await keysWithSecret()).length).toBeGreaterThan(0);
    advanceClock(4 * MINUTE_MS);
    await staff('POST', 'tick');
    expect(await keysWithSecret()).toEqual([]);
  });

  it('is deleted in time although another sweep ran in between', async () => {
    const { id } = (await staff('POST', 'news', { body: newsContent(secretTitle) })).body;
    const seq = (await staff('GET', 'status')).body.entries;
    await staff('DELETE', `news/${id}`, { body: { reason: 'Private' } });
    await staff('POST', `ledger/${seq}/erasure`, { body: { reason: 'A court' } });
    await runInDurableObject(newsroom(), (_, { storage: { sql } }) => {
      sql.exec("UPDATE due SET at_ms = ? WHERE kind = 'sweep'", Date.now());
    });
    await staff('POST', 'tick');
    expect((await keysWithSecret()).length).toBeGreaterThan(0);
    advanceClock(4 * MINUTE_MS);
    await staff('POST', 'tick');
    expect(await keysWithSecret()).toEqual([]);
  });
});
