import { env, runInDurableObject } from 'cloudflare:test';
import { brotliDecompressSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Bulletin } from '../../../worker/model/bulletin.ts';
import { SqlRows } from '../../../worker/newsroom/ledger/sql-rows.ts';
import { renderer } from '../../../worker/newsroom/templates.ts';
import {
  type ColdIndex,
  type Current,
  decodePack,
  type ItemsIndex,
  joinPage,
  type PackedDocument,
  type ReleaseIndex,
} from '../../../worker/pack/format.ts';
import type { Document } from '../../../worker/render/document.ts';
import { goldenState, goldenValue, putTables } from './golden-state.ts';

const state = goldenState();
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const current: Current = JSON.parse(text(goldenValue(state, 'current')));
const release = decodePack<ReleaseIndex>(goldenValue(state, current.key).buffer, 'release');
const moment = { release: release.index.n, asOf: release.index.publishedAt };

const contentOf = ({ at, length, encoding }: PackedDocument, bytes: Uint8Array): string => {
  const own = bytes.subarray(at, at + length);
  return text(encoding === 'br' ? brotliDecompressSync(own) : own);
};

/** What the public could read of the golden release: contents by path, those joined on a read as their parts. */
const published = new Map<string, string>();
for (const [path, document] of Object.entries(release.index.documents))
  published.set(path, contentOf(document, release.bytes));
for (const { key, documents } of release.index.cold) {
  const { bytes } = decodePack<ColdIndex>(goldenValue(state, key).buffer, 'cold');
  for (const [path, document] of Object.entries(documents)) published.set(path, contentOf(document, bytes));
}

/**
 * A document less what may differ by design: the style sheet and the names that hold a file's hash.
 * Every other difference from what bdb304b gave is a line here, with its reason.
 */
function comparable(content: string): string {
  return (
    content
      .replace(/<style>.*?<\/style>/s, '<style></style>')
      .replace(/\/assets\/([a-z]+)-[0-9a-f]{10}\./g, '/assets/$1.')
      // A date beside its weekday is an element, so that larger text can break it between its words.
      .replace(
        /<time ([^>]*)>([^<]*)<span>([^<]*)<\/span>/g,
        (_, day, weekday, date) => `<time ${day}>${weekday}${date.replaceAll(' ', '\u00a0')}`,
      )
  );
}

let bulletin: Bulletin;
beforeAll(async () => {
  await runInDurableObject(env.NEWSROOM.getByName('golden'), (_, { storage }) => {
    putTables(storage.sql, state);
    const loaded = new SqlRows(storage.sql).load().bulletin();
    if (!loaded) throw new Error('the golden state has no settings');
    bulletin = loaded;
  });
});

const freshOf = ({ joined, render }: Document): string => {
  if (joined) return JSON.stringify(joined.part());
  const content = render();
  return typeof content === 'string' ? content : text(content);
};

describe('the public bytes of the state that bdb304b left', () => {
  it('are the same documents', () => {
    const paths = renderer.documents(bulletin, moment).map(({ path }) => path);
    expect(paths.sort()).toEqual([...published.keys()].sort());
  });

  it('are the same in every document', () => {
    for (const document of renderer.documents(bulletin, moment))
      expect(comparable(freshOf(document)), document.path).toBe(
        comparable(published.get(document.path) ?? ''),
      );
  });

  it('are the same in every shell and every page of an address that is not there', () => {
    for (const { language, render } of renderer.shells(bulletin, moment)) {
      const packed = release.index.shells[language];
      expect(comparable(JSON.stringify(render()))).toBe(
        comparable(packed ? contentOf(packed, release.bytes) : ''),
      );
    }
    for (const { language, render } of renderer.notFoundPages(bulletin, moment)) {
      const packed = release.index.notFound[language];
      expect(comparable(render())).toBe(comparable(packed ? contentOf(packed, release.bytes) : ''));
    }
  });

  it('are the same in the page of every item', () => {
    let compared = 0;
    for (const { packs } of Object.values(release.index.items))
      for (const { key } of packs) {
        const { index, bytes } = decodePack<ItemsIndex>(goldenValue(state, key).buffer, 'items');
        const collection = Object.entries(release.index.items).find(([, of]) =>
          of.packs.some((pack) => pack.key === key),
        )?.[0] as 'news' | 'decisions' | 'rumours';
        for (const [id, { parts }] of Object.entries(index.items)) {
          const item = bulletin.items[collection].get(id as never);
          if (!item) throw new Error(`no ${collection} ${id}`);
          for (const { language, render } of renderer.itemParts(bulletin, item)) {
            const { at, length } = parts[language] ?? { at: 0, length: 0 };
            const part = JSON.parse(text(bytes.subarray(at, at + length)));
            expect(joinPage(['', '', '', ''], render()), `${collection}/${id}`).toBe(
              joinPage(['', '', '', ''], part),
            );
            compared += 1;
          }
        }
      }
    expect(compared).toBe(2 * (133 + 10 + 2));
  });
});
