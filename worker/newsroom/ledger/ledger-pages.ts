import { changeOf, type Entry } from '../../model/ledger.ts';
import { itemsIn } from '../../model/public-entry.ts';
import type { LedgerStore } from './ledger-store.ts';
import type { Sized } from './paginate.ts';

/** A page of the public ledger. `version` goes up when what the public may see of its entries changes. */
export type LedgerPage = {
  /** Counts from 1, the oldest page. */
  readonly k: number;
  /** `seq` of the first and of the last entry. */
  readonly first: number;
  readonly last: number;
  /** About how many bytes its JSON has. */
  readonly size: number;
  readonly version: number;
};

/** A page ends with this many entries, or before an entry that makes it longer than so many bytes. */
const MAX_ENTRIES = 50;
const MAX_SIZE = 64_000;
/** About how many bytes the JSON of an entry has besides its payload. */
const FRAME_BYTES = 500;
/** A step ends with this many entries, or with the entry that brings its payloads to so many bytes. */
const STEP_ENTRIES = 100;
const STEP_BYTES = 1_000_000;

/**
 * How the ledger is cut into pages. Entries are only ever added to the last page, so that all others stay as they are,
 * except if an item is withdrawn or an entry is erased. Each entry is read once, after it was written.
 */
export class LedgerPages {
  readonly #sql: SqlStorage;
  readonly #ledger: LedgerStore;
  /** The stored pages, oldest first; null before they are loaded. */
  #pages: LedgerPage[] | null = null;

  constructor(sql: SqlStorage, ledger: LedgerStore) {
    this.#sql = sql;
    this.#ledger = ledger;
  }

  /** All pages, oldest first. The last one is open: new entries are added to it. */
  all(): readonly LedgerPage[] {
    this.#pages ??= this.#sql
      .exec<LedgerPage>('SELECT k, first, last, size, version FROM ledger_page ORDER BY k')
      .toArray();
    return this.#pages;
  }

  /** Adds some new entries; says whether more are left. Call within a transaction. */
  advance(): boolean {
    const pages = [...this.all()];
    const added: Sized<Entry>[] = [];
    let bytes = 0;
    for (const entry of this.#ledger.entries(pages.at(-1)?.last ?? 0)) {
      added.push(entry);
      bytes += entry.sizeBytes;
      if (added.length === STEP_ENTRIES || bytes >= STEP_BYTES) break;
    }
    if (added.length === 0) return false;
    this.#pages = null; // until all is written
    for (const { value: entry, sizeBytes } of added) {
      this.#add(pages, entry, FRAME_BYTES + sizeBytes);
      this.#noteChange(pages, entry);
    }
    this.#pages = pages;
    return pages.at(-1)?.last !== this.#ledger.lastSeq();
  }

  /** The entries of a page, oldest first. */
  entriesOf({ first, last }: LedgerPage): readonly Entry[] {
    const entries: Entry[] = [];
    for (const { value } of this.#ledger.entries(first - 1)) {
      if (value.seq > last) break;
      entries.push(value);
    }
    return entries;
  }

  #add(pages: LedgerPage[], entry: Entry, size: number): void {
    const { seq } = entry;
    const open = pages.at(-1);
    const isFull = !open || seq - open.first >= MAX_ENTRIES || open.size + size > MAX_SIZE;
    const page: LedgerPage = isFull
      ? { k: (open?.k ?? 0) + 1, first: seq, last: seq, size, version: 1 }
      : { ...open, last: seq, size: open.size + size };
    pages[page.k - 1] = page;
    this.#sql.exec(
      'INSERT OR REPLACE INTO ledger_page (k, first, last, size, version) VALUES (?, ?, ?, ?, ?)',
      page.k,
      page.first,
      page.last,
      page.size,
      page.version,
    );
    for (const { collection, id } of itemsIn(entry))
      this.#sql.exec(
        'INSERT OR IGNORE INTO ledger_item (collection, serial, k) VALUES (?, ?, ?)',
        collection,
        Number(id),
        page.k,
      );
  }

  /** Raises the version of the pages that show less after an entry. */
  #noteChange(pages: LedgerPage[], entry: Entry): void {
    const change = changeOf(entry);
    if (change?.kind === 'erasure') {
      const { seq } = change.payload;
      this.#raise(pages, pages.findLast(({ first }) => first <= seq)?.k);
    } else if (change?.kind === 'withdrawal')
      for (const { k } of this.#sql
        .exec<{ k: number }>(
          'SELECT k FROM ledger_item WHERE collection = ? AND serial = ?',
          change.payload.collection,
          Number(change.payload.id),
        )
        .toArray())
        this.#raise(pages, k);
  }

  #raise(pages: LedgerPage[], k = 0): void {
    const page = pages[k - 1];
    if (!page) return;
    pages[k - 1] = { ...page, version: page.version + 1 };
    this.#sql.exec('UPDATE ledger_page SET version = version + 1 WHERE k = ?', k);
  }
}
