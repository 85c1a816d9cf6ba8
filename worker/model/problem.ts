import type { MessageCode, Params } from './messages.ts';
import type { Note } from './plausibility/note.ts';

/** A fault in a body. `pointer` is a JSON Pointer as a URI fragment (RFC 6901 §6), such as `#/values/deaths`. */
export type Fault = {
  readonly pointer: string;
  readonly detail: string;
  /**
   * What the fault is, for clients that show it in their own words: see `messages.ts`. Faults of some kinds have it.
   */
  readonly code?: MessageCode;
  readonly params?: Params;
};

/**
 * Every reason to refuse a call. Only the HTTP edge turns a `Problem` into problem details
 * (RFC 9457, https://www.rfc-editor.org/rfc/rfc9457).
 */
export type Problem =
  | { readonly kind: 'unauthorized'; readonly status: 401; readonly detail: string }
  | { readonly kind: 'forbidden'; readonly status: 403; readonly detail: string }
  | { readonly kind: 'not-found'; readonly status: 404; readonly detail: string }
  | {
      readonly kind: 'method-not-allowed';
      readonly status: 405;
      readonly allow: readonly string[];
      readonly detail: string;
    }
  | { readonly kind: 'withdrawn' | 'conflict'; readonly status: 409; readonly detail: string }
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
  | { readonly kind: 'precondition-failed'; readonly status: 412; readonly detail: string }
  | { readonly kind: 'too-large'; readonly status: 413; readonly limitBytes: number }
  | { readonly kind: 'unsupported-media-type'; readonly status: 415; readonly detail: string }
  | {
      readonly kind: 'malformed';
      readonly status: 400;
      readonly detail: string;
      /** The places of the faults, if they have any. */
      readonly errors?: readonly Fault[];
    }
  | {
      readonly kind: 'invalid';
      readonly status: 422;
      readonly errors: readonly Fault[];
      /** How many faults, at least, are not in `errors`: see `invalid`. */
      readonly more: number;
    }
  | { readonly kind: 'too-many-bad-keys'; readonly status: 429; readonly retryAfterSeconds: number }
  | {
      /** One key makes too many calls, or too large ones. The call changed nothing and is not remembered. */
      readonly kind: 'too-many-calls';
      readonly status: 429;
      readonly retryAfterSeconds: number;
      readonly detail: string;
    }
  | { readonly kind: 'internal'; readonly status: 500; readonly detail: string }
  | {
      readonly kind: 'unavailable';
      readonly status: 503;
      readonly retryAfterSeconds: number;
      readonly detail: string;
    };

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
      detail: cut(fault.detail, MAX_FAULT_TEXT),
      ...(fault.code === undefined ? {} : { code: fault.code, params: cutParams(fault.params ?? {}) }),
    };
    sizeBytes += new TextEncoder().encode(JSON.stringify(error)).length;
    if (sizeBytes > MAX_FAULT_BYTES) break;
    errors.push(error);
  }
  return refuse({ kind: 'invalid', status: 422, errors, more: more + faults.length - errors.length });
}

const cutParams = (params: Params): Params =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'string' ? cut(value, MAX_FAULT_TEXT) : value,
    ]),
  );

/** A text of at most `longest` characters, and an ellipsis if it was longer. */
export const cut = (text: string, longest: number): string =>
  text.length <= longest ? text : `${text.slice(0, longest).toWellFormed()}…`;
