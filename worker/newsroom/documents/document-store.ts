import type { Bulletin, Moment } from '../../model/bulletin.ts';
import type { Shell } from '../../pack/format.ts';
import type { Document, PackName } from '../../render/document.ts';
import { type Rendered, toRendered } from './rendered.ts';

type Row = {
  path: string;
  stamp: string;
  type: string;
  etag: string;
  encoding: 'br' | 'identity';
  size_bytes: number;
  bytes: ArrayBuffer;
};

/** What the rendering room gives: documents with paths, and pages that stand behind paths of items and of nothing. */
export type Renderer = {
  readonly templateVersion: string;
  readonly policy: string;
  documents(bulletin: Bulletin, moment: Moment): readonly Document[];
  shells(
    bulletin: Bulletin,
    moment: Moment,
  ): readonly { readonly language: string; readonly stamp: string; render(): Shell }[];
  notFoundPages(
    bulletin: Bulletin,
    moment: Moment,
  ): readonly { readonly language: string; readonly stamp: string; render(): string }[];
};

/** Told of what could not be rendered: its path, and why. */
export type OnFault = (what: string, error: unknown) => void;

/** A document of the release being made, with its pack. */
export type Placed = {
  readonly path: string;
  readonly pack: PackName;
  readonly rendered: Rendered;
  /** Of a page that is stored as its part: the language of the shell it is joined with. */
  readonly shell?: string;
};

/** A row holds 2 MB: https://developers.cloudflare.com/durable-objects/platform/limits/ */
const MAX_KEPT_BYTES = 1_900_000;

/** The documents as last rendered, in SQLite and in memory. Rendered again exactly when stamp or templates differ. */
export class DocumentStore {
  readonly #sql: SqlStorage;
  #known: Map<string, Rendered> | null = null;
  /** Rendered ahead of the release that will show it. */
  readonly #ahead = new Map<string, Rendered>();

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /**
   * Renders up to `count` documents that are not as they should be, for `render` to find; says whether some are left.
   * What can't be rendered is left to `render`.
   */
  renderAhead(renderer: Renderer, bulletin: Bulletin, moment: Moment, count: number): boolean {
    const known = this.#load();
    let rendered = 0;
    for (const document of allDocuments(renderer, bulletin, moment)) {
      const { path } = document;
      const stamp = stampOf(renderer, document);
      if (known.get(path)?.stamp === stamp || this.#ahead.get(path)?.stamp === stamp) continue;
      if (rendered === count) return true;
      try {
        this.#ahead.set(path, made(document, stamp));
        rendered += 1;
      } catch {} // told of by whoever must have it
    }
    return false;
  }

  /**
   * Every document of a bulletin at a moment; what did not change is taken as it was, and so is what can't be rendered.
   * Nothing is stored yet.
   * @throws where what can't be rendered was never rendered before, or is a shell, which must fit the parts
   */
  render(renderer: Renderer, bulletin: Bulletin, moment: Moment, onFault: OnFault): readonly Placed[] {
    const known = this.#load();
    return allDocuments(renderer, bulletin, moment).map((document) => {
      const { path, pack, joined } = document;
      const stamp = stampOf(renderer, document);
      const ahead = this.#ahead.get(path);
      const before = ahead?.stamp === stamp ? ahead : known.get(path);
      const place = (rendered: Rendered): Placed => ({
        path,
        pack,
        rendered,
        ...(joined ? { shell: joined.language } : {}),
      });
      if (before?.stamp === stamp) return place(before);
      try {
        return place(made(document, stamp));
      } catch (error) {
        if (!before || !path.startsWith('/')) throw error;
        onFault(path, error);
        return place(before);
      }
    });
  }

  /** Keeps the documents of a release that is public now, and only those. Within the caller's transaction. */
  keep(placed: readonly Placed[]): void {
    const known = this.#load();
    const next = new Map(placed.map(({ path, rendered }) => [path, rendered]));
    // One that fits no row is rendered again after the next wake: it is kept only so as not to.
    for (const [path, rendered] of next)
      if (known.get(path) !== rendered && rendered.bytes.length > MAX_KEPT_BYTES)
        this.#sql.exec('DELETE FROM document WHERE path = ?', path);
      else if (known.get(path) !== rendered)
        this.#sql.exec(
          'INSERT OR REPLACE INTO document (path, stamp, type, etag, encoding, size_bytes, bytes) VALUES (?, ?, ?, ?, ?, ?, ?)',
          path,
          rendered.stamp,
          rendered.type,
          rendered.etag,
          rendered.encoding,
          rendered.sizeBytes,
          rendered.bytes.slice().buffer,
        );
    for (const path of known.keys())
      if (!next.has(path)) this.#sql.exec('DELETE FROM document WHERE path = ?', path);
    this.#known = next;
    this.#ahead.clear();
  }

  /** Whether any document stands as other templates made it. Asked each minute: no document is read for it. */
  isOutdated(templateVersion: string): boolean {
    const made = `${templateVersion}/`;
    return (
      this.#sql
        .exec('SELECT 1 FROM document WHERE substr(stamp, 1, ?) <> ? LIMIT 1', made.length, made)
        .toArray().length > 0
    );
  }

  #load(): Map<string, Rendered> {
    if (this.#known) return this.#known;
    const rows = this.#sql.exec<Row>('SELECT * FROM document').toArray();
    this.#known = new Map(
      rows.map((row) => [
        row.path,
        {
          stamp: row.stamp,
          type: row.type,
          etag: row.etag,
          encoding: row.encoding,
          sizeBytes: row.size_bytes,
          bytes: new Uint8Array(row.bytes),
        },
      ]),
    );
    return this.#known;
  }
}

// A month that grows old is stored as its part from then on: never the one taken for the other.
const stampOf = (renderer: Renderer, { joined, stamp }: Document): string =>
  `${renderer.templateVersion}/${joined ? 'part/' : ''}${stamp}`;

const made = (document: Document, stamp: string): Rendered =>
  toRendered(document.joined ? JSON.stringify(document.joined.part()) : document.render(), {
    ...document,
    stamp,
  });

/** Names that are no paths, under which the pages behind other paths are kept. */
export const shellName = (language: string, template?: string): string =>
  template === undefined ? `shell:${language}` : `shell:${language}:${template}`;
export const notFoundName = (language: string): string => `not-found:${language}`;

/** A shell as it is stored: not compressed, because it is joined with an item's part before it is sent. */
export const SHELL_TYPE = 'text/html; charset=utf-8';
export const shellBytes = (shell: Shell): Uint8Array => new TextEncoder().encode(JSON.stringify(shell));

function allDocuments(renderer: Renderer, bulletin: Bulletin, moment: Moment): readonly Document[] {
  const shells = renderer.shells(bulletin, moment).map(
    (shell): Document => ({
      path: shellName(shell.language),
      type: SHELL_TYPE,
      pack: 'release',
      stamp: shell.stamp,
      render: () => shellBytes(shell.render()),
    }),
  );
  const notFound = renderer.notFoundPages(bulletin, moment).map(
    (page): Document => ({
      path: notFoundName(page.language),
      type: 'text/html; charset=utf-8',
      pack: 'release',
      stamp: page.stamp,
      render: page.render,
    }),
  );
  return [...renderer.documents(bulletin, moment), ...shells, ...notFound];
}
