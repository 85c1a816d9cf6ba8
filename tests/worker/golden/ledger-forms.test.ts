import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { verifyLedger } from '../../../scripts/verify-ledger.mjs';
import type { Entry } from '../../../worker/model/ledger.ts';
import { ledger, storedAndFolded } from '../ledger-rows.ts';
import { get, publishedStatus, pacedStaff as staff } from '../staff-client.ts';
import { goldenState, putKvValues, wakeNewsroomOn } from './golden-state.ts';

const state = goldenState();
const golden = state.tables.entry ?? [];

const erase = (seq: number, body: object) =>
  staff('POST', `ledger/${seq}/erasure`, { body: { reason: 'A court', ...body } });

describe('the ledger that version bdb304b left, whose entries have the first form', () => {
  let entries: readonly Entry[] = [];
  beforeAll(async () => {
    await putKvValues(env.BULLETIN, state);
    await wakeNewsroomOn(state);
    entries = await ledger();
  });

  it('has the same entries, hashes and salts, and still verifies', () => {
    expect(
      entries.map(({ seq, hash, payloadHash, previous, salt = null, reason = null }) => [
        seq,
        hash,
        payloadHash,
        previous,
        salt,
        reason,
      ]),
    ).toEqual(
      golden.map(({ seq, hash, payload_hash, previous, salt, reason }) => [
        seq,
        hash,
        payload_hash,
        previous,
        salt,
        reason,
      ]),
    );
    expect(verifyLedger(entries)).toEqual({ fault: null, entries: golden.length, erased: 3 });
    for (const entry of entries) expect(entry.form).toBeUndefined();
  });

  it('lets an entry be erased as a whole only, and says so', async () => {
    const figures = entries.filter(({ kind, payload }) => kind === 'figures' && payload);
    const entry = figures.find(({ reason }) => reason);
    if (!entry) throw new Error('the golden state has no correction');
    const days = Object.entries(Object(entry.payload).days as Record<string, object>);
    const cells = days.flatMap(([date, values]) => Object.keys(values).map((metric) => ({ metric, date })));
    for (const body of [{ cells }, { entryReason: true }]) {
      const refused = await erase(entry.seq, body);
      expect(refused.status).toBe(409);
      expect(refused.body.detail).toContain('can only be erased whole');
    }
    const erased = await erase(entry.seq, { confirm: true });
    expect(erased.body).toMatchObject({ changed: ['salt', 'payload'] });
    await publishedStatus();
    const after = await ledger();
    expect(after[entry.seq - 1]?.reason).toBe(entry.reason); // its hash covers the reason
    expect(JSON.stringify((await get('/api/v1/changes.json')).body)).not.toContain(entry.reason);
    expect(after.at(-1)).toMatchObject({ form: 2, kind: 'erasure', previous: entries.at(-1)?.hash });
    expect(verifyLedger(after)).toEqual({ fault: null, entries: golden.length + 1, erased: 4 });
    const { stored, folded } = await storedAndFolded();
    expect(folded).toEqual(stored);
  });
});
