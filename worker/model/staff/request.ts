import { type CivilDate, parseCivilDate } from '../civil-date.ts';
import { COLLECTIONS, type Collection, isCollection } from '../collections/registry.ts';
import type { Fault, Problem } from '../problem.ts';
import type { STAFF_CALLS, StaffCallKind } from './calls.ts';

/** The types of the path parameters after parsing. The calls themselves check `id` and `seq`, which have no parser. */
type ParamTypes = {
  readonly collection: Collection;
  readonly date: CivilDate;
  readonly id: string;
  readonly seq: string;
};
type ParamName = keyof ParamTypes;

type NamesIn<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? (Name & ParamName) | NamesIn<Rest>
  : never;

/** The parameters of a call. */
export type ParamsOf<K extends StaffCallKind> = {
  readonly [N in NamesIn<(typeof STAFF_CALLS)[K]['path']>]: ParamTypes[N];
};

/** The call that a request's path and method name. */
export type StaffRoute<K extends StaffCallKind = StaffCallKind> = {
  [Kind in K]: {
    readonly kind: Kind;
    readonly params: ParamsOf<Kind>;
    /** The value of the call's query parameter, null if absent. */
    readonly query: string | null;
  };
}[K];

/** The pattern of each path parameter, and a parser if the pattern alone is not enough. */
export const PARAMS: {
  readonly [N in ParamName]: {
    readonly pattern: string;
    readonly parse?: (text: string) => ParamTypes[N] | null;
  };
} = {
  collection: {
    pattern: COLLECTIONS.join('|'),
    parse: (text) => (isCollection(text) ? text : null),
  },
  date: { pattern: '\\d{4}-\\d{2}-\\d{2}', parse: parseCivilDate },
  id: { pattern: '[A-Za-z0-9-]{1,64}' },
  seq: { pattern: '[A-Za-z0-9-]{1,64}' },
};

/** A staff request whose key the Worker has verified. `body` is still untrusted. */
export type StaffCall = {
  readonly route: StaffRoute;
  /** `operator`, or the id of an agency's key. */
  readonly key: string;
  /** The headers of staff calls, as sent; null if absent. */
  readonly agency: string | null;
  readonly idempotencyKey: string | null;
  readonly ifMatch: string | null;
  /**
   * The text of the body: JSON without ambiguities, as the Worker has checked. Null if the request had none, or if it
   * is malformed.
   */
  readonly body: string | null;
  /** Why the body can't be read; left out if it can. The Newsroom answers with it, but 401 comes first. */
  readonly malformed?: Problem;
  /** See `requestFingerprint`; left out if the request has no idempotency key. */
  readonly fingerprint?: string;
  /** The faults of texts in the body that take too much work as Markdown. The Worker counts it. */
  readonly excess: readonly Fault[];
  /** The size of the body as it was sent. */
  readonly bodyBytes: number;
};

/** The Newsroom's answer: JSON text with its status, or why the Newsroom refuses the call. */
export type StaffAnswer =
  | {
      readonly ok: true;
      readonly status: 200 | 201 | 202;
      readonly body: string;
      /** The version of the resource in the body, for `ETag`; left out if the resource has none. */
      readonly version?: number;
      readonly location?: string;
    }
  | { readonly ok: false; readonly problem: Problem };
