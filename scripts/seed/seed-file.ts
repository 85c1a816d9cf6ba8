import { readFile } from 'node:fs/promises';
import type * as v from 'valibot';
import { parseWith } from '../../worker/model/validation/parse.ts';

/** What is wrong with the seed's files, in one line a fault: file, place, what. */
export class SeedFault extends Error {}

/** Stops at a fault of the seed. */
export const fail = (file: string, place: string, detail: string): never => {
  throw new SeedFault(`${file}${place && `, ${place}`}: ${detail}`);
};

/** The text of a file of the seed. */
export async function read(file: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  } catch (cause) {
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    return fail(file, '', missing ? 'is missing' : `can not be read (${String(cause)})`);
  }
}

/** The JSON of a file of the seed. */
export async function readJson(file: string): Promise<unknown> {
  const text = await read(file);
  try {
    return JSON.parse(text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    // V8 names line and column, except where the text ends too early.
    const [, place] = /\(line (\d+ column \d+)\)/.exec(why) ?? [];
    const line = place ?? `${text.trimEnd().split('\n').length}, the end`;
    return fail(file, `line ${line}`, `is not JSON: ${why.replace(/ in JSON at position.*$/, '')}`);
  }
}

/** A value of a file as its schema gives it. `place` is where in the file it stands. */
export function check<T>(schema: v.GenericSchema<unknown, T>, value: unknown, file: string, place = ''): T {
  const parsed = parseWith(schema, value);
  if (parsed.ok) return parsed.value;
  const [first, ...more] = parsed.problem.kind === 'invalid' ? parsed.problem.errors : [];
  const where = [place, first?.pointer.slice(2)].filter(Boolean).join('/');
  return fail(file, where, `${first?.detail}${more.length ? ` (and ${more.length} more)` : ''}`);
}
