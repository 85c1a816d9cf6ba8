import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { markdownExcerpt, markdownHtml, markdownWork } from '../../worker/render/views/markdown.ts';
import {
  BODY_LENGTH,
  bodyOf,
  CHEAP_PIECES,
  GROWING_PIECES,
  ORDINARY_PIECE,
  SLOW_PIECES,
} from '../hostile/bodies.ts';

const root = new URL('../../', import.meta.url);

/** How much longer a hostile body may take than an ordinary one of its length: it is 2 to 6 times. */
const MAX_RATIO = 15;

/** How much longer a step may take than one of an ordinary text: it is up to 2.5 times. */
const MAX_STEP_RATIO = 5;
/** A text's own work besides its characters, so that a text of few steps is not compared by chance. */
const UNCOUNTED_STEPS = 5_000;

/** The processor time of a function, in milliseconds: the least of some runs. */
function cpuMs(run: () => void, runs = 3): number {
  const times = Array.from({ length: runs }, () => {
    const start = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  });
  return Math.min(...times);
}

describe('the work of a Markdown body', () => {
  it('is bounded: a body that takes too much is refused soon, with what is counted and the bound', () => {
    const ordinaryMs = cpuMs(() => markdownWork(bodyOf(ORDINARY_PIECE)).excess);
    for (const piece of [...SLOW_PIECES, ...GROWING_PIECES]) {
      const body = bodyOf(piece);
      expect(cpuMs(() => markdownWork(body).excess) / ordinaryMs, piece).toBeLessThan(MAX_RATIO);
      expect(markdownWork(body).excess?.detail, piece).toMatch(
        /^must (take at most \d+ steps to parse as Markdown, takes more|become at most \d+ characters of HTML, becomes \d+): use /,
      );
    }
  });

  it('counts no less than it costs: a step of any text takes not much longer than one of an ordinary text', () => {
    const nsOfStep = (body: string) => {
      const { steps } = markdownWork(body);
      return (cpuMs(() => markdownWork(body), 3) * 1e6) / (steps + UNCOUNTED_STEPS);
    };
    const ordinary = nsOfStep(bodyOf(ORDINARY_PIECE));
    for (const piece of CHEAP_PIECES)
      expect(nsOfStep(bodyOf(piece)) / ordinary, piece).toBeLessThan(MAX_STEP_RATIO);
  });

  it('is bounded too where an older version stored such a body: it is shown as plain text', () => {
    for (const piece of SLOW_PIECES) {
      const html = markdownHtml(bodyOf(piece));
      expect(html.length, piece).toBeLessThan(6 * BODY_LENGTH);
      expect(html.replaceAll(/<\/?p>/g, ''), piece).not.toContain('<');
    }
    expect(markdownHtml(bodyOf('a <b>\n=\n>>-\n\n')).slice(0, 40)).toBe(
      '<p>a &lt;b&gt;\n=\n&gt;&gt;-</p>\n<p>a &lt;',
    );
    expect(markdownExcerpt(bodyOf('v\n>>#\n'), 6)).toBe('v >>#…');
  });

  it('is within the bounds for 50,000 characters of ordinary text, and for any short text', () => {
    const pieces = [
      ORDINARY_PIECE,
      'نص عادي من أخبار اليوم. ',
      'A line of prose, **bold** and *soft*.\n\n',
      '- an item\n',
      '1. بند\n',
      '> a quoted line\n',
      '> a quoted line\ngoes on lazily\n\n',
      '## A heading\n\nOne line.\n\n',
      '- [a link](https://a.example/)\n',
      '- a\n  - b c d\n    - e f g\n',
      '| a | b | c |\n',
      '```\ncode\n```\n',
      '- https://a.example/\n',
      'مستشفى مبارك الكبير: 2497-0967\n',
      'البريد: help@example.org\n',
      'الحالات -12 والوفيات +3\n',
      '١. بند\n',
      '\u200f- بند أول\n',
      'و**«حظر التجول»** من\n',
      '| المستشفى | الهاتف | التغير |\n|---|---|---|\n| مبارك الكبير | 2497-0967 | -12 |\n| الأميري | 2497-0967 | +5 |\n\n',
    ];
    for (const piece of pieces) expect(markdownWork(bodyOf(piece)).excess, piece).toBeNull();
    for (const piece of [...SLOW_PIECES, ...GROWING_PIECES])
      expect(markdownWork(bodyOf(piece).slice(0, 300)).excess, piece).toBeNull();
  });

  it('is within the bounds for all that the seed and the fixtures contain', () => {
    const files = ['kv-seed', 'tests/fixtures']
      .flatMap((folder) =>
        readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' }).map(
          (name) => `${folder}/${name}`,
        ),
      )
      .filter((path) => path.endsWith('.md'));
    expect(files.length).toBeGreaterThan(100);
    for (const path of files)
      for (const body of readFileSync(new URL(path, root), 'utf8').split(/^---$/m))
        expect(markdownWork(body).excess, path).toBeNull();
  });

  it('grows with the number of pictures, not with its square', () => {
    const pictures = bodyOf('![a](tel:1)');
    expect(cpuMs(() => markdownWork(pictures).excess)).toBeLessThan(
      8 * cpuMs(() => markdownWork(pictures.slice(0, BODY_LENGTH / 4)).excess) + 10,
    );
  });
});
