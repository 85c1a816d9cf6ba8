import { fillSite } from '../../scripts/seed/fill-site.ts';
import { readSeed } from '../../scripts/seed/read-seed.ts';
import { staffAt } from '../../scripts/seed/staff-client.ts';
import { CURRENT_KEY, type Current } from '../../worker/pack/format.ts';
import { OPERATOR, staffCall, startCountingSite } from './site-in-miniflare.ts';

/** The page of an item that is withdrawn in this KV: it answers 410. */
export const WITHDRAWN_PATH = '/ar/rumours/1';

/** The keys and values in the KV of a site that was filled from `kv-seed/`, and then withdrew an item. */
export async function seededKv(): Promise<ReadonlyMap<string, Uint8Array>> {
  const { site, url } = await startCountingSite();
  try {
    await fillSite(await readSeed('kv-seed'), staffAt(url.origin, OPERATOR), url.origin, () => {});
    const reason = 'To measure the page of a withdrawn item';
    const agency = { 'Nashra-Agency': 'communication-centre' };
    await staffCall(url, 'POST', 'rumours/1/withdrawal', { reason }, agency);
    const kv = await site.getKVNamespace('BULLETIN');
    const { keys } = await kv.list();
    const values = new Map<string, Uint8Array>();
    for (const { name } of keys) {
      const value = await kv.get(name, 'arrayBuffer');
      if (value) values.set(name, new Uint8Array(value));
    }
    return onlyCurrent(values);
  } finally {
    await site.dispose();
  }
}

/** The values without older releases, which no reader asks for. */
function onlyCurrent(values: ReadonlyMap<string, Uint8Array>): ReadonlyMap<string, Uint8Array> {
  const { key } = JSON.parse(new TextDecoder().decode(values.get(CURRENT_KEY))) as Current;
  return new Map([...values].filter(([name]) => name === key || !name.startsWith('release/')));
}
