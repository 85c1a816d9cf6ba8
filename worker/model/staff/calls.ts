import { type BodySchema, bodies } from './bodies.ts';

/** Where the write plane lives. */
export const STAFF_PATH = '/api/v1/staff';

/** What a call with a staff key is: its path and method, who may make it, what it does, what it takes and gives. */
type Spec = {
  readonly method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';
  /** Below `STAFF_PATH`; `{name}` is a parameter. */
  readonly path: string;
  /** `agency`: any key, for what is its agency's. `operator`: the operator alone. */
  readonly role: 'agency' | 'operator';
  /** `reads`: looks at the tables. `writes`: decides on a change. `acts`: works the Newsroom itself. */
  readonly does: 'reads' | 'writes' | 'acts';
  /** The body it needs; left out where path and method say all, and a body is not looked at. */
  readonly body?: BodySchema;
  /** Whether `If-Match` is looked at. */
  readonly conditional?: true;
  /** The parameter of its query, which `next` of a list carries. */
  readonly query?: 'before' | 'after';
  /** The OpenAPI schemas of its answers by status, by name; `{collection}` stands for the collection's own. */
  readonly answers: { readonly [status: number]: AnswerName };
  /** Refusals beyond those of every call, and of every call with a body. */
  readonly refusals?: readonly (404 | 409 | 422)[];
  readonly summary: string;
};

/** The names of the shapes that staff calls answer with. */
export type AnswerName =
  | 'WriteReceipt'
  | 'KeyReceipt'
  | 'Day'
  | 'Item'
  | 'ItemList'
  | 'Site'
  | 'Key'
  | 'KeyList'
  | 'LedgerEntry'
  | 'LedgerList'
  | 'Status'
  | 'Caller';

