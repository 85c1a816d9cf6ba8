import type { Instant } from '../../model/instant.ts';
import type { Rendered } from './rendered.ts';

type Row = {
  path: string;
  stamp: string;
  type: string;
  etag: string;
  digest: string | null;
  encoding: 'br' | 'identity';
  size_bytes: number;
  bytes: ArrayBuffer;
  modified: Instant | null;
  failed_stamp: string | null;
};

/** A row holds 2 MB: https://developers.cloudflare.com/durable-objects/platform/limits/ */
const MAX_ROW_BYTES = 1_900_000;

/** The rendered documents in SQLite. What a row can't hold of a long one is in `long_text`, as bytes. */
export class DocumentRows {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** All stored documents, by path. */
  all(): Map<string, Rendered> {
    const rows = this.#sql.exec<Row>('SELECT * FROM document').toArray();
    return new Map(
      rows.map((row) => [
        row.path,
        {
          stamp: row.stamp,
          type: row.type,
          etag: row.etag,
          digest: row.digest,
          encoding: row.encoding,
          sizeBytes: row.size_bytes,
          bytes: this.#whole(row),
          modified: row.modified,
          failedStamp: row.failed_stamp,
        },
      ]),
    );
  }

  /** Stores a document in place of the previous one at its path. */
  put(path: string, rendered: Rendered): void {
    const { bytes } = rendered;
    this.#dropRest(path);
    this.#sql.exec(
      'INSERT OR REPLACE INTO document (path, stamp, type, etag, digest, encoding, size_bytes, bytes, modified, failed_stamp) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
      path,
      rendered.stamp,
      rendered.type,
      rendered.etag,
      rendered.digest,
      rendered.encoding,
      rendered.sizeBytes,
      bytes.slice(0, MAX_ROW_BYTES).buffer,
      rendered.modified,
      rendered.failedStamp,
    );
    for (let i = 0, start = MAX_ROW_BYTES; start < bytes.length; i++, start += MAX_ROW_BYTES)
      this.#sql.exec(
        'INSERT INTO long_text (owner, i, piece) VALUES (?, ?, ?)',
        owner(path),
        i,
        bytes.slice(start, start + MAX_ROW_BYTES).buffer,
      );
  }

  /** Deletes the document at a path. */
  drop(path: string): void {
    this.#sql.exec('DELETE FROM document WHERE path = ?', path);
    this.#dropRest(path);
  }

  #dropRest(path: string): void {
    this.#sql.exec('DELETE FROM long_text WHERE owner = ?', owner(path));
  }

  #whole({ path, bytes }: Row): Uint8Array {
    const head = new Uint8Array(bytes);
    if (head.length < MAX_ROW_BYTES) return head;
    const rest = this.#sql
      .exec<{ piece: ArrayBuffer }>('SELECT piece FROM long_text WHERE owner = ? ORDER BY i', owner(path))
      .toArray()
      .map(({ piece }) => new Uint8Array(piece));
    const whole = new Uint8Array(rest.reduce((sum, piece) => sum + piece.length, head.length));
    whole.set(head);
    let end = head.length;
    for (const piece of rest) {
      whole.set(piece, end);
      end += piece.length;
    }
    return whole;
  }
}

const owner = (path: string): string => `document${path}`;
