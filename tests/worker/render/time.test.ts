import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundaries } from '../../../worker/model/boundary.ts';
import type { Moment } from '../../../worker/model/bulletin.ts';
import { addDays, type CivilDate, civilDateAt, startOfDay } from '../../../worker/model/civil-date.ts';
import { type Instant, toInstant } from '../../../worker/model/instant.ts';
import { documents } from '../../../worker/render/documents.ts';
import { notFoundPages, shells, unavailablePages } from '../../../worker/render/pages/pages.tsx';
import { aBulletin, aMoment } from '../a-bulletin.ts';
import { aSite } from '../a-site.ts';
import { ZONES } from '../zones.ts';

const DAY_MS = 86_400_000;
const shifted = (instant: Instant, ms: number): Instant => toInstant(Date.parse(instant) + ms);

/** Years that hold a change of clocks in every zone that has them, and the day that Samoa skipped. */
const asOf = fc
  .record({
    zone: fc.constantFrom(...ZONES),
    year: fc.constantFrom(2011, 2026),
    day: fc.nat(364),
    ms: fc.nat(DAY_MS),
  })
  .map(({ zone, year, day, ms }) => {
    const start = startOfDay(addDays(`${year}-01-01` as CivilDate, day), zone);
    return { zone, asOf: shifted(start, ms) };
  });

/** A bulletin whose decisions, phases and breaking news begin and end around an instant. */
function around(zone: string, asOf: Instant, offsets: readonly number[]) {
  const today = civilDateAt(asOf, zone);
  const [a = 0, b = 0, c = 0, d = 0] = offsets;
  const from = (n: number) => addDays(today, n);
  return aBulletin({
    site: aSite({ timeZone: zone }),
    items: {
      news: [{ breaking: { until: shifted(asOf, (a + 4) * 5 * 3_600_000) } }, { date: from(-1) }],
      decisions: [
        { date: from(-3), effectiveFrom: from(a), effectiveUntil: from(a + Math.abs(b)) },
        { date: from(-3), effectiveFrom: from(c), effectiveUntil: from(c + 1), replaces: '1' as never },
        { date: from(-40), effectiveFrom: from(d), effectiveUntil: from(d) },
        { date: from(-80), effectiveFrom: from(d), effectiveUntil: from(d) },
      ],
      plan: [
        { order: 1, from: from(b - 2), until: from(b) },
        { order: 2, plannedFrom: from(b), from: from(b + 1), until: from(b + 1) },
      ],
    },
  });
}

/** All that is published, as stamps and as bytes without the moment's own marks. */
function published(bulletin: ReturnType<typeof aBulletin>, moment: Moment) {
  const named = [
    ...shells(bulletin, moment).map((d) => ({ ...d, path: `shell ${d.language}` })),
    ...notFoundPages(bulletin, moment).map((d) => ({ ...d, path: `404 ${d.language}` })),
    ...unavailablePages(bulletin).map((d) => ({ ...d, path: `503 ${d.language}` })),
    ...documents(bulletin, moment),
  ];
  return new Map(
    named.map((d) => {
      const content = 'joined' in d && d.joined ? d.joined.part() : d.render();
      const text = JSON.stringify(content);
      return [
        d.path,
        { stamp: d.stamp, text: MOMENTARY.test(d.path) ? withoutClock(text, moment) : text },
      ] as const;
    }),
  );
}

/** What says when it was published, so that every publish renders it. */
const MOMENTARY = /^\/(ar|en)\/$|bulletin\.json|live\.json/;

// The home page's dateline says it in words too.
const withoutClock = (text: string, { asOf }: Moment) =>
  text.replaceAll(asOf, '(asOf)').replaceAll(/(<time datetime=\\"\(asOf\)\\"[^>]*>)[^<]*/g, '$1');

describe('boundaries', () => {
  it('are ahead, the turn of the day among them, in whatever zone', () => {
    fc.assert(
      fc.property(asOf, ({ zone, asOf }) => {
        const [first, ...rest] = boundaries(aBulletin({ site: aSite({ timeZone: zone }) }), asOf);
        if (!first) throw new Error('no boundary');
        expect(rest).toEqual([]);
        expect(first > asOf).toBe(true);
        expect(Date.parse(first) - Date.parse(asOf)).toBeLessThanOrEqual(25 * 3_600_000);
        expect(civilDateAt(shifted(first, -1000), zone)).toBe(civilDateAt(asOf, zone));
        expect(civilDateAt(first, zone) > civilDateAt(asOf, zone)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('are where documents change by themselves, and nowhere else does any', () => {
    const offsets = fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(asOf, offsets, ({ zone, asOf }, offsets) => {
        const bulletin = around(zone, asOf, offsets);
        const [next] = boundaries(bulletin, asOf);
        if (!next) throw new Error('no boundary');
        const now = published(bulletin, aMoment({ asOf }));
        const last = published(bulletin, aMoment({ asOf: shifted(next, -1000) }));
        expect([...last.keys()]).toEqual([...now.keys()]);
        for (const [path, { stamp, text }] of last) {
          expect(text, path).toBe(now.get(path)?.text);
          if (!MOMENTARY.test(path)) expect(stamp, path).toBe(now.get(path)?.stamp);
        }
        // What does change at the boundary has another stamp.
        for (const [path, { stamp, text }] of published(bulletin, aMoment({ asOf: next })))
          if (now.get(path)?.stamp === stamp) expect(text, path).toBe(now.get(path)?.text);
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});
