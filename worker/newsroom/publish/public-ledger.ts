import type { Bulletin } from '../../model/bulletin.ts';
import type { Instant } from '../../model/instant.ts';
import type { Hash } from '../../model/ledger.ts';
import { digestListPath, ledgerPagePath } from '../../model/path.ts';
import type { ItemPacks } from '../../pack/format.ts';
import { JSON_TYPE } from '../../render/document.ts';
import type { PackedList } from '../documents/digest-list.ts';
import { DIGESTS, encodeItems, type FindCurrentPack, type PackToWrite } from '../documents/item-packs.ts';
import type { Templates } from '../documents/templates.ts';
import { type LedgerPage, LedgerPages } from '../ledger/ledger-pages.ts';
import { LedgerStore, sha256 } from '../ledger/ledger-store.ts';

/**
 * The most pages in a pack, and the most bytes that they have together, unless one page alone has more. The pack of the
 * newest of them is written again whenever a page is complete.
 */
const PAGES_A_PACK = 8;
const BYTES_A_PACK = 500_000;
/** The fewest steps, of at most a hundred entries each, that are made before a release if more are left. */
const MIN_STEPS = 20;
/** The most packs that one release renders. More are due only after an upgrade, or if KV lost its values. */
const MAX_NEW_PACKS = 4;

/** The public ledger of a release. */
export type LedgerPlan = {
  /** The last entry of the ledger. */
  readonly head: { readonly seq: number; readonly hash: Hash };
  /** The newest page; null while older pages are not all rendered. */
  readonly newest: string | null;
  /** The packs of the older pages: each page is like an item. Undefined if there is none. */
  readonly items: ItemPacks | undefined;
  readonly packs: readonly PackToWrite[];
  readonly lists: readonly PackedList[];
};

const PATHS = { json: ledgerPagePath('{id}'), [DIGESTS]: digestListPath('ledger/{id}') };
const ADDRESSES = { name: 'ledger', pagePath: () => '', paths: PATHS };

/** The ledger as the public sees it, in pages. A publish reads the newest entries only. */
export class PublicLedger {
  readonly #storage: DurableObjectStorage;
  readonly #ledger: LedgerStore;
  readonly #pages: LedgerPages;
  #isUnfinished = false;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    this.#ledger = new LedgerStore(storage.sql);
    this.#pages = new LedgerPages(storage.sql, this.#ledger);
  }

  /** Whether the last plan left out some pages: another release must follow. */
  isUnfinished = (): boolean => this.#isUnfinished;

  /** Adds the entries to pages that an older version left, in steps; other calls run between steps. */
  async prepare(isTime: () => boolean, sleep: (ms: number) => Promise<void>): Promise<void> {
    for (let steps = 1; this.#advance() && (steps < MIN_STEPS || !isTime()); steps++) await sleep(0);
  }

  /**
   * Plans the pages of a release. The older ones stay as they are, unless less of their entries is public.
   * @param asOf `publishedAt` of the release that is being made
   */
  plan(templates: Templates, bulletin: Bulletin, currentPack: FindCurrentPack, asOf: Instant): LedgerPlan {
    // What came since the last step of `prepare`. Only a backlog takes more steps than this.
    let isBehind = this.#advance();
    for (let steps = 1; isBehind && steps < MIN_STEPS; steps++) isBehind = this.#advance();
    const render = (page: LedgerPage): string => {
      const next = page.k > 1 ? ledgerPagePath(page.k - 1) : null;
      return templates.ledgerPage(bulletin, this.#pages.entriesOf(page), next, sha256);
    };
    const older = this.#pages.all().slice(0, -1);
    const packs: PackToWrite[] = [];
    const lists: PackedList[] = [];
    const named: { first: number; key: string; since: Instant }[] = [];
    const groups = groupByPack(older);
    for (const group of groups) {
      const first = group[0]?.k ?? 0;
      const name = `ledger/${first}`;
      const stamp = `${templates.ledgerForm} ${group.map(({ last, version }) => `${last}.${version}`).join()}`;
      const current = currentPack(name);
      const kept = current?.stamp === stamp && current.list ? { ...current, list: current.list } : null;
      if (!kept && packs.length === MAX_NEW_PACKS) continue;
      const items = kept ? [] : group.map((page) => asItem(page, render(page)));
      const pack = kept ?? { ...encodeItems(items, asOf, ADDRESSES), since: asOf };
      if ('bytes' in pack) packs.push({ name, stamp, ...pack });
      lists.push(pack.list);
      named.push({ first, key: pack.key, since: pack.since ?? asOf });
    }
    this.#isUnfinished = isBehind || named.length < groups.length;
    const newest = this.#pages.all().at(-1);
    return {
      head: this.#ledger.head(),
      newest: newest && !this.#isUnfinished ? render(newest) : null,
      items: named.length > 0 ? { highest: older.length, packs: named, representations: PATHS } : undefined,
      packs,
      lists,
    };
  }

  #advance = (): boolean => this.#storage.transactionSync(() => this.#pages.advance());
}

/** Groups pages, oldest first, into packs. A complete page never changes its size, so a new one moves no other. */
function groupByPack(pages: readonly LedgerPage[]): readonly LedgerPage[][] {
  const groups: LedgerPage[][] = [];
  let size = 0;
  for (const page of pages) {
    const group = groups.at(-1);
    size += page.size;
    if (group && group.length < PAGES_A_PACK && size <= BYTES_A_PACK) group.push(page);
    else {
      groups.push([page]);
      size = page.size;
    }
  }
  return groups;
}

/** A page in the form of an item without a page of its own, but with JSON. */
const asItem = ({ k }: LedgerPage, content: string) =>
  ({
    serial: k,
    template: '',
    status: 200,
    modified: null,
    parts: {},
    representations: [{ name: 'json', language: '', type: JSON_TYPE, audience: 'data', content }],
  }) as const;
