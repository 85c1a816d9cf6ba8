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

/** A rendered document of a release, with the pack that holds it. */
export type ReleaseDocument = {
  readonly path: string;
  readonly pack: PackName;
  readonly audience: Audience;
  readonly rendered: Rendered;
  /** Set for a page that is stored as its part: the language of the shell that the part is joined with. */
  readonly shell?: string;
};

/** The documents of a release. `unrendered`: the paths of documents that could never be rendered so far. */
export type ReleaseDocuments = {
  readonly documents: readonly ReleaseDocument[];
  readonly unrendered: readonly string[];
};

/** A row holds 2 MB: https://developers.cloudflare.com/durable-objects/platform/limits/ */
const MAX_ROW_BYTES = 1_900_000;

/**
 * The documents as last rendered, in SQLite and in memory. A document is rendered again exactly when its stamp or the
 * templates differ.
 */
export class DocumentStore {
  readonly #sql: SqlStorage;
  readonly #faults: RenderFaults;
  /** The documents in SQLite, by path; null before they are loaded. */
  #stored: Map<string, Rendered> | null = null;
  /** Documents that were rendered before the release that will show them. */
  readonly #ahead = new Map<string, Rendered>();

  constructor(sql: SqlStorage, faults: RenderFaults) {
    this.#sql = sql;
    this.#faults = faults;
  }

  /**
   * Renders up to `count` outdated documents, for a later `render`; says whether more are left. Skips documents that can't
   * be rendered: `render` handles them.
   */
  renderAhead(templates: Templates, bulletin: Bulletin, moment: Moment, count: number): boolean {
    const stored = this.#load();
    let rendered = 0;
    for (const document of allDocuments(templates, bulletin, moment)) {
      const { path } = document;
      const stamp = stampOf(templates, document);
      if (isForStamp(stored.get(path), stamp) || isForStamp(this.#ahead.get(path), stamp)) continue;
      if (rendered === count) return true;
      try {
        this.#ahead.set(path, renderDocument(document, stamp));
        rendered += 1;
      } catch {} // `render` fails in the same way, and notes the fault
    }
    return false;
  }

  /**
   * Every document of a bulletin at a moment. Unchanged documents are reused. If a document can't be rendered, its last
   * version is used. A page without a last version becomes a plain page that says so; any other document without one is
   * unrendered. Each fault is noted. Nothing is stored yet.
   * @throws if a shell can't be rendered, because a shell must fit the parts; also for a not-found or unavailable page
   */
  render(templates: Templates, bulletin: Bulletin, moment: Moment): ReleaseDocuments {
    const stored = this.#load();
    const failing = new Set<string>();
    const unrendered: string[] = [];
    const documents = allDocuments(templates, bulletin, moment).flatMap((document): ReleaseDocument[] => {
      const { path, pack, joined } = document;
      const stamp = stampOf(templates, document);
      const ahead = this.#ahead.get(path);
      const current = isForStamp(ahead, stamp) ? ahead : stored.get(path);
      const rendered = isForStamp(current, stamp)
        ? current
        : this.#renderOrFallBack(templates, bulletin, moment, document, stamp, current);
      if (rendered?.failedStamp !== null) failing.add(path);
      if (!rendered) {
        unrendered.push(path);
        return [];
      }
      const previous = stored.get(path);
      const modified = previous?.etag === rendered.etag ? previous.modified : moment.asOf;
      const head = { path, pack, audience: audienceOf(document) };
      return [
        { ...head, rendered: { ...rendered, modified }, ...(joined ? { shell: joined.language } : {}) },
      ];
    });
    this.#faults.keepPaths(failing);
    return { documents, unrendered };
  }

  #renderOrFallBack(
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
    }
    try {
      const plain = templates.plainPage(bulletin, moment, document);
      return plain === null ? null : { ...toRendered(plain, { ...document, stamp }), failedStamp: stamp };
    } catch (error) {
      console.error('not even the plain page could be rendered', path, error);
      return null;
    }
  }

  /** Stores the documents of a release that is now public, and deletes all others. Within the caller's transaction. */
  keep(documents: readonly ReleaseDocument[]): void {
    const stored = this.#load();
    const next = new Map(documents.map(({ path, rendered }) => [path, rendered]));
    for (const [path, rendered] of next)
      if (!isUnchanged(stored.get(path), rendered)) this.#put(path, rendered);
    for (const path of stored.keys())
      if (!next.has(path)) this.#sql.exec('DELETE FROM document WHERE path = ?', path);
    this.#stored = next;
    this.#ahead.clear();
  }

  #put(path: string, rendered: Rendered): void {
    // Too big for a row: not stored, so rendered again after a restart.
    if (rendered.bytes.length > MAX_ROW_BYTES) this.#sql.exec('DELETE FROM document WHERE path = ?', path);
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

  /** Makes every document outdated. Documents that are rendered again to the same bytes keep their time. */
  forget(): void {
    this.#sql.exec("UPDATE document SET stamp = stamp || '/wrong', failed_stamp = failed_stamp || '/wrong'");
    this.#stored = null;
    this.#ahead.clear();
  }

  /** Whether any stored document is from other templates. Called each minute, so it reads no document. */
  isOutdated(templateVersion: string): boolean {
    // Two ranges of an index: <> would read every row.
    const template = "substr(ifnull(failed_stamp, stamp), 1, instr(ifnull(failed_stamp, stamp), '/') - 1)";
    const rows = this.#sql.exec(
      `SELECT 1 FROM document WHERE ${template} < ? UNION ALL SELECT 1 FROM document WHERE ${template} > ? LIMIT 1`,
      templateVersion,
      templateVersion,
    );
    return rows.toArray().length > 0;
  }

  #load(): Map<string, Rendered> {
    if (this.#stored) return this.#stored;
    const rows = this.#sql.exec<Row>('SELECT * FROM document').toArray();
    this.#stored = new Map(
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
    return this.#stored;
  }
}

/** Whether a document was rendered for a stamp, or failed to be rendered for it. */
const isForStamp = (rendered: Rendered | undefined, stamp: string): rendered is Rendered =>
  rendered !== undefined && (rendered.failedStamp ?? rendered.stamp) === stamp;

const isUnchanged = (stored: Rendered | undefined, next: Rendered): boolean =>
  stored !== undefined &&
  stored.stamp === next.stamp &&
  stored.etag === next.etag &&
  stored.modified === next.modified &&
  stored.failedStamp === next.failedStamp;

// A month's page changes to its part alone when the month is old. `part/` keeps the two forms apart.
const stampOf = ({ templateVersion }: Templates, { joined, stamp }: Document): string =>
  `${templateVersion}/${joined ? 'part/' : ''}${stamp}`;

const renderDocument = (document: Document, stamp: string): Rendered =>
  toRendered(document.joined ? JSON.stringify(document.joined.part()) : document.render(), {
    ...document,
    stamp,
  });

/** The names, which are not paths, of shells and of pages that are served at any path. */
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
  // Compressed, unlike shells: these pages are sent rarely, but every release contains them.
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
