import { expect, it } from 'vitest';
import { markdownWork } from '../../worker/render/views/markdown.ts';
import { chanceOf } from '../chance.ts';
import {
  BODY_LENGTH,
  bodyOf,
  CHEAP_PIECES,
  GROWING_PIECES,
  ORDINARY_PIECE,
  SLOW_PIECES,
  TRYING_PIECES,
} from '../hostile/bodies.ts';

/** How long the search runs. `SEARCH_SECONDS=600` for ten minutes; `SEARCH_SEED` for another run of chance. */
const SECONDS = Number(process.env.SEARCH_SECONDS ?? 60);
const SEED = Number(process.env.SEARCH_SEED ?? 1);

/** How much longer than an ordinary body of 50,000 characters any other may take, whether it is let in or refused. */
const MAX_RATIO = 15;

const PARTS = [
  ...CHEAP_PIECES,
  ...SLOW_PIECES,
  ...GROWING_PIECES,
  ...TRYING_PIECES,
  ...'>-*_`~[]()!<&#=+|\\"\'.:;1ax \n\t',
  ...[
    '\n\n',
    '> ',
    '- ',
    '1. ',
    '    ',
    '![',
    '](',
    '](tel:1)',
    '<a@b.c>',
    '<https://a.b/>',
    '&amp;',
    '```',
    '~~',
  ],
  ...['***', '---', '\n=', '[a](b "c")', 'https://', '🚒', 'نص', 'é', 'xn--', 'http://ى'],
  ...[
    '-12',
    '+965 ',
    '2497-0967',
    '(965) ',
    '٢٤',
    '١. ',
    '\u200f',
    '\u00a0',
    '«',
    '»',
    '**و',
    'و**',
    'a@b.cc',
  ],
  ...['|', '|-', '|-\n', '|a', '\n|', 'http://a.b/', 'https://', '(', ')', '[](tel:1 '],
];

function cpuMs(body: string): number {
  const start = process.cpuUsage();
  markdownWork(body).excess;
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** The least of some runs: other processes only add. */
const steadyMs = (body: string, runs: number): number =>
  Math.min(...Array.from({ length: runs }, () => cpuMs(body)));

it(`no body found by ${SECONDS} seconds of hill climbing takes much longer than an ordinary one`, {
  timeout: (SECONDS + 60) * 1000,
}, () => {
  const random = chanceOf(SEED);
  const below = (n: number) => Math.floor(random() * n);
  const part = () => PARTS[below(PARTS.length)] ?? '';
  /** A candidate: its pieces, each repeated a number of times, the whole repeated up to the longest length. */
  type Candidate = readonly { readonly text: string; readonly times: number }[];
  const piece = () => ({ text: part(), times: random() < 0.8 ? 1 : 2 ** below(15) });
  const toBody = (candidate: Candidate) => {
    const text = candidate.map(({ text, times }) => text.repeat(times)).join('') || 'x';
    return bodyOf(text.slice(0, BODY_LENGTH));
  };
  const mutated = (candidate: Candidate): Candidate => {
    const next = [...candidate];
    const at = below(next.length + 1);
    const what = random();
    if (what < 0.4) next.splice(at, 0, piece());
    else if (what < 0.6) next.splice(at, 1);
    else if (what < 0.9) next.splice(at, 1, piece());
    else next.splice(at, 0, ...next.slice(0, below(4)));
    return next.length > 12 ? next.slice(0, 12) : next;
  };

  const ordinary = bodyOf(ORDINARY_PIECE);
  const ordinaryMs = steadyMs(ordinary, 20);
  const endMs = Date.now() + SECONDS * 1000;
  let worst = { ms: 0, candidate: [] as Candidate };
  let tried = 0;
  while (Date.now() < endMs) {
    let best: Candidate = Array.from({ length: 1 + below(5) }, piece);
    let bestMs = steadyMs(toBody(best), 2);
    for (let idle = 0; idle < 40 && Date.now() < endMs; idle++) {
      const next = mutated(best);
      const body = toBody(next);
      tried += 1;
      if (cpuMs(body) <= bestMs) continue;
      const ms = steadyMs(body, 3);
      if (ms <= bestMs) continue;
      [best, bestMs, idle] = [next, ms, 0];
    }
    if (bestMs > worst.ms) {
      const ms = steadyMs(toBody(best), 8);
      if (ms > worst.ms) worst = { ms, candidate: best };
    }
  }
  const ratio = worst.ms / ordinaryMs;
  console.log(
    `${tried} bodies; the worst takes ${worst.ms.toFixed(0)} ms, ${ratio.toFixed(1)} times an ordinary body (${ordinaryMs.toFixed(1)} ms):`,
    JSON.stringify(worst.candidate),
    markdownWork(toBody(worst.candidate)).excess ?? 'let in',
  );
  expect(ratio).toBeLessThan(MAX_RATIO);
});

it('no piece that tries numbers, addresses, tables or Arabic writing takes much longer than an ordinary text', () => {
  const ordinaryMs = steadyMs(bodyOf(ORDINARY_PIECE), 5);
  for (const piece of TRYING_PIECES)
    expect(steadyMs(bodyOf(piece), 3) / ordinaryMs, piece).toBeLessThan(MAX_RATIO);
});
