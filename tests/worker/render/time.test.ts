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

/** Instants in years with a clock change in every zone that has them, and with the day that Samoa skipped. */
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
function bulletinAround(zone: string, asOf: Instant, offsets: readonly number[]) {
  const today = civilDateAt(asOf, zone);
  const [a = 0, b = 0, c = 0, d = 0] = offsets;
  const from = (n: number) => addDays(today, n);
  return aBulletin({
    site: aSite({ timeZone: zone }),
    // These become old around the instant.
    days: { [from(-2)]: { new_cases: 1, critical: 2 }, [from(Math.min(0, a))]: { critical: 3 } },
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

/** All published documents by path: their stamps, and their texts without the time and release of the moment. */
function publishedDocuments(bulletin: ReturnType<typeof aBulletin>, moment: Moment) {
  const all = [
    ...shells(bulletin, moment).map((d) => ({ ...d, path: `shell ${d.language}` })),
    ...notFoundPages(bulletin, moment).map((d) => ({ ...d, path: `404 ${d.language}` })),
    ...unavailablePages(bulletin).map((d) => ({ ...d, path: `503 ${d.language}` })),
    ...documents(bulletin, moment),
  ];
  return new Map(
    all.map((d) => {
      const content = 'joined' in d && d.joined ? d.joined.part() : d.render();
      const text = JSON.stringify(content);
      return [
        d.path,
        { stamp: d.stamp, text: SHOWS_MOMENT.test(d.path) ? withoutClock(text, moment) : text },
      ] as const;
    }),
  );
}

/** The documents that show the time of publication, so that every publish renders them. */
const SHOWS_MOMENT = /^\/(ar|en)\/$|bulletin\.json|live\.json|figures\/(ar|en)\.json/;

// The home page's dateline shows the time in words too.
const withoutClock = (text: string, { asOf }: Moment) =>
  text.replaceAll(asOf, '(asOf)').replaceAll(/(<time datetime=\\"\(asOf\)\\"[^>]*>)[^<]*/g, '$1');

describe('boundaries', () => {
  it('are in the future, and include the next midnight, in every time zone', () => {
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

  it('are the only instants at which documents change by themselves', () => {
    const offsets = fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(asOf, offsets, ({ zone, asOf }, offsets) => {
        const bulletin = bulletinAround(zone, asOf, offsets);
        const [next] = boundaries(bulletin, asOf);
        if (!next) throw new Error('no boundary');
        const documentsNow = publishedDocuments(bulletin, aMoment({ asOf }));
        const documentsBeforeBoundary = publishedDocuments(bulletin, aMoment({ asOf: shifted(next, -1000) }));
        expect([...documentsBeforeBoundary.keys()]).toEqual([...documentsNow.keys()]);
        for (const [path, { stamp, text }] of documentsBeforeBoundary) {
          expect(text, path).toBe(documentsNow.get(path)?.text);
          if (!SHOWS_MOMENT.test(path)) expect(stamp, path).toBe(documentsNow.get(path)?.stamp);
        }
        // A document that changes at the boundary has a new stamp.
        for (const [path, { stamp, text }] of publishedDocuments(bulletin, aMoment({ asOf: next })))
          if (documentsNow.get(path)?.stamp === stamp) expect(text, path).toBe(documentsNow.get(path)?.text);
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});
