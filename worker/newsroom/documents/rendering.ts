import type { Bulletin, Moment } from '../../model/bulletin.ts';
import { type Instant, toInstant } from '../../model/instant.ts';
import type { MemoryRows } from '../../model/memory-rows.ts';
import { DocumentStore, type ReleaseDocument } from './document-store.ts';
import { fitRelease } from './fit-release.ts';
import { type FindCurrentPack, planItemPacks } from './item-packs.ts';
import { ItemParts, type Step } from './item-parts.ts';
import { RenderFaults } from './render-faults.ts';
import { ShellStore } from './shell-store.ts';
import type { Templates } from './templates.ts';

type Ports = {
  readonly templates: Templates;
  readonly rows: () => MemoryRows;
  readonly nowMs: () => number;
  readonly sleep: (ms: number) => Promise<void>;
};

/** The most that one step renders: some tens of milliseconds, measured in workerd. Other calls run between steps. */
const STEP = { items: 100, bytes: 1_000_000 } as const;
const NO_STEP = { items: Number.POSITIVE_INFINITY, bytes: Number.POSITIVE_INFINITY } as const;
const DOCUMENTS_A_STEP = 50;

/** Renders a bulletin: documents, shells and the parts of items' pages. Each is stored until it changes. */
export class Rendering {
  readonly #ports: Ports;
  readonly #documents: DocumentStore;
  readonly #itemParts: ItemParts;
  readonly #shells: ShellStore;
  readonly faults: RenderFaults;

  constructor(sql: SqlStorage, ports: Ports) {
    this.#ports = ports;
    this.faults = new RenderFaults(sql);
    this.#documents = new DocumentStore(sql, this.faults);
    this.#itemParts = new ItemParts(sql, this.faults);
    this.#shells = new ShellStore(sql);
  }

  /** Whether any document is from other templates. */
  isOutdated = (): boolean => this.#documents.isOutdated(this.#ports.templates.templateVersion);

  /** The versions of older templates that some parts are still from. */
  olderTemplates(): readonly string[] {
    const { templateVersion } = this.#ports.templates;
    return this.#itemParts.templates().filter((template) => template !== templateVersion);
  }

  /**
   * Renders before a release, in steps; other calls run between steps. The first steps render all that has changed. Then, in
   * at least one step and until `isTime`, items are rendered whose look changes with the new templates: no change waits for
   * these, and no release adds more new packs than one second's work.
   * @param isBlocked whether KV fails: while nothing can be published, only what has changed is rendered
   */
  async prepare(isBlocked: boolean, isTime: () => boolean): Promise<void> {
    const { sleep } = this.#ports;
    while (this.#itemsStep('changed')) await sleep(0);
    if (this.isOutdated()) {
      // Documents that contain the release number or time are rendered again in makeRelease().
      const moment: Moment = { release: 0, asOf: this.#now() };
      while (this.#documentsStep(moment)) await sleep(0);
    }
    if (!isBlocked) while (this.#itemsStep('all') && !isTime()) await sleep(0);
  }

  /**
   * Everything that a release contains, with every change up to now. Most of it is already rendered.
   * @param purges whether the last version of a document that can't be rendered may hold a text that was erased
   */
  makeRelease(bulletin: Bulletin, moment: Moment, currentPack: FindCurrentPack, purges: boolean) {
    const { templates } = this.#ports;
    const step = { ...NO_STEP, mayWait: this.#mayWait(bulletin) };
    this.#itemParts.renderSome(templates, bulletin, moment.asOf, step);
    this.#shells.keep(templates, bulletin, moment);
    const { documents, unrendered } = this.#documents.render(templates, bulletin, moment, purges);
    return {
      documents: fitRelease(documents, templates.bounds.releaseBytes),
      unrendered,
      items: planItemPacks(
        this.#itemParts,
        bulletin,
        templates.representationPaths,
        currentPack,
        moment.asOf,
      ),
      older: this.#shells.forTemplates(this.olderTemplates()),
    };
  }

  /** Stores what a release that is now public contains, and deletes the rest. Within the caller's transaction. */
  keep(documents: readonly ReleaseDocument[], publishedAt: Instant): void {
    this.#documents.keep(documents);
    this.#itemParts.notePublished(publishedAt);
    this.#shells.keepOnly([this.#ports.templates.templateVersion, ...this.#itemParts.templates()]);
  }

  /** Makes everything outdated that was rendered, because the rows were wrong. Within the caller's transaction. */
  forget(): void {
    this.#documents.forget();
    this.#itemParts.forget();
    this.#shells.keepOnly([]);
  }

  #now = (): Instant => toInstant(this.#ports.nowMs());

  // Parts from older templates can still be shown if the shells of those templates are stored.
  #mayWait(bulletin: Bulletin): Step['mayWait'] {
    const showable = new Set(
      this.olderTemplates().filter((template) => this.#shells.has(template, bulletin)),
    );
    return (template) => showable.has(template);
  }

  /** Renders one step of items' parts; says whether another step is needed. */
  #itemsStep(which: 'changed' | 'all'): boolean {
    const bulletin = this.#ports.rows().bulletin();
    if (!bulletin) return false;
    const mayWait = which === 'changed' ? this.#mayWait(bulletin) : () => false;
    return this.#itemParts.renderSome(this.#ports.templates, bulletin, this.#now(), { ...STEP, mayWait });
  }

  /** Renders one step of documents; says whether another step is needed. */
  #documentsStep(moment: Moment): boolean {
    const bulletin = this.#ports.rows().bulletin();
    return (
      bulletin !== null &&
      this.#documents.renderAhead(this.#ports.templates, bulletin, moment, DOCUMENTS_A_STEP)
    );
  }
}
