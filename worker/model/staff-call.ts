import type { Problem } from './problem.ts';

/** What each call of the write plane takes from its path and query. */
type Params = {
  'put-figures': { readonly date: string };
  'get-figures': { readonly date: string };
  'add-item': { readonly collection: string };
  'list-items': { readonly collection: string; readonly before: string | null };
  'get-item': { readonly collection: string; readonly id: string };
  'replace-item': { readonly collection: string; readonly id: string };
  'withdraw-item': { readonly collection: string; readonly id: string };
  'put-site': object;
  'get-site': object;
  import: object;
  'add-key': object;
  'list-keys': object;
  'get-key': { readonly id: string };
  'revoke-key': { readonly id: string };
  status: object;
  whoami: object;
  tick: object;
  'list-ledger': { readonly after: string | null };
  'get-entry': { readonly seq: string };
  'erase-entry': { readonly seq: string };
};

/** A call of the write plane, as its path and method name it. */
export type StaffRoute = { [Kind in keyof Params]: { readonly kind: Kind } & Params[Kind] }[keyof Params];

/** A staff request whose key the Worker has found to be signed right. The body is still untrusted text. */
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
      /** Version of what the body shows, for `ETag`. */
      readonly version?: number;
      readonly location?: string;
    }
  | { readonly ok: false; readonly problem: Problem };

/** Where the write plane lives. */
export const STAFF_PATH = '/api/v1/staff';
