import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { canonical, parseLedger, verifyLedger } from '../../scripts/verify-ledger.mjs';
import type { Change } from '../../worker/model/change.ts';
import { withoutParts } from '../../worker/model/entry-parts.ts';
import { toInstant } from '../../worker/model/instant.ts';
import { type Entry, GENESIS, type Hash } from '../../worker/model/ledger.ts';
import type { AgencyId } from '../../worker/model/site.ts';
import { toEntry } from '../../worker/model/to-entry.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex') as Hash;

const changeOf = (seq: number) => {
  const days = { '2021-08-03': { new_cases: seq, 'حالات ✓': null } };
  return { kind: 'figures', payload: { days } } as unknown as Change;
};
const authorOf = (seq: number) => ({
  agency: 'health-ministry' as AgencyId,
  key: 'operator',
  at: toInstant(seq * 1000),
  reason: 'سبب',
});

/** A ledger as the Newsroom writes it, with invented figures. */
function aLedger(size: number): readonly Entry[] {
  const entries: Entry[] = [];
  for (let seq = 1; seq <= size; seq++) {
    const previous = entries.at(-1)?.hash ?? GENESIS;
    entries.push(toEntry(changeOf(seq), authorOf(seq), { seq, previous, salt: `salt-${seq}` }, sha256));
  }
  return entries;
}

/** The same ledger in the first form, as older versions wrote it. */
function aFirstFormLedger(size: number): readonly Entry[] {
  const entries: Entry[] = [];
  for (let seq = 1; seq <= size; seq++) {
    const { kind, payload } = changeOf(seq);
    const salt = `salt-${seq}`;
    const payloadHash = sha256(canonical({ payload, salt }));
    const head = { seq, ...authorOf(seq), kind, payloadHash, previous: entries.at(-1)?.hash ?? GENESIS };
    entries.push({ ...head, hash: sha256(canonical(head)), salt, payload });
  }
  return entries;
}

/** An entry without some of its figures and without its reason, and the entry of the erasure after `last`. */
function erasedInPart(entry: Entry, last: Entry): readonly [Entry, Entry] {
  const parts = { reason: true, groups: new Map([['2021-08-03', new Set(['new_cases'])]]) };
  const figures = [{ date: '2021-08-03', metric: 'new_cases', reported: true }];
  const payload = { seq: entry.seq, figures, items: [], reason: true, partial: true };
  const erasure = { kind: 'erasure', payload } as unknown as Change;
  const link = { seq: last.seq + 1, previous: last.hash, salt: 'salt-of-erasure' };
  return [
    withoutParts(entry, changeOf(entry.seq), parts, sha256),
    toEntry(erasure, authorOf(link.seq), link, sha256),
  ];
}

const bytesOf = (entries: readonly unknown[]) =>
  new TextEncoder().encode(JSON.stringify({ items: entries, next: null }));

const verifies = (bytes: Uint8Array): boolean => {
  try {
    return verifyLedger(parseLedger(bytes)).fault === null;
  } catch {
    return false; // not JSON, not UTF-8 or not a ledger: the same as a fault
  }
};

it('verifies what the Newsroom writes', () => {
  expect(verifyLedger(parseLedger(bytesOf(aLedger(5))))).toEqual({ fault: null, entries: 5, erased: 0 });
});

it('fails on content that no hash covers', () => {
  const item = (title: string) => ({ id: '1', content: { title } });
  const genuine = { collection: 'news', items: [item('genuine')] };
  const change = { kind: 'items', payload: genuine } as unknown as Change;
  const link = { seq: 1, previous: GENESIS, salt: 'salt' };
  const entry = toEntry(change, authorOf(1), link, sha256);
  expect(verifyLedger([entry]).fault).toBeNull();
  for (const payload of [
    { ...genuine, more: 1 },
    { ...genuine, days: { news: { 1: item('genuine') } } },
    { ...genuine, items: [item('forged'), item('genuine')] },
  ])
    expect(verifyLedger([{ ...entry, payload }]).fault, JSON.stringify(payload)).toBe(
      'entry 1 has a payload with more than its hash covers',
    );
  const [figures] = aLedger(1);
  const withMore = { ...figures, payload: { ...figures?.payload, collection: 'news', items: [] } };
  expect(verifyLedger([withMore]).fault).toBe('entry 1 has a payload with more than its hash covers');
});

it('verifies what older versions wrote, and what is written after that', () => {
  const old = aFirstFormLedger(3);
  const link = { seq: 4, previous: (old[2] as Entry).hash, salt: 'salt-4' };
  const entries = [...old, toEntry(changeOf(4), authorOf(4), link, sha256)];
  expect(verifyLedger(parseLedger(bytesOf(entries)))).toEqual({ fault: null, entries: 4, erased: 0 });
});

