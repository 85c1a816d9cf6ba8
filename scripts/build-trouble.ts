import { stripVTControlCharacters } from 'node:util';
import type { BuildFailure, Message } from 'esbuild';

/** The sources can't be built. The message has one line per fault: file, line, column, description. */
export class BuildFailed extends Error {}

/**
 * Throws esbuild's failure again as a BuildFailed that holds only the faults, without esbuild's stack. Throws any other
 * error unchanged.
 */
export function buildFailed(cause: unknown): never {
  if (!isBuildFailure(cause)) throw cause;
  throw new BuildFailed(faultLines(cause.errors).join('\n'), { cause });
}

/** Formats esbuild's messages, one line each. Lines and columns are counted from 1. */
export const faultLines = (messages: readonly Message[]): readonly string[] =>
  messages.map(({ location, text }) =>
    location ? `${location.file}:${location.line}:${location.column + 1}: ${text}` : text,
  );

/**
 * Extracts the faults from the output of a wrangler that failed, one line each. Wrangler prints `✘ [ERROR]
 * description`, then `file:line:column:` if it knows the place, then the source line with marks. All other output is
 * dropped.
 */
export function wranglerFaults(output: string): string {
  const faults: { text: string; place: string | null }[] = [];
  for (const line of stripVTControlCharacters(output).split('\n')) {
    const text = /^\s*✘ \[ERROR\] (.+)$/.exec(line)?.[1];
    const place = /^\s+(\S.*:\d+:\d+):\s*$/.exec(line)?.[1];
    const last = faults.at(-1);
    if (text !== undefined) faults.push({ text, place: null });
    else if (place !== undefined && last) last.place ??= place;
  }
  const lines = faults
    .filter(({ text }) => !/^Build failed with \d+ errors?:$/.test(text))
    .map(({ text, place }) => (place === null ? text : `${place}: ${text}`));
  return lines.join('\n') || output.trim();
}

const isBuildFailure = (cause: unknown): cause is BuildFailure =>
  cause instanceof Error && 'errors' in cause && Array.isArray(cause.errors);
