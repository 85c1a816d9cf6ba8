import { env, evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { brotliDecompressSync } from 'node:zlib';
import format1 from '../../golden/format-1/state.br.base64?raw';

type Blob = { readonly hex: string };
type Value = string | number | null | Blob;

/** The state of a site that a landed version left behind: see tests/golden/README.md. */
export type GoldenState = {
  /** Tables and indexes in the order of their creation, with their CREATE statements. */
  readonly schema: readonly { readonly type: string; readonly name: string; readonly sql: string }[];
  readonly tables: { readonly [table: string]: readonly { readonly [column: string]: Value }[] };
  /** Values by KV key, in hex. */
  readonly kv: { readonly [key: string]: string };
};

/** The golden state of format 1. */
export const goldenState = (): GoldenState =>
  JSON.parse(new TextDecoder().decode(brotliDecompressSync(Uint8Array.fromBase64(format1))));

/** A KV value of a golden state; throws if the key does not exist. */
export function goldenValue({ kv }: GoldenState, key: string): Uint8Array<ArrayBuffer> {
  const hex = kv[key];
  if (hex === undefined) throw new Error(`the golden state has no ${key}`);
  return Uint8Array.fromHex(hex);
}

/** Replaces all tables of a Newsroom with a golden state's tables. */
export function replaceTables(sql: SqlStorage, { schema, tables }: GoldenState): void {
  const existing = sql
    .exec<{ name: string }>(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, 4) <> '_cf_' AND substr(name, 1, 7) <> 'sqlite_'",
    )
    .toArray();
  for (const { name } of existing) sql.exec(`DROP TABLE ${name}`);
  for (const statement of schema) sql.exec(statement.sql);
  for (const [table, rows] of Object.entries(tables))
    for (const row of rows) {
      const columns = Object.keys(row);
      sql.exec(
        `INSERT INTO ${table} (${columns.join()}) VALUES (${columns.map(() => '?').join()})`,
        ...Object.values(row).map((value) =>
          typeof value === 'object' && value !== null ? Uint8Array.fromHex(value.hex) : value,
        ),
      );
    }
}

/** The stub of a Newsroom that wakes in this build on a golden state: it migrates the tables and rebuilds the rows. */
export async function wakeNewsroomOn(state: GoldenState): Promise<DurableObjectStub> {
  const stub = env.NEWSROOM.getByName('newsroom');
  await runInDurableObject(stub, (_, { storage }) => replaceTables(storage.sql, state));
  await evictDurableObject(stub);
  return stub;
}

/** Writes a golden state's packs, release and `current` to KV. */
export async function putKvValues(kv: KVNamespace, state: GoldenState): Promise<void> {
  for (const key of Object.keys(state.kv).reverse()) await kv.put(key, goldenValue(state, key)); // `current` last
}
