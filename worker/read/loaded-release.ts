import { brotliDecompressSync } from 'node:zlib';
import { coded } from '../model/coded.ts';
import { type Instant, toMs } from '../model/instant.ts';
import { homePath, publicShellName, shellPath } from '../model/path.ts';
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
import { type ReadyAnswer, ReadyDocument, type ReleaseHead } from './ready-document.ts';
import type { UnavailablePage, UnavailableSource } from './unavailable.ts';

/** The shell of joined pages in a language. */
export type LoadedShell = {
  readonly shell: Shell;
  /** A part of the ETag of each joined page. */
  readonly etag: string;
  /** When the shell last changed; undefined if not known. */
  readonly modified: Instant | undefined;
  readonly head: ReleaseHead;
};

/** A document whose bytes, or whose part's bytes, are in a cold pack. */
export type ColdDocument = {
  /** Answers 304 and HEAD: it has the metadata without the bytes. */
  readonly ready: ReadyDocument;
  /** The key of the pack. */
  readonly key: string;
  readonly packed: PackedDocument;
};

/** The paths of a representation of a collection's items. */
export type RepresentationPattern = {
  readonly items: ItemPacks;
  readonly name: string;
  readonly pattern: RegExp;
};

/** The memory of an answer without its content: three prepared `Headers` of a dozen lines each, rounded up. */
const HEADERS_BYTES = 8_000;

/** A release in memory, ready to answer. */
export class LoadedRelease implements UnavailableSource {
  readonly index: ReleaseIndex;
  readonly head: ReleaseHead;
  /** By path; empty while the site is not open, so that none of its documents is served. */
  readonly documents: ReadonlyMap<string, ReadyDocument>;
  /** Documents in cold packs, by path. */
  readonly cold: ReadonlyMap<string, ColdDocument>;
  /** The paths of documents that could never be rendered so far; empty while the site is not open. */
  readonly unrendered: ReadonlySet<string>;
  /** The 404 answers: a page by language for people, problem details for programs. */
  readonly notFound: { readonly pages: ReadonlyMap<string, ReadyDocument>; readonly problem: ReadyDocument };
  /** The paths of items' representations, with the group `id` and, if they differ by language, the group `language`. */
  readonly representations: readonly RepresentationPattern[];
  /** Answers built since this release was loaded (joined pages, cold documents, redirects), by path. */
  readonly #answers = new BoundedCache<ReadyAnswer>(16 * 1024 * 1024);
  readonly #bytes: Uint8Array<ArrayBuffer>;
  /** Parsed shells, by their offset in the pack. */
  readonly #shells = new Map<number, Shell>();

