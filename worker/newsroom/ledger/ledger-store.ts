import { hash } from 'node:crypto';
import type { Change, Erasure } from '../../model/change.ts';
import { type PartsToErase, withoutParts } from '../../model/entry-parts.ts';
import type { Instant } from '../../model/instant.ts';
import { changeOf, type Entry, FORM, GENESIS, type Hash } from '../../model/ledger.ts';
import type { AgencyId } from '../../model/site.ts';
import { toEntry } from '../../model/to-entry.ts';
import { LongTexts } from './long-texts.ts';
import type { Sized } from './paginate.ts';

type Row = {
  seq: number;
  at: string;
  agency: string;
  key: string;
  kind: string;
  form: number | null;
  reason: string | null;
  shown: number | null;
  salt: string | null;
  payload: string | null;
  opening: string | null;
  payload_hash: string;
  previous: string;
  hash: string;
};

/**
 * The SHA-256 of a text in UTF-8, as hexadecimal digits. An import needs one or two for each figure: measured in
 * workerd, `hash` takes a third of the time of `createHash`.
 */
export const sha256 = (text: string): Hash => hash('sha256', text, 'hex') as Hash;

/** The ledger in SQLite. Entries are appended and read; only an erasure changes one, by deletion. */
export class LedgerStore {
  readonly #sql: SqlStorage;
  readonly #long: LongTexts;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    this.#long = new LongTexts(sql);
  }

  /** The last entry's seq and hash; 0 and 64 zeros before the first. */
  head(): { readonly seq: number; readonly hash: Hash } {
    const [last] = this.#sql
      .exec<{ seq: number; hash: string }>('SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1')
      .toArray();
    return last ? { seq: last.seq, hash: last.hash as Hash } : { seq: 0, hash: GENESIS };
  }

  /** The seq of the last entry, 0 before the first. */
  lastSeq(): number {
    return this.head().seq;
  }

  /** The erasures, oldest first. */
  *erasures(): Iterable<Erasure> {
    for (const row of this.#sql.exec<Row>(`${SELECT} WHERE kind = 'erasure' ORDER BY seq`)) {
      const change = changeOf(this.#entry(row));
      if (change?.kind === 'erasure') yield change.payload;
    }
  }

  /** Appends the entry of a change, with a new salt, and gives it. */
  append(change: Change, authorship: Parameters<typeof toEntry>[1]): Entry {
    const salt = crypto.getRandomValues(new Uint8Array(16)).toHex();
    const { seq, hash: previous } = this.head();
    const entry = toEntry(change, authorship, { seq: seq + 1, previous, salt }, sha256);
    this.#sql.exec(
      'INSERT INTO entry (seq, at, agency, key, kind, form, reason, shown, salt, payload, payload_hash, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
      entry.seq,
      entry.at,
      entry.agency,
      entry.key,
      entry.kind,
      entry.form ?? null,
      entry.reason ?? null,
      entry.shown ?? null,
      salt,
      this.#long.keep(payloadOwner(entry.seq), JSON.stringify(change.payload)),
      entry.payloadHash,
      entry.previous,
      entry.hash,
    );
    return entry;
  }

  /** The entry with a seq, or undefined. */
  entry(seq: number): Entry | undefined {
    const [row] = this.#sql.exec<Row>(`${SELECT} WHERE seq = ?`, seq).toArray();
    return row && this.#entry(row);
  }

  /** The entries with a seq above `afterSeq`, oldest first. Each is read when the iterator reaches it. */
  *entries(afterSeq: number): Iterable<Sized<Entry>> {
    for (const row of this.#sql.exec<Row & { size: number }>(
      `SELECT entry.*, opening, ifnull(octet_length(payload), 0) + ifnull(octet_length(opening), 0)
        + ifnull((SELECT sum(octet_length(piece)) FROM long_text
          WHERE owner = 'entry/' || seq OR owner = 'opening/' || seq), 0) AS size
        FROM entry LEFT JOIN opening USING (seq) WHERE seq > ? ORDER BY seq`,
      afterSeq,
    ))
      yield { value: this.#entry(row), sizeBytes: row.size };
  }

  /**
   * Permanently deletes an entry's salt and payload, and its reason unless its hash covers the reason (the first form).
   */
  erase(seq: number): void {
    this.#sql.exec(
      'UPDATE entry SET salt = NULL, payload = NULL, reason = CASE WHEN form IS NULL THEN reason END WHERE seq = ?',
      seq,
    );
    this.#sql.exec('DELETE FROM opening WHERE seq = ?', seq);
    this.#long.drop(payloadOwner(seq));
    this.#long.drop(openingOwner(seq));
  }

  /** Permanently deletes some parts of an entry of form 2. */
  eraseParts(entry: Entry, change: Change, parts: PartsToErase): void {
    const { seq, reason, payload, salts, erased } = withoutParts(entry, change, parts, sha256);
    this.#sql.exec(
      'UPDATE entry SET salt = NULL, reason = ?, payload = ? WHERE seq = ?',
      reason ?? null,
      this.#long.keep(payloadOwner(seq), JSON.stringify(payload)),
      seq,
    );
    this.#sql.exec(
      'INSERT OR REPLACE INTO opening (seq, opening) VALUES (?, ?)',
      seq,
      this.#long.keep(openingOwner(seq), JSON.stringify({ salts, erased })),
    );
  }

  #entry(row: Row): Entry {
    return parseEntryRow({
      ...row,
      payload: row.payload && this.#long.whole(payloadOwner(row.seq), row.payload),
      opening: row.opening && this.#long.whole(openingOwner(row.seq), row.opening),
    });
  }
}

const SELECT = 'SELECT entry.*, opening FROM entry LEFT JOIN opening USING (seq)';

const payloadOwner = (seq: number): string => `entry/${seq}`;
const openingOwner = (seq: number): string => `opening/${seq}`;

const parseEntryRow = (row: Row): Entry => ({
  seq: row.seq,
  at: row.at as Instant,
  agency: row.agency as AgencyId,
  key: row.key,
  kind: row.kind as Change['kind'],
  ...(row.form === null ? {} : { form: FORM }),
  ...(row.reason === null ? {} : { reason: row.reason }),
  ...(row.shown === null ? {} : { shown: row.shown }),
  ...(row.salt === null ? {} : { salt: row.salt }),
  ...(row.opening === null ? {} : (JSON.parse(row.opening) as Pick<Entry, 'salts' | 'erased'>)),
  ...(row.payload === null ? {} : { payload: JSON.parse(row.payload) as Change['payload'] }),
  payloadHash: row.payload_hash as Hash,
  previous: row.previous as Hash,
  hash: row.hash as Hash,
});
