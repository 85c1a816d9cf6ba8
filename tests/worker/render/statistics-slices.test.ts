import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bulletin } from '../../../worker/model/bulletin.ts';
import { addDays, type CivilDate } from '../../../worker/model/civil-date.ts';
import { dataDocuments } from '../../../worker/render/data-documents.ts';
import { wholeWithinRoom } from '../../../worker/render/views/statistics-room.ts';
import { type SeriesPart, wholeSeries } from '../../../worker/render/views/statistics-slices.ts';
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

  describe('with more notes than they have room for', () => {
    const bytes = (json: unknown) => new TextEncoder().encode(JSON.stringify(json)).length;
    const LONG = 'ن'.repeat(700);
    const day = (i: number) => addDays('2022-01-01' as CivilDate, i);
    const facts = (id: string, json: { facts: readonly { metric: string; date: string; note?: object }[] }) =>
      json.facts.filter(({ metric, note }) => metric === id && note);
    /** One metric with long notes on 500 days; another with short ones, of which each also has an hour. */
    const noted = aBulletin(
      withChanges([
        change(
          Object.fromEntries(
            Array.from({ length: 500 }, (_, i) => [
              day(i),
              {
                new_cases: { value: i, note: { ar: LONG, en: LONG } },
                critical: { value: i, at: '08:00', ...(i % 10 ? {} : { note: { ar: 'قصير', en: 'short' } }) },
              },
            ]),
          ),
        ),
      ]),
    );

    it('keep the newest of each metric, also of one with few short ones, and say what they leave out and where it is', () => {
      const [year, metric, whole] = ['years/2022', 'metrics/new_cases', ''].map((name) =>
        documentJson(noted, `/api/v1/statistics${name ? `/${name}` : ''}.json`),
      );
      for (const [json, rest, room] of [
        [year, '/api/v1/ledger.json', 300_000],
        [metric, '/api/v1/ledger.json', 300_000],
        [whole, '/api/v1/statistics/years/{yyyy}.json', 100_000],
      ] as const) {
        const long = facts('new_cases', json);
        expect(bytes(json)).toBeLessThan(room + 60_000); // the numbers and hours
        expect(bytes(long)).toBeGreaterThan(room / 2);
        expect(long.at(-1)?.date).toBe(json.dates.at(-1));
        const left = json.dates.length - long.length;
        expect(left).toBeGreaterThan(100);
        // The long notes are all that is known of their figures.
        expect(json.leftOut).toEqual({ facts: left, notes: left, in: rest });
      }
      expect(facts('critical', year)).toHaveLength(37);
      expect(facts('critical', whole)).toHaveLength(50);
      expect(whole.facts.filter(({ metric }: { metric: string }) => metric === 'critical')).toHaveLength(500);
    });

    it('get a new stamp if a note changes', () => {
      const stamps = (note: string) =>
        slicesOf(
          aBulletin({
            ...withChanges([
              change({ '2021-01-01': { critical: { value: 1, note: { ar: 'أ' } } } }),
              change({ '2021-01-01': { critical: { value: 1, note: { ar: note } } } }),
            ]),
          }),
        ).map(({ path, stamp }) => [path, stamp] as const);
      const after = new Map(stamps('ب'));
      const once = aBulletin(
        withChanges([change({ '2021-01-01': { critical: { value: 1, note: { ar: 'أ' } } } })]),
      );
      const changed = slicesOf(once).filter(({ path, stamp }) => after.get(path) !== stamp);
      expect(changed.map(({ path }) => path)).toEqual([
        '/api/v1/statistics/years/2021.json',
        '/api/v1/statistics/metrics/critical.json',
        '/data/statistics/2021.csv',
      ]);
    });
  });

  it('hold the days for which the whole has no room, and the whole says so', () => {
    const series = wholeSeries(bulletin);
    const render = (part: SeriesPart) => JSON.stringify(part);
    const max = render(series).length / 2;
    const text = wholeWithinRoom(series, render, max);
    expect(text.length).toBeLessThanOrEqual(max);
    expect(text.length).toBeGreaterThan(max * 0.8);
    const cut: SeriesPart = JSON.parse(text);
    expect(cut.dates).toEqual(series.dates.slice(-cut.dates.length));
    const columns = Object.values(series.metrics).map((column) => column.slice(-cut.dates.length));
    expect(Object.values(cut.metrics)).toEqual(columns);
    expect(cut.leftOut).toEqual({
      until: series.dates.at(-cut.dates.length - 1),
      in: '/api/v1/statistics/years/{yyyy}.json',
    });
    expect(wholeWithinRoom(series, render)).toBe(render(series));
  });
});
