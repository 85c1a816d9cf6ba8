import type { Instant } from '../../model/instant.ts';
import type { AgencyId } from '../../model/site.ts';
import type { Sized } from './paginate.ts';

/** A staff key's record in the Newsroom: never the key itself. */
export type StaffKey = {
  readonly id: string;
  readonly agency: AgencyId;
  readonly role: string;
  readonly createdAt: Instant;
  readonly revokedAt: Instant | null;
};

type Row = { id: string; agency: string; role: string; created_at: string; revoked_at: string | null };

/** All staff keys ever issued. */
export class StaffKeys {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** The key with an id, or undefined. */
  find(id: string): StaffKey | undefined {
    const [row] = this.#sql.exec<Row>('SELECT * FROM staff_key WHERE id = ?', id).toArray();
    return row && parseKeyRow(row);
  }

  add({ id, agency, role, createdAt }: Omit<StaffKey, 'revokedAt'>): void {
    this.#sql.exec(
      'INSERT INTO staff_key (id, agency, role, created_at) VALUES (?, ?, ?, ?)',
      id,
      agency,
      role,
      createdAt,
    );
  }

  revoke(id: string, at: Instant): void {
    this.#sql.exec('UPDATE staff_key SET revoked_at = ? WHERE id = ?', at, id);
  }

  /** The keys issued before `key`, or all if null, newest first. */
  *issuedBefore(key: StaffKey | null): Iterable<Sized<StaffKey>> {
    const rows = key
      ? this.#sql.exec<Row>(
          'SELECT * FROM staff_key WHERE created_at < ? OR (created_at = ? AND id > ?) ORDER BY created_at DESC, id',
          key.createdAt,
          key.createdAt,
          key.id,
        )
      : this.#sql.exec<Row>('SELECT * FROM staff_key ORDER BY created_at DESC, id');
    for (const row of rows) yield { value: parseKeyRow(row), sizeBytes: KEY_BYTES };
  }

  /** Ids of the revoked keys. The release names them, so that the Worker refuses them without the Newsroom. */
  revoked(): readonly string[] {
    return this.#sql
      .exec<{ id: string }>('SELECT id FROM staff_key WHERE revoked_at IS NOT NULL ORDER BY id')
      .toArray()
      .map((row) => row.id);
  }
}

/** A rough size of a key in an answer. */
const KEY_BYTES = 200;

const parseKeyRow = (row: Row): StaffKey => ({
  id: row.id,
  agency: row.agency as AgencyId,
  role: row.role,
  createdAt: row.created_at as Instant,
  revokedAt: row.revoked_at as Instant | null,
});
