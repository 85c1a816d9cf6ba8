import { type Instant, toInstant, toMs } from '../../model/instant.ts';
import type { AgencyId } from '../../model/site.ts';
import type { Scope } from '../../model/staff/scope.ts';
import type { Sized } from './paginate.ts';

/** A staff key's record in the Newsroom: never the key itself. */
export type StaffKey = {
  readonly id: string;
  readonly agency: AgencyId;
  readonly role: string;
  /** What the key is limited to; null: nothing. */
  readonly scope: Scope | null;
  readonly label: string | null;
  readonly createdAt: Instant;
  /** From this instant on the key is refused; null: never. */
  readonly expires: Instant | null;
  /** The hour in which the key was last used; null: never, or not since keys have this field. */
  readonly lastUsedAt: Instant | null;
  readonly revokedAt: Instant | null;
};

type Row = {
  id: string;
  agency: string;
  role: string;
  scope: string | null;
  label: string | null;
  created_at: string;
  expires_at: string | null;
  last_used_at: string | null;
  revoked_at: string | null;
};

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

  add(key: Omit<StaffKey, 'lastUsedAt' | 'revokedAt'>): void {
    this.#sql.exec(
      'INSERT INTO staff_key (id, agency, role, scope, label, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
      key.id,
      key.agency,
      key.role,
      key.scope && JSON.stringify(key.scope),
      key.label,
      key.createdAt,
      key.expires,
    );
  }

  /** Notes that a key was used. Only the first call in an hour writes a row; the operator's key has none. */
  noteUse(id: string, at: Instant): void {
    const key = this.find(id);
    const hour = toInstant(Math.floor(toMs(at) / HOUR_MS) * HOUR_MS);
    if (key && (key.lastUsedAt ?? '') < hour)
      this.#sql.exec('UPDATE staff_key SET last_used_at = ? WHERE id = ?', hour, id);
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

  /**
   * The ids of the revoked keys, and when the others expire, by id. The release has them, so that the Worker refuses
   * such keys without the Newsroom.
   */
  forRelease(): {
    readonly revokedKeys: readonly string[];
    readonly expiringKeys: Readonly<Record<string, Instant>>;
  } {
    const revoked = this.#sql.exec<{ id: string }>(
      'SELECT id FROM staff_key WHERE revoked_at IS NOT NULL ORDER BY id',
    );
    const revokedKeys = [...revoked].map(({ id }) => id);
    const expiring = this.#sql.exec<{ id: string; at: string }>(
      'SELECT id, expires_at AS at FROM staff_key WHERE expires_at IS NOT NULL AND revoked_at IS NULL ORDER BY id',
    );
    const expiringKeys = Object.fromEntries([...expiring].map(({ id, at }) => [id, at as Instant]));
    return { revokedKeys, expiringKeys };
  }
}

/** A rough size of a key in an answer. */
const KEY_BYTES = 400;
const HOUR_MS = 3_600_000;

const parseKeyRow = (row: Row): StaffKey => ({
  id: row.id,
  agency: row.agency as AgencyId,
  role: row.role,
  scope: row.scope === null ? null : (JSON.parse(row.scope) as Scope),
  label: row.label,
  createdAt: row.created_at as Instant,
  expires: row.expires_at as Instant | null,
  lastUsedAt: row.last_used_at as Instant | null,
  revokedAt: row.revoked_at as Instant | null,
});
