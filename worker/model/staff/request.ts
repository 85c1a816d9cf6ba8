import { type CivilDate, parseCivilDate } from '../civil-date.ts';
import { COLLECTIONS, type Collection, isCollection } from '../collections/registry.ts';
import type { Problem } from '../problem.ts';
import type { STAFF_CALLS, StaffCallKind } from './calls.ts';

/** What the parameters of paths are, once parsed. Those without a parser are judged by the call, which knows the ids. */
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

/** A call of the write plane, as its path and method name it. */
export type StaffRoute<K extends StaffCallKind = StaffCallKind> = {
  [Kind in K]: {
    readonly kind: Kind;
    readonly params: ParamsOf<Kind>;
    /** The call's query parameter, null where it is absent. */
    readonly query: string | null;
  };
}[K];

/** How the parameters of paths are recognised: a pattern, and a parser where the pattern does not say all. */
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

/** A staff request whose key the Worker has verified. The body is still untrusted text. */
export type StaffCall = {
  readonly route: StaffRoute;
  /** `operator`, or the id of an agency's key. */
  readonly key: string;
  /** Headers that staff calls know, as sent; null where absent. */
  readonly agency: string | null;
  readonly idempotencyKey: string | null;
  readonly ifMatch: string | null;
  /** The body's text, null where the request had none. */
  readonly body: string | null;
};

/** The Newsroom's answer: JSON text with its status, or why the call is refused. */
export type StaffAnswer =
  | {
      readonly ok: true;
      readonly status: 200 | 201 | 202;
      readonly body: string;
      /** Version of what the body shows, for `ETag`; left out where the answer has none. */
      readonly version?: number;
      readonly location?: string;
    }
  | { readonly ok: false; readonly problem: Problem };
