import { addDays, type CivilDate } from '../../worker/model/civil-date.ts';
import { LIMITS, MAX_ATTRIBUTION, MAX_NOTICE } from '../../worker/model/limits.ts';
import { MAX_FACTS_BYTES } from '../../worker/model/staff/cell-body.ts';
import { MAX_REASON, MAX_TITLE } from '../../worker/model/validation/text.ts';
import type { Call } from '../bench/staff-call.ts';
import { type Chance, chanceOf } from '../chance.ts';
import { BODY_LENGTH, bodyOf, GROWING_PIECES, ORDINARY_PIECE, SLOW_PIECES } from './bodies.ts';

/** Calls that one agency makes one after the other. Each is valid by its form; a limit may refuse it. */
export type Batch = { readonly name: string; readonly calls: readonly Call[] };

/** Languages with several scripts, directions and plural rules; a site may have twenty. */
const TAGS = 'ar en fr de es it pt ru tr fa ur hi bn ta te ml si ne tl id'.split(' ');

/** The agency whose key floods the site, and another one, whose figures must stay public in time. */
export const ATTACKER = 'attacker';
export const VICTIM = 'victim';

/** Settings whose every part is as large as a body of 1 MiB allows, in `languages` languages. */
export function largestSettings(languages: number, origin: string): unknown {
  const tags = TAGS.slice(0, languages);
  const texts = (text: string) => Object.fromEntries(tags.map((tag) => [tag, text]));
  const label = texts('م'.repeat(Math.floor(300 / languages)));
  const agencies = [ATTACKER, VICTIM, ...Array.from({ length: 198 }, (_, i) => `agency-${i}`)];
  return {
    name: texts('نشرة الأزمة'),
    origin,
    open: true,
    timeZone: 'Asia/Kathmandu',
    languages: tags.map((tag) => ({ tag, locale: tag })),
    defaultLanguage: 'ar',
    firstDate: '1990-01-01',
    operator: VICTIM,
    agencies: agencies.map((id) => ({ id, name: label })),
    license: { name: 'CC0', attribution: texts('م'.repeat(MAX_ATTRIBUTION)) },
    notice: texts('ت'.repeat(MAX_NOTICE)),
    limits: Object.fromEntries(Object.entries(LIMITS).map(([name, { most }]) => [name, most])),
    groups: Array.from({ length: 50 }, (_, i) => ({ id: `g${i}`, label: texts('م'.repeat(10)) })),
    metrics: Array.from({ length: 100 }, (_, i) => ({
      id: `m${i}`,
      kind: i % 2 ? 'flow' : 'level',
      agencies: [i < 50 ? ATTACKER : VICTIM],
      label,
      unit: texts('و'.repeat(10)),
      tone: 'neutral',
      better: 'lower',
      group: `g${i % 50}`,
      due: { weekdays: [1, 2, 3, 4, 5, 6, 7], time: minuteOf(i), graceMinutes: 60 * i },
    })),
  };
}

/** An hour of the day, each 14 minutes after the one before. */
const minuteOf = (i: number): string => new Date(i * 14 * 60_000).toISOString().slice(11, 16);

/**
 * Batches of valid content that is as costly as the rules allow: the largest bodies, which hardly compress, grow as
 * HTML or take many steps to parse; lists that grow without end; chains of decisions; endings a second apart. The same
 * seed gives the same batches.
 * @param scale 1 for a short run; how many times as many items a longer run has
 */
