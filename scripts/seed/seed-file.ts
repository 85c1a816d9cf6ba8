import { readFile } from 'node:fs/promises';
import type * as v from 'valibot';
import { parseWith } from '../../worker/model/validation/parse.ts';

/** A fault of the seed. The message is one line: file, place, description. */
export class SeedFault extends Error {}

/** Throws a fault of the seed. */
export const fail = (file: string, place: string, detail: string): never => {
  throw new SeedFault(`${file}${place && `, ${place}`}: ${detail}`);
};

/** Reads a file of the seed as UTF-8. @throws SeedFault */
export async function read(file: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  } catch (cause) {
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    return fail(file, '', missing ? 'is missing' : `can't be read (${String(cause)})`);
  }
}

/** Reads a JSON file of the seed. @throws SeedFault */
export async function readJson(file: string): Promise<unknown> {
  const text = await read(file);
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    // V8 names line and column, unless the text ends too early.
    const [, place] = /\(line (\d+ column \d+)\)/.exec(message) ?? [];
    const line = place ?? `${text.trimEnd().split('\n').length}, the end`;
    return fail(file, `line ${line}`, `is not JSON: ${message.replace(/ in JSON at position.*$/, '')}`);
  }
}

/** Parses a value of a file with its schema. `place` is the value's place in the file. @throws SeedFault */
export function check<T>(schema: v.GenericSchema<unknown, T>, value: unknown, file: string, place = ''): T {
  const parsed = parseWith(schema, value);
  if (parsed.ok) return parsed.value;
  const [first, ...more] = parsed.problem.kind === 'invalid' ? parsed.problem.errors : [];
  const where = [place, first?.pointer.slice(2)].filter(Boolean).join('/');
  return fail(file, where, `${first?.detail}${more.length ? ` (and ${more.length} more)` : ''}`);
}
