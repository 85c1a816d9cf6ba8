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

/** Moves the clock to `plusMs` milliseconds after an instant in the future. */
function moveClockTo(instant: Instant, plusMs = 0): void {
  const aheadMs = Date.parse(instant) + plusMs - Date.now();
  expect(aheadMs).toBeGreaterThan(-SECOND_MS);
  advanceClock(Math.max(0, aheadMs));
}

/** A read at the present moment: the body, the seconds for which caches may keep it, and the release number. */
async function read(path: string) {
  const response = await exports.default.fetch(`https://bulletin.example${path}`);
  const seconds = [
    ...(response.headers.get('Cache-Control') ?? '').matchAll(/(?:max-age|while-revalidate)=(\d+)/g),
  ];
  return {
    body: await response.text(),
    cacheableSeconds: seconds.reduce((sum, [, n]) => sum + Number(n), 0),
    release: Number(response.headers.get('Nashra-Release')),
  };
}

/** The status of each decision on a page, by title; the status dot shows it. */
const statuses = (html: string) =>
  Object.fromEntries(
    [...html.matchAll(/<li><p class="state[^"]*"><i class="(dot[^"]*)">.*?<bdi>(.*?)<\/bdi>/g)].map(
      ([, dot = '', title = '']) => [title, DOTS[dot as keyof typeof DOTS]],
    ),
  );
const DOTS = { dot: 'in force', 'dot dot-half': 'starts', 'dot dot-hollow': 'over' } as const;

/** The title of the current phase on a page; null if there is none. */
const currentPhase = (html: string) =>
  /<li[^>]* aria-current[^>]*>.*?<bdi>(.*?)<\/bdi>/.exec(html)?.[1] ?? null;

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

/** Withdraws all items. An isolate never serves an older release, so all tests of this file share one site. */
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

/** The first day from `from` on with this clock change, which makes the day longer or shorter; `from` if 'none'. */
function firstDayWith(change: Change, zone: string, from: CivilDate): CivilDate {
  let date = from;
  if (change !== 'none')
    while (Math.sign(lengthMs(date, zone) - 24 * 3600 * SECOND_MS) !== (change === 'longer' ? 1 : -1))
      date = addDays(date, 1);
  return date;
}

type Change = 'longer' | 'shorter' | 'none';

// The clocks of Beirut, Cairo and Santiago change at midnight.
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

/** The next such day of each zone, by date and at least four days apart, because the clock cannot go back. */
function daysAhead() {
  const days: { zone: string; change: Change; date: CivilDate; midnight: Instant }[] = [];
  let from = addDays(civilDateAt(toInstant(Date.now()), 'UTC'), 3);
  for (const left = [...ZONES]; left.length > 0; ) {
    const next = left
      .map(([zone, change]) => ({ zone, change, date: firstDayWith(change, zone, from) }))
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
    'in $zone on $date ($change), decisions and phases that begin or end that day change on the pages',
    async ({ zone, date, midnight }) => {
      moveClockTo(midnight, -3600 * SECOND_MS);
      const [eve, day] = [addDays(date, -1), date];
      expect(civilDateAt(toInstant(Date.now()), zone)).toBe(eve);
      await setUpSite({ timeZone: zone });
      for (const collection of ['decisions', 'plan']) await withdrawAll(collection);
      advanceClock(2 * SECOND_MS);
      const replacedId = await add(
        'decisions',
        decision('Old', { effectiveFrom: '2026-01-01', effectiveUntil: undefined }),
      );
      await add('decisions', decision('Ends', { effectiveFrom: '2026-01-01', effectiveUntil: eve }));
      await add('decisions', decision('Begins', { effectiveFrom: day, effectiveUntil: day }));
      await add(
        'decisions',
        decision('New', { effectiveFrom: day, effectiveUntil: undefined, replaces: replacedId }),
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

      const statusesBefore = { Old: 'in force', Ends: 'in force', Begins: 'starts', New: 'starts' };
      moveClockTo(midnight, -7 * SECOND_MS);
      for (const path of [
        '/en/decisions/',
        '/en/',
        '/ar/decisions/2020-03/',
        '/api/v1/decisions.json',
        `/en/decisions/${replacedId}`,
      ]) {
        const { body, cacheableSeconds } = await read(path);
        expect(cacheableSeconds, path).toBeLessThanOrEqual(7);
        if (!path.startsWith('/api') && !path.endsWith(replacedId))
          expect(statuses(body), path).toEqual(statusesBefore);
      }
      for (const path of ['/en/plan/', '/en/'])
        expect(currentPhase((await read(path)).body), path).toBe('One');

      moveClockTo(midnight);
      const beforeAlarm = await read('/en/decisions/');
      expect(beforeAlarm.cacheableSeconds).toBe(0); // no cache keeps an answer from before the alarm
      expect(await runDurableObjectAlarm(newsroom())).toBe(true);
      advanceClock(31 * SECOND_MS);
      const statusesAfter = { Old: 'over', Ends: 'over', Begins: 'in force', New: 'in force' };
      for (const path of ['/en/decisions/', '/en/', '/ar/decisions/2020-03/']) {
        const { body, cacheableSeconds, release } = await read(path);
        expect(statuses(body), path).toEqual(statusesAfter);
        expect(cacheableSeconds).toBe(30);
        expect(release).toBeGreaterThan(beforeAlarm.release);
      }
      for (const path of ['/en/plan/', '/en/'])
        expect(currentPhase((await read(path)).body), path).toBe('Two');

      // The alarm is set for the next midnight.
      moveClockTo(startOfDay(addDays(date, 1), zone));
      expect(await runDurableObjectAlarm(newsroom())).toBe(true);
      advanceClock(31 * SECOND_MS);
      expect(statuses((await read('/en/decisions/')).body)).toEqual({ ...statusesAfter, Begins: 'over' });
    },
  );

  it('breaking news ends at its time, and old months no longer show it without being rendered again', async () => {
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
    moveClockTo(until, -3 * SECOND_MS);
    expect((await read('/en/news/2020-03/')).cacheableSeconds).toBeLessThanOrEqual(3);
    moveClockTo(until);
    expect(await runDurableObjectAlarm(newsroom())).toBe(true);
    advanceClock(31 * SECOND_MS);
    const { body } = await read('/en/news/2020-03/');
    expect(body).toContain('News');
    expect(body).not.toContain('Now');
    expect(newsroomKv().count('put', 'pack/')).toBe(packsBefore);
  });
});
