import { createHash } from 'node:crypto';
import type { Change } from '../../model/change.ts';
import type { Erasure } from '../../model/fold.ts';
import type { Instant } from '../../model/instant.ts';
import { changeOf, type Entry, GENESIS, type Hash } from '../../model/ledger.ts';
import type { AgencyId } from '../../model/site.ts';
import { LongTexts } from './long-texts.ts';
import type { Sized } from './paginate.ts';

type Row = {
  seq: number;
  at: string;
  agency: string;
  key: string;
  kind: string;
  reason: string | null;
  salt: string | null;
  payload: string | null;
  payload_hash: string;
  previous: string;
  hash: string;
};

/** The SHA-256 of a text in UTF-8, as hexadecimal digits. */
export const sha256 = (text: string): Hash => createHash('sha256').update(text).digest('hex') as Hash;

/** The ledger in SQLite. Entries are appended and read; only an erasure changes one, by deleting its salt and payload. */
export class LedgerStore {
  readonly #sql: SqlStorage;
  readonly #long: LongTexts;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    this.#long = new LongTexts(sql);
  }

  /** The seq of the next entry, and the hash of the entry before it. */
  end(): { readonly seq: number; readonly previous: Hash } {
    const [last] = this.#sql
      .exec<{ seq: number; hash: string }>('SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1')
      .toArray();
    return last ? { seq: last.seq + 1, previous: last.hash as Hash } : { seq: 1, previous: GENESIS };
  }

  /** The last entry's seq and hash; 0 and 64 zeros before the first. */
  head(): { readonly seq: number; readonly hash: Hash } {
    const { seq, previous } = this.end();
    return { seq: seq - 1, hash: previous };
  }

  /** The seq of the last entry, 0 before the first. */
  lastSeq(): number {
    return this.#sql.exec<{ seq: number | null }>('SELECT max(seq) AS seq FROM entry').one().seq ?? 0;
  }

  /** The erasures, oldest first. */
  *erasures(): Iterable<Erasure> {
    for (const row of this.#sql.exec<Row>("SELECT * FROM entry WHERE kind = 'erasure' ORDER BY seq")) {
      const change = changeOf(this.#entry(row));
      if (change?.kind === 'erasure') yield change.payload;
    }
  }

  append(entry: Entry): void {
    this.#sql.exec(
      'INSERT INTO entry (seq, at, agency, key, kind, reason, salt, payload, payload_hash, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
      entry.seq,
      entry.at,
      entry.agency,
      entry.key,
      entry.kind,
      entry.reason ?? null,
      entry.salt ?? null,
      entry.payload === undefined ? null : this.#long.keep(owner(entry.seq), JSON.stringify(entry.payload)),
      entry.payloadHash,
      entry.previous,
      entry.hash,
    );
  }

  /** The entry with a seq, or undefined. */
  entry(seq: number): Entry | undefined {
    const [row] = this.#sql.exec<Row>('SELECT * FROM entry WHERE seq = ?', seq).toArray();
    return row && this.#entry(row);
  }

  /** The entries with a seq above `afterSeq`, oldest first. Each is read when the iterator reaches it. */
  *entries(afterSeq: number): Iterable<Sized<Entry>> {
    for (const row of this.#sql.exec<Row & { size: number }>(
      `SELECT *, ifnull(octet_length(payload), 0) + ifnull((SELECT sum(octet_length(piece)) FROM long_text
        WHERE owner = 'entry/' || seq), 0) AS size FROM entry WHERE seq > ? ORDER BY seq`,
      afterSeq,
    ))
      yield { value: this.#entry(row), sizeBytes: row.size };
  }

  /** Permanently deletes an entry's salt and payload. */
  erase(seq: number): void {
    this.#sql.exec('UPDATE entry SET salt = NULL, payload = NULL WHERE seq = ?', seq);
    this.#long.drop(owner(seq));
  }

  #entry(row: Row): Entry {
    return parseEntryRow({ ...row, payload: row.payload && this.#long.whole(owner(row.seq), row.payload) });
  }
}

const owner = (seq: number): string => `entry/${seq}`;

const parseEntryRow = (row: Row): Entry => ({
  seq: row.seq,
  at: row.at as Instant,
  agency: row.agency as AgencyId,
  key: row.key,
  kind: row.kind as Change['kind'],
  ...(row.reason === null ? {} : { reason: row.reason }),
  ...(row.salt === null ? {} : { salt: row.salt }),
  ...(row.payload === null ? {} : { payload: JSON.parse(row.payload) as Change['payload'] }),
  payloadHash: row.payload_hash as Hash,
  previous: row.previous as Hash,
  hash: row.hash as Hash,
});
