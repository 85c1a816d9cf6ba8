import type { Bulletin, Moment } from '../../model/bulletin.ts';
import { type Instant, toInstant } from '../../model/instant.ts';
import type { MemoryRows } from '../../model/memory-rows.ts';
import { DocumentStore, type Placed } from './document-store.ts';
import { type NamedPacks, planItemPacks } from './item-packs.ts';
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

/** What is rendered at once: other calls are heard after it. Some tens of milliseconds, measured in workerd. */
const STEP = { items: 100, bytes: 1_000_000 } as const;
const NO_STEP = { items: Number.POSITIVE_INFINITY, bytes: Number.POSITIVE_INFINITY } as const;
const DOCUMENTS_A_STEP = 50;

/** What is made of a bulletin to be shown (documents, shells, parts of items' pages), each kept until it changes. */
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

  /** Whether any document stands as other templates made it. */
  isOutdated = (): boolean => this.#documents.isOutdated(this.#ports.templates.templateVersion);

  /** The versions of older templates that made some of the parts there are. */
  olderTemplates(): readonly string[] {
    const { templateVersion } = this.#ports.templates;
    return this.#itemParts.templates().filter((template) => template !== templateVersion);
  }

  /**
   * Renders ahead of a release, in steps between which other calls are heard. First what has changed, in as many steps as
   * it takes. Then, one step at least and until `isTime`, items whose look changes with the new templates; no post waits
   * for these, and no release brings more new packs than a second's work.
   * @param isBlocked KV fails: nothing can be published, so nothing more than what has changed is piled up
   */
  async prepare(isBlocked: boolean, isTime: () => boolean): Promise<void> {
    const { sleep } = this.#ports;
    while (this.#itemsStep('changed')) await sleep(0);
    if (this.isOutdated()) {
      // Documents that contain the release number or time are rendered again in make().
      const moment: Moment = { release: 0, asOf: this.#now() };
      while (this.#documentsStep(moment)) await sleep(0);
    }
    if (!isBlocked) while (this.#itemsStep('all') && !isTime()) await sleep(0);
  }

  /** All of a release, every change up to now in it: most of it is rendered already. */
  make(bulletin: Bulletin, moment: Moment, named: NamedPacks) {
    const { templates } = this.#ports;
    const step = { ...NO_STEP, mayWait: this.#mayWait(bulletin) };
    this.#itemParts.renderSome(templates, bulletin, moment.asOf, step);
    this.#shells.keep(templates, bulletin, moment);
    return {
      placed: this.#documents.render(templates, bulletin, moment),
      items: planItemPacks(this.#itemParts, bulletin, templates.representationPaths, named, moment.asOf),
      older: this.#shells.of(this.olderTemplates()),
    };
  }

  /** Keeps what a release that is public now was made of, and drops the rest. Within the caller's transaction. */
  keep(placed: readonly Placed[], publishedAt: Instant): void {
    this.#documents.keep(placed);
    this.#itemParts.notePublished(publishedAt);
    this.#shells.keepOnly([this.#ports.templates.templateVersion, ...this.#itemParts.templates()]);
  }

  #now = (): Instant => toInstant(this.#ports.nowMs());

  // What older templates made and nothing else has changed, readers can go on having: its shells are kept.
  #mayWait(bulletin: Bulletin): Step['mayWait'] {
    const shown = new Set(this.olderTemplates().filter((template) => this.#shells.has(template, bulletin)));
    return (template) => shown.has(template);
  }

  /** One step of items' parts; whether another is needed. */
  #itemsStep(which: 'changed' | 'all'): boolean {
    const bulletin = this.#ports.rows().bulletin();
    if (!bulletin) return false;
    const mayWait = which === 'changed' ? this.#mayWait(bulletin) : () => false;
    return this.#itemParts.renderSome(this.#ports.templates, bulletin, this.#now(), { ...STEP, mayWait });
  }

  /** One step of documents; whether another is needed. */
  #documentsStep(moment: Moment): boolean {
    const bulletin = this.#ports.rows().bulletin();
    return (
      bulletin !== null &&
      this.#documents.renderAhead(this.#ports.templates, bulletin, moment, DOCUMENTS_A_STEP)
    );
  }
}
