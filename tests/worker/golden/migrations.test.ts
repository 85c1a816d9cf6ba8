import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { MIGRATIONS, migrate, NewerTables } from '../../../worker/newsroom/ledger/migrations.ts';
import { get, staff } from '../staff-client.ts';
import { goldenState, putKvValues, replaceTables, wakeNewsroomOn } from './golden-state.ts';

const state = goldenState();

/** Runs `act` in the Newsroom with this name; gives its result and the schema of the tables after it. */
const tablesAfter = <T>(name: string, act: (storage: DurableObjectStorage) => T) =>
  runInDurableObject(env.NEWSROOM.getByName(name), (_, { storage }) => ({
    result: act(storage),
    schema: schemaOf(storage.sql),
  }));

/** Each table and index with its columns, sorted by name. */
const schemaOf = (sql: SqlStorage) =>
  sql
    .exec<{ name: string }>(
      "SELECT name FROM sqlite_master WHERE substr(name, 1, 4) <> '_cf_' AND substr(name, 1, 7) <> 'sqlite_' ORDER BY name",
    )
    .toArray()
    .map(({ name }) => [
      name,
      ...sql
        .exec<{ name: string; type: string }>('SELECT name, type FROM pragma_table_info(?)', name)
        .toArray()
        .map((column) => `${column.name} ${column.type}`),
    ]);

const dropTables = (storage: DurableObjectStorage) =>
  replaceTables(storage.sql, { schema: [], tables: {}, kv: {} });

describe('the tables', () => {
  it('have the same schema from empty storage, from the tables of version bdb304b, and step by step', async () => {
    const fresh = await tablesAfter('fresh', () => null);
    const old = await tablesAfter('old', (storage) => {
      replaceTables(storage.sql, state);
      migrate(storage);
      migrate(storage); // again, as at each wake
    });
    expect(old.schema).toEqual(fresh.schema);
    const steps = await tablesAfter('steps', (storage) => {
      dropTables(storage);
      for (let n = 1; n <= MIGRATIONS.length; n++) migrate(storage, MIGRATIONS.slice(0, n));
    });
    expect(steps.schema).toEqual(fresh.schema);
  });

  it('keep all their rows', async () => {
    const { result } = await tablesAfter('rows', ({ sql, ...rest }) => {
      const storage = { sql, ...rest } as DurableObjectStorage;
      replaceTables(sql, state);
      return { sql, storage };
    });
    expect(result).toBeTruthy();
    for (const [table, rows] of Object.entries(state.tables)) {
      const { result: count } = await tablesAfter('rows', (storage) => {
        migrate(storage);
        return storage.sql.exec<{ n: number }>(`SELECT count(*) AS n FROM ${table}`).one().n;
      });
      // Counters are added: the tables' version, and the last entry that may be public.
      expect(count, table).toBe(rows.length + (table === 'counter' ? 2 : 0));
    }
  });

  it('number the stored answers of each staff key by age, for the cap on their number', async () => {
    const { result } = await tablesAfter('answers', (storage) => {
      dropTables(storage);
      migrate(storage, MIGRATIONS.slice(0, 2));
      for (const [key, name, atMs] of [
        ['a', 'third', 30],
        ['a', 'first', 10],
        ['b', 'only', 5],
        ['a', 'second', 20],
      ])
        storage.sql.exec(
          "INSERT INTO answered (key, idempotency_key, at_ms, fingerprint, status, body, wanted) VALUES (?, ?, ?, '', 200, '', 1)",
          key,
          name,
          atMs,
        );
      migrate(storage);
      return [...storage.sql.exec('SELECT key, n, idempotency_key FROM answered ORDER BY key, n').raw()];
    });
    expect(result).toEqual([
      ['a', 1, 'first'],
      ['a', 2, 'second'],
      ['a', 3, 'third'],
      ['b', 1, 'only'],
    ]);
  });

  it('stay unchanged when a migration fails, because all of it is undone', async () => {
    const { result, schema } = await tablesAfter('failing', (storage) => {
      replaceTables(storage.sql, state);
      const schemaBefore = schemaOf(storage.sql);
      expect(() =>
        migrate(storage, [...MIGRATIONS, 'CREATE TABLE half (a); SELECT * FROM nowhere;']),
      ).toThrow();
      return schemaBefore;
    });
    expect(schema).toEqual(result);
    const { schema: after } = await tablesAfter('failing', (storage) => migrate(storage));
    expect(after.map(([name]) => name)).toContain('render_fault');
  });

  it('of a newer version stay untouched: nothing is written, and readers still get the release', async () => {
    await putKvValues(env.BULLETIN, state);
    const stub = await wakeNewsroomOn({
      ...state,
      tables: { ...state.tables, counter: [...(state.tables.counter ?? []), { name: 'tables', value: 99 }] },
    });
    const answer = await staff('GET', 'status');
    expect(answer.status).toBe(503);
    expect((await get('/api/v1/live.json')).body.release).toBe(25);
    await expect(runInDurableObject(stub, () => null)).rejects.toThrow(/version 99/);
    await tablesAfter('other', (storage) => {
      storage.sql.exec("INSERT OR REPLACE INTO counter (name, value) VALUES ('tables', 99)");
      expect(() => migrate(storage)).toThrow(NewerTables);
    });
    await evictDurableObject(env.NEWSROOM.getByName('other')).catch(() => null);
  });
});
