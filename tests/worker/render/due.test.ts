import { describe, expect, it } from 'vitest';
import { boundaries } from '../../../worker/model/boundary.ts';
import { siteSchema } from '../../../worker/model/site-schema.ts';
import { parseWith } from '../../../worker/model/validation/parse.ts';
import { aBulletin, aMoment } from '../a-bulletin.ts';
import { aSite } from '../a-site.ts';
import { documentJson, documentText } from './data-text.ts';
import { pageText, withRemarks } from './with-remarks.ts';

describe('when a figure is due', () => {
  const due = { weekdays: [7, 1, 2, 3, 4], time: '13:00', graceMinutes: 60, except: ['2021-08-04'] };
  const label = { ar: 'إصابات جديدة، '.repeat(12), en: 'New cases; '.repeat(9) };
  const site = aSite({
    defaultLanguage: 'en',
    metrics: aSite().metrics.map((m) => (m.id === 'new_cases' ? { ...m, due, label } : m)),
  });
  const days = { '2021-08-02': { new_cases: 5 } }; // a Monday
  const at = (asOf: string) => aMoment({ asOf });
  const bulletin = aBulletin({ site, days });
  const late = (asOf: string, of = bulletin) =>
    documentJson(of, '/api/v1/bulletin.json', at(asOf)).figures[0].late;

  it('it is late by itself once the grace is over, and a boundary is there', () => {
    // 13:00 in Kuwait is 10:00 in UTC.
    const first = boundaries(bulletin, '2021-08-03T08:00:00Z' as never)[0];
    expect(first).toBe('2021-08-03T11:00:00Z');
    expect(late('2021-08-03T10:59:59Z')).toBeUndefined();
    expect(late('2021-08-03T11:00:00Z')).toEqual({ date: '2021-08-03', dueAt: '2021-08-03T10:00:00Z' });
    for (const path of ['/en/', '/en/data/']) {
      expect(pageText(bulletin, path, at('2021-08-03T11:00:00Z'))).toContain('Late: due 3 August 2021');
      expect(pageText(bulletin, path, at('2021-08-03T10:59:59Z'))).not.toContain('Late: due');
    }
    // Not due on the 4th, a holiday: still the 3rd. Due on the 5th.
    expect(late('2021-08-05T10:59:00Z').date).toBe('2021-08-03');
    expect(late('2021-08-07T11:00:00Z').date).toBe('2021-08-05');
  });

  it('it is not late if it came, if the agency has none, or if it is paused', () => {
    const none = { value: null, state: 'not-reported' } as never;
    for (const value of [0, none])
      expect(
        late('2021-08-03T20:00:00Z', aBulletin({ site, days: { '2021-08-03': { new_cases: value } } })),
      ).toBeUndefined();
    const paused = withRemarks({ site, days }, { kind: 'pause', date: '2021-08-03', until: '2021-08-05' });
    expect(late('2021-08-06T20:00:00Z', paused)).toBeUndefined();
    expect(late('2021-08-08T20:00:00Z', paused).date).toBe('2021-08-08');
    const { events } = documentJson(paused, '/api/v1/calendar.json');
    expect(events[0].date).toBe('2021-08-08');
  });

  it('it is not late before the first one: nobody knows since when the metric is in the settings', () => {
    const none = { value: null, state: 'not-reported' } as never;
    expect(late('2021-08-03T20:00:00Z', aBulletin({ site, days: {} }))).toBeUndefined();
    const others = aBulletin({ site, days: { '2021-08-02': { critical: 5 } } });
    expect(late('2021-08-03T20:00:00Z', others)).toBeUndefined();
    expect(pageText(others, '/en/', at('2021-08-03T20:00:00Z'))).not.toContain('Late');
    // A figure, or that there is none, is a beginning, however long ago.
    for (const first of [0, none]) {
      const begun = aBulletin({ site, days: { '2021-03-01': { new_cases: first } } });
      expect(late('2021-08-03T20:00:00Z', begun).date).toBe('2021-08-03');
    }
  });

  it('it is in the calendar, as JSON and as a file that calendars read', () => {
    const { events } = documentJson(bulletin, '/api/v1/calendar.json', at('2021-08-03T08:00:00Z'));
    expect(events.map(({ date }: { date: string }) => date.slice(8)).join(' ')).toBe(
      '03 05 08 09 10 11 12 15 16',
    );
    expect(events[0]).toEqual({ at: '2021-08-03T10:00:00Z', date: '2021-08-03', metrics: ['new_cases'] });
    const ics = documentText(bulletin, '/calendar.ics', at('2021-08-03T08:00:00Z'));
    expect(documentText(bulletin, '/calendar.ics', at('2021-08-03T12:00:00Z'))).toBe(ics);
    expect(ics.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    for (const line of ics.split('\r\n'))
      expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
    const unfolded = ics.replaceAll('\r\n ', '').split('\r\n');
    expect(unfolded.slice(0, 3)).toEqual(['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Nashra//Figures//EN']);
    expect(unfolded).toEqual(
      expect.arrayContaining([
        'UID:2021-08-03-1000@bulletin.example',
        'DTSTAMP:20210802T210000Z',
        'DTSTART:20210803T100000Z',
        `SUMMARY:Bulletin · ${label.en.replaceAll(';', '\\;')}`,
      ]),
    );
    expect(ics.match(/BEGIN:VEVENT/g)).toHaveLength(9);
    const arabic = documentText(aBulletin({ site: aSite({ metrics: site.metrics }), days }), '/calendar.ics');
    expect(arabic.replaceAll('\r\n ', '')).toContain(label.ar.trim().slice(0, 100));
  });

  it('it is asked for in an hour and weekdays that exist', () => {
    const faults = (change: object) => {
      const settings = aSite({
        metrics: aSite().metrics.map((m) => (m.id === 'critical' ? { ...m, due: { ...due, ...change } } : m)),
      });
      return parseWith(siteSchema(settings), settings).ok;
    };
    expect(faults({})).toBe(true);
    for (const wrong of [
      { weekdays: [] },
      { weekdays: [0] },
      { weekdays: [1, 1] },
      { time: '25:00' },
      { graceMinutes: -1 },
      { except: ['x'] },
    ])
      expect(faults(wrong), JSON.stringify(wrong)).toBe(false);
  });
});

it('a fault of the settings says of which kind of metric a field is', () => {
  const faultOf = (metric: number, field: object) => {
    const metrics = aSite().metrics.map((m, i) => (i === metric ? { ...m, ...field } : m));
    const parsed = parseWith(siteSchema(aSite({ metrics })), aSite({ metrics }));
    return parsed.ok || parsed.problem.kind !== 'invalid' ? [] : parsed.problem.errors.map((e) => e.detail);
  };
  const [flow, level, total] = [0, 1, 3];
  expect(faultOf(level, { negative: true })).toEqual([expect.stringMatching(/is of flows.*its min/)]);
  expect(faultOf(flow, { min: -5 })).toEqual([expect.stringMatching(/is of levels.*negative: true/)]);
  expect(faultOf(total, { decimals: 1 })).toEqual([expect.stringContaining('comes with its flow')]);
  expect(faultOf(flow, { opening: 1 })).toEqual(['is of totals']);
  expect(faultOf(flow, { constructor: 1, colour: 'red' })).toEqual(
    expect.arrayContaining(['is not a known field']),
  );
});
