import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verifyLedger } from '../../../scripts/verify-ledger.mjs';
import type { Change } from '../../../worker/model/change.ts';
import { type PartsToErase, withoutParts } from '../../../worker/model/entry-parts.ts';
import { changeOf, type Entry, GENESIS, type Hash } from '../../../worker/model/ledger.ts';
import { toEntry } from '../../../worker/model/to-entry.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex') as Hash;

/** The same, counting its calls. */
function counted() {
  let calls = 0;
  const count = (text: string) => {
    calls += 1;
    return sha256(text);
  };
  return { sha256: count, calls: () => calls };
}

const author = { agency: 'it', key: 'operator', at: '2026-12-01T00:00:00Z', reason: 'a reason' } as never;
const entryOf = (change: Change, previous: Entry | null, hash = sha256) =>
  toEntry(
    change,
    author,
    { seq: (previous?.seq ?? 0) + 1, previous: previous?.hash ?? GENESIS, salt: `salt ${previous?.seq}` },
    hash,
  );

const figures = (days: number, metrics: number): Change => {
  const values = Object.fromEntries(Array.from({ length: metrics }, (_, i) => [`metric_${i}`, i * 1009]));
  const dates = Array.from({ length: days }, (_, i) => `date-${i}`);
  return { kind: 'figures', payload: { days: Object.fromEntries(dates.map((date) => [date, values])) } };
};

const items = (count: number): Change => {
  const list = Array.from({ length: count }, (_, i) => ({ id: String(i + 1), content: { title: `t${i}` } }));
  return { kind: 'items', payload: { collection: 'news', items: list } } as unknown as Change;
};

const sizeOf = (value: unknown): number => JSON.stringify(value).length;

/** The erasure of some parts of an entry. */
function erasureOf({ seq }: Entry, { reason, groups }: PartsToErase): Change {
  const named = [...groups].flatMap(([group, names]) => [...names].map((name) => [group, name] as const));
  const isItem = groups.has('news');
  const payload = {
    seq,
    figures: isItem ? [] : named.map(([date, metric]) => ({ date, metric, reported: true })),
    items: isItem ? named.map(([collection, id]) => ({ collection, id })) : [],
    ...(reason ? { reason: true } : {}),
    partial: true,
  };
  return { kind: 'erasure', payload } as unknown as Change;
}

describe('an entry whose parts can be erased', () => {
  it('is no larger than one of the first form, and takes two hashes more for each part and group', () => {
    for (const [change, parts] of [
      [figures(100, 30), 3000 + 100],
      [items(10_000), 10_000 + 1],
    ] as const) {
      const { sha256: hash, calls } = counted();
      const entry = entryOf(change, null, hash);
      expect(sizeOf(entry) - sizeOf(change.payload)).toBeLessThan(500);
      expect(calls()).toBeLessThanOrEqual(2 * parts + 10);
    }
  });

  it('has some bytes more for each part beside an erased one, and needs no other hashes', () => {
    for (const [change, group, name, beside] of [
      [figures(1000, 30), 'date-500', 'metric_7', 1000 + 30],
      [items(10_000), 'news', '5000', 10_000],
    ] as const) {
      const entry = entryOf(change, null);
      const { sha256: hash, calls } = counted();
      const gone = { reason: false, groups: new Map([[group, new Set([name])]]) };
      const left = withoutParts(entry, change, gone, hash);
      expect(sizeOf(left) - sizeOf(entry)).toBeLessThan(60 * beside);
      expect(calls()).toBeLessThanOrEqual(beside + 10);
    }
  });

  it('verifies whatever is erased of it, in any order, and nothing erased can be found by guessing', () => {
    const part = fc.record({
      reason: fc.boolean(),
      group: fc.nat(3),
      names: fc.uniqueArray(fc.nat(3), { maxLength: 4 }),
    });
    fc.assert(
      fc.property(fc.boolean(), fc.array(part, { minLength: 1, maxLength: 6 }), (areItems, steps) => {
        const change = areItems ? items(4) : figures(3, 4);
        const ledger = [entryOf(change, null)];
        for (const { reason, group, names } of steps) {
          const [entry] = ledger;
          const last = ledger.at(-1);
          const left = entry && changeOf(entry);
          if (!entry || !left || !last) throw new Error('the entry is gone');
          const inGroup = areItems ? 'news' : `date-${group}`;
          const gone = {
            reason: reason && entry.reason !== undefined,
            groups: new Map([
              [inGroup, new Set(names.map((n) => (areItems ? String(n + 1) : `metric_${n}`)))],
            ]),
          };
          ledger[0] = withoutParts(entry, left, gone, sha256);
          ledger.push(entryOf(erasureOf(entry, gone), last));
        }
        expect(verifyLedger(JSON.parse(JSON.stringify(ledger)))).toMatchObject({ fault: null });
        // No salt that is left gives the salt of an erased part: of a group with an erased part, none is left.
        const [{ salts = {}, erased = {} } = {} as Entry] = ledger;
        for (const [group, hashes] of Object.entries(erased))
          if (typeof hashes === 'object')
            for (const name of Object.keys(hashes)) {
              expect(typeof salts[group]).not.toBe('string');
              expect(Object.keys(salts[group] ?? {})).not.toContain(name);
            }
          else expect(salts).not.toHaveProperty(group);
        expect(ledger[0]).not.toHaveProperty('salt');
      }),
      { numRuns: 100 },
    );
  });
});
