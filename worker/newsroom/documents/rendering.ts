import type { Bulletin, Moment } from '../../model/bulletin.ts';
import { type Instant, toInstant } from '../../model/instant.ts';
import type { MemoryRows } from '../../model/memory-rows.ts';
import { readCounter, writeCounter } from '../ledger/counters.ts';
import { DocumentStore, type ReleaseDocuments } from './document-store.ts';
import { fitRelease } from './fit-release.ts';
import { type FindCurrentPack, itemPacks } from './item-packs.ts';
import { ItemParts, type MayWait } from './item-parts.ts';
import { RenderFaults } from './render-faults.ts';
import { type KeptShells, ShellStore } from './shell-store.ts';
import type { Templates } from './templates.ts';
import type { Turns, Work } from './turns.ts';

type Ports = {
  readonly templates: Templates;
  readonly rows: () => MemoryRows;
  readonly nowMs: () => number;
};

/**
 * What a release contains, but the packs of items. `waiting`: how many documents and items still show older settings.
 */
export type RenderedRelease = ReleaseDocuments & { readonly older: readonly KeptShells[] };

/** Renders a bulletin: documents, shells and the parts of items' pages. Each is stored until it changes. */
export class Rendering {
  readonly #sql: SqlStorage;
  readonly #ports: Ports;
  readonly #turns: Turns;
  readonly #documents: DocumentStore;
  readonly #itemParts: ItemParts;
  readonly #shells: ShellStore;
  readonly faults: RenderFaults;

  constructor(sql: SqlStorage, ports: Ports, turns: Turns) {
    this.#sql = sql;
    this.#ports = ports;
    this.#turns = turns;
    this.faults = new RenderFaults(sql);
    this.#documents = new DocumentStore(sql, this.faults);
    this.#itemParts = new ItemParts(sql, this.faults);
    this.#shells = new ShellStore(sql);
  }

  /** Whether any document is from other templates. */
  isOutdated = (): boolean => this.#documents.isOutdated(this.#ports.templates.templateVersion);

  /** Whether everything is to be rendered and written again. */
  mustForget = (): boolean => readCounter(this.#sql, 'render_all') > 0;

  /** Whether the public release still shows pages from older templates, older settings on some pages, or wrong rows. */
  isWaiting = (): boolean =>
    this.mustForget() || this.#olderTemplates().length > 0 || readCounter(this.#sql, 'waiting') > 0;

  /**
   * Renders before a release, in turns; other calls run between turns. First all that has changed. Then, for at least
   * one turn and until `isTime`, pages that differ only by new templates or settings: no change waits for these, and no
   * release adds more new packs than one second's work.
   * @param isBlocked whether KV fails: while nothing can be published, only what has changed is rendered
   * @param isSigned as in `Moment`
   */
  async prepare(isBlocked: boolean, isTime: () => boolean, isSigned: boolean): Promise<void> {
    const bulletin = this.#ports.rows().snapshot();
    if (!bulletin) return;
    const { templates } = this.#ports;
    const waiting = await this.#turns.run(
      this.#itemParts.render(templates, bulletin, this.#now(), this.#mayWait()),
    );
    // Documents that contain the release's number or time are rendered again in `render`.
    const moment: Moment = { release: 0, asOf: this.#now(), isSigned };
    const shown = readCounter(this.#sql, 'settings'); // 0 before the first release, which no figure can overtake
    if (this.isOutdated() || (shown > 0 && shown !== bulletin.revisions.site))
      await this.#turns.run(this.#documents.renderAhead(templates, bulletin, moment, { withWaiting: false }));
    if (!isBlocked && (waiting > 0 || this.isWaiting()))
      await this.#turns.runUntil(this.#renderWaiting(bulletin, moment), isTime);
  }

  /**
   * Renders everything that a release of a bulletin contains, in turns. Most of it is already rendered.
   * @param purges whether the last version of a document that can't be rendered may hold a text that was erased
   * @param isStale whether to stop between two turns, and give null. What is rendered by then is not rendered again
   */
  async render(
    bulletin: Bulletin,
    moment: Moment,
    purges: boolean,
    isStale: () => boolean,
  ): Promise<RenderedRelease | null> {
    const { templates } = this.#ports;
    const parts = this.#itemParts.render(templates, bulletin, moment.asOf, this.#mayWait());
    const waiting = await this.#turns.runUnless(parts, isStale);
    if (waiting === null) return null;
    this.#shells.keep(templates, bulletin, moment);
    const documents = this.#documents.render(templates, bulletin, moment, purges);
    const rendered = await this.#turns.runUnless(documents, isStale);
    if (rendered === null) return null;
    return {
      ...rendered,
      documents: fitRelease(rendered.documents, templates.bounds.releaseBytes),
      waiting: rendered.waiting + waiting,
      older: this.#shells.forTemplates(this.#olderTemplates()),
    };
  }

  /** The packs of items as they were rendered last, one after another. */
  itemPacks(bulletin: Bulletin, { asOf }: Moment, currentPack: FindCurrentPack) {
    return itemPacks(this.#itemParts, bulletin, this.#ports.templates.representationPaths, currentPack, asOf);
  }

  /** Stores what a release that is now public contains, and deletes the rest. Within the caller's transaction. */
  keep({ documents, waiting }: RenderedRelease, { revisions }: Bulletin, publishedAt: Instant): void {
    this.#documents.keep(documents);
    this.#itemParts.notePublished(publishedAt);
    this.#shells.keepOnly([this.#ports.templates.templateVersion, ...this.#itemParts.templates()]);
    writeCounter(this.#sql, 'waiting', waiting);
    writeCounter(this.#sql, 'settings', revisions.site);
  }

  /** Reads again what the tables have, because memory may have changes of a transaction that failed. */
  reload(): void {
    this.#documents.reload();
  }

  /** Makes everything outdated that was rendered, because the rows were wrong. Within the caller's transaction. */
  forget(): void {
    this.#documents.forget();
    this.#itemParts.forget();
    this.#shells.keepOnly([]);
    writeCounter(this.#sql, 'render_all', 0);
  }

  #now = (): Instant => toInstant(this.#ports.nowMs());

  /** The versions of older templates that some parts are still from. */
  #olderTemplates(): readonly string[] {
    const { templateVersion } = this.#ports.templates;
    return this.#itemParts.templates().filter((template) => template !== templateVersion);
  }

  // Parts of these templates are joined with the newest shell, whatever settings they show. Parts from older templates
  // can still be shown if the shells of those templates are stored.
  #mayWait(): MayWait {
    const showable = new Set([
      this.#ports.templates.templateVersion,
      ...this.#olderTemplates().filter((template) => this.#shells.has(template)),
    ]);
    return (template) => showable.has(template);
  }

  *#renderWaiting(bulletin: Bulletin, moment: Moment): Work<void> {
    const { templates } = this.#ports;
    yield* this.#documents.renderAhead(templates, bulletin, moment, { withWaiting: true });
    yield* this.#itemParts.render(templates, bulletin, moment.asOf, () => false);
  }
}
