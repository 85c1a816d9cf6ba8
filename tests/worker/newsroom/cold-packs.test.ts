import { describe, expect, it } from 'vitest';
import type { Instant } from '../../../worker/model/instant.ts';
import type { ReleaseDocument } from '../../../worker/newsroom/documents/document-store.ts';
import type {
  CurrentPack,
  FindCurrentPack,
  PackToWrite,
} from '../../../worker/newsroom/documents/item-packs.ts';
import { digestOf, etagOfDigest } from '../../../worker/newsroom/documents/rendered.ts';
import { coldPacks } from '../../../worker/newsroom/publish/cold-packs.ts';

/** All cold packs of a release at once. */
function planColdPacks(documents: readonly ReleaseDocument[], currentPack: FindCurrentPack) {
  const packs: PackToWrite[] = [];
  const work = coldPacks(documents, currentPack);
  for (let next = work.next(); ; next = work.next()) {
    if (next.done) return { ...next.value, packs };
    packs.push(next.value);
  }
}

const AT = '2021-08-03T11:00:00Z' as Instant;
const LANGUAGES = ['ar', 'en', 'fr'];

function aDocument(path: string, sizeBytes: number, version = 1, shell?: string): ReleaseDocument {
  const bytes = new Uint8Array(sizeBytes).fill(version);
  const digest = digestOf(`${path} ${version} ${sizeBytes}`);
  const etag = etagOfDigest(digest);
  return {
    path,
    pack: 'archive',
    audience: 'data',
    ...(shell === undefined ? {} : { shell }),
    rendered: {
      stamp: etag,
      type: 'application/json',
      etag,
      digest,
      encoding: 'br',
      sizeBytes: 3 * sizeBytes,
      bytes,
      modified: AT,
      failedStamp: null,
    },
  };
}

type Versions = { readonly [path: string]: { readonly sizeBytes: number; readonly version: number } };

/** The archive of a site with this many older pages of news: JSON, sitemaps, and a month for each two pages. */
function anArchive(pages: number, changed: Versions = {}): readonly ReleaseDocument[] {
  const all: ReleaseDocument[] = [];
  const add = (path: string, sizeBytes: number, shell?: string) =>
    all.push(aDocument(path, changed[path]?.sizeBytes ?? sizeBytes, changed[path]?.version ?? 1, shell));
  for (let k = 1; k <= pages; k++) {
    add(`/api/v1/news/page-${k}.json`, 20_000 + ((k * 7919) % 10_000));
    add(`/sitemap-news-${k}.xml`, 2_000 + (k % 7) * 100);
  }
  for (let m = 0; m < pages / 2; m++)
    for (const language of LANGUAGES) {
      const month = `${2000 + Math.floor(m / 12)}-${String((m % 12) + 1).padStart(2, '0')}`;
      add(`/${language}/news/${month}/`, 8_000 + ((m * 104_729) % 4_000), language);
    }
  return all;
}

/** The packs that a release has after it named these documents. */
function written(documents: readonly ReleaseDocument[]): ReadonlyMap<string, CurrentPack> {
  const { packs } = planColdPacks(documents, () => undefined);
  return new Map(packs.map(({ name, stamp, key, list }) => [name, { stamp, key, since: null, list }]));
}

/** The sizes in bytes of the packs that must be written after a change. KV has the packs whose keys it had before. */
function writtenAgain(before: readonly ReleaseDocument[], after: readonly ReleaseDocument[]) {
  const current = written(before);
  const keys = new Set([...current.values()].map(({ key }) => key));
  return planColdPacks(after, (name) => current.get(name))
    .packs.filter(({ key }) => !keys.has(key))
    .map(({ bytes }) => bytes.length);
}

const PAGES = 150;
const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0);

describe('cold packs', () => {
  it('are small, hold each document once, and are few', () => {
    const documents = anArchive(PAGES);
    const { cold, packs, lists } = planColdPacks(documents, () => undefined);
    expect(lists).toHaveLength(packs.length); // each pack has the list of its digests too
    expect(cold.flatMap((pack) => Object.keys(pack.documents)).sort()).toEqual(
      [...documents, ...lists].map(({ path }) => path).sort(),
    );
    for (const { bytes } of packs) expect(bytes.length).toBeLessThanOrEqual(1_010_000);
    const total = sum(packs.map(({ bytes }) => bytes.length));
    expect(total).toBeGreaterThan(5_000_000);
    expect(packs.length).toBeLessThanOrEqual(total / 100_000);
    expect(planColdPacks(anArchive(1), () => undefined).packs).toHaveLength(3); // one for each list
  });

  it('do not depend on the order in which documents are listed', () => {
    const keys = (documents: readonly ReleaseDocument[]) =>
      planColdPacks(documents, () => undefined).packs.map(({ key }) => key);
    expect(keys(anArchive(40).toReversed())).toEqual(keys(anArchive(40)));
  });

  it('are written again only around a document that changes, in whichever pack it lies', () => {
    const before = anArchive(PAGES);
    for (let k = 1; k <= PAGES; k += 19)
      for (const sizeBytes of [20_100, 90_000]) {
        const path = `/api/v1/news/page-${k}.json`;
        const sizes = writtenAgain(before, anArchive(PAGES, { [path]: { sizeBytes, version: 2 } }));
        expect(sizes.length, path).toBeGreaterThanOrEqual(1);
        expect(sizes.length, path).toBeLessThanOrEqual(5);
        expect(sum(sizes), path).toBeLessThanOrEqual(2_000_000);
      }
  });

  it('of an old item’s JSON, month in all languages and sitemap are a few, and a new page moves no others', () => {
    const before = anArchive(PAGES);
    const counts: number[] = [];
    for (let k = 2; k <= PAGES; k += 7) {
      const m = Math.floor((k - 1) / 2);
      const month = `${2000 + Math.floor(m / 12)}-${String((m % 12) + 1).padStart(2, '0')}`;
      const changed = Object.fromEntries([
        [`/api/v1/news/page-${k}.json`, { sizeBytes: 25_010, version: 2 }],
        [`/sitemap-news-${k}.xml`, { sizeBytes: 2_005, version: 2 }],
        ...LANGUAGES.map((tag) => [`/${tag}/news/${month}/`, { sizeBytes: 9_010, version: 2 }]),
      ]);
      const sizes = writtenAgain(before, anArchive(PAGES, changed));
      counts.push(sizes.length);
      expect(sum(sizes), `page ${k}`).toBeLessThanOrEqual(1_500_000);
    }
    console.log('cold packs written for an edit', counts.join());
    expect(Math.max(...counts)).toBeLessThanOrEqual(5);
    for (const pages of [40, 41, 80, 111, PAGES])
      expect(
        writtenAgain(anArchive(pages), anArchive(pages + 1)).length,
        `${pages} pages`,
      ).toBeLessThanOrEqual(5);
  });
});