  /** @throws if the buffer is not a release */
  constructor(buffer: ArrayBuffer) {
    const { index, bytes } = decodePack<ReleaseIndex>(buffer, 'release');
    this.index = index;
    this.#bytes = bytes;
    this.head = { n: index.n, policy: index.policy, boundaryMs: toMs(index.boundary) };
    this.representations = representationPatterns(index);
    this.documents = index.open ? this.#readyDocuments() : new Map();
    this.cold = index.open ? this.#coldDocuments() : new Map();
    this.unrendered = new Set(index.open ? this.#unrenderedPaths() : []);
    const pages = Object.entries(index.notFound).map(([language, packed]) => {
      return [language, new ReadyDocument(packed, this.head, this.#bytesOf(packed))] as const;
    });
    this.notFound = { pages: new Map(pages), problem: notFoundProblem(this.head) };
  }

  /** The answer for a path, if it is in memory. */
  ready(path: string): ReadyAnswer | undefined {
    return this.documents.get(path) ?? this.#answers.get(path);
  }

  /** Caches an answer for later requests. `sizeBytes` is the memory that its content takes. */
  keep(path: string, answer: ReadyAnswer, sizeBytes: number): void {
    this.#answers.set(path, answer, HEADERS_BYTES + sizeBytes);
  }

  /**
   * The shell of joined pages in a language; null if the release has none.
   * @param template the version of the templates that rendered the part; left out if they are the release's
   */
  shell(language: string, template?: string): LoadedShell | null {
    const found = this.#findShell(language, template);
    if (!found) return null;
    const { packed, etag, modified, head } = found;
    return { shell: this.#shellAt(packed), etag, modified, head };
  }

  /** The same shell's metadata, without parsing the shell. */
  shellHead(language: string, template?: string): Pick<LoadedShell, 'etag' | 'modified' | 'head'> | null {
    return this.#findShell(language, template);
  }

  /**
   * The page that says "this can't be read just now", in the given language or else the default one. Null if the
   * release has no such page, or if the site is not open.
   */
  unavailable(language: string): UnavailablePage | null {
    const { open, unavailable, defaultLanguage } = this.index;
    if (!open || !unavailable) return null;
    const packed = own(unavailable.pages, language) ?? own(unavailable.pages, defaultLanguage);
    return packed ? { page: this.#shellAt(packed), policy: unavailable.policy } : null;
  }

  #shellAt(packed: PackedDocument): Shell {
    const cached = this.#shells.get(packed.at);
    if (cached) return cached;
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
    for (const [path, packed] of [...Object.entries(this.index.documents), ...this.#shellDocuments()])
      documents.set(path, new ReadyDocument(packed, this.head, this.#bytesOf(packed)));
    const home = documents.get(homePath(this.index.defaultLanguage));
    if (home) documents.set('/', home); // the same bytes with the same ETag
    return documents;
  }

  /** The shells as documents, by path: what joined pages share, for those who check pages against a signed release. */
  #shellDocuments(): readonly (readonly [string, PackedDocument])[] {
    const { shells, template, older = {} } = this.index;
    const ofTemplate = (version: string | undefined, byLanguage: ReleaseIndex['shells']) =>
      Object.entries(byLanguage).map(
        ([language, packed]) =>
          [
            shellPath(publicShellName(language, version)),
            { ...packed, type: 'application/json', audience: 'data' },
          ] as const,
      );
    return [
      ...ofTemplate(undefined, shells),
      ...(template === undefined ? [] : ofTemplate(template, shells)),
      ...Object.entries(older).flatMap(([version, { shells }]) => ofTemplate(version, shells)),
    ];
  }

  #unrenderedPaths(): readonly string[] {
    const { unrendered = [], defaultLanguage } = this.index;
    return unrendered.includes(homePath(defaultLanguage)) ? [...unrendered, '/'] : unrendered;
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
    const home = documents.get(homePath(this.index.defaultLanguage)); // cold only if the release would be too large
    if (home) documents.set('/', home);
    return documents;
  }
}

const representationPatterns = ({ items }: ReleaseIndex): readonly RepresentationPattern[] =>
  Object.values(items).flatMap((itemPacks) =>
    Object.entries(itemPacks.representations ?? {}).map(([name, path]) => ({
      items: itemPacks,
      name,
      pattern: new RegExp(`^${RegExp.escape(path).replace(PLACEHOLDER, '(?<$1>[\\w-]+)')}$`),
    })),
  );

// `{id}` and `{language}`, as `RegExp.escape` writes them.
const PLACEHOLDER = /\\\{(id|language)\\\}/g;

function notFoundProblem(head: ReleaseHead): ReadyDocument {
  const json = problemJson({ kind: 'not-found', status: 404, ...coded('page-unknown') });
  const bytes = new Uint8Array(new TextEncoder().encode(json));
  const sizes = { sizeBytes: bytes.length, length: bytes.length };
  const metadata = { type: PROBLEM_TYPE, etag: '', status: 404, encoding: 'identity', ...sizes } as const;
  return new ReadyDocument(metadata, head, bytes);
}

/** An own property of an object from JSON. An inherited one must not be found, because names come from paths. */
const own = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;
