import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseCivilDate } from '../../../worker/model/civil-date.ts';
import { readFiguresFile } from '../../../worker/model/figures-file/read-figures-file.ts';
import { dataDocuments } from '../../../worker/render/data-documents.ts';
import { aMoment } from '../a-bulletin.ts';
import { aSite } from '../a-site.ts';
import { documentJson, documentText } from './data-text.ts';
import { withRemarks } from './with-remarks.ts';

const inBoth = (text: string) => ({ ar: text, en: text });
const base = { agencies: ['health'], tone: 'neutral', label: inBoth('Number') };
// Labels and ids that a reader of names may take for others.
const site = aSite({
  metrics: [
    { ...base, id: 'new_cases', kind: 'flow', label: inBoth('Notes') },
    { ...base, id: 'new__cases', kind: 'flow', negative: true, label: inBoth('Date') },
    { ...base, id: 'river', kind: 'level', decimals: 3, min: -9, max: 2000, label: inBoth('States') },
    { ...base, id: 'share', kind: 'level', decimals: 1, unit: 'percent' },
    { ...base, id: 'rain', kind: 'flow', decimals: 3, label: inBoth('all rain missing days') },
    { ...base, id: 'total_cases', kind: 'total', of: 'new_cases', opening: 10 },
    { ...base, id: 'all_rain', kind: 'total', of: 'rain', opening: 0.752, label: inBoth('rain') },
  ],
});

/** Many numbers with three decimals or three zeros, which a reader may take for thousands. */
const thousandths = (min: number) =>
  fc.oneof(
    fc.integer({ min, max: 1_999_999 }).map((n) => n / 1000),
    fc.constantFrom(1.752, 999.001, 1000),
  );
const counts = fc.oneof(fc.nat(2_000_000), fc.constantFrom(1000, 1752));
const NUMBERS = {
  new_cases: counts,
  new__cases: counts.chain((n) => fc.constantFrom(n, -n)),
  river: thousandths(-9000),
  share: fc.integer({ min: 0, max: 1000 }).map((n) => n / 10),
  rain: thousandths(0),
};
const note = inBoth('sep=; "a", b\n2021-07-01;1,752');
const cellOf = (number: fc.Arbitrary<number>) =>
  fc.oneof(
    { weight: 5, arbitrary: number },
    fc.constant(null),
    fc.constant({ value: null, state: 'not-reported' }),
    number.map((value) => ({ value, at: '18:00', note })),
  );
const days = fc.dictionary(
  fc
    .tuple(fc.constantFrom('2020-12', '2021-01', '2021-07'), fc.nat(27))
    .map(([month, day]) => `${month}-${String(day + 1).padStart(2, '0')}`),
  fc.record(Object.fromEntries(Object.entries(NUMBERS).map(([id, number]) => [id, cellOf(number)])), {
    requiredKeys: [],
  }),
  { minKeys: 1, maxKeys: 6 },
);
const remarks = fc.array(
  fc
    .oneof(
      fc.constantFrom(
        { kind: 'adjustment', metric: 'rain', amount: 0.5 },
        { kind: 'break', metric: 'river' },
        { kind: 'pause', metric: 'share' },
      ),
      fc.nat(9_000).map((total) => ({ kind: 'restatement', metric: 'total_cases', total })),
    )
    .map((remark) => ({ ...remark, date: '2021-01-05' })),
  { maxLength: 3 },
);

it('every CSV that the public can have is a file that an import reads, cell by cell, as the figures of the site', () => {
  const today = parseCivilDate('2021-08-03');
  if (!today) throw new Error('no date');
  let files = 0;
  fc.assert(
    fc.property(days, remarks, (entered, said) => {
      const bulletin = withRemarks({ site, days: entered as never }, ...said);
      const { dates, metrics } = documentJson(bulletin, '/api/v1/statistics.json');
      const paths = dataDocuments(bulletin, aMoment())
        .map(({ path }) => path)
        .filter((path) => path.endsWith('.csv'));
      files += paths.length;
      for (const path of paths) {
        const file = readFiguresFile(documentText(bulletin, path), site, { today });
        expect(file.faults, path).toEqual([]);
        expect(file.notes).toEqual([]);
        expect(file.columns.map(({ metric }) => metric)).toEqual(site.metrics.map(({ id }) => id));
        for (const { date, values } of file.days)
          for (const [i, { metric }] of file.columns.entries())
            expect(values[i] ?? null).toBe(metrics[metric][dates.indexOf(date)]);
      }
    }),
    { numRuns: 60 },
  );
  // The whole, and the years of most.
  expect(files).toBeGreaterThan(120);
});
