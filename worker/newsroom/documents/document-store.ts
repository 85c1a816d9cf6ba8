import type { Bulletin, Moment } from '../../model/bulletin.ts';
import type { Instant } from '../../model/instant.ts';
import type { Audience, Shell } from '../../pack/format.ts';
import { audienceOf, type Document, type PackName } from '../../render/document.ts';
import type { RenderFaults } from './render-faults.ts';
import { type Rendered, toRendered } from './rendered.ts';
import type { Templates } from './templates.ts';

type Row = {
  path: string;
  stamp: string;
  type: string;
  etag: string;
  encoding: 'br' | 'identity';
  size_bytes: number;
  bytes: ArrayBuffer;
  modified: Instant | null;
  failed_stamp: string | null;
};

/** A document of the release being made, with its pack. */
export type Placed = {
  readonly path: string;
  readonly pack: PackName;
  readonly audience: Audience;
  readonly rendered: Rendered;
  /** Of a page that is stored as its part: the language of the shell it is joined with. */
  readonly shell?: string;
};

/** A row holds 2 MB: https://developers.cloudflare.com/durable-objects/platform/limits/ */
const MAX_KEPT_BYTES = 1_900_000;

/** The documents as last rendered, in SQLite and in memory. Rendered again exactly when stamp or templates differ. */
export class DocumentStore {
  readonly #sql: SqlStorage;
  readonly #faults: RenderFaults;
  #kept: Map<string, Rendered> | null = null;
  /** Rendered ahead of the release that will show it. */
  readonly #ahead = new Map<string, Rendered>();

  constructor(sql: SqlStorage, faults: RenderFaults) {
    this.#sql = sql;
    this.#faults = faults;
  }

  /**
   * Renders up to `count` documents that are out of date, for `render` to find; says whether some are left. What can't be
   * rendered is left to `render`.
   */
  renderAhead(templates: Templates, bulletin: Bulletin, moment: Moment, count: number): boolean {
    const kept = this.#load();
    let rendered = 0;
    for (const document of allDocuments(templates, bulletin, moment)) {
      const { path } = document;
      const stamp = stampOf(templates, document);
      if (isOf(kept.get(path), stamp) || isOf(this.#ahead.get(path), stamp)) continue;
      if (rendered === count) return true;
      try {
        this.#ahead.set(path, renderDocument(document, stamp));
        rendered += 1;
      } catch {} // `render` meets the same fault, and notes it
    }
    return false;
  }

  /**
   * Every document of a bulletin at a moment; what did not change is taken as it was. What can't be rendered stays as it
   * was too; a page that never was rendered is a plain one that says so, and another such document is left out. Each
   * fault is noted. Nothing is stored yet.
   * @throws where a shell can't be rendered, which must fit the parts
   */
  render(templates: Templates, bulletin: Bulletin, moment: Moment): readonly Placed[] {
    const kept = this.#load();
    const failing = new Set<string>();
    const placed = allDocuments(templates, bulletin, moment).flatMap((document) => {
      const { path, pack, joined } = document;
      const stamp = stampOf(templates, document);
      const ahead = this.#ahead.get(path);
      const current = isOf(ahead, stamp) ? ahead : kept.get(path);
      const rendered = isOf(current, stamp)
        ? current
        : this.#renderOrKeep(templates, bulletin, moment, document, stamp, current);
      if (rendered?.failedStamp !== null) failing.add(path);
      if (!rendered) return [];
      const before = kept.get(path);
      const modified = before?.etag === rendered.etag ? before.modified : moment.asOf;
      const place = { path, pack, audience: audienceOf(document) };
      return [
        { ...place, rendered: { ...rendered, modified }, ...(joined ? { shell: joined.language } : {}) },
      ];
    });
    this.#faults.keepPaths(failing);
    return placed;
  }

  #renderOrKeep(
    templates: Templates,
    bulletin: Bulletin,
    moment: Moment,
    document: Document,
    stamp: string,
    current: Rendered | undefined,
  ): Rendered | null {
    const { path } = document;
    try {
      return renderDocument(document, stamp);
    } catch (error) {
      if (!path.startsWith('/')) throw error;
      this.#faults.note(path, error, moment.asOf);
      if (current) return { ...current, failedStamp: stamp };
      const plain = templates.plainPage(bulletin, moment, document);
      return plain === null ? null : { ...toRendered(plain, { ...document, stamp }), failedStamp: stamp };
    }
  }

  /** Keeps the documents of a release that is public now, and only those. Within the caller's transaction. */
  keep(placed: readonly Placed[]): void {
    const kept = this.#load();
    const next = new Map(placed.map(({ path, rendered }) => [path, rendered]));
    for (const [path, rendered] of next) if (!isSame(kept.get(path), rendered)) this.#put(path, rendered);
    for (const path of kept.keys())
      if (!next.has(path)) this.#sql.exec('DELETE FROM document WHERE path = ?', path);
    this.#kept = next;
    this.#ahead.clear();
  }

  #put(path: string, rendered: Rendered): void {
    // Too big for a row: not stored, so rendered again after a restart.
    if (rendered.bytes.length > MAX_KEPT_BYTES) this.#sql.exec('DELETE FROM document WHERE path = ?', path);
    else
      this.#sql.exec(
        'INSERT OR REPLACE INTO document (path, stamp, type, etag, encoding, size_bytes, bytes, modified, failed_stamp) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
        path,
        rendered.stamp,
        rendered.type,
        rendered.etag,
        rendered.encoding,
        rendered.sizeBytes,
        rendered.bytes.slice().buffer,
        rendered.modified,
        rendered.failedStamp,
      );
  }

  /** Whether any document stands as other templates made it. Asked each minute: no document is read for it. */
  isOutdated(templateVersion: string): boolean {
    const prefix = `${templateVersion}/`;
    return (
      this.#sql
        .exec(
          'SELECT 1 FROM document WHERE substr(ifnull(failed_stamp, stamp), 1, ?) <> ? LIMIT 1',
          prefix.length,
          prefix,
        )
        .toArray().length > 0
    );
  }

  #load(): Map<string, Rendered> {
    if (this.#kept) return this.#kept;
    const rows = this.#sql.exec<Row>('SELECT * FROM document').toArray();
    this.#kept = new Map(
      rows.map((row) => [
        row.path,
        {
          stamp: row.stamp,
          type: row.type,
          etag: row.etag,
          encoding: row.encoding,
          sizeBytes: row.size_bytes,
          bytes: new Uint8Array(row.bytes),
          modified: row.modified,
          failedStamp: row.failed_stamp,
        },
      ]),
    );
    return this.#kept;
  }
}

