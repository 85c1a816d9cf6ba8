import { keysOf } from '../entries.ts';
import { bodies } from './bodies.ts';
import type { CallSpec } from './call-spec.ts';

/** The path of the write plane. */
export const STAFF_PATH = '/api/v1/staff';

/** Every call of the write plane. Routes, rights, bodies, dispatch and OpenAPI derive from this table. */
export const STAFF_CALLS = {
  'get-figures': {
    method: 'GET',
    path: 'statistics/{date}',
    needs: 'figures',
    does: 'reads',
    answers: { 200: 'Day' },
    refusals: [404, 409],
    summary: 'The figures of a day, as stored now',
  },
  'put-figures': {
    method: 'PUT',
    path: 'statistics/{date}',
    needs: 'figures',
    does: 'writes',
    body: bodies.figures,
    conditional: true,
    answers: { 200: 'WriteReceipt' },
    refusals: [404, 409],
    summary: 'Set the named figures of a day; the others stay. A change of a published figure needs a reason',
  },
  'get-today': {
    method: 'GET',
    path: 'statistics/today',
    needs: 'figures',
    does: 'reads',
    answers: { 200: 'Today' },
    refusals: [409],
    summary:
      "The site's day, its figures beside those of the day and the week before, and what this key may report",
  },
  'list-figures': {
    method: 'GET',
    path: 'statistics',
    needs: 'figures',
    does: 'reads',
    query: 'before',
    answers: { 200: 'DayList' },
    refusals: [409],
    summary: 'The figures of all days, as stored now, newest first',
  },
  'get-site': {
    method: 'GET',
    path: 'site',
    needs: 'key',
    does: 'reads',
    answers: { 200: 'Site' },
    refusals: [404],
    summary: 'The settings, as stored now',
  },
  'put-site': {
    method: 'PUT',
    path: 'site',
    needs: 'operator',
    does: 'writes',
    body: bodies.site,
    conditional: true,
    answers: { 200: 'WriteReceipt' },
    summary: 'Replace the settings (operator)',
  },
  import: {
    method: 'POST',
    path: 'import',
    needs: 'operator',
    does: 'writes',
    body: bodies.import,
    answers: { 200: 'WriteReceipt', 201: 'WriteReceipt' },
    refusals: [409],
    summary: 'Import many figures or items, all or nothing (operator). 200: a dry run, or nothing changes',
  },
  'list-keys': {
    method: 'GET',
    path: 'keys',
    needs: 'operator',
    does: 'reads',
    query: 'before',
    answers: { 200: 'KeyList' },
    summary: 'All issued keys, newest first (operator)',
  },
  'add-key': {
    method: 'POST',
    path: 'keys',
    needs: 'operator',
    does: 'writes',
    body: bodies.key,
    answers: { 201: 'KeyReceipt' },
    refusals: [409],
    summary:
      'Issue a key to an agency (operator). Only the first answer holds `key`: a repeat with the same Idempotency-Key does not',
  },
  'get-key': {
    method: 'GET',
    path: 'keys/{id}',
    needs: 'operator',
    does: 'reads',
    answers: { 200: 'Key' },
    refusals: [404],
    summary: 'A key, without its secret (operator)',
  },
  'revoke-key': {
    method: 'DELETE',
    path: 'keys/{id}',
    needs: 'operator',
    does: 'writes',
    conditional: true,
    answers: { 200: 'WriteReceipt' },
    refusals: [404, 409],
    summary: 'Revoke a key (operator)',
  },
  status: {
    method: 'GET',
    path: 'status',
    needs: 'key',
    does: 'reads',
    answers: { 200: 'Status' },
    summary: 'The release, pending changes, the last error, and documents that could not be rendered',
  },
  whoami: {
    method: 'GET',
    path: 'whoami',
    needs: 'key',
    does: 'reads',
    answers: { 200: 'Caller' },
    summary: 'Who this key belongs to',
  },
  tick: {
    method: 'POST',
    path: 'tick',
    needs: 'operator',
    does: 'acts',
    answers: { 200: 'Status' },
    summary: 'Publish what is due (operator); the cron trigger does this every minute',
  },
  rebuild: {
    method: 'POST',
    path: 'rebuild',
    needs: 'operator',
    does: 'acts',
    answers: { 200: 'Status' },
    summary: 'Rebuild the rows from the ledger, and render and publish everything again (operator)',
  },
  'list-ledger': {
    method: 'GET',
    path: 'ledger',
    needs: 'operator',
    does: 'reads',
    query: 'after',
    answers: { 200: 'LedgerList' },
    summary: 'Every published change in order, chained by hash (operator)',
  },
  'get-entry': {
    method: 'GET',
    path: 'ledger/{seq}',
    needs: 'operator',
    does: 'reads',
    answers: { 200: 'LedgerEntry' },
    refusals: [404],
    summary: 'One entry (operator)',
  },
  'erase-entry': {
    method: 'POST',
    path: 'ledger/{seq}/erasure',
    needs: 'operator',
    does: 'writes',
    body: bodies.erasure,
    conditional: true,
    answers: { 200: 'WriteReceipt', 201: 'WriteReceipt' },
    refusals: [404, 409],
    summary:
      'Erase an entry, or the figures, items or reason of it that the body names, from the ledger and everything public (operator). The chain still verifies. Withdraw items first. 200: a dry run',
  },
  'list-items': {
    method: 'GET',
    path: '{collection}',
    needs: 'collection',
    does: 'reads',
    query: 'before',
    answers: { 200: 'ItemList' },
    summary: 'All {collection}, as stored now, newest first, with the withdrawn ones',
  },
  'add-item': {
    method: 'POST',
    path: '{collection}',
    needs: 'collection',
    does: 'writes',
    body: bodies.item,
    answers: { 201: 'WriteReceipt' },
    refusals: [409],
    summary: 'Publish a new item',
  },
  'get-item': {
    method: 'GET',
    path: '{collection}/{id}',
    needs: 'collection',
    does: 'reads',
    answers: { 200: 'Item' },
    refusals: [404],
    summary: 'One item, as stored now',
  },
  'replace-item': {
    method: 'PUT',
    path: '{collection}/{id}',
    needs: 'collection',
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
    needs: 'collection',
    does: 'writes',
    body: bodies.patch,
    conditional: true,
    answers: { 200: 'WriteReceipt' },
    refusals: [404, 409],
    summary:
      'Change some fields of an item: `content` is a merge patch (RFC 7396), so fields that it does not name stay, and null removes a field',
  },
  'withdraw-item': {
    method: 'DELETE',
    path: '{collection}/{id}',
    needs: 'collection',
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
    needs: 'collection',
    does: 'writes',
    body: bodies.reason,
    conditional: true,
    answers: { 200: 'WriteReceipt' },
    refusals: [404, 409],
    summary: 'Withdraw an item, for clients whose proxies drop the body of a DELETE',
  },
} as const satisfies { readonly [kind: string]: CallSpec };

export type StaffCallKind = keyof typeof STAFF_CALLS;
export const STAFF_CALL_KINDS: readonly StaffCallKind[] = keysOf(STAFF_CALLS);

/** The declaration of a call, in the type that all calls share. */
export const staffCall = (kind: StaffCallKind): CallSpec => STAFF_CALLS[kind];

/** The media types of a call's body. A merge patch may also have its own type (RFC 7396 §4). */
export const mediaTypesOf = (kind: StaffCallKind): readonly string[] =>
  staffCall(kind).method === 'PATCH'
    ? ['application/json', 'application/merge-patch+json']
    : ['application/json'];

/** The kinds of the calls whose `does` is `Does`. */
export type KindsThat<Does extends CallSpec['does']> = {
  [K in StaffCallKind]: (typeof STAFF_CALLS)[K]['does'] extends Does ? K : never;
}[StaffCallKind];
