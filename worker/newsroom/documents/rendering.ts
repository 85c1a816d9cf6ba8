import type { Bulletin, Moment } from '../../model/bulletin.ts';
import { toInstant } from '../../model/instant.ts';
import type { MemoryRows } from '../../model/memory-rows.ts';
import { said } from '../publish/failure.ts';
import { DocumentStore, type OnFault, type Placed, type Renderer } from './document-store.ts';
import { ItemPackStore, type ItemRenderer, type Step } from './item-packs.ts';
import { type ShellRenderer, ShellStore } from './shell-store.ts';

/** The rendering room, as the Newsroom uses it. */
export type Templates = Renderer & ItemRenderer & ShellRenderer;

type Ports = {
  readonly renderer: Templates;
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
  readonly #itemPacks: ItemPackStore;
  readonly #shells: ShellStore;
  readonly #faults = new Set<string>();

  constructor(sql: SqlStorage, ports: Ports) {
    this.#ports = ports;
    this.#documents = new DocumentStore(sql);
    this.#itemPacks = new ItemPackStore(sql);
    this.#shells = new ShellStore(sql);
  }

  /** Whether any document stands as other templates made it. */
  isOutdated = (): boolean => this.#documents.isOutdated(this.#ports.renderer.templateVersion);

  /** The versions of older templates that made some of the parts there are. */
  olderTemplates(): readonly string[] {
    const { templateVersion } = this.#ports.renderer;
    return this.#itemPacks.templates().filter((template) => template !== templateVersion);
  }

  /**
   * Renders ahead of a release, in steps between which other calls are heard: what has changed, in as many as it takes;
   * then, one step at least and until `isTime`, what new templates will look different with. No post waits for the
   * latter, and no release brings more new packs than a second's work.
   * @param isBlocked KV fails: nothing can be brought out, so nothing more than what has changed is piled up
   */
  async prepare(isBlocked: boolean, isTime: () => boolean): Promise<void> {
    const { sleep } = this.#ports;
    while (this.#itemsStep('changed')) await sleep(0);
    if (this.isOutdated()) {
      // What names its release or its moment is made anew with the release itself.
      const moment: Moment = { release: 0, asOf: toInstant(this.#ports.nowMs()) };
      while (this.#documentsStep(moment)) await sleep(0);
    }
    if (!isBlocked) while (this.#itemsStep('all') && !isTime()) await sleep(0);
  }

  /** All of a release, every change up to now in it: most of it is rendered already. */
  make(bulletin: Bulletin, moment: Moment, keyOf: Parameters<ItemPackStore['plan']>[1]) {
    const { renderer } = this.#ports;
    this.#itemPacks.renderSome(
      renderer,
      bulletin,
      { ...NO_STEP, mayWait: this.#mayWait(bulletin) },
      this.#fault,
    );
    this.#shells.keep(renderer, bulletin, moment);
    return {
      placed: this.#documents.render(renderer, bulletin, moment, this.#fault),
      items: this.#itemPacks.plan(bulletin, keyOf),
      older: this.#shells.of(this.olderTemplates()),
    };
  }

  /** Keeps what a release that is public now was made of, and drops the rest. Within the caller's transaction. */
  keep(placed: readonly Placed[]): void {
    this.#documents.keep(placed);
    this.#shells.keepOnly([this.#ports.renderer.templateVersion, ...this.#itemPacks.templates()]);
  }

  /** What could not be rendered since this was asked last, each in words. */
  takeFaults(): readonly string[] {
    const faults = [...this.#faults];
    this.#faults.clear();
    return faults;
  }

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
    return this.#itemPacks.renderSome(this.#ports.renderer, bulletin, { ...STEP, mayWait }, this.#fault);
  }

  /** One step of documents; whether another is needed. */
  #documentsStep(moment: Moment): boolean {
    const bulletin = this.#ports.rows().bulletin();
    return (
      bulletin !== null &&
      this.#documents.renderAhead(this.#ports.renderer, bulletin, moment, DOCUMENTS_A_STEP)
    );
  }

  // One page that can't be rendered must not keep every agency's figures from the public: it is told of instead.
  #fault: OnFault = (what, error) => {
    console.error(`not rendered: ${what}`, error);
    this.#faults.add(`${what} could not be rendered: ${said(error)}`);
  };
}
