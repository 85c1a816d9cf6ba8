import type { Coded, Params } from './messages.ts';
import type { Note } from './plausibility/note.ts';

/**
 * A fault in a body. `pointer` is a JSON Pointer as a URI fragment (RFC 6901 §6), such as `#/values/deaths`. Its code and
 * parameters say it to clients that show it in their own words: see `messages.ts`.
 */
export type Fault = Coded & { readonly pointer: string };

/**
 * Every reason to refuse a call. Only the HTTP edge turns a `Problem` into problem details
 * (RFC 9457, https://www.rfc-editor.org/rfc/rfc9457).
 */
export type Problem =
  | (Coded & { readonly kind: 'unauthorized'; readonly status: 401 })
  | (Coded & { readonly kind: 'forbidden'; readonly status: 403 })
  | (Coded & { readonly kind: 'not-found'; readonly status: 404 })
  | (Coded & { readonly kind: 'method-not-allowed'; readonly status: 405; readonly allow: readonly string[] })
  | (Coded & { readonly kind: 'withdrawn' | 'conflict'; readonly status: 409 })
  | {
      /** New figures look wrong: they are published once the call confirms the notes. */
      readonly kind: 'doubtful';
      readonly status: 409;
      readonly notes: readonly Note[];
      /** Whether there may be more notes than these. */
      readonly hasMore: boolean;
    }
  | {
      readonly kind: 'version-conflict';
      readonly status: 412;
      readonly sent: string;
      readonly current: string;
    }
  | (Coded & { readonly kind: 'precondition-failed'; readonly status: 412 })
  | { readonly kind: 'too-large'; readonly status: 413; readonly limitBytes: number }
  | (Coded & { readonly kind: 'unsupported-media-type'; readonly status: 415 })
  | (Coded & {
      readonly kind: 'malformed';
      readonly status: 400;
      /** The places of the faults, if they have any. */
      readonly errors?: readonly Fault[];
    })
  | {
      readonly kind: 'invalid';
      readonly status: 422;
      readonly errors: readonly Fault[];
      /** How many faults, at least, are not in `errors`: see `invalid`. */
      readonly more: number;
    }
  | { readonly kind: 'too-many-bad-keys'; readonly status: 429; readonly retryAfterSeconds: number }
  /** One key makes too many calls, or too large ones. The call changed nothing and is not remembered. */
  | (Coded & { readonly kind: 'too-many-calls'; readonly status: 429; readonly retryAfterSeconds: number })
  | (Coded & { readonly kind: 'internal'; readonly status: 500 })
  | (Coded & { readonly kind: 'unavailable'; readonly status: 503; readonly retryAfterSeconds: number });

/** A value, or why there is none. A failure that the caller can correct is a `Result`, never an exception. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Problem };

/** A success. */
export const ok = <T>(value: T): Result<T> => ({ ok: true, value });

/** A refusal. */
export const refuse = (problem: Problem): { readonly ok: false; readonly problem: Problem } => ({
  ok: false,
  problem,
});

/** Adds faults to a result: to its own faults if it is `invalid`. Any other refusal stays as it is. */
export function withFaults<T>(result: Result<T>, faults: readonly Fault[]): Result<T> {
  if (faults.length === 0) return result;
  if (result.ok) return invalid(faults);
  return result.problem.kind === 'invalid'
    ? invalid([...result.problem.errors, ...faults], { more: result.problem.more })
    : result;
}

/** The most faults that an answer lists. What looks for faults may stop when it has found more. */
export const MAX_FAULTS = 50;

/** The most bytes of an answer's faults in JSON, and characters of one pointer or detail: both may quote the body. */
const MAX_FAULT_BYTES = 48_000;
const MAX_FAULT_TEXT = 400;

/**
 * A refusal of a body that can be read but has faults: each fault with its place (RFC 9110 §15.5.21). A body of 1 MiB
 * can have 500,000 faults, so it lists the first ones only.
 * @param limits `more`: how many faults, at least, were left out before; `max`: the most that are listed
 */
export function invalid(
  faults: readonly Fault[],
  { more = 0, max = MAX_FAULTS }: { readonly more?: number; readonly max?: number } = {},
) {
  const errors: Fault[] = [];
  let sizeBytes = 0;
  for (const fault of faults.slice(0, max)) {
    const error = {
      pointer: cut(fault.pointer, MAX_FAULT_TEXT),
      code: fault.code,
      params: cutParams(fault.params, MAX_FAULT_TEXT),
      detail: cut(fault.detail, MAX_FAULT_TEXT),
    };
    sizeBytes += new TextEncoder().encode(JSON.stringify(error)).length;
    if (sizeBytes > MAX_FAULT_BYTES) break;
    errors.push(error);
  }
  return refuse({ kind: 'invalid', status: 422, errors, more: more + faults.length - errors.length });
}

/** Parameters whose texts have at most `longest` characters each: they may quote a body, a header, a path. */
export const cutParams = (params: Params, longest: number): Params =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'string' ? cut(value, longest) : value,
    ]),
  );

/** A text of at most `longest` characters, and an ellipsis if it was longer. */
export const cut = (text: string, longest: number): string =>
  text.length <= longest ? text : `${text.slice(0, longest).toWellFormed()}…`;