/** Whether a rendered document is what a stamp asks for, or all that can be had of it. */
const isOf = (rendered: Rendered | undefined, stamp: string): rendered is Rendered =>
  rendered !== undefined && (rendered.failedStamp ?? rendered.stamp) === stamp;

const isSame = (kept: Rendered | undefined, next: Rendered): boolean =>
  kept !== undefined &&
  kept.stamp === next.stamp &&
  kept.etag === next.etag &&
  kept.modified === next.modified &&
  kept.failedStamp === next.failedStamp;

// A month that grows old is stored as its part from then on: never the one taken for the other.
const stampOf = ({ templateVersion }: Templates, { joined, stamp }: Document): string =>
  `${templateVersion}/${joined ? 'part/' : ''}${stamp}`;

const renderDocument = (document: Document, stamp: string): Rendered =>
  toRendered(document.joined ? JSON.stringify(document.joined.part()) : document.render(), {
    ...document,
    stamp,
  });

/** Names that are no paths, under which the pages behind other paths are kept. */
export const shellName = (language: string, template?: string): string =>
  template === undefined ? `shell:${language}` : `shell:${language}:${template}`;
export const notFoundName = (language: string): string => `not-found:${language}`;
export const unavailableName = (language: string): string => `unavailable:${language}`;

/** A shell as it is stored: not compressed, because it is joined with an item's part before it is sent. */
export const SHELL_TYPE = 'text/html; charset=utf-8';
export const shellBytes = (shell: Shell): Uint8Array => new TextEncoder().encode(JSON.stringify(shell));

function allDocuments(templates: Templates, bulletin: Bulletin, moment: Moment): readonly Document[] {
  const shells = templates.shells(bulletin, moment).map(
    (shell): Document => ({
      path: shellName(shell.language),
      type: SHELL_TYPE,
      pack: 'release',
      stamp: shell.stamp,
      render: () => shellBytes(shell.render()),
    }),
  );
  const notFound = templates.notFoundPages(bulletin, moment).map(
    (page): Document => ({
      path: notFoundName(page.language),
      type: 'text/html; charset=utf-8',
      pack: 'release',
      stamp: page.stamp,
      render: page.render,
    }),
  );
  // Compressed, unlike shells: hardly anybody is sent one, and everybody's release holds it.
  const unavailable = templates.unavailablePages(bulletin).map(
    (page): Document => ({
      path: unavailableName(page.language),
      type: SHELL_TYPE,
      pack: 'release',
      stamp: page.stamp,
      render: () => JSON.stringify(page.render()),
    }),
  );
  return [...templates.documents(bulletin, moment), ...shells, ...notFound, ...unavailable];
}
