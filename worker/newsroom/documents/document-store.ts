import type { Bulletin, Moment } from '../../model/bulletin.ts';
import type { Audience } from '../../pack/format.ts';
import { audienceOf, type Document, type PackName } from '../../render/document.ts';
import { DocumentRows } from './document-rows.ts';
import type { RenderFaults } from './render-faults.ts';
import { contentDigest, type Rendered, toRendered } from './rendered.ts';
import { checkSize, largestCause } from './size-bounds.ts';
import { notFoundName, SHELL_TYPE, shellBytes, shellName, unavailableName } from './stored-names.ts';
import type { Templates } from './templates.ts';
import type { Work } from './turns.ts';

/** A rendered document of a release, with the pack that holds it. */
export type ReleaseDocument = {
  readonly path: string;
  readonly pack: PackName;
  readonly audience: Audience;
  readonly rendered: Rendered;
  /** Set for a page that is stored as its part: the language of the shell that the part is joined with. */
  readonly shell?: string;
};

/** Ends the stamp of a document that may be wrong. */
const WRONG = '/wrong';

/** The documents of a release. */
export type ReleaseDocuments = {
  readonly documents: readonly ReleaseDocument[];
  /** The paths of documents that could never be rendered so far. */
  readonly unrendered: readonly string[];
  /** How many documents still show older settings. */
  readonly waiting: number;
};

/**
 * The documents as last rendered, in SQLite and in memory. A document is rendered again exactly when its stamp or the
 * templates differ.
 */
export class DocumentStore {
  readonly #sql: SqlStorage;
  readonly #rows: DocumentRows;
  readonly #faults: RenderFaults;
  /** The documents in SQLite, by path; null before they are loaded. */
  #stored: Map<string, Rendered> | null = null;
  /** Documents that were rendered since the last release was finished. */
  readonly #ahead = new Map<string, Rendered>();
  /** Stamps, by path, that could not be rendered ahead: no further step tries them. */
  readonly #failedAhead = new Map<string, string>();

  constructor(sql: SqlStorage, faults: RenderFaults) {
    this.#sql = sql;
    this.#rows = new DocumentRows(sql);
    this.#faults = faults;
  }

