import { env } from 'cloudflare:workers';
import { brotliDecompressSync } from 'node:zlib';
import { expect } from 'vitest';
import type { Bulletin } from '../../worker/model/bulletin.ts';
import { COLLECTIONS, hasPermalinks } from '../../worker/model/collections/registry.ts';
import type { Item } from '../../worker/model/item.ts';
import { etagOf, etagOfDigest, toRendered } from '../../worker/newsroom/documents/rendered.ts';
import type { Templates } from '../../worker/newsroom/documents/templates.ts';
import {
  CURRENT_KEY,
  type Current,
  decodePack,
  type ItemsIndex,
  joinPage,
  type PackedDocument,
  type ReleaseIndex,
} from '../../worker/pack/format.ts';

/** What a release says of itself: its signed list, the keys and the lists of digests. Other tests check that. */
const MADE_BY_PUBLISHING = /^\/(api\/v1\/(release|ledger|digests\/.*)|\.well-known\/nashra-keys)\.json$/;

/** Checks that every byte in KV equals a full rendering of the bulletin by the templates. */
export async function expectKvMatchesBulletin(bulletin: Bulletin, templates: Templates): Promise<void> {
  const current = await env.BULLETIN.get<Current>(CURRENT_KEY, 'json');
  const buffer = await env.BULLETIN.get(current?.key ?? '', 'arrayBuffer');
  if (!buffer) throw new Error('no release');
  const { index, bytes } = decodePack<ReleaseIndex>(buffer, 'release');
  const moment = { release: index.n, asOf: index.publishedAt, isSigned: true }; // vitest.config.ts gives a key
  const published = new Map<string, [PackedDocument, Uint8Array]>();
  const addDocuments = (documents: Readonly<Record<string, PackedDocument>>, packBytes: Uint8Array) => {
    for (const [path, document] of Object.entries(documents))
      published.set(path, [document, packBytes.slice(document.at, document.at + document.length)]);
  };
  addDocuments(index.documents, bytes);
  for (const cold of index.cold) {
    const pack = await env.BULLETIN.get(cold.key, 'arrayBuffer');
    if (!pack) throw new Error(`no pack ${cold.key}`);
    addDocuments(cold.documents, decodePack(pack, 'cold').bytes);
  }
  const fresh = templates.documents(bulletin, moment);
  const rendered = [...published.keys()].filter((path) => !MADE_BY_PUBLISHING.test(path));
  expect(rendered.sort()).toEqual(fresh.map((document) => document.path).sort());
  const shells = new Map(
    templates.shells(bulletin, moment).map(({ language, render }) => [language, render()]),
  );
  for (const [language, shell] of shells)
    expect(index.shells[language]?.etag).toBe(etagOf(JSON.stringify(shell)));
  const { unavailable } = index;
  expect(unavailable?.policy).toBe(templates.unavailablePolicy);
  const unavailablePages = templates.unavailablePages(bulletin);
  expect(Object.keys(unavailable?.pages ?? {})).toEqual(unavailablePages.map(({ language }) => language));
  for (const { language, render } of unavailablePages)
    expect(unavailable?.pages[language]?.etag).toBe(etagOf(JSON.stringify(render())));
  for (const document of fresh) {
    const { joined, path } = document;
    const rendered = toRendered(joined ? JSON.stringify(joined.part()) : document.render(), document);
    const [packed, stored] = published.get(path) ?? [];
    expect(packed?.etag, path).toBe(rendered.etag);
    expect(stored, path).toEqual(new Uint8Array(rendered.bytes));
    expect(packed?.shell, path).toBe(joined?.language);
    if (joined) expect(joinPage(shells.get(joined.language) ?? [], joined.part())).toBe(document.render());
  }
  expectSigned(published);
  await expectPartsMatchBulletin(bulletin, templates, index);
}

/** Checks that the signed release names each document, by a digest that begins as its ETag. */
function expectSigned(published: ReadonlyMap<string, readonly [PackedDocument, Uint8Array]>): void {
  const json = (path: string) => {
    const [, bytes] = published.get(path) ?? [];
    return JSON.parse(new TextDecoder().decode(bytes && brotliDecompressSync(bytes)));
  };
  const payload = Uint8Array.fromBase64(json('/api/v1/release.json').payload, { alphabet: 'base64url' });
  const { documents, lists } = JSON.parse(new TextDecoder().decode(payload));
  const inPacks = lists.filter((path: string) => published.has(path)).map(json);
  const digests = Object.assign({}, documents, ...inPacks);
  for (const [path, [{ etag }]] of published)
    if (path !== '/api/v1/release.json')
      expect(etagOfDigest([digests[path]].flat()[0] ?? ''), path).toBe(etag);
}

async function expectPartsMatchBulletin(
  bulletin: Bulletin,
  templates: Templates,
  index: ReleaseIndex,
): Promise<void> {
  const packs = new Map<string, ReturnType<typeof decodePack<ItemsIndex>>>();
  const readPack = async (key: string) => {
    const cached = packs.get(key);
    if (cached) return cached;
    const buffer = await env.BULLETIN.get(key, 'arrayBuffer');
    if (!buffer) throw new Error(`no item pack ${key}`);
    const pack = decodePack<ItemsIndex>(buffer, 'items');
    packs.set(key, pack);
    return pack;
  };
  const collectionsWithPages = COLLECTIONS.filter(hasPermalinks);
  expect(Object.keys({ ...index.items, ledger: [] }).sort()).toEqual(
    ['ledger', ...collectionsWithPages.filter((collection) => bulletin.items[collection].size > 0)].sort(),
  );
  for (const item of collectionsWithPages.flatMap((collection): readonly Item[] => [
    ...bulletin.items[collection].values(),
  ])) {
    const entry = index.items[item.collection]?.packs.findLast((pack) => pack.first <= Number(item.id));
    const { index: items, bytes } = await readPack(entry?.key ?? '');
    const stored = items.items[item.id];
    expect(stored?.status).toBe(item.withdrawal ? 410 : 200);
    expect(Object.keys(stored?.parts ?? {}).sort()).toEqual(['ar', 'en']);
    for (const { language, render } of templates.itemParts(bulletin, item)) {
      const part = stored?.parts[language];
      const slice = bytes.slice(part?.at, (part?.at ?? 0) + (part?.length ?? 0));
      expect(JSON.parse(new TextDecoder().decode(slice))).toEqual(render());
    }
  }
}
