import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { canonical, parseLedger, verifyLedger } from '../../scripts/verify-ledger.mjs';
import type { Change } from '../../worker/model/change.ts';
import { toInstant } from '../../worker/model/instant.ts';
import { type Entry, GENESIS, type Hash, toEntry } from '../../worker/model/ledger.ts';
import type { AgencyId } from '../../worker/model/site.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex') as Hash;

/** A ledger as the Newsroom writes it, with invented figures. */
function aLedger(size: number): readonly Entry[] {
  const entries: Entry[] = [];
  for (let seq = 1; seq <= size; seq++) {
    const days = { '2021-08-03': { new_cases: seq, 'حالات ✓': null } };
    const change = { kind: 'figures', payload: { days } } as unknown as Change;
    const by = {
      agency: 'health-ministry' as AgencyId,
      key: 'operator',
      at: toInstant(seq * 1000),
      reason: 'سبب',
    };
    const previous = entries.at(-1)?.hash ?? GENESIS;
    entries.push(toEntry(change, by, { seq, previous, salt: `salt-${seq}` }, sha256));
  }
  return entries;
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

it('fails on any one flipped byte, wherever it is', () => {
  const whole = bytesOf(aLedger(3));
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
  const { salt: _salt, payload: _payload, ...bare } = entries[1] as Entry;
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