export function hostileBatches(
  { languages, today }: { readonly languages: number; readonly today: CivilDate },
  scale: number,
  seed: number,
): readonly Batch[] {
  const chance = chanceOf(seed);
  const tags = TAGS.slice(0, languages);
  const many = <T>(count: number, make: (i: number) => T): readonly T[] =>
    Array.from({ length: Math.ceil(count * scale) }, (_, i) => make(i));
  const title = (i: number) => ({ ar: `عنوان ${i} ${'ط'.repeat(250)}` });
  // Together at most 1 MiB, as a body of a call must be.
  const longest = Math.min(BODY_LENGTH, Math.floor(300_000 / languages));
  const noise = (length: number) => Object.fromEntries(tags.map((tag) => [tag, noiseOf(length, chance)]));
  // One body of the longest length takes about as many steps as all texts of an item may.
  const repeated = (piece: string) => ({ ar: bodyOf(piece) });
  // A short run has the first twelve: enough that are let in for a long page, and all that are slow.
  const pieces = [...MANY_TOKENS.slice(0, 7), ...SLOW_PIECES, ...MANY_TOKENS.slice(7), ...GROWING_PIECES];
  const anyDate = (i: number) => addDays(today, -31 * i);
  return [
    {
      name: 'questions of one topic',
      calls: many(80, (i) => [
        'POST',
        'faq',
        { question: title(i), answer: repeated(pieces[i % pieces.length] ?? ''), topic: { ar: 'عام' } },
      ]),
    },
    {
      name: 'guidance of many topics',
      calls: many(60, (i) => ['POST', 'guidance', { title: title(i), body: noise(5_000), topic: title(i) }]),
    },
    {
      name: 'phases of the plan',
      calls: many(12, (i) => [
        'POST',
        'plan',
        { order: i, title: title(i), open: noise(20_000 / languages), closed: repeated(ORDINARY_PIECE) },
      ]),
    },
    {
      name: 'contacts',
      calls: many(80, (i) => [
        'POST',
        'contacts',
        { name: title(i), kind: i % 2 ? 'hotline' : 'fund', phone: '999', hours: title(i), order: -i },
      ]),
    },
    {
      name: 'breaking news that ends second by second',
      calls: many(40, (i) => [
        'POST',
        'news',
        { title: title(i), body: { ar: 'خبر' }, date: today, breaking: { until: inSeconds(600 + i) } },
      ]),
    },
    {
      name: 'news of many months',
      calls: many(60, (i) => ['POST', 'news', { title: title(i), body: { ar: 'خبر' }, date: anyDate(i) }]),
    },
    {
      name: 'the longest bodies, which hardly compress',
      calls: many(12, (i) => ['POST', 'news', { title: title(i), body: noise(longest), date: today }]),
    },
    {
      name: 'the same item edited with other bodies',
      calls: many(12, (i) => [
        'PUT',
        'news/1',
        { content: { title: title(i), body: noise(longest), date: today }, reason: 'سبب' },
      ]),
    },
    {
      name: 'bodies of every costly form',
      calls: many(pieces.length, (i) => [
        'POST',
        'rumours',
        {
          claim: title(i),
          verdict: title(i),
          answer: repeated(pieces[i % pieces.length] ?? ''),
          date: anyDate(i),
        },
      ]),
    },
    {
      name: 'a chain of decisions',
      calls: many(30, (i) => [
        'POST',
        'decisions',
        {
          title: title(i),
          // All fit in what a key may send at once, because each must come after the one before.
          body: noise(900),
          issuer: { ar: 'جهة' },
          date: today,
          ...(i > 0 ? { replaces: `${i}` } : {}),
        },
      ]),
    },
    {
      name: 'figures of every day',
      calls: many(20, (i) => [
        'PUT',
        `statistics/${addDays(today, -1 - i)}`,
        {
          values: Object.fromEntries(
            Array.from({ length: 50 }, (_, m) => [`m${m}`, 20_000_000 + i * 10 + m]),
          ),
        },
      ]),
    },
    {
      name: 'figures that are only shown',
      calls: many(60, (i) =>
        i % 2
          ? ['POST', 'import', { figures: `date,m1\n${addDays(today, -1 - (i % 20))},${i}\n`, dryRun: true }]
          : ['PUT', `statistics/${addDays(today, -1 - (i % 20))}`, { values: { m0: i }, dryRun: true }],
      ),
    },
    {
      name: 'files of figures that are only shown',
      calls: many(4, (i) => [
        'POST',
        'import',
        {
          figures: `date,m${i},m${i + 4}\n${Array.from({ length: 4_000 }, (_, day) => `${addDays(today, -60 - day)},${day},${i}\n`).join('')}`,
          dryRun: true,
        },
      ]),
    },
    {
      name: 'figures with notes in every language',
      calls: notesOfDays({ languages, today }, Math.ceil(40 * scale), chance),
    },
    {
      name: 'remarks about every metric',
      calls: many(100, (i) => [
        'POST',
        'remarks',
        { metric: `m${i % 50}`, date: anyDate(i), text: noise(MAX_REASON), ...REMARKS[i % REMARKS.length] },
      ]),
    },
  ];
}

/**
 * Figures of 50 metrics on days, each with the longest note that it may have: 0.7 MB a day of text that hardly compresses.
 * Three weeks of them are more than a document may have.
 */
export function notesOfDays(
  { languages, today }: { readonly languages: number; readonly today: CivilDate },
  days: number,
  chance: Chance,
): readonly Call[] {
  const tags = TAGS.slice(0, languages);
  const length = Math.min(MAX_TITLE, Math.floor((MAX_FACTS_BYTES - 500) / languages / 3));
  const note = () => Object.fromEntries(tags.map((tag) => [tag, noiseOf(length, chance)]));
  const figure = (i: number, m: number) => ({
    value: 20_000_000 + i * 10 + m,
    at: minuteOf(m),
    provisionalUntil: addDays(today, 30),
    note: note(),
  });
  return Array.from({ length: days }, (_, i) => [
    'PUT',
    `statistics/${addDays(today, -40 - i)}`,
    { values: Object.fromEntries(Array.from({ length: 50 }, (_, m) => [`m${m}`, figure(i, m)])) },
  ]);
}

/** What remarks say; an odd number, so that each metric, of both kinds, has each. */
const REMARKS = [
  { kind: 'break' },
  { kind: 'problem' },
  { kind: 'pause', date: '2019-01-01', until: '2020-01-01' },
] as const;

/** Pieces that give the most tokens, tags or links that a piece of their length can. */
const MANY_TOKENS = [
  '- **a**\n',
  '`a`*b*',
  '[a](//b.c)',
  '1. a\n\n',
  '&amp;<',
  '![](a)',
  '***a***\n\n',
  'a\n',
];

/** Text that hardly compresses: Han characters by chance. */
const noiseOf = (length: number, chance: Chance): string =>
  String.fromCharCode(...Array.from({ length }, () => 0x4e00 + Math.floor(chance() * 20_000)));

const inSeconds = (seconds: number): string =>
  `${new Date(Date.now() + seconds * 1000).toISOString().slice(0, 19)}Z`;
