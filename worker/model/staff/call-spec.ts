import type { BodySchema } from './bodies.ts';

/**
 * The declaration of a staff call: its path and method, what a key needs for it, what it does, its body and answers.
 */
export type CallSpec = {
  readonly method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';
  /** Relative to the path of the write plane; `{name}` is a parameter. */
  readonly path: string;
  /**
   * What a key needs for the call. `operator`: the operator's key. `key`: any valid key. `figures`, `collection`: an
   * agency's key whose scope, if it has one, holds the figures or the collection in the path (`read` does for a call
   * that reads).
   */
  readonly needs: 'operator' | 'key' | 'figures' | 'collection';
  /** `reads`: reads the tables. `writes`: decides on a change. `acts`: makes the Newsroom publish or rebuild. */
  readonly does: 'reads' | 'writes' | 'acts';
  /** The schema of the body; left out if the call needs no body, and then a body is ignored. */
  readonly body?: BodySchema;
  /** Whether the body may be a file of figures in CSV: the fields beside `figures` are then query parameters. */
  readonly takesCsv?: true;
  /** Whether the call checks `If-Match`. */
  readonly conditional?: true;
  /** The query parameter that holds the cursor of a list; the list's `next` sets it. */
  readonly query?: 'before' | 'after';
  /** The name of the answer's schema in OpenAPI, by status. */
  readonly answers: { readonly [status: number]: AnswerName };
  /** Refusals in addition to those of every call and of every call with a body. */
  readonly refusals?: readonly (404 | 409 | 422)[];
  readonly summary: string;
};

/** The names of the schemas of answers to staff calls. */
export type AnswerName =
  | 'WriteReceipt'
  | 'KeyReceipt'
  | 'Day'
  | 'Today'
  | 'DayList'
  | 'Item'
  | 'ItemList'
  | 'Site'
  | 'Key'
  | 'KeyList'
  | 'LedgerEntry'
  | 'LedgerList'
  | 'Status'
  | 'Caller';
