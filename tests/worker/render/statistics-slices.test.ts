import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bulletin } from '../../../worker/model/bulletin.ts';
import { dataDocuments } from '../../../worker/render/data-documents.ts';
import { aBulletin, aMoment, figuresByDay } from '../a-bulletin.ts';
import { documentJson, documentText, withChanges } from './data-text.ts';

const isSlice = (path: string) => /^\/(api\/v1|data)\/statistics\//.test(path);
const slicesOf = (bulletin: Bulletin) =>
  dataDocuments(bulletin, aMoment()).filter(({ path }) => isSlice(path));

/** Figures of three years from the end of 2020 on. */
const days = figuresByDay(800, (metric, i) => (metric === 'quarantine' ? null : i % 7 === 3 ? null : i), {
  from: '2020-12-01',
});
const bulletin = aBulletin({ days });
const change = (days: unknown, reason = 'recount') => ({ kind: 'figures', payload: { days }, reason });

describe('the slices of the statistics', () => {
  it('by year hold the same as the whole, each day once, in JSON and CSV', () => {
    const whole = documentJson(bulletin, '/api/v1/statistics.json');
    const years = ['2020', '2021', '2022', '2023'].map((year) =>
      documentJson(bulletin, `/api/v1/statistics/years/${year}.json`),
    );
    expect(years.flatMap(({ dates }) => dates)).toEqual(whole.dates);
    for (const id of Object.keys(whole.metrics))
      expect(years.flatMap(({ metrics }) => metrics[id])).toEqual(whole.metrics[id]);
    const [header, ...rows] = documentText(bulletin, '/data/statistics.csv').trimEnd().split('\n');
    const files = [2020, 2021, 2022, 2023].map((year) =>
      documentText(bulletin, `/data/statistics/${year}.csv`).trimEnd().split('\n'),
    );
    expect(files.map(([first]) => first)).toEqual(Array(4).fill(header));
    expect(files.flatMap(([, ...lines]) => lines)).toEqual(rows);
  });

  it('by metric hold its column, from its first reported day to its last', () => {
    const late = aBulletin({
      days: {
        '2021-01-01': { new_cases: 4 },
        '2021-01-03': { critical: 2 },
        '2021-01-05': { new_cases: 1, critical: 0 },
      },
    });
    const metric = (id: string) => documentJson(late, `/api/v1/statistics/metrics/${id}.json`);
    expect(metric('critical')).toEqual({
      dates: ['2021-01-03', '2021-01-04', '2021-01-05'],
      metrics: { critical: [2, null, 0] },
    });
    expect(metric('total_cases').metrics).toEqual({ total_cases: [14, null, null, null, 15] });
    expect(metric('quarantine')).toEqual({ dates: [], metrics: { quarantine: [] } });
  });

  it('of past years and of other metrics do not change with today’s figure', () => {
    const after = aBulletin({ days, ...withChanges([change({ '2023-02-09': { critical: 9 } })]) });
    const before = new Map(slicesOf(bulletin).map((d) => [d.path, d]));
    const changed = slicesOf(after).filter(({ path, stamp }) => before.get(path)?.stamp !== stamp);
    expect(changed.map(({ path }) => path)).toEqual([
      '/api/v1/statistics/years/2023.json',
      '/api/v1/statistics/metrics/critical.json',
      '/data/statistics/2023.csv',
    ]);
    expect(new Set(changed.map(({ pack }) => pack))).toEqual(new Set(['series']));
    const old = slicesOf(after).filter(({ path }) => /202[0-2]/.test(path));
    expect(new Set(old.map(({ pack }) => pack))).toEqual(new Set(['archive']));
  });

  it('get a new stamp whenever their bytes change', () => {
    const date = fc.constantFrom('2020-12-01', '2020-12-30', '2021-01-01', '2021-06-01', '2022-03-01');
    const value = fc.option(fc.integer({ min: 0, max: 3 }), { nil: null });
    const step = fc.record({ date, metric: fc.constantFrom('new_cases', 'critical'), value });
    fc.assert(
      fc.property(fc.array(step, { minLength: 2, maxLength: 12 }), (steps) => {
        const contents = new Map<string, unknown>();
        const changes = steps.map(({ date, metric, value }) => change({ [date]: { [metric]: value } }));
        for (let n = 1; n <= changes.length; n++)
          for (const { path, stamp, render } of slicesOf(aBulletin(withChanges(changes.slice(0, n))))) {
            const content = render();
            const key = `${path} ${stamp}`;
            if (contents.has(key)) expect(content, key).toBe(contents.get(key));
            contents.set(key, content);
          }
      }),
      { numRuns: 60 },
    );
  });
});
