import { env, evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { brotliDecompressSync } from 'node:zlib';
import format1 from '../../golden/format-1/state.br.base64?raw';

type Blob = { readonly hex: string };
type Value = string | number | null | Blob;

/** The state of a site as a landed version left it: see tests/golden/README.md. */
export type GoldenState = {
  /** Tables and indexes in the order they were made, with the statements that make them. */
  readonly schema: readonly { readonly type: string; readonly name: string; readonly sql: string }[];
  readonly tables: { readonly [table: string]: readonly { readonly [column: string]: Value }[] };
  /** Values by KV key, in hex. */
  readonly kv: { readonly [key: string]: string };
};

/** The state that format 1 was first written in. */
export const goldenState = (): GoldenState =>
  JSON.parse(new TextDecoder().decode(brotliDecompressSync(Uint8Array.fromBase64(format1))));

/** A KV value of a golden state. */
export function goldenValue({ kv }: GoldenState, key: string): Uint8Array<ArrayBuffer> {
  const hex = kv[key];
  if (hex === undefined) throw new Error(`the golden state has no ${key}`);
  return Uint8Array.fromHex(hex);
}

/** Puts a golden state's tables in the place of whatever a Newsroom has. */
export function putTables(sql: SqlStorage, { schema, tables }: GoldenState): void {
  const there = sql
    .exec<{ name: string }>(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, 4) <> '_cf_' AND substr(name, 1, 7) <> 'sqlite_'",
    )
    .toArray();
  for (const { name } of there) sql.exec(`DROP TABLE ${name}`);
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

/** The Newsroom that wakes in this build on a golden state: its tables are brought up to date, its rows made anew. */
export async function wakeOn(state: GoldenState): Promise<DurableObjectStub> {
  const stub = env.NEWSROOM.getByName('newsroom');
  await runInDurableObject(stub, (_, { storage }) => putTables(storage.sql, state));
  await evictDurableObject(stub);
  return stub;
}

/** Puts a golden state's packs, release and `current` into KV. */
export async function putValues(kv: KVNamespace, state: GoldenState): Promise<void> {
  for (const key of Object.keys(state.kv).reverse()) await kv.put(key, goldenValue(state, key)); // `current` last
}