it('knows the hashes that this version has always written', () => {
  const [entry] = aLedger(1);
  expect(entry?.form).toBe(2);
  expect(entry?.payloadHash).toBe('3421db619cd492c5a911e20ef83a9b43681e4c33c1b1fba2144db457fa0874c3');
  expect(entry?.hash).toBe('a55806af6f07a65d154966cd81cf984a1c2b671492164828c26b93cb7a946cf5');
  const items = [{ id: '7', agency: 'a', publishedAt: 'p', content: { title: { en: 'x' } } }];
  const news = { kind: 'items', payload: { collection: 'news', items } } as unknown as Change;
  const link = { seq: 1, previous: GENESIS, salt: 's' };
  const hashOf = (change: Change) =>
    toEntry(change, { ...authorOf(1), reason: undefined }, link, sha256).payloadHash;
  // The tree, written out.
  const derived = (salt: string, name: string) => sha256(`${salt} ${name}`).slice(0, 32);
  const item = sha256(canonical([derived(derived('s', 'news'), '7'), items[0]]));
  expect(hashOf(news)).toBe(sha256(canonical({ news: sha256(canonical({ 7: item })) })));
  const withdrawal = { kind: 'withdrawal', payload: { collection: 'news', id: '7' } } as unknown as Change;
  const payload = sha256(canonical([derived('s', 'payload'), withdrawal.payload]));
  expect(hashOf(withdrawal)).toBe(sha256(canonical({ payload })));
});

it('verifies an entry of which parts are erased, and fails if one is missing that no erasure names', () => {
  const entries = [...aLedger(3)];
  const [bare, erasure] = erasedInPart(entries[1] as Entry, entries[2] as Entry);
  entries[1] = bare;
  expect(JSON.stringify(bare)).not.toMatch(/"salt"|سبب|"new_cases":2/);
  expect(verifyLedger(entries).fault).toMatch(/^entry 2 lacks .*, and no entry records its erasure$/);
  const all = [...entries, erasure];
  expect(verifyLedger(parseLedger(bytesOf(all)))).toEqual({ fault: null, entries: 4, erased: 1 });
  // More than what the erasure names is missing.
  const more = { reason: false, groups: new Map([['2021-08-03', new Set(['حالات ✓'])]]) };
  all[1] = withoutParts(bare, bare as Change, more, sha256);
  expect(verifyLedger(all).fault).toBe('entry 2 lacks 2021-08-03 حالات ✓, and no entry records its erasure');
});

it.each([
  ['as it was written', () => aLedger(3)],
  ['in the first form', () => aFirstFormLedger(3)],
  [
    'with parts erased',
    () => {
      const [a, b, c] = aLedger(3) as [Entry, Entry, Entry];
      const [bare, erasure] = erasedInPart(b, c);
      return [a, bare, c, erasure];
    },
  ],
])('fails on any one flipped byte, wherever it is: %s', (_, ledgerOf) => {
  const whole = bytesOf(ledgerOf());
  expect(verifies(whole)).toBe(true);
  for (let i = 0; i < whole.length; i++)
    for (const bit of [0x01, 0x20]) {
      const broken = Uint8Array.from(whole);
      broken[i] = (broken[i] ?? 0) ^ bit;
      expect(verifies(broken), `byte ${i}, ${new TextDecoder().decode(broken.slice(i - 20, i + 20))}`).toBe(
        false,
      );
    }
});

it('fails when an entry is left out, doubled or moved', () => {
  const entries = aLedger(4);
  const [a, b, c, d] = entries;
  for (const broken of [
    [a, b, d],
    [a, b, b, c, d],
    [a, c, b, d],
    [b, c, d],
  ])
    expect(verifyLedger(broken).fault).not.toBeNull();
});

it('still verifies after an erasure, and reports a payload that was removed without one', () => {
  const entries = [...aLedger(3)];
  const { salt: _salt, payload: _payload, ...withReason } = entries[1] as Entry;
  entries[1] = withReason as Entry;
  expect(verifyLedger(entries).fault).toBe('entry 2 has a salt or reason without a payload');
  const { reason: _reason, ...bare } = withReason;
  entries[1] = bare as Entry;
  expect(verifyLedger(entries).fault).toBe('entry 2 has no payload, and no entry records its erasure');
  const change = { kind: 'erasure', payload: { seq: 2, figures: [], items: [] } } as const;
  const by = { agency: 'it' as AgencyId, key: 'operator', at: toInstant(9000), reason: 'court' };
  const link = { seq: 4, previous: (entries[2] as Entry).hash, salt: 's' };
  expect(verifyLedger([...entries, toEntry(change, by, link, sha256)])).toEqual({
    fault: null,
    entries: 4,
    erased: 1,
  });
});

it('writes canonical JSON as RFC 8785 defines it', () => {
  // The examples of its §3.2.2 and §3.2.3.
  const numbers = [333333333.3333333, 1e30, 4.5, 2e-3, 1e-27];
  expect(canonical({ numbers, string: '€$\u000f\nA\'B"\\\\"/', literals: [null, true, false] })).toBe(
    `{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA'B\\"\\\\\\\\\\"/"}`,
  );
  expect(canonical({ '€': 1, '\r': 2, '\ufb33': 3, 1: 4, '😀': 5, '\u0080': 6, ö: 7 })).toBe(
    '{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}',
  );
});
