import { brotliDecompressSync } from 'node:zlib';
import { toMs } from '../model/instant.ts';
import { decodePack, type PackedDocument, type ReleaseIndex, type Shell } from '../pack/format.ts';
import { BoundedCache } from '../platform/bounded-cache.ts';
import { joinedHead } from './joined-page.ts';
import { ReadyDocument, type ReleaseHead } from './ready-document.ts';

/** The shell of joined pages in a language, its ETag, of which theirs are made, and what they say of the release. */
export type LoadedShell = { readonly shell: Shell; readonly etag: string; readonly head: ReleaseHead };

/** Where a document lies whose bytes, or whose part's, are in a pack of their own; what is known of it without them. */
export type ColdDocument = {
  readonly ready: ReadyDocument;
  readonly key: string;
  readonly packed: PackedDocument;
};

/** A release in memory, ready to answer. */
export class LoadedRelease {
  readonly index: ReleaseIndex;
  readonly head: ReleaseHead;
  /** By path; empty while the site is not open, so that nothing of it is served. */
  readonly documents: ReadonlyMap<string, ReadyDocument>;
  /** Documents in packs of their own, by path. */
  readonly cold: ReadonlyMap<string, ColdDocument>;
  /** Pages joined since this release was loaded, by path. */
  readonly joined = new BoundedCache<ReadyDocument>(16 * 1024 * 1024);
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #shells = new Map<string, LoadedShell>();

  /** Throws where the buffer is no release. */
  constructor(buffer: ArrayBuffer) {
    const { index, bytes } = decodePack<ReleaseIndex>(buffer, 'release');
    this.index = index;
    this.#bytes = bytes;
    this.head = { n: index.n, policy: index.policy, boundaryMs: toMs(index.boundary) };
    this.documents = index.open ? this.#readyDocuments() : new Map();
    this.cold = index.open ? this.#coldDocuments() : new Map();
  }

  /** The page of a path that is not there, in a language of the site; null if the release has none. */
  notFound(language: string): ReadyDocument | null {
    const packed = own(this.index.notFound, language);
    return packed ? new ReadyDocument(packed, this.head, this.#bytesOf(packed)) : null;
  }

  /**
   * The shell of joined pages in a language; null if the release has none.
   * @param template the version of the templates that made the part, where that need not be the release's own
   */
  shell(language: string, template?: string): LoadedShell | null {
    const found = this.#findShell(language, template);
    if (!found) return null;
    const { name, packed, etag, head } = found;
    const before = this.#shells.get(name);
    if (before) return before;
    const bytes = this.#bytesOf(packed);
    const json = packed.encoding === 'br' ? brotliDecompressSync(bytes) : bytes;
    const loaded = { shell: JSON.parse(new TextDecoder().decode(json)) as Shell, etag, head };
    this.#shells.set(name, loaded);
    return loaded;
  }

  /** What is known of that shell without reading it. */
  shellHead(language: string, template?: string): Pick<LoadedShell, 'etag' | 'head'> | null {
    return this.#findShell(language, template);
  }

  #findShell(language: string, template: string | undefined) {
    const older = template === undefined ? undefined : own(this.index.older ?? {}, template);
    const packed = own((older ?? this.index).shells, language);
    if (!packed) return null;
    const head = older ? { ...this.head, policy: older.policy } : this.head;
    return { name: older ? `${language}/${template}` : language, packed, etag: packed.etag, head };
  }

  #bytesOf = (packed: PackedDocument): Uint8Array<ArrayBuffer> =>
    this.#bytes.subarray(packed.at, packed.at + packed.length);

  #readyDocuments(): Map<string, ReadyDocument> {
    const documents = new Map<string, ReadyDocument>();
    for (const [path, packed] of Object.entries(this.index.documents))
      documents.set(path, new ReadyDocument(packed, this.head, this.#bytesOf(packed)));
    const home = documents.get(`/${this.index.defaultLanguage}/`);
    if (home) documents.set('/', home); // the same bytes under the same ETag
    return documents;
  }

  #coldDocuments(): Map<string, ColdDocument> {
    const documents = new Map<string, ColdDocument>();
    for (const { key, documents: inPack } of this.index.cold)
      for (const [path, packed] of Object.entries(inPack)) {
        const { shell, etag } = packed;
        const ready =
          shell === undefined
            ? new ReadyDocument(packed, this.head, null)
            : joinedHead(this, { language: shell, etag, status: 200 });
        if (ready) documents.set(path, { ready, key, packed });
      }
    return documents;
  }
}

/** A property of an object from JSON, never one it inherits: names come from paths. */
const own = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;
