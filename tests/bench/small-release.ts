import { createHash } from 'node:crypto';
import type { Instant } from '../../worker/model/instant.ts';
import {
  CURRENT_KEY,
  type Current,
  encodePack,
  type PackedDocument,
  type ReleaseIndex,
} from '../../worker/pack/format.ts';

const encoder = new TextEncoder();

/** The KV keys and values of the smallest site that tests can use: a home page and one item, `/en/news/1`. */
export function smallRelease(): ReadonlyMap<string, Uint8Array> {
  const part = encoder.encode(JSON.stringify(['news', 'item']));
  const items = encodePack(
    {
      kind: 'items',
      items: {
        '1': { status: 200, template: 'now', parts: { en: { etag: '"part"', at: 0, length: part.length } } },
      },
    },
    [part],
  );
  const chunks = [
    encoder.encode('<h1>Bulletin</h1>'),
    encoder.encode(JSON.stringify(['<p>', '<p>', '</p>'])),
  ];
  let end = 0;
  const [home, shell] = chunks.map((chunk, i): PackedDocument => {
    end += chunk.length;
    const place = { at: end - chunk.length, length: chunk.length, sizeBytes: chunk.length };
    return { type: 'text/html; charset=utf-8', etag: `"${i}"`, status: 200, encoding: 'identity', ...place };
  });
  if (!home || !shell) throw new Error('a document is missing');
  const itemsKey = `pack/${createHash('sha256').update(items).digest('hex').slice(0, 16)}`;
  const index: ReleaseIndex = {
    kind: 'release',
    n: 1,
    publishedAt: '2026-11-24T10:00:00Z' as Instant,
    open: true,
    boundary: '2099-01-01T00:00:00Z' as Instant,
    languages: ['en'],
    defaultLanguage: 'en',
    policy: "default-src 'self'",
    revokedKeys: [],
    documents: { '/en/': home },
    cold: [],
    items: { news: { highest: 1, packs: [{ first: 1, key: itemsKey }] } },
    shells: { en: shell },
    notFound: {},
  };
  const current: Current = { n: 1, key: 'release/1-small', previous: null };
  return new Map([
    [CURRENT_KEY, encoder.encode(JSON.stringify(current))],
    [current.key, encodePack(index, chunks)],
    [itemsKey, items],
  ]);
}
