import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import {
  addDays,
  type CivilDate,
  civilDateAt,
  clockTimeAt,
  daysBetween,
  instantOf,
  parseCivilDate,
  startOfDay,
} from '../../../worker/model/civil-date.ts';
import { type Instant, toInstant } from '../../../worker/model/instant.ts';
import { ZONES } from '../zones.ts';

const HOUR_MS = 3_600_000;
const zone = fc.constantFrom(...ZONES);
const ms = fc.integer({ min: Date.parse('1990-01-01'), max: Date.parse('2045-01-01') });
const secondBefore = (instant: Instant): Instant => toInstant(Date.parse(instant) - 1000);

/** Instants near the midnights of forty years, because bugs are likely where clocks change. */
const nearMidnight = fc
  .record({ zone, day: fc.nat(365 * 40), seconds: fc.integer({ min: -4000, max: 4000 }) })
  .map(({ zone, day, seconds }) => {
    const start = startOfDay(addDays('1995-01-01' as CivilDate, day), zone);
    return { zone, ms: Date.parse(start) + seconds * 1000 };
  });
const anyInstant = fc.oneof(nearMidnight, fc.record({ zone, ms }));

describe('a day of the site', () => {
  it('holds every instant from its start to the start of the next day', () => {
    fc.assert(
      fc.property(anyInstant, ({ zone, ms }) => {
        const instant = toInstant(ms);
        const today = civilDateAt(instant, zone);
        const [start, next] = [startOfDay(today, zone), startOfDay(addDays(today, 1), zone)];
        expect(start <= instant && instant < next).toBe(true);
        expect(civilDateAt(start, zone)).toBe(today);
        expect(civilDateAt(secondBefore(start), zone) < today).toBe(true);
        expect(civilDateAt(secondBefore(next), zone)).toBe(today);
        expect(civilDateAt(next, zone) > today).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });

  it('of an earlier instant is never after the day of a later instant', () => {
    fc.assert(
      fc.property(zone, ms, fc.nat(200 * HOUR_MS), (zone, ms, later) => {
        expect(civilDateAt(toInstant(ms + later), zone) >= civilDateAt(toInstant(ms), zone)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    // Clocks jump over midnight: the day begins at 01:00.
    ['America/Santiago', '2026-09-06', '2026-09-06T04:00:00Z', 23],
    ['Asia/Beirut', '2026-03-29', '2026-03-28T22:00:00Z', 23],
    ['Africa/Cairo', '2026-04-24', '2026-04-23T22:00:00Z', 23],
    // The hour before midnight comes twice: the day before is an hour longer.
    ['America/Santiago', '2026-04-04', '2026-04-04T03:00:00Z', 25],
    ['America/Santiago', '2026-04-05', '2026-04-05T04:00:00Z', 24],
    ['Asia/Beirut', '2026-10-24', '2026-10-23T21:00:00Z', 25],
    ['Africa/Cairo', '2026-10-29', '2026-10-28T21:00:00Z', 25],
    // Clocks change at night, after midnight.
    ['Europe/London', '2026-03-29', '2026-03-29T00:00:00Z', 23],
    ['Europe/London', '2026-10-25', '2026-10-24T23:00:00Z', 25],
    ['Australia/Lord_Howe', '2026-04-05', '2026-04-04T13:00:00Z', 24.5],
    ['Australia/Lord_Howe', '2026-10-04', '2026-10-03T13:30:00Z', 23.5],
    // Samoa skipped 30 December 2011.
    ['Pacific/Apia', '2011-12-29', '2011-12-29T10:00:00Z', 24],
    ['Pacific/Apia', '2011-12-30', '2011-12-30T10:00:00Z', 0],
    ['Pacific/Apia', '2011-12-31', '2011-12-30T10:00:00Z', 24],
    ['Asia/Kuwait', '2020-02-24', '2020-02-23T21:00:00Z', 24],
  ])('in %s, %s begins at %s and lasts %s hours', (zone, date, start, hours) => {
    const next = startOfDay(addDays(date as CivilDate, 1), zone);
    expect(startOfDay(date as CivilDate, zone)).toBe(start);
    expect((Date.parse(next) - Date.parse(start)) / HOUR_MS).toBe(hours);
  });
});

describe('the instant of an hour', () => {
  /** The first instant at which the clocks show it, looked for minute by minute. */
  const firstShown = (date: string, time: string, zone: string): Instant | undefined => {
    const noon = Date.parse(`${date}T12:00:00Z`);
    for (let ms = noon - 27 * HOUR_MS; ms <= noon + 27 * HOUR_MS; ms += 60_000) {
      const at = toInstant(ms);
      if (clockTimeAt(at, zone) === time && civilDateAt(at, zone) === date) return at;
    }
    return undefined;
  };

  it.each([
    ['America/New_York', '2026-11-01', '01:30', '2026-11-01T05:30:00Z'],
    ['Europe/Paris', '2026-10-25', '02:30', '2026-10-25T00:30:00Z'],
    ['Europe/London', '2026-10-25', '01:00', '2026-10-25T00:00:00Z'],
    ['America/Santiago', '2026-04-04', '23:30', '2026-04-05T02:30:00Z'],
    ['Australia/Lord_Howe', '2026-04-05', '01:45', '2026-04-04T14:45:00Z'],
    ['Pacific/Auckland', '2026-04-05', '02:59', '2026-04-04T13:59:00Z'],
    ['Africa/Casablanca', '2026-02-15', '02:30', '2026-02-15T01:30:00Z'],
  ])('in %s, %s %s comes twice: it is the first pass', (zone, date, time, first) => {
    expect(instantOf(date as CivilDate, time, zone)).toBe(first);
    expect(firstShown(date, time, zone)).toBe(first);
  });

  it.each([
    ['America/New_York', '2026-03-08', '02:30', '2026-03-08T07:00:00Z'],
    ['Europe/Paris', '2026-03-29', '02:00', '2026-03-29T01:00:00Z'],
    ['Pacific/Apia', '2011-12-30', '12:00', '2011-12-30T10:00:00Z'],
  ])('in %s, clocks skip %s %s: it is the instant at which they do', (zone, date, time, at) =>
    expect(instantOf(date as CivilDate, time, zone)).toBe(at),
  );

  it('is the first one at which the clocks show it, on every day of every zone', () => {
    const hours = fc.constantFrom(
      '00:00',
      '00:59',
      '01:00',
      '01:30',
      '02:00',
      '02:30',
      '03:00',
      '13:00',
      '23:30',
    );
    // Clocks change in these months.
    const day = fc.tuple(
      fc.constantFrom('2026-03', '2026-04', '2026-10', '2026-11'),
      fc.integer({ min: 1, max: 31 }),
    );
    fc.assert(
      fc.property(zone, day, hours, (zone, [month, d], time) => {
        const date = parseCivilDate(`${month}-${String(d).padStart(2, '0')}`);
        fc.pre(date !== null);
        const shown = date && firstShown(date, time, zone);
        if (date && shown) expect(instantOf(date, time, zone)).toBe(shown);
      }),
      { numRuns: 30 },
    );
  });
});

describe('a civil date', () => {
  const dates = fc
    .integer({ min: -700_000, max: 2_900_000 })
    .map((day) => addDays('1970-01-01' as CivilDate, day));

  it('plus some days, minus the same days, is the same date again', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -10_000, max: 10_000 }), (date, days) => {
        expect(parseCivilDate(date)).toBe(date);
        expect(addDays(addDays(date, days), -days)).toBe(date);
        expect(daysBetween(date, addDays(date, days))).toBe(days);
      }),
    );
  });

  it.each([
    '2021-02-29',
    '2021-02-30',
    '2021-13-01',
    '2021-1-1',
    '0000-01-01',
    '20210101',
    ' 2021-01-01',
    '+002021-01-01',
  ])('cannot be %s', (text) => expect(parseCivilDate(text)).toBeNull());
});

it('the formats of at most 40 time zones stay in memory', () => {
  const made = vi.spyOn(Intl, 'DateTimeFormat');
  const now = toInstant(Date.parse('2026-11-24T12:00:00Z'));
  const zones = Intl.supportedValuesOf('timeZone').slice(0, 100);
  for (const zone of [...zones, ...zones]) expect(civilDateAt(now, zone)).toMatch(/^2026-11-2[345]$/);
  const madeForAll = made.mock.calls.length;
  expect(madeForAll).toBeGreaterThan(100 + 40);
  for (let i = 0; i < 10; i++) civilDateAt(now, zones.at(-1) ?? '');
  expect(made.mock.calls.length).toBe(madeForAll);
  made.mockRestore();
});
