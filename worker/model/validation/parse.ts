import type * as v from 'valibot';
import { coded } from '../coded.ts';
import type { Coded } from '../messages.ts';
import { cut, type Fault, invalid, ok, type Result } from '../problem.ts';
import { type KnownConfig, KnownTexts } from './known-texts.ts';
import { saidBy } from './says.ts';

/**
 * Parses an untrusted value with a schema. Gives the typed value, or every fault, each with its JSON Pointer.
 * @param pointer pointer of the value inside the body, such as `#/content`; `#` is the body itself
 * @param known the texts of what the call edits: rules that are younger than these texts don't refuse them
 */
export function parseWith<T>(
  schema: v.GenericSchema<unknown, T>,
  input: unknown,
  pointer = '#',
  known = new KnownTexts(),
): Result<T> {
  const config: KnownConfig = { known };
  // What `safeParse` of the library does, which hands only the library's own configuration on.
  const parsed = schema['~run']({ value: input }, config);
  return parsed.typed && !parsed.issues ? ok(parsed.value) : invalid(faultsOf(parsed.issues ?? [], pointer));
}

/**
 * The issues of a schema as faults, in the same order.
 * @param pointer as in `parseWith`
 */
export const faultsOf = (issues: readonly v.BaseIssue<unknown>[], pointer = '#'): readonly Fault[] =>
  issues.map((issue) => ({
    pointer: pointer + (issue.path ?? []).map((item) => `/${pointerToken(String(item.key))}`).join(''),
    ...messageOf(issue),
  }));

/** One token of a JSON Pointer in a URI fragment: RFC 6901 §3 and §6. */
export const pointerToken = (key: string): string =>
  encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1').toWellFormed());

const OBJECT = /^(loose_object|record|object)$/;

/** The most characters of a value that a fault quotes. */
const MAX_QUOTED = 100;

// Valibot's messages for missing keys and wrong types are for programmers: staff get a sentence.
function messageOf(issue: v.BaseIssue<unknown>): Coded {
  if (issue.received === 'undefined') return coded('field-required');
  // A variant that gets an object expects one of its kinds.
  const isObject = issue.type === 'variant' ? issue.expected === 'Object' : OBJECT.test(issue.type);
  if (issue.kind === 'schema' && isObject) return coded('object-expected');
  return (
    saidBy(issue.message) ??
    coded('form-other', {
      expected: cut(issue.expected ?? 'of another form', MAX_QUOTED),
      received: cut(issue.received, MAX_QUOTED),
    })
  );
}
