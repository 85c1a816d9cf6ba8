import { runDurableObjectAlarm } from 'cloudflare:test';
import { exports } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { addDays, type CivilDate, civilDateAt, startOfDay } from '../../../worker/model/civil-date.ts';
import { type Instant, toInstant } from '../../../worker/model/instant.ts';
import { advanceClock } from '../clock.ts';
import { CONTENT_EXAMPLES } from '../content-examples.ts';
import { newsroomKv } from '../main.ts';
import { newsContent, newsroom, setUpSite, staff } from '../staff-client.ts';

const SECOND_MS = 1000;

/** Moves the clock to an instant, which must be ahead. */
function clockAt(instant: Instant, plusMs = 0): void {
  const aheadMs = Date.parse(instant) + plusMs - Date.now();
  expect(aheadMs).toBeGreaterThan(-SECOND_MS);
  advanceClock(Math.max(0, aheadMs));
}

/** A reader at this very moment; the seconds for which what was read may be kept. */
async function read(path: string) {
  const response = await exports.default.fetch(`https://bulletin.example${path}`);
  const seconds = [
    ...(response.headers.get('Cache-Control') ?? '').matchAll(/(?:max-age|while-revalidate)=(\d+)/g),
  ];
  return {
    body: await response.text(),
    keptSeconds: seconds.reduce((sum, [, n]) => sum + Number(n), 0),
    release: Number(response.headers.get('Nashra-Release')),
  };
}

