import { env } from 'cloudflare:workers';
import { beforeAll, expect, it } from 'vitest';
import { CURRENT_KEY, PLAIN_FORMAT } from '../../../worker/pack/format.ts';
import { advanceClock } from '../clock.ts';
import { newsContent, setUpSite, staff } from '../staff-client.ts';

/** The format number in a value of KV, as its bytes have it: `current` is JSON, a pack begins with its JSON index. */
function formatOf(key: string, bytes: ArrayBuffer): unknown {
  const isPack = key !== CURRENT_KEY;
  const length = isPack ? new DataView(bytes).getUint32(0) : bytes.byteLength;
  const json = new TextDecoder().decode(new Uint8Array(bytes, isPack ? 4 : 0, length));
  return JSON.parse(json).format;
}

beforeAll(async () => {
  await setUpSite();
  advanceClock(2000);
  await staff('PUT', 'statistics/2021-08-03', { body: { values: { new_cases: 5 } } });
  advanceClock(2000);
  expect((await staff('POST', 'news', { body: newsContent() })).status).toBe(201);
});

it('every value that the Newsroom writes to KV names its format', async () => {
  const { keys } = await env.BULLETIN.list();
  const names = keys.map(({ name }) => name);
  // `current`, releases, the pack of the series and the pack of the item.
  expect(names).toContain(CURRENT_KEY);
  expect(names.filter((name) => name.startsWith('release/')).length).toBeGreaterThanOrEqual(2);
  expect(names.filter((name) => name.startsWith('pack/')).length).toBeGreaterThanOrEqual(2);
  for (const name of names) {
    const bytes = await env.BULLETIN.get(name, 'arrayBuffer');
    expect(bytes && formatOf(name, bytes), name).toBe(PLAIN_FORMAT);
  }
});
