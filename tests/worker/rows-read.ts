import { runInDurableObject } from 'cloudflare:test';
import { newsroom } from './staff-client.ts';

/** How many rows of SQLite each statement of the Newsroom read while `act` ran. The platform counts and bills them. */
export async function rowsRead(act: () => Promise<unknown>): Promise<ReadonlyMap<string, number>> {
  const cursors: (readonly [string, SqlStorageCursor<Record<string, SqlStorageValue>>])[] = [];
  const prototype: SqlStorage = await runInDurableObject(newsroom(), (_, { storage }) =>
    Object.getPrototypeOf(storage.sql),
  );
  const { exec } = prototype;
  prototype.exec = function counted<T extends Record<string, SqlStorageValue>>(
    this: SqlStorage,
    query: string,
    ...bindings: unknown[]
  ) {
    const cursor = exec.call<SqlStorage, [string, ...unknown[]], SqlStorageCursor<T>>(
      this,
      query,
      ...bindings,
    );
    cursors.push([query, cursor]);
    return cursor;
  };
  try {
    await act();
  } finally {
    prototype.exec = exec;
  }
  const counts = new Map<string, number>();
  for (const [query, cursor] of cursors) counts.set(query, (counts.get(query) ?? 0) + cursor.rowsRead);
  return counts;
}
