import { runInDurableObject } from 'cloudflare:test';
import type { Templates } from '../../worker/newsroom/documents/templates.ts';
import { readCounter } from '../../worker/newsroom/ledger/counters.ts';
import { newsroomKv } from './main.ts';
import { newsroom } from './staff-client.ts';

/** How many pages still show older settings. */
export const countWaiting = (): Promise<number> =>
  runInDurableObject(newsroom(), (_, { storage }) => readCounter(storage.sql, 'waiting'));

/** What is rendered in one turn of the Newsroom and written to KV, as `watch` has seen it. */
export type Seen = {
  /** The most characters that were rendered in one turn. */
  largestTurn: number;
  /** All characters of items' parts. */
  parts: number;
  /** The most bytes of packs and releases that were on their way to KV at once. */
  largestHeld: number;
  /** The bytes of all packs and releases that were written, and how many. */
  written: number;
  writes: number;
  /** The bytes of the last release that was written. */
  release: number;
};

const nothing = (): Seen => ({ largestTurn: 0, parts: 0, largestHeld: 0, written: 0, writes: 0, release: 0 });

/**
 * Watches the work of the Newsroom. `templates` are to be deployed; `reset` gives what was seen so far, and begins
 * again.
 */
export function watch(real: Templates) {
  let seen = nothing();
  let turn = 0;
  let held = 0;
  const count = (size: number): void => {
    // Set before the Newsroom sets the timer that ends its turn, so it fires before the next turn begins.
    if (turn === 0) setTimeout(() => (turn = 0), 0);
    turn += size;
    seen.largestTurn = Math.max(seen.largestTurn, turn);
  };
  const templates: Templates = {
    ...real,
    documents: (...args) =>
      real.documents(...args).map((document) => ({
        ...document,
        render: () => counted(document.render(), count),
        ...(document.joined
          ? { joined: { ...document.joined, part: () => countedPart(document.joined?.part() ?? [], count) } }
          : {}),
      })),
    itemParts: (...args) =>
      real.itemParts(...args).map((part) => ({
        ...part,
        render: () =>
          countedPart(part.render(), (size) => {
            seen.parts += size;
            count(size);
          }),
      })),
  };
  return {
    templates,
    /** Call after the Newsroom has started: its KV is the same one after each restart. */
    watchKv(): void {
      const { kv } = newsroomKv();
      const put: (key: string, value: string | ArrayBufferView) => Promise<void> = kv.put.bind(kv);
      kv.put = async (key: string, value: unknown) => {
        const size = ArrayBuffer.isView(value) ? value.byteLength : 0;
        held += size;
        seen.largestHeld = Math.max(seen.largestHeld, held);
        seen.written += size;
        seen.writes += 1;
        if (key.startsWith('release/')) seen.release = size;
        try {
          await put(key, value as string);
        } finally {
          held -= size;
        }
      };
    },
    /** What was seen since the last call. */
    reset(): Seen {
      const last = seen;
      seen = nothing();
      return last;
    },
  };
}

function counted<T extends string | Uint8Array>(content: T, count: (size: number) => void): T {
  count(content.length);
  return content;
}

function countedPart<P extends readonly string[]>(part: P, count: (size: number) => void): P {
  count(part.reduce((sum, text) => sum + text.length, 0));
  return part;
}
