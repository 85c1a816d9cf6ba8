import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CountingSite, OPERATOR, staffCall, startCountingSite } from '../bench/site-in-miniflare.ts';
import { bodyOf, ORDINARY_PIECE, SLOW_PIECES } from '../hostile/bodies.ts';
import { ATTACKER, largestSettings } from '../hostile/calls.ts';

/** The most processor time of a call, of the Worker and the Newsroom together, without the publish that may follow. */
const MAX_CPU_MS = 250;
const RUNS = 3;
const MIB = 2 ** 20;
const TAGS = 'ar en fr de es it pt ru tr fa'.split(' ');

let counting: CountingSite;
beforeAll(async () => {
  counting = await startCountingSite();
  await staffCall(counting.url, 'PUT', 'site', largestSettings(20, counting.url.origin));
  const item = { title: { ar: 'a' }, body: { ar: 'a' }, date: '2026-01-01' };
  await staffCall(counting.url, 'POST', 'news', item, { 'Nashra-Agency': ATTACKER });
});
afterAll(() => counting.site.dispose());

const news = (body: unknown) => JSON.stringify({ content: { title: { ar: 'a' }, body, date: '2026-01-01' } });
const inAll = (text: string) => Object.fromEntries(TAGS.map((tag) => [tag, text]));

// Each is refused after all checks: what is valid names a version that the item does not have.
it.each([
  ['a long list where a text belongs', 422, `{"content":{"source":[${'1,'.repeat(MIB / 2 - 40)}1]}}`],
  ['unknown fields', 422, `{"content":{${Array.from({ length: 60_000 }, (_, i) => `"x${i}":1`).join()}}}`],
  ['a text that is no JSON', 400, 'x'.repeat(MIB)],
  ['a text of escapes', 422, `{"content":{"title":{"ar":"${'\\u0041'.repeat(MIB / 6 - 20)}"}}}`],
  ['brackets that never end', 400, '['.repeat(MIB)],
  ['one key many times', 400, `{${'"a":1,'.repeat(MIB / 6 - 4)}"a":1}`],
  ['the most Markdown that is let in', 412, news({ ar: bodyOf('1. a\n\n').trimEnd() })],
  ['ordinary Markdown in ten languages', 412, news(inAll(bodyOf(ORDINARY_PIECE).slice(0, 20_000).trimEnd()))],
  ['Markdown that is refused, in ten languages', 422, news(inAll(bodyOf(SLOW_PIECES[0])))],
] as const)('takes little processor time: %s', async (name, status, body) => {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const startMs = counting.cpuMs();
    const answer = await fetch(new URL('/api/v1/staff/news/1', counting.url), {
      method: 'PUT',
      headers: {
        Authorization: `Bearer ${OPERATOR}`,
        'Nashra-Agency': ATTACKER,
        'Content-Type': 'application/json',
        'If-Match': '"99"',
      },
      body,
    });
    const text = await answer.text();
    times.push(counting.cpuMs() - startMs);
    expect(answer.status, text.slice(0, 300)).toBe(status);
  }
  console.log(`${name}: ${times.map(Math.round).join(' ')} ms of processor time`);
  expect(Math.min(...times)).toBeLessThan(MAX_CPU_MS);
});

const DAY_MS = 86_400_000;
/** A row for each of the site's days since a year. */
const everyDay = (row: (day: Date) => string, year = 1990) => {
  let csv = '';
  for (let at = Date.UTC(year, 0, 1); at < Date.now() - DAY_MS; at += DAY_MS) csv += row(new Date(at));
  return csv;
};
const iso = (day: Date) => day.toISOString().slice(0, 10);
const columns = Array.from({ length: 100 }, (_, i) => `m${i}`);

it.each([
  ['figures of every day', 200, `date,m0,m1,m2\n${everyDay((day) => `${iso(day)},1,2,3\n`)}`],
  [
    'a hundred metrics since 2017',
    200,
    `date,${columns}\n${everyDay((day) => `${iso(day)},${columns.map(() => 7)}\n`, 2017)}`,
  ],
  ['empty rows', 200, `date,m0\n${',\r\n'.repeat(MIB / 3 - 20)}`],
  ['days that have two meanings', 422, `date,m0\n${everyDay(() => '04/08/2021,1\n')}`],
  ['days in words', 422, `date,m0\n${everyDay((day) => `${iso(day).slice(8)} ma\u0301rz 21,1\n`)}`],
  ['commas', 200, `date,m0${','.repeat(MIB - 20)}`],
  ['line ends', 200, `date,m0\n${'\r'.repeat(MIB - 20)}`],
  ['quotes', 422, '"'.repeat(MIB)],
  ['quoted cells', 422, 'date,m0\n"",'.repeat(MIB / 11 - 1)],
  ['a wide header', 422, `date,m0${',x'.repeat(MIB / 2 - 10)}`],
  ['a number of a million digits', 422, `date,m0\n2021-08-04,${'1,234'.repeat(MIB / 5 - 20)}`],
])('takes little processor time to look at a file: %s', async (name, status, file) => {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const startMs = counting.cpuMs();
    const answer = await fetch(new URL('/api/v1/staff/import?dryRun', counting.url), {
      method: 'POST',
      headers: { Authorization: `Bearer ${OPERATOR}`, 'Content-Type': 'text/csv' },
      body: file,
    });
    const text = await answer.text();
    times.push(counting.cpuMs() - startMs);
    expect(answer.status, text.slice(0, 300)).toBe(status);
  }
  console.log(`${name}: ${times.map(Math.round).join(' ')} ms of processor time`);
  expect(Math.min(...times)).toBeLessThan(MAX_CPU_MS);
});
