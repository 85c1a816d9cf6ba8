import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundaries, breakingEnds } from '../../../worker/model/boundary.ts';
import { type Instant, toInstant, toMs } from '../../../worker/model/instant.ts';
import { shells } from '../../../worker/render/pages/pages.tsx';
import { aBulletin, aMoment } from '../a-bulletin.ts';
import { documentJson } from './data-text.ts';

const START = '2021-08-03T11:00:00Z' as Instant;
const at = (seconds: number): Instant => toInstant(toMs(START) + seconds * 1000);
/** A bulletin whose alerts end so many seconds after `START`. */
const alertsEnding = (...seconds: readonly number[]) =>
  aBulletin({ news: seconds.map((s) => ({ breaking: { until: at(s) } })) });

describe('alerts that end close together', () => {
  it('400, a second apart, give at most three boundaries a minute', () => {
    const bulletin = alertsEnding(...Array.from({ length: 400 }, (_, i) => i + 1));
    const perMinute = new Map<string, number>();
    for (const boundary of boundaries(bulletin, START)) {
      const minute = boundary.slice(0, 16);
      perMinute.set(minute, (perMinute.get(minute) ?? 0) + 1);
    }
    expect(Math.max(...perMinute.values())).toBeLessThanOrEqual(3);
    expect(perMinute.size).toBe(9); // eight minutes, and midnight
  });

  it('end to the second if they are two, or end with the minute', () => {
    expect([...breakingEnds(alertsEnding(17, 42, 60, 95), START).values()]).toEqual([17, 42, 60, 95].map(at));
  });

  it('end with their minute from the third on, and the page says so', () => {
    const bulletin = alertsEnding(10, 20, 30, 40, 30);
    const ends = breakingEnds(bulletin, START);
    expect([...ends.values()]).toEqual([10, 20, 60, 60, 60].map(at));
    const breakingAt = (seconds: number) =>
      documentJson(bulletin, '/api/v1/live.json', aMoment({ asOf: at(seconds) })).breaking;
    expect(breakingAt(19)).toEqual(['5', '4', '3', '2']);
    expect(breakingAt(59)).toEqual(['5', '4', '3']);
    expect(breakingAt(60)).toEqual([]);
    const [shell] = shells(bulletin, aMoment({ asOf: at(20) }));
    const bands = [...String(shell?.render()).matchAll(/data-until="([^"]*)"/g)].map(([, until]) => until);
    expect(bands).toEqual([60, 60, 60].map(at));
  });

  it('never end early or a minute late, and what has ended stays ended when another alert comes', () =>
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -30, max: 200 }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 0, max: 200 }),
        fc.integer({ min: 0, max: 100 }),
        (untils, now, later) => {
          const [before, withAnother] = [alertsEnding(...untils), alertsEnding(...untils, now + later)];
          const shown = (bulletin: typeof before) => [...breakingEnds(bulletin, at(now)).keys()];
          for (const [id, end] of breakingEnds(before, at(now))) {
            const lateMs = toMs(end) - toMs(at(untils[Number(id) - 1] ?? 0));
            expect(lateMs).toBeGreaterThanOrEqual(0);
            expect(lateMs).toBeLessThan(60_000);
          }
          untils.forEach((until, i) => {
            if (until > now) expect(shown(before)).toContain(`${i + 1}`);
          });
          const another = `${untils.length + 1}`;
          expect(shown(withAnother).filter((id) => id !== another)).toEqual(shown(before));
        },
      ),
      { numRuns: 300 },
    ));
});
