import * as v from 'valibot';
import { type Fault, invalid, ok, type Result } from '../problem.ts';

/**
 * An untrusted value as its schema's type, or every fault it has, each with its JSON Pointer.
 * @param at pointer of the value inside the body, such as `#/content`; `#` is the body itself
 */
export function parseWith<T>(schema: v.GenericSchema<unknown, T>, input: unknown, at = '#'): Result<T> {
  const parsed = v.safeParse(schema, input);
  return parsed.success ? ok(parsed.output) : invalid(faultsOf(parsed.issues, at));
}

/** The faults a schema found, in the order it found them. */
export const faultsOf = (issues: readonly v.BaseIssue<unknown>[], at = '#'): readonly Fault[] =>
  issues.map((issue) => ({
    pointer: at + (issue.path ?? []).map((item) => `/${pointerToken(String(item.key))}`).join(''),
    detail: detailOf(issue),
  }));

/** One token of a JSON Pointer in a URI fragment: RFC 6901 §3 and §6. */
export const pointerToken = (key: string): string =>
  encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1').toWellFormed());

// Valibot words unknown and missing keys for programmers; staff get a sentence.
function detailOf(issue: v.BaseIssue<unknown>): string {
  if (issue.received === 'undefined') return 'is required';
  if (issue.kind === 'schema' && /^(loose_object|record|object|variant)$/.test(issue.type))
    return 'must be an object';
  return issue.message.startsWith('Invalid ')
    ? `must be ${issue.expected ?? 'of another form'}, not ${issue.received}`
    : issue.message;
}
