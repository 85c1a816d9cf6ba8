import type { MarkdownIt } from 'markdown-it';

/** Thrown when a parse has used up its steps. */
export class TooMuchWork extends Error {}

/** Runs a parse with at most this many steps; gives its result and its steps. @throws TooMuchWork if it needs more */
export type WithinSteps = <T>(
  maxSteps: number,
  parse: () => T,
) => { readonly result: T; readonly steps: number };

// What work costs, in steps of 20 to 130 nanoseconds, by profiles of the parser. A rule that is tried costs one.
export const CHARACTERS_A_STEP = 32;
export const LINE_STEPS = 3;
export const TOKEN_STEPS = 10;
/** Of each mark of emphasis, for each rule that goes through all of them at the end of a text. */
const MARK_STEPS = 2;
const ADDRESS_STEPS = 50;
const SQUARED_CHARACTERS_A_STEP = 256;

/**
 * Makes a parser count its work: each rule that it tries at a line or a character, each line that a quote reads ahead,
 * each token, each address of a link. Gives the function that ends a parse whose work is too much, and the one with
 * which rules of our own count what they do besides. Work is counted, not timed, because a Worker's clock stands still
 * while it computes.
 */
export function meterWork(markdown: MarkdownIt): {
  readonly withinSteps: WithinSteps;
  readonly spend: Spend;
} {
  let stepsLeft = Number.POSITIVE_INFINITY;
  const spend = (steps: number): void => {
    stepsLeft -= steps;
    if (stepsLeft < 0) throw new TooMuchWork();
  };
  meterBlocks(markdown, spend);
  meterInlines(markdown, spend);
  meterAddresses(markdown, spend);
  const withinSteps: WithinSteps = (maxSteps, parse) => {
    stepsLeft = maxSteps;
    try {
      const result = parse();
      return { result, steps: Math.ceil(maxSteps - stepsLeft) };
    } finally {
      stepsLeft = Number.POSITIVE_INFINITY;
    }
  };
  return { withinSteps, spend };
}

/** Counts steps of a parse. @throws TooMuchWork if none are left */
export type Spend = (steps: number) => void;

function meterBlocks({ block }: MarkdownIt, spend: Spend): void {
  for (const rule of block.ruler.__rules__) {
    const { fn } = rule;
    // Some rules read the whole line.
    rule.fn = (state, line, endLine, silent) => {
      spend(1 + ((state.eMarks[line] ?? 0) - (state.bMarks[line] ?? 0)) / CHARACTERS_A_STEP);
      return fn(state, line, endLine, silent);
    };
  }
  block.ruler.__cache__ = null;
  // A quote reads all its lines before it parses them. If it ends before the last of them, the next quote reads the
  // rest again: of many such quotes, each reads all that follow, so that the work is the square of their number.
  const tokenize = block.tokenize.bind(block);
  block.tokenize = (state, line, endLine) => {
    if (state.parentType === 'root') spend(LINE_STEPS * endLine);
    if (state.parentType === 'blockquote') spend(LINE_STEPS * (endLine - line));
    tokenize(state, line, endLine);
  };
  block.State = class extends block.State {
    override push(...token: Parameters<InstanceType<MarkdownIt['block']['State']>['push']>) {
      spend(TOKEN_STEPS);
      return super.push(...token);
    }
  };
}

function meterInlines({ inline }: MarkdownIt, spend: Spend): void {
  for (const rule of inline.ruler.__rules__) {
    const { fn } = rule;
    rule.fn = (state, silent) => {
      spend(1);
      return fn(state, silent);
    };
  }
  inline.ruler.__cache__ = null;
  // At the end of a text, some rules pair its marks of emphasis and make tokens of the pairs.
  for (const rule of inline.ruler2.__rules__) {
    const { fn } = rule;
    rule.fn = (state) => {
      spend(MARK_STEPS * state.delimiters.length);
      fn(state);
    };
  }
  inline.ruler2.__cache__ = null;
  // Each bracket looks for its partner: it skips all tokens up to there, from a cache.
  const skipToken = inline.skipToken.bind(inline);
  inline.skipToken = (state) => {
    spend(1);
    skipToken(state);
  };
  inline.State = class extends inline.State {
    override push(...token: Parameters<InstanceType<MarkdownIt['inline']['State']>['push']>) {
      spend(TOKEN_STEPS);
      return super.push(...token);
    }
  };
}

function meterAddresses(markdown: MarkdownIt, spend: Spend): void {
  const { normalizeLink, normalizeLinkText } = markdown;
  markdown.normalizeLink = (url) => {
    spend(addressSteps(url));
    return normalizeLink.call(markdown, url);
  };
  markdown.normalizeLinkText = (url) => {
    spend(addressSteps(url));
    return normalizeLinkText.call(markdown, url);
  };
}

// Punycode, of a host that is not ASCII, takes the square of its length: RFC 3492 §6.3.
function addressSteps(url: string): number {
  const host = /^[^/?#]*(?:\/\/[^/?#]*)?/.exec(url)?.[0] ?? '';
  const squared = /[\u0080-\uffff]|xn--/i.test(host) ? host.length ** 2 : 0;
  return ADDRESS_STEPS + url.length / CHARACTERS_A_STEP + squared / SQUARED_CHARACTERS_A_STEP;
}
