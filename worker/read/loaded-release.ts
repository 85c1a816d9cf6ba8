import { brotliDecompressSync } from 'node:zlib';
import { type Instant, toMs } from '../model/instant.ts';
import {
  decodePack,
  type ItemPacks,
  type PackedDocument,
  type ReleaseIndex,
  type Shell,
} from '../pack/format.ts';
import { BoundedCache } from '../platform/bounded-cache.ts';
import { PROBLEM_TYPE, problemJson } from '../platform/problem-response.ts';
import { joinedHead } from './joined-page.ts';
import { type Ready, ReadyDocument, type ReleaseHead } from './ready-document.ts';
import type { UnavailablePage, UnavailableSource } from './unavailable.ts';

/** The shell of joined pages in a language, its ETag, of which theirs are made, and what they say of the release. */
export type LoadedShell = {
  readonly shell: Shell;
  readonly etag: string;
  /** When it last changed; undefined where that is not known. */
  readonly modified: Instant | undefined;
  readonly head: ReleaseHead;
};

/** Where a document lies whose bytes, or whose part's, are in a pack of their own; what is known of it without them. */
export type ColdDocument = {
  readonly ready: ReadyDocument;
  readonly key: string;
  readonly packed: PackedDocument;
};

/** The paths of a representation of a collection's items. */
export type RepresentationPattern = {
  readonly items: ItemPacks;
  readonly name: string;
  readonly pattern: RegExp;
};

/** What an answer takes beside its content: three prepared `Headers` of a dozen lines each, rounded up. */
const READY_BYTES = 8_000;

/** A release in memory, ready to answer. */
export class LoadedRelease implements UnavailableSource {
  readonly index: ReleaseIndex;
  readonly head: ReleaseHead;
  /** By path; empty while the site is not open, so that nothing of it is served. */
  readonly documents: ReadonlyMap<string, ReadyDocument>;
  /** Documents in packs of their own, by path. */
  readonly cold: ReadonlyMap<string, ColdDocument>;
  /** What is at a path that is not there: a page by language, and what programs get. */
  readonly notFound: { readonly pages: ReadonlyMap<string, ReadyDocument>; readonly problem: ReadyDocument };
  /** What items have beside their pages: the paths, with the groups `id` and, where they differ by it, `language`. */
  readonly representations: readonly RepresentationPattern[];
  /** Answers made since this release was loaded (pages joined, packs read, ways elsewhere), by path. */
  readonly #kept = new BoundedCache<Ready>(16 * 1024 * 1024);
  readonly #bytes: Uint8Array<ArrayBuffer>;
  /** Shells that were asked for, by where they lie. */
  readonly #shells = new Map<number, Shell>();

  /** Throws where the buffer is no release. */
  constructor(buffer: ArrayBuffer) {
    const { index, bytes } = decodePack<ReleaseIndex>(buffer, 'release');
    this.index = index;
    this.#bytes = bytes;
    this.head = { n: index.n, policy: index.policy, boundaryMs: toMs(index.boundary) };
    this.representations = representationPatterns(index);
    this.documents = index.open ? this.#readyDocuments() : new Map();
    this.cold = index.open ? this.#coldDocuments() : new Map();
    const pages = Object.entries(index.notFound).map(([language, packed]) => {
      return [language, new ReadyDocument(packed, this.head, this.#bytesOf(packed))] as const;
    });
    this.notFound = { pages: new Map(pages), problem: notFoundProblem(this.head) };
  }

  /** The answer to whoever asks for a path, if it is in memory. */
  ready(path: string): Ready | undefined {
    return this.documents.get(path) ?? this.#kept.get(path);
  }

  /** Keeps an answer for those who ask after. `sizeBytes` is what its content takes in memory. */
  keep(path: string, ready: Ready, sizeBytes: number): void {
    this.#kept.set(path, ready, READY_BYTES + sizeBytes);
  }

  /**
   * The shell of joined pages in a language; null if the release has none.
   * @param template the version of the templates that made the part, where that need not be the release's own
   */
  shell(language: string, template?: string): LoadedShell | null {
    const found = this.#findShell(language, template);
    if (!found) return null;
    const { packed, etag, modified, head } = found;
    return { shell: this.#shellAt(packed), etag, modified, head };
  }

  /** What is known of that shell without reading it. */
  shellHead(language: string, template?: string): Pick<LoadedShell, 'etag' | 'modified' | 'head'> | null {
    return this.#findShell(language, template);
  }

  /**
   * The page that says something can't be read just now, in a language or else the default one; null if the release has
   * none, or is not open and so shows nothing of itself.
   */
  unavailable(language: string): UnavailablePage | null {
    const { open, unavailable, defaultLanguage } = this.index;
    if (!open || !unavailable) return null;
    const packed = own(unavailable.pages, language) ?? own(unavailable.pages, defaultLanguage);
    return packed ? { page: this.#shellAt(packed), policy: unavailable.policy } : null;
  }

  #shellAt(packed: PackedDocument): Shell {
    const before = this.#shells.get(packed.at);
    if (before) return before;
    const bytes = this.#bytesOf(packed);
    const json = packed.encoding === 'br' ? brotliDecompressSync(bytes) : bytes;
    const shell = JSON.parse(new TextDecoder().decode(json)) as Shell;
    this.#shells.set(packed.at, shell);
    return shell;
  }

  #findShell(language: string, template: string | undefined) {
    const older = template === undefined ? undefined : own(this.index.older ?? {}, template);
    const packed = own((older ?? this.index).shells, language);
    if (!packed) return null;
    const head = older ? { ...this.head, policy: older.policy } : this.head;
    const { etag, modified } = packed;
    return { packed, etag, modified, head };
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
        const { shell, etag, modified } = packed;
        const ready =
          shell === undefined
            ? new ReadyDocument(packed, this.head, null)
            : joinedHead(this, { language: shell, etag, status: 200, modified });
        if (ready) documents.set(path, { ready, key, packed });
      }
    return documents;
  }
}

const representationPatterns = ({ items }: ReleaseIndex): readonly RepresentationPattern[] =>
  Object.values(items).flatMap((of) =>
    Object.entries(of.representations ?? {}).map(([name, path]) => ({
      items: of,
      name,
      pattern: new RegExp(`^${RegExp.escape(path).replace(PLACE, '(?<$1>[\\w-]+)')}$`),
    })),
  );

// `{id}` and `{language}`, escaped.
const PLACE = /\\\{(id|language)\\\}/g;

function notFoundProblem(head: ReleaseHead): ReadyDocument {
  const detail = 'There is nothing at this path.';
  const json = problemJson({ kind: 'not-found', status: 404, detail });
  const bytes = new Uint8Array(new TextEncoder().encode(json));
  const sizes = { sizeBytes: bytes.length, length: bytes.length };
  const sent = { type: PROBLEM_TYPE, etag: '', status: 404, encoding: 'identity', ...sizes } as const;
  return new ReadyDocument(sent, head, bytes);
}

/** A property of an object from JSON, never one it inherits: names come from paths. */
const own = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;
