import { fillSite } from '../../scripts/seed/fill-site.ts';
import { readSeed } from '../../scripts/seed/read-seed.ts';
import { staffAt } from '../../scripts/seed/staff-client.ts';
import { CURRENT_KEY, type Current } from '../../worker/pack/format.ts';
import { type CountingSite, OPERATOR, staffCall, startCountingSite } from './site-in-miniflare.ts';

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
    return await currentValues(site);
  } finally {
    await site.dispose();
  }
}

/** The keys and values in a site's KV that a reader may ask for: `current`, its release, and all packs. */
export async function currentValues(site: CountingSite['site']): Promise<ReadonlyMap<string, Uint8Array>> {
  const kv = await site.getKVNamespace('BULLETIN');
  const values = new Map<string, Uint8Array>();
  const add = async (key: string) => {
    const value = await kv.get(key, 'arrayBuffer');
    if (value) values.set(key, new Uint8Array(value));
  };
  await add(CURRENT_KEY);
  await add((JSON.parse(new TextDecoder().decode(values.get(CURRENT_KEY))) as Current).key);
  for (let cursor: string | undefined, isComplete = false; !isComplete; ) {
    const list = await kv.list({ prefix: 'pack/', ...(cursor === undefined ? {} : { cursor }) });
    for (const { name } of list.keys) await add(name);
    isComplete = list.list_complete;
    cursor = 'cursor' in list ? list.cursor : undefined;
  }
  return values;
}
