import type { Result } from '../../model/problem.ts';
import { type KindsThat, staffCall } from '../../model/staff/calls.ts';
import type { StaffRoute } from '../../model/staff/request.ts';
import type { CallContext, Effect, ReadResult, WriteRequest } from './context.ts';
import { withinDay } from './daily-bytes.ts';
import { getToday, listFigures } from './days.ts';
import { eraseEntry } from './erasure.ts';
import { getFigures, putFigures } from './figures.ts';
import { importAll } from './import.ts';
import { addItem, getItem, listItems, patchItem, replaceItem, withdrawItem } from './items.ts';
import { addKey, getKey, listKeys, revokeKey } from './keys.ts';
import { getEntry, listLedger } from './ledger.ts';
import { getSite, putSite } from './site.ts';
import { whoami } from './whoami.ts';

/** The calls that only read, and the calls that write. */
export type ReadRoute = StaffRoute<KindsThat<'reads'>>;
export type WriteRoute = StaffRoute<KindsThat<'writes'>>;

/** The function of each read. A call that is in the table of calls but not here does not compile. */
const READS: {
  readonly [K in KindsThat<'reads'>]: (context: CallContext, route: StaffRoute<K>) => Result<ReadResult>;
} = {
  'get-figures': getFigures,
  'get-today': getToday,
  'list-figures': listFigures,
  'get-site': getSite,
  'list-keys': listKeys,
  'get-key': getKey,
  status: (context) => ({ ok: true, value: { body: context.status() } }),
  whoami,
  'list-ledger': listLedger,
  'get-entry': getEntry,
  'list-items': listItems,
  'get-item': getItem,
};

/** The function of each write: it decides the effect. */
const WRITES: {
  readonly [K in KindsThat<'writes'>]: (
    context: CallContext,
    route: StaffRoute<K>,
    request: WriteRequest,
  ) => Result<Effect>;
} = {
  'put-figures': putFigures,
  'put-site': putSite,
  import: importAll,
  'add-key': addKey,
  'revoke-key': revokeKey,
  'erase-entry': eraseEntry,
  'add-item': addItem,
  'replace-item': replaceItem,
  'patch-item': patchItem,
  'withdraw-item': withdrawItem,
  'post-withdrawal': withdrawItem,
};

/** Whether a call only reads. */
export const isRead = (route: StaffRoute): route is ReadRoute => staffCall(route.kind).does === 'reads';

/** Whether a call writes. */
export const isWrite = (route: StaffRoute): route is WriteRoute => staffCall(route.kind).does === 'writes';

/** The answer to a read. */
export const read = <K extends KindsThat<'reads'>>(context: CallContext, route: StaffRoute<K>) =>
  READS[route.kind](context, route);

/** The effect of a write; 429 if its agency has added too much to the ledger today. */
export const decide = <K extends KindsThat<'writes'>>(
  context: CallContext,
  route: StaffRoute<K>,
  request: WriteRequest,
): Result<Effect> => {
  const effect = WRITES[route.kind](context, route, request);
  return effect.ok ? withinDay(context, effect.value) : effect;
};
