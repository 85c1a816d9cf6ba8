import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CellValue, factsOf, numberOf } from '../../../worker/model/cell-facts.ts';
import type { Change, Erasure } from '../../../worker/model/change.ts';
import type { CivilDate } from '../../../worker/model/civil-date.ts';
import { applyEntry, foldLedger } from '../../../worker/model/fold.ts';
import type { Instant } from '../../../worker/model/instant.ts';
import type { ItemId } from '../../../worker/model/item.ts';
import { type Entry, GENESIS } from '../../../worker/model/ledger.ts';
import type { AgencyId, MetricId } from '../../../worker/model/site.ts';
import { toEntry } from '../../../worker/model/to-entry.ts';
import { aNewsItem } from '../a-bulletin.ts';
import { aSite } from '../a-site.ts';
import { FoldedRows } from '../corrections-of.ts';

const DATE = '2020-03-01' as CivilDate;
const METRIC = 'critical' as MetricId;
const by = {
  agency: 'health' as AgencyId,
  key: 'operator',
  at: '2020-03-02T00:00:00Z' as Instant,
  reason: 'r',
};

/** The entries of some changes. `isPublic` of a change: whether a release has shown all entries before it. */
function ledgerOf(
  changes: readonly { readonly change: Change; readonly isPublic: boolean }[],
): readonly Entry[] {
  let shown = 1;
  const site: Change = { kind: 'site', payload: { site: aSite() } };
  return [{ change: site, isPublic: true }, ...changes].map(({ change, isPublic }, i) => {
    const seq = i + 1;
    if (isPublic) shown = seq - 1;
    return toEntry(change, { ...by, shown }, { seq, previous: GENESIS, salt: '' }, () => GENESIS);
  });
}

function folded(entries: readonly Entry[], erasures: readonly Erasure[] = []): FoldedRows {
  const rows = new FoldedRows();
  foldLedger(rows, entries, erasures);
  return rows;
}

const figure = (value: CellValue): Change => ({
  kind: 'figures',
  payload: { days: { [DATE]: { [METRIC]: value } } },
});
const step = fc.record({
  value: fc.option(fc.nat(3), { nil: null, freq: 2 }),
  isPublic: fc.boolean(),
});

/** Steps whose figures may have an hour and a note too. */
const factStep = fc.record({
  value: fc
    .record(
      {
        value: fc.option(fc.nat(3), { nil: null, freq: 3 }),
        at: fc.constantFrom('08:00', '12:00', '18:00'),
        note: fc.constant({ ar: 'نص' }),
      },
      { requiredKeys: ['value'] },
    )
    .map((cell): CellValue => (factsOf(cell) ? cell : cell.value)),
  isPublic: fc.boolean(),
});

describe('a change of what was never public in any release', () => {
  it('of a figure is no correction; every other change of a figure is', () =>
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 10 }), (steps) => {
        const entries = ledgerOf(steps.map(({ value, isPublic }) => ({ change: figure(value), isPublic })));
        // Releases have shown the value after some entries: whether any of these was a number decides.
        const releases = new Set<number>();
        const expected = steps.flatMap((_, i) => {
          const { seq, shown = seq - 1 } = entries[i + 1] ?? { seq: 0 };
          releases.add(shown);
          const wasPublic = [...releases].some((release) => (steps[release - 2]?.value ?? null) !== null);
          return wasPublic ? [`${seq}-1`] : [];
        });
        expect(folded(entries).folded.map(({ id }) => id)).toEqual(expected);
      }),
      { numRuns: 500 },
    ));

  it('of a figure is no correction if it is an erasure; of a public figure it is one', () => {
    const erasure = (seq: number): Change => ({
      kind: 'erasure',
      payload: { seq, figures: [{ date: DATE, metric: METRIC, reported: true }], items: [] },
    });
    for (const [isPublic, count] of [
      [false, 0],
      [true, 1],
    ] as const) {
      const entries = ledgerOf([
        { change: figure(5), isPublic: true },
        { change: erasure(2), isPublic },
      ]);
      expect(folded(entries).folded).toHaveLength(count);
    }
  });

  it('of an item is no correction, and neither is its withdrawal', () => {
    const id = '1' as ItemId;
    const content = (title: string) => aNewsItem({ title: { ar: title } });
    const changes: readonly Change[] = [
      {
        kind: 'items',
        payload: {
          collection: 'news',
          items: [{ id, agency: by.agency, publishedAt: by.at, content: content('a') }],
        },
      },
      { kind: 'edit', payload: { collection: 'news', id, content: content('b') } },
      { kind: 'withdrawal', payload: { collection: 'news', id } },
    ];
    const kinds = (...isPublic: readonly boolean[]) =>
      folded(ledgerOf(changes.map((change, i) => ({ change, isPublic: isPublic[i] ?? false })))).folded.map(
        ({ kind }) => kind,
      );
    expect(kinds(true, false, false)).toEqual([]);
    expect(kinds(true, false, true)).toEqual(['withdrawal']);
    expect(kinds(true, true, false)).toEqual(['edit', 'withdrawal']);
  });

  it('of a figure is no correction if it is a later reading of the day', () => {
    const at = (hour: string, value = 5) => ({ change: figure({ value, at: hour }), isPublic: true });
    const corrections = (...steps: readonly ReturnType<typeof at>[]) => folded(ledgerOf(steps)).folded.length;
    expect(corrections(at('08:00'), at('12:00', 6), at('18:00', 4))).toBe(0);
    expect(corrections(at('08:00'), at('08:00', 6))).toBe(1);
    expect(corrections(at('12:00'), at('08:00', 6), at('09:00', 7))).toBe(1);
    expect(corrections(at('08:00'), { change: figure(6), isPublic: true })).toBe(1);
  });

  it('folds to the same rows after an erasure, entry by entry or from the whole ledger', () =>
    fc.assert(
      fc.property(
        fc.array(factStep, { minLength: 1, maxLength: 8 }),
        fc.nat(7),
        fc.array(factStep, { maxLength: 4 }),
        (before, index, after) => {
          const i = index % before.length;
          const erased = i + 2;
          const cell = before[i]?.value ?? null;
          const facts = factsOf(cell);
          const erasure: Erasure = {
            seq: erased,
            figures: [
              {
                date: DATE,
                metric: METRIC,
                reported: numberOf(cell) !== null,
                ...(facts ? { facts: true as const } : {}),
                ...(facts?.at === undefined ? {} : { at: facts.at }),
              },
            ],
            items: [],
          };
          const changes = (steps: typeof before) =>
            steps.map(({ value, isPublic }) => ({ change: figure(value), isPublic }));
          const erasing = { change: { kind: 'erasure', payload: erasure } as const, isPublic: true };
          const entries = ledgerOf([...changes(before), erasing, ...changes(after)]);
          const rows = new FoldedRows();
          for (const entry of entries) applyEntry(rows, entry);
          const withoutPayload = entries.map((entry) => {
            if (entry.seq !== erased) return entry;
            const { payload: _, salt: __, ...head } = entry;
            return head;
          });
          expect(folded(withoutPayload, [erasure])).toEqual(rows);
          if (rows.day(DATE)?.cells[METRIC]?.[1] === erased)
            expect(rows.day(DATE)?.cells[METRIC]?.[3]?.note).toBeUndefined();
        },
      ),
      { numRuns: 500 },
    ));

  it('is noted in the entry only if something before it was not public', () => {
    const entries = ledgerOf([1, 2, 3].map((value) => ({ change: figure(value), isPublic: value !== 2 })));
    expect(entries.map(({ shown }) => shown)).toEqual([undefined, undefined, 1, undefined]);
  });
});