  /**
   * Renders outdated documents for a later `render`. Skips documents that can't be rendered: `render` handles them.
   * @param withWaiting whether those that may wait, because nothing but their settings differs, or all others
   */
  *renderAhead(
    templates: Templates,
    bulletin: Bulletin,
    moment: Moment,
    { withWaiting }: { readonly withWaiting: boolean },
  ): Work<void> {
    const stored = this.#load();
    for (const document of allDocuments(templates, bulletin, moment)) {
      const { path } = document;
      const stamp = stampOf(templates, document);
      if (isForStamp(stored.get(path), stamp) || isForStamp(this.#ahead.get(path), stamp)) continue;
      if (this.#failedAhead.get(path) === stamp) continue;
      if (withWaiting ? document.settings === undefined : this.#waiting(templates, document)) continue;
      try {
        const rendered = renderDocument(templates, bulletin, document, stamp);
        this.#ahead.set(path, rendered);
        yield rendered.sizeBytes;
      } catch {
        this.#failedAhead.set(path, stamp); // `render` fails in the same way, and notes the fault
      }
    }
  }

  /**
   * Every document of a bulletin at a moment. Unchanged documents are reused, and those that may wait. If a document
   * can't be rendered, its last version is used. A page without a last version becomes a plain page that says so; any
   * other document without one is unrendered. Each fault is noted. Nothing is stored yet.
   * @param purges whether last versions may hold a text that was erased since: then none is used. (What may wait shows
   *   the same content as the document that it stands for, so it holds none.)
   * @throws if a shell can't be rendered, because a shell must fit the parts; also for a not-found or unavailable page
   */
  *render(templates: Templates, bulletin: Bulletin, moment: Moment, purges: boolean): Work<ReleaseDocuments> {
    const stored = this.#load();
    const failing = new Set<string>();
    const unrendered: string[] = [];
    const documents: ReleaseDocument[] = [];
    let waiting = 0;
    for (const document of allDocuments(templates, bulletin, moment)) {
      const { path, pack, joined } = document;
      const stamp = stampOf(templates, document);
      const ahead = this.#ahead.get(path);
      const last = isForStamp(ahead, stamp) ? ahead : stored.get(path);
      const current = purges && !isRenderedFor(last, stamp) ? undefined : last;
      const isCurrent = isForStamp(current, stamp);
      // A document that could not be rendered ahead waits no longer: it would wait for ever.
      const older = isCurrent || this.#failedAhead.has(path) ? undefined : this.#waiting(templates, document);
      const rendered = isCurrent
        ? current
        : (older ?? this.#renderOrFallBack(templates, bulletin, moment, document, stamp, current));
      if (older) waiting += 1;
      else if (!isCurrent) yield rendered?.sizeBytes ?? 0;
      if (rendered?.failedStamp !== null) failing.add(path);
      if (!rendered) {
        unrendered.push(path);
        continue;
      }
      const previous = stored.get(path);
      const modified = previous?.etag === rendered.etag ? previous.modified : moment.asOf;
      documents.push({
        path,
        pack,
        audience: audienceOf(document),
        rendered: { ...rendered, digest: contentDigest(rendered), modified },
        ...(joined ? { shell: joined.language } : {}),
      });
    }
    this.#faults.keepPaths(failing);
    return { documents, unrendered, waiting };
  }

  /** The version of a document that differs from the wanted one by nothing but the settings that it shows. */
  #waiting(templates: Templates, document: Document): Rendered | undefined {
    const { path, settings } = document;
    if (settings === undefined) return undefined;
    const content = contentStamp(templates, document);
    return [this.#ahead.get(path), this.#load().get(path)].find(
      (rendered) =>
        rendered?.failedStamp === null &&
        rendered.stamp.startsWith(content) &&
        !rendered.stamp.endsWith(WRONG),
    );
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
      const rendered = renderDocument(templates, bulletin, document, stamp);
      this.#ahead.set(path, rendered); // in case this release is not finished
      return rendered;
    } catch (error) {
      if (!path.startsWith('/')) throw error;
      this.#faults.note(path, error, moment.asOf);
      if (current) return { ...current, failedStamp: stamp };
    }
    try {
      const plain = templates.plainPage(bulletin, moment, document);
      if (plain === null) return null;
      return { ...toStored(templates, bulletin, { ...document, stamp }, plain), failedStamp: stamp };
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
      if (!isUnchanged(stored.get(path), rendered)) this.#rows.put(path, rendered);
    for (const path of stored.keys()) if (!next.has(path)) this.#rows.drop(path);
    this.#stored = next;
    this.#forgetAhead();
  }

  /** Reads again what the tables have. What was rendered ahead stays. */
  reload(): void {
    this.#stored = null;
  }

  #forgetAhead(): void {
    this.#ahead.clear();
    this.#failedAhead.clear();
  }

  /** Makes every document outdated. Documents that are rendered again to the same bytes keep their time. */
  forget(): void {
    this.#sql.exec('UPDATE document SET stamp = stamp || ?, failed_stamp = failed_stamp || ?', WRONG, WRONG);
    this.reload();
    this.#forgetAhead();
  }

  /** Whether any stored document is from other templates. Called each minute, so it reads no document. */
  isOutdated(templateVersion: string): boolean {
    // Two ranges of an index: <> would read every row.
    const template = "substr(ifnull(failed_stamp, stamp), 1, instr(ifnull(failed_stamp, stamp), '/') - 1)";
    const query = `SELECT 1 FROM document WHERE ${template} < ? UNION ALL SELECT 1 FROM document WHERE ${template} > ?`;
    return this.#sql.exec(`${query} LIMIT 1`, templateVersion, templateVersion).toArray().length > 0;
  }

  #load(): Map<string, Rendered> {
    this.#stored ??= this.#rows.all();
    return this.#stored;
  }
}

/** Whether a document shows what its stamp says. */
const isRenderedFor = (rendered: Rendered | undefined, stamp: string): boolean =>
  rendered?.stamp === stamp && rendered.failedStamp === null;

/** Whether a document was rendered for a stamp, or failed to be rendered for it. */
const isForStamp = (rendered: Rendered | undefined, stamp: string): rendered is Rendered =>
  rendered !== undefined && (rendered.failedStamp ?? rendered.stamp) === stamp;

const isUnchanged = (stored: Rendered | undefined, next: Rendered): boolean =>
  stored !== undefined &&
  stored.stamp === next.stamp &&
  stored.etag === next.etag &&
  stored.digest === next.digest &&
  stored.modified === next.modified &&
  stored.failedStamp === next.failedStamp;

const stampOf = (templates: Templates, document: Document): string =>
  contentStamp(templates, document) + (document.settings ?? '');

// A month's page changes to its part alone when the month is old. `part/` keeps the two forms apart.
const contentStamp = ({ templateVersion }: Templates, { joined, stamp, settings }: Document): string =>
  `${templateVersion}/${joined ? 'part/' : ''}${stamp}${settings === undefined ? '' : '/'}`;

function renderDocument(
  templates: Templates,
  bulletin: Bulletin,
  document: Document,
  stamp: string,
): Rendered {
  const { joined } = document;
  const content = joined ? JSON.stringify(joined.part()) : document.render();
  return toStored(templates, bulletin, { ...document, stamp }, content);
}

/**
 * The stored form of a document's content. What has no path, such as shells, has no bound: no release can do without
 * it.
 * @throws TooLarge if a document with a path is larger than its bounds
 */
function toStored(
  { bounds }: Templates,
  bulletin: Bulletin,
  document: Document,
  content: string | Uint8Array,
): Rendered {
  const { path } = document;
  if (!path.startsWith('/')) return toRendered(content, document);
  const cause = () => largestCause(bulletin, path);
  // Before the content is compressed, which takes long. UTF-8 has at least as many bytes as a text has characters.
  checkSize(content.length, bounds.contentBytes, cause);
  const rendered = toRendered(content, document);
  checkSize(rendered.sizeBytes, bounds.contentBytes, cause);
  checkSize(rendered.bytes.length, bounds.storedBytes, cause);
  return rendered;
}

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
