import { abortAllDurableObjects, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { writeCounter } from '../../worker/newsroom/ledger/counters.ts';
import { startOver } from './main.ts';
import { newsroom } from './staff-client.ts';

/** No test publishes more often on one site. */
const MAX_RELEASES = 10_000;

/**
 * Empties the storage of the Newsroom and KV, and forgets faults and templates. The runtime's isolate keeps the last
 * release and never serves a lower number, so the numbers of the next site begin higher. The clock goes on. `reset()` of
 * cloudflare:test does not do: if hundreds of keys were written, they are back some time after it.
 */
export async function emptySite(): Promise<void> {
  await runInDurableObject(newsroom(), (_, { storage }) => storage.deleteAll());
  await abortAllDurableObjects();
  for (;;) {
    const { keys, list_complete } = await env.BULLETIN.list();
    await Promise.all(keys.map(({ name }) => env.BULLETIN.delete(name)));
    if (list_complete) break;
  }
  const first = startOver() * MAX_RELEASES;
  await runInDurableObject(newsroom(), (_, { storage }) => writeCounter(storage.sql, 'release', first));
}
