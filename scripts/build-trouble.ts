import { stripVTControlCharacters } from 'node:util';
import type { BuildFailure, Message } from 'esbuild';

/** The sources can't be built. The message has a line for each fault: file, line, column, what. */
export class BuildFailed extends Error {}

/** Passes esbuild's failure on as its faults alone, without esbuild's own stack. */
export function buildFailed(cause: unknown): never {
  if (!isBuildFailure(cause)) throw cause;
  throw new BuildFailed(toldPlainly(cause.errors).join('\n'), { cause });
}

/** esbuild's messages, a line for each. Lines are counted from 1, columns too. */
export const toldPlainly = (messages: readonly Message[]): readonly string[] =>
  messages.map(({ location, text }) =>
    location ? `${location.file}:${location.line}:${location.column + 1}: ${text}` : text,
  );

/**
 * What wrangler printed as it failed, a line for each fault. It prints `✘ [ERROR] what`, where it knows it the place as
 * `file:line:column:` below, the line of source with marks under it, and around all this what is of no help here.
 */
export function toldByWrangler(output: string): string {
  const faults: { text: string; place: string | null }[] = [];
  for (const line of stripVTControlCharacters(output).split('\n')) {
    const text = /^\s*✘ \[ERROR\] (.+)$/.exec(line)?.[1];
    const place = /^\s+(\S.*:\d+:\d+):\s*$/.exec(line)?.[1];
    const last = faults.at(-1);
    if (text !== undefined) faults.push({ text, place: null });
    else if (place !== undefined && last) last.place ??= place;
  }
  const own = faults.filter(({ text }) => !/^Build failed with \d+ errors?:$/.test(text));
  return (
    own.map(({ text, place }) => (place === null ? text : `${place}: ${text}`)).join('\n') || output.trim()
  );
}

const isBuildFailure = (cause: unknown): cause is BuildFailure =>
  cause instanceof Error && 'errors' in cause && Array.isArray(cause.errors);
