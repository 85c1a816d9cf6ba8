import { ascending } from '../../model/ascending.ts';
import { type ColdPack, encodePack } from '../../pack/format.ts';
import { type PackName, stampOf } from '../../render/document.ts';
import { listDocument, type PackedList } from '../documents/digest-list.ts';
import type { ReleaseDocument } from '../documents/document-store.ts';
import { type FindCurrentPack, type PackToWrite, packKey } from '../documents/item-packs.ts';
import { contentDigest } from '../documents/rendered.ts';
import { concatenate } from './concatenate.ts';

/**
 * The sizes at which a cold pack ends. From `minBytes` on it ends before a document whose path says so, and it never
 * grows past `maxBytes` unless one document alone does. `isByList`: the documents of two lists never share a pack.
 */
type PackSizes = { readonly minBytes: number; readonly maxBytes: number; readonly isByList: boolean };

// Series change together, so they are parted only where one pack would be long to read. Of the archive one document
// changes at a time: small packs keep small what is written then, and what is read for one document.
const COLD: readonly (readonly [PackName, PackSizes])[] = [
  ['series', { minBytes: 1_000_000, maxBytes: 1_000_000, isByList: false }],
  ['archive', { minBytes: 64_000, maxBytes: 1_000_000, isByList: true }],
];

/** One path in this many ends a pack that is large enough. */
const ENDS_ONE_IN = 8;

/** The cold packs of a release, and their lists of digests. */
export type ColdPlan = { readonly cold: readonly ColdPack[]; readonly lists: readonly PackedList[] };

/**
 * The packs of documents that an ordinary publish does not change: gives those that must be written, one after another,
 * and then all that a release says of them. A pack is encoded when it is asked for. Each has a list of the digests of
 * its documents, which is one of its documents too.
 */
export function* coldPacks(
  releaseDocuments: readonly ReleaseDocument[],
  currentPack: FindCurrentPack,
): Generator<PackToWrite, ColdPlan, void> {
  const cold: ColdPack[] = [];
  const lists: PackedList[] = [];
  for (const [name, sizes] of COLD) {
    const members = releaseDocuments.filter((document) => document.pack === name);
    for (const group of groupByPack(members, sizes)) {
      const { documents } = concatenate(group);
      const nameOfPack = `${name}${group[0]?.path}`;
      const stamp = stampOf(documents);
      const current = currentPack(nameOfPack);
      const pack = current?.stamp === stamp ? current : undefined;
      const { list, ...written } = pack?.list ? { ...pack, list: pack.list } : encodeCold(group);
      if ('bytes' in written) yield { ...written, name: nameOfPack, stamp, since: null, list };
      lists.push(list);
      cold.push({ key: written.key, documents: withList(documents, list) });
    }
  }
  return { cold, lists };
}

/** A cold pack of documents and of the list of their digests. */
function encodeCold(group: readonly ReleaseDocument[]): Pick<PackToWrite, 'key' | 'bytes' | 'list'> {
  const listed = listDocument(group);
  const { documents, chunks } = concatenate([...group, listed]);
  const bytes = encodePack({ kind: 'cold' }, chunks);
  const { path, rendered } = listed;
  const document = documents[path];
  const digest = contentDigest(rendered);
  return { key: packKey(bytes), bytes, list: { path, digest, ...(document ? { document } : {}) } };
}

const withList = (documents: ColdPack['documents'], { path, document }: PackedList): ColdPack['documents'] =>
  document ? { ...documents, [path]: document } : documents;

/**
 * Groups documents into packs, the documents of a list next to each other, oldest first. Where a pack ends depends on
 * its own documents and on paths, never on what lies before it (content-defined chunking, as backups use it): a
 * document that is new or grows moves the ends of a pack or two, and all other packs stay as they are.
 */
function groupByPack(
  members: readonly ReleaseDocument[],
  { isByList, ...sizes }: PackSizes,
): readonly ReleaseDocument[][] {
  const ordered = members
    .map((document) => ({ document, order: orderOf(document) }))
    .sort((a, b) => ascending(a.order, b.order));
  const groups: ReleaseDocument[][] = [];
  let group: ReleaseDocument[] = [];
  let sizeBytes = 0;
  for (const [i, { document, order }] of ordered.entries()) {
    const nextBytes = sizeBytes + document.rendered.bytes.length;
    const ends =
      nextBytes > sizes.maxBytes ||
      (sizeBytes >= sizes.minBytes && endsPack(document.path)) ||
      (isByList && listOf(order) !== listOf(ordered[i - 1]?.order ?? order));
    if (group.length > 0 && ends) {
      groups.push(group);
      group = [];
      sizeBytes = 0;
    }
    group.push(document);
    sizeBytes += document.rendered.bytes.length;
  }
  if (group.length > 0) groups.push(group);
  return groups;
}

// An edit of an item changes its month in all languages: these pages lie next to each other. Numbers sort by value.
const orderOf = ({ path, shell }: ReleaseDocument): string => {
  const shared = shell === undefined ? path : path.replace(`/${shell}/`, '/');
  return `${shared.replace(/\d+/g, (digits) => digits.padStart(10, '0'))} ${shell ?? ''}`;
};

/** What the addresses of a list's documents have in common: lists grow at their end. */
const listOf = (order: string): string => order.replace(/\d+| .*/g, '');

/**
 * Whether a pack that is large enough ends before a path: by the path's FNV-1a hash, because it is asked at each
 * publish.
 */
function endsPack(path: string): boolean {
  let hash = 0x811c9dc5;
  for (let i = 0; i < path.length; i++) hash = Math.imul(hash ^ path.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b); // mixes in the last characters, in which paths differ
  return (hash >>> 16) % ENDS_ONE_IN === 0;
}
