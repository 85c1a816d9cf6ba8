import * as v from 'valibot';
import type { Json } from '../../model/json.ts';
import { invalid, ok, type Result, refuse } from '../../model/problem.ts';
import { agencyOf } from '../../model/site.ts';
import { STAFF_PATH } from '../../model/staff-call.ts';
import { exactObject } from '../../model/validation/exact-object.ts';
import { parseWith } from '../../model/validation/parse.ts';
import { conflict, type Decision, type Desk, operatorOnly, type Reading, siteOf, unknownId } from './desk.ts';
import { preconditionFailure } from './precondition.ts';

/** A staff key as the Newsroom knows it: never the key itself. */
export type StaffKeyRow = {
  readonly id: string;
  readonly agency: string;
  readonly role: string;
  readonly created_at: string;
  readonly revoked_at: string | null;
};

/** The key with an id, or undefined. */
export const findKey = (sql: SqlStorage, id: string): StaffKeyRow | undefined =>
  sql.exec<StaffKeyRow>('SELECT * FROM staff_key WHERE id = ?', id).toArray()[0];

/** Ids of revoked keys, for the release: the Worker refuses them by itself. */
export const revokedKeys = (sql: SqlStorage): readonly string[] =>
  sql
    .exec<{ id: string }>('SELECT id FROM staff_key WHERE revoked_at IS NOT NULL ORDER BY id')
    .toArray()
    .map((row) => row.id);

/** `POST keys`: issues an agency a key. `issued` is drawn by the caller; its token is shown this once. */
export function addKey(
  desk: Desk,
  body: Json,
  issued: { readonly id: string; readonly token: string },
): Result<Decision> {
  const problem = operatorOnly(desk);
  if (problem) return refuse(problem);
  const known = siteOf(desk);
  if (!known.ok) return known;
  const schema = exactObject({
    agency: v.string('must be an agency id'),
    role: v.exactOptional(v.literal('publisher', 'must be publisher')),
  });
  const parsed = parseWith(schema, body);
  if (!parsed.ok) return parsed;
  const { agency, role = 'publisher' } = parsed.value;
  if (!agencyOf(known.value, agency))
    return invalid([{ pointer: '#/agency', detail: 'is not an agency of this site' }]);
  return ok({
    kind: 'rows',
    publish: false,
    write: () => {
      desk.sql.exec(
        'INSERT INTO staff_key (id, agency, role, created_at) VALUES (?, ?, ?, ?)',
        issued.id,
        agency,
        role,
        desk.now,
      );
    },
    outcome: {
      status: 201,
      id: issued.id,
      version: 1,
      location: `${STAFF_PATH}/keys/${issued.id}`,
      more: { agency, role, key: issued.token },
    },
  });
}

/** `DELETE keys/{id}`: revokes a key. The Newsroom refuses it at once, the Worker from the next release on. */
export function revokeKey(desk: Desk, id: string, ifMatch: string | null): Result<Decision> {
  const problem = operatorOnly(desk);
  if (problem) return refuse(problem);
  const key = findKey(desk.sql, id);
  if (!key) return unknownId(`there is no key ${id}`);
  const failure = preconditionFailure(ifMatch, versionOf(key));
  if (failure) return refuse(failure);
  if (key.revoked_at !== null) return conflict(`the key ${id} was revoked at ${key.revoked_at}`);
  return ok({
    kind: 'rows',
    publish: true,
    write: () => {
      desk.sql.exec('UPDATE staff_key SET revoked_at = ? WHERE id = ?', desk.now, id);
    },
    outcome: { status: 200, id, version: 2 },
  });
}

/** `GET keys`: every key there ever was, newest first. */
export function listKeys(desk: Desk): Result<Reading> {
  const problem = operatorOnly(desk);
  if (problem) return refuse(problem);
  const rows = desk.sql.exec<StaffKeyRow>('SELECT * FROM staff_key ORDER BY created_at DESC, id').toArray();
  const items = rows.map(listedKey);
  return ok({ body: { items, next: null } });
}

/** `GET keys/{id}`: one key, without its secret. */
export function getKey(desk: Desk, id: string): Result<Reading> {
  const problem = operatorOnly(desk);
  if (problem) return refuse(problem);
  const row = findKey(desk.sql, id);
  return row ? ok({ body: listedKey(row), version: versionOf(row) }) : unknownId(`there is no key ${id}`);
}

const versionOf = (row: StaffKeyRow): number => (row.revoked_at === null ? 1 : 2);

const listedKey = (row: StaffKeyRow) => ({
  id: row.id,
  version: versionOf(row),
  agency: row.agency,
  role: row.role,
  createdAt: row.created_at,
  ...(row.revoked_at === null ? {} : { revokedAt: row.revoked_at }),
});