/** By title, how each decision of a page stands: its dot. */
const statuses = (html: string) =>
  Object.fromEntries(
    [...html.matchAll(/<li><p class="state[^"]*"><i class="(dot[^"]*)">.*?<bdi>(.*?)<\/bdi>/g)].map(
      ([, dot = '', title = '']) => [title, DOTS[dot as keyof typeof DOTS]],
    ),
  );
const DOTS = { dot: 'in force', 'dot dot-half': 'starts', 'dot dot-hollow': 'over' } as const;

/** The title of the phase that is on. */
const phaseOn = (html: string) => /<li[^>]* aria-current[^>]*>.*?<bdi>(.*?)<\/bdi>/.exec(html)?.[1] ?? null;

const decision = (title: string, changes: object) => ({
  ...CONTENT_EXAMPLES.decisions.full,
  title: { ar: title, en: title },
  ...changes,
});

async function add(collection: string, content: object): Promise<string> {
  const answer = await staff('POST', collection, { body: content });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  advanceClock(2 * SECOND_MS);
  return answer.body.id;
}

/** A reader's isolate never goes back to a release, so all tests here share one site, and tidy up behind them. */
async function withdrawAll(collection: string): Promise<void> {
  const { items } = (await staff('GET', collection)).body;
  for (const { id, state } of items) {
    if (state === 'withdrawn') continue;
    await staff('DELETE', `${collection}/${id}`, { body: { reason: 'Another zone' } });
    advanceClock(2 * SECOND_MS);
  }
}

const lengthMs = (date: CivilDate, zone: string): number =>
  Date.parse(startOfDay(addDays(date, 1), zone)) - Date.parse(startOfDay(date, zone));

/** The first day from `from` on that is a zone's clocks' to change, so that it lasts longer or shorter. */
function dayOf(change: Change, zone: string, from: CivilDate): CivilDate {
  let date = from;
  if (change !== 'none')
    while (Math.sign(lengthMs(date, zone) - 24 * 3600 * SECOND_MS) !== (change === 'longer' ? 1 : -1))
      date = addDays(date, 1);
  return date;
}

type Change = 'longer' | 'shorter' | 'none';

// Beirut's, Cairo's and Santiago's clocks change at midnight.
const ZONES: readonly (readonly [zone: string, change: Change])[] = [
  ['Asia/Kuwait', 'none'],
  ['Europe/London', 'shorter'],
  ['Asia/Beirut', 'shorter'],
  ['Asia/Beirut', 'longer'],
  ['Australia/Lord_Howe', 'longer'],
  ['Africa/Cairo', 'shorter'],
  ['America/Santiago', 'shorter'],
  ['Pacific/Apia', 'none'],
];

/** The next day of each zone, in the order of the calendar and some days apart: the clock only goes on. */
function daysAhead() {
  const days: { zone: string; change: Change; date: CivilDate; midnight: Instant }[] = [];
  let from = addDays(civilDateAt(toInstant(Date.now()), 'UTC'), 3);
  for (const left = [...ZONES]; left.length > 0; ) {
    const next = left
      .map(([zone, change]) => ({ zone, change, date: dayOf(change, zone, from) }))
      .reduce((a, b) => (b.date < a.date ? b : a));
    days.push({ ...next, midnight: startOfDay(next.date, next.zone) });
    left.splice(
      left.findIndex(([zone, change]) => zone === next.zone && change === next.change),
      1,
    );
    from = addDays(next.date, 4);
  }
  return days;
}

describe('at midnight', () => {
  it.each(daysAhead())(
    'in $zone, on $date ($change), what begins begins and what ends ends',
    async ({ zone, date, midnight }) => {
      clockAt(midnight, -3600 * SECOND_MS);
      const [eve, day] = [addDays(date, -1), date];
      expect(civilDateAt(toInstant(Date.now()), zone)).toBe(eve);
      await setUpSite({ timeZone: zone });
      for (const collection of ['decisions', 'plan']) await withdrawAll(collection);
      advanceClock(2 * SECOND_MS);
      const old = await add(
        'decisions',
        decision('Old', { effectiveFrom: '2026-01-01', effectiveUntil: undefined }),
      );
      await add('decisions', decision('Ends', { effectiveFrom: '2026-01-01', effectiveUntil: eve }));
      await add('decisions', decision('Begins', { effectiveFrom: day, effectiveUntil: day }));
      await add(
        'decisions',
        decision('New', { effectiveFrom: day, effectiveUntil: undefined, replaces: old }),
      );
      const phase = { ...CONTENT_EXAMPLES.plan.full, plannedFrom: undefined };
      await add('plan', {
        ...phase,
        title: { ar: 'One', en: 'One' },
        order: 1,
        from: '2026-01-01',
        until: eve,
      });
      await add('plan', { ...phase, title: { ar: 'Two', en: 'Two' }, order: 2, from: day, until: undefined });

      const before = { Old: 'in force', Ends: 'in force', Begins: 'starts', New: 'starts' };
      clockAt(midnight, -7 * SECOND_MS);
      for (const path of [
        '/en/decisions/',
        '/en/',
        '/ar/decisions/2020-03/',
        '/api/v1/decisions.json',
        `/en/decisions/${old}`,
      ]) {
        const { body, keptSeconds } = await read(path);
        expect(keptSeconds, path).toBeLessThanOrEqual(7);
        if (!path.startsWith('/api') && !path.endsWith(old)) expect(statuses(body), path).toEqual(before);
      }
      for (const path of ['/en/plan/', '/en/']) expect(phaseOn((await read(path)).body), path).toBe('One');

      clockAt(midnight);
      const late = await read('/en/decisions/');
      expect(late.keptSeconds).toBe(0); // what a reader gets while the alarm goes off is kept by nobody
      expect(await runDurableObjectAlarm(newsroom())).toBe(true);
      advanceClock(31 * SECOND_MS);
      const after = { Old: 'over', Ends: 'over', Begins: 'in force', New: 'in force' };
      for (const path of ['/en/decisions/', '/en/', '/ar/decisions/2020-03/']) {
        const { body, keptSeconds, release } = await read(path);
        expect(statuses(body), path).toEqual(after);
        expect(keptSeconds).toBe(30);
        expect(release).toBeGreaterThan(late.release);
      }
      for (const path of ['/en/plan/', '/en/']) expect(phaseOn((await read(path)).body), path).toBe('Two');

      // And the alarm is set for the next midnight.
      clockAt(startOfDay(addDays(date, 1), zone));
      expect(await runDurableObjectAlarm(newsroom())).toBe(true);
      advanceClock(31 * SECOND_MS);
      expect(statuses((await read('/en/decisions/')).body)).toEqual({ ...after, Begins: 'over' });
    },
  );

  it('breaking news ends at its instant, and old months show its end without being made anew', async () => {
    await setUpSite();
    advanceClock(2 * SECOND_MS);
    for (const date of ['2020-03-01', '2020-04-01', '2020-05-01']) await add('news', newsContent({ date }));
    const until = toInstant(Date.now() + 600 * SECOND_MS);
    await add(
      'news',
      newsContent({ date: '2020-05-02', title: { ar: 'Now', en: 'Now' }, breaking: { until } }),
    );
    const packsBefore = newsroomKv().count('put', 'pack/');
    advanceClock(31 * SECOND_MS);
    expect((await read('/en/news/2020-03/')).body).toContain('Now');
    clockAt(until, -3 * SECOND_MS);
    expect((await read('/en/news/2020-03/')).keptSeconds).toBeLessThanOrEqual(3);
    clockAt(until);
    expect(await runDurableObjectAlarm(newsroom())).toBe(true);
    advanceClock(31 * SECOND_MS);
    const { body } = await read('/en/news/2020-03/');
    expect(body).toContain('News');
    expect(body).not.toContain('Now');
    expect(newsroomKv().count('put', 'pack/')).toBe(packsBefore);
  });
});