/** Every call of the write plane: what routes, rights, bodies, dispatch and OpenAPI derive from. */
export const STAFF_CALLS = {
  'get-figures': {
    method: 'GET',
    path: 'statistics/{date}',
    role: 'agency',
    does: 'reads',
    answers: { 200: 'Day' },
    refusals: [404, 409],
    summary: 'The figures of a day as they are kept now',
  },
  'put-figures': {
    method: 'PUT',
    path: 'statistics/{date}',
    role: 'agency',
    does: 'writes',
    body: bodies.figures,
    conditional: true,
    answers: { 200: 'WriteReceipt' },
    refusals: [404, 409],
    summary: 'Set the named figures of a day; others stay. Changing a published figure needs a reason',
  },
  'get-site': {
    method: 'GET',
    path: 'site',
    role: 'agency',
    does: 'reads',
    answers: { 200: 'Site' },
    refusals: [404],
    summary: 'The settings as they are kept now',
  },
  'put-site': {
    method: 'PUT',
    path: 'site',
    role: 'operator',
    does: 'writes',
    body: bodies.site,
    conditional: true,
    answers: { 200: 'WriteReceipt' },
    summary: 'Replace the settings (operator)',
  },
  import: {
    method: 'POST',
    path: 'import',
    role: 'operator',
    does: 'writes',
    body: bodies.import,
    answers: { 200: 'WriteReceipt', 201: 'WriteReceipt' },
    refusals: [409],
    summary: 'Many figures or items at once, all or nothing (operator). 200: a dry run, or nothing to change',
  },
  'list-keys': {
    method: 'GET',
    path: 'keys',
    role: 'operator',
    does: 'reads',
    query: 'before',
    answers: { 200: 'KeyList' },
    summary: 'The keys that were issued, newest first (operator)',
  },
  'add-key': {
    method: 'POST',
    path: 'keys',
    role: 'operator',
    does: 'writes',
    body: bodies.key,
    answers: { 201: 'KeyReceipt' },
    refusals: [409],
    summary:
      'Issue an agency a key; `key` is shown this once, and not where an Idempotency-Key is sent again (operator)',
  },
  'get-key': {
    method: 'GET',
    path: 'keys/{id}',
    role: 'operator',
    does: 'reads',
    answers: { 200: 'Key' },
    refusals: [404],
    summary: 'A key, without its secret (operator)',
  },
  'revoke-key': {
    method: 'DELETE',
    path: 'keys/{id}',
    role: 'operator',
    does: 'writes',
    conditional: true,
    answers: { 200: 'WriteReceipt' },
    refusals: [404, 409],
    summary: 'Revoke a key (operator)',
  },
  status: {
    method: 'GET',
    path: 'status',
    role: 'agency',
    does: 'reads',
    answers: { 200: 'Status' },
    summary: 'The release, what is pending, the last error, what could not be rendered',
  },
  whoami: {
    method: 'GET',
    path: 'whoami',
    role: 'agency',
    does: 'reads',
    answers: { 200: 'Caller' },
    summary: 'Who this key is',
  },
  tick: {
    method: 'POST',
    path: 'tick',
    role: 'operator',
    does: 'acts',
    answers: { 200: 'Status' },
    summary: 'Publish what is due (operator); the cron trigger does it each minute',
  },
  rebuild: {
    method: 'POST',
    path: 'rebuild',
    role: 'operator',
    does: 'acts',
    answers: { 200: 'Status' },
    summary: 'Make the rows anew from the ledger, and publish what they come to (operator)',
  },
  'list-ledger': {
    method: 'GET',
    path: 'ledger',
    role: 'operator',
    does: 'reads',
    query: 'after',
    answers: { 200: 'LedgerList' },
    summary: 'Every published change in order, chained by hash (operator)',
  },
  'get-entry': {
    method: 'GET',
    path: 'ledger/{seq}',
    role: 'operator',
    does: 'reads',
    answers: { 200: 'LedgerEntry' },
    refusals: [404],
    summary: 'One entry (operator)',
  },
  'erase-entry': {
    method: 'POST',
    path: 'ledger/{seq}/erasure',
    role: 'operator',
    does: 'writes',
    body: bodies.reason,
    conditional: true,
    answers: { 201: 'WriteReceipt' },
    refusals: [404, 409],
    summary:
      "Take an entry's salt and payload away, and what is public of it, its reason too; the chain still verifies (operator). Items must be withdrawn before",
  },
  'list-items': {
    method: 'GET',
    path: '{collection}',
    role: 'agency',
    does: 'reads',
    query: 'before',
    answers: { 200: 'ItemList' },
    summary: 'All {collection} as they are kept now, newest first, withdrawn ones included',
  },
  'add-item': {
    method: 'POST',
    path: '{collection}',
    role: 'agency',
    does: 'writes',
    body: bodies.item,
    answers: { 201: 'WriteReceipt' },
    refusals: [409],
    summary: 'Publish a new item',
  },
  'get-item': {
    method: 'GET',
    path: '{collection}/{id}',
    role: 'agency',
    does: 'reads',
    answers: { 200: 'Item' },
    refusals: [404],
    summary: 'One item as it is kept now',
  },
  'replace-item': {
    method: 'PUT',
    path: '{collection}/{id}',
    role: 'agency',
    does: 'writes',
    body: bodies.replacement,
    conditional: true,
    answers: { 200: 'WriteReceipt' },
    refusals: [404, 409],
    summary: 'Replace the content of an item',
  },
  'patch-item': {
    method: 'PATCH',
    path: '{collection}/{id}',
    role: 'agency',
    does: 'writes',
    body: bodies.patch,
    conditional: true,
    answers: { 200: 'WriteReceipt' },
    refusals: [404, 409],
    summary:
      'Change some fields of an item: `content` is a merge patch (RFC 7396), so what it does not name stays, and null takes a field out',
  },
  'withdraw-item': {
    method: 'DELETE',
    path: '{collection}/{id}',
    role: 'agency',
    does: 'writes',
    body: bodies.reason,
    conditional: true,
    answers: { 200: 'WriteReceipt' },
    refusals: [404, 409],
    summary: 'Withdraw an item: it leaves the lists, and its page says when and why',
  },
  'post-withdrawal': {
    method: 'POST',
    path: '{collection}/{id}/withdrawal',
    role: 'agency',
    does: 'writes',
    body: bodies.reason,
    conditional: true,
    answers: { 200: 'WriteReceipt' },
    refusals: [404, 409],
    summary: 'Withdraw an item, for clients whose proxies drop the body of a DELETE',
  },
} as const satisfies { readonly [kind: string]: Spec };

export type StaffCallKind = keyof typeof STAFF_CALLS;
export const STAFF_CALL_KINDS = Object.keys(STAFF_CALLS) as readonly StaffCallKind[];

/** What is known of a call, whichever it is. */
export const staffCall = (kind: StaffCallKind): Spec => STAFF_CALLS[kind];

/** The kinds of calls that do a certain thing. */
export type KindsThat<Does extends Spec['does']> = {
  [K in StaffCallKind]: (typeof STAFF_CALLS)[K]['does'] extends Does ? K : never;
}[StaffCallKind];
