import type { Json } from '../../model/json.ts';
import type { Result } from '../../model/problem.ts';
import type { StaffRoute } from '../../model/staff-call.ts';
import type { Decision, Desk, Reading } from './desk.ts';
import { getFigures, putFigures } from './figures.ts';
import { importAll } from './import.ts';
import { addItem, collectionOf, getItem, listItems, replaceItem, withdrawItem } from './items.ts';
import { addKey, getKey, listKeys, revokeKey } from './keys.ts';
import { eraseEntry, getEntry, listLedger } from './ledger.ts';
import { getSite, putSite } from './site.ts';

/** The calls that change something. */
export type WriteRoute = Extract<
  StaffRoute,
  {
    kind:
      | 'put-figures'
      | 'add-item'
      | 'replace-item'
      | 'withdraw-item'
      | 'put-site'
      | 'import'
      | 'add-key'
      | 'revoke-key'
      | 'erase-entry';
  }
>;
/** The calls that only look, at what is in the tables. */
export type ReadRoute = Exclude<StaffRoute, WriteRoute | { kind: 'status' | 'whoami' | 'tick' }>;

/** What a write is given beside the desk: its body, its precondition, and a key that was drawn for it. */
export type Write = {
  readonly body: Json;
  readonly ifMatch: string | null;
  readonly issued: { readonly id: string; readonly token: string } | null;
};

/** What a write comes to. */
export function decide(desk: Desk, route: WriteRoute, write: Write): Result<Decision> {
  const { body, ifMatch, issued } = write;
  switch (route.kind) {
    case 'put-figures':
      return putFigures(desk, route.date, body, ifMatch);
    case 'put-site':
      return putSite(desk, body, ifMatch);
    case 'import':
      return importAll(desk, body);
    case 'add-key':
      if (!issued) throw new Error('a key must be drawn before it can be issued');
      return addKey(desk, body, issued);
    case 'revoke-key':
      return revokeKey(desk, route.id, ifMatch);
    case 'erase-entry':
      return eraseEntry(desk, route.seq, body, ifMatch);
    case 'add-item':
    case 'replace-item':
    case 'withdraw-item':
      return decideItem(desk, route, write);
    default:
      return route satisfies never;
  }
}

/** What a read shows. */
export function read(desk: Desk, route: ReadRoute): Result<Reading> {
  switch (route.kind) {
    case 'get-figures':
      return getFigures(desk, route.date);
    case 'get-site':
      return getSite(desk);
    case 'list-keys':
      return listKeys(desk);
    case 'get-key':
      return getKey(desk, route.id);
    case 'list-ledger':
      return listLedger(desk, route.after);
    case 'get-entry':
      return getEntry(desk, route.seq);
    case 'get-item':
    case 'list-items': {
      const collection = collectionOf(route.collection);
      if (!collection.ok) return collection;
      return route.kind === 'list-items'
        ? listItems(desk, collection.value, route.before)
        : getItem(desk, { collection: collection.value, id: route.id });
    }
    default:
      return route satisfies never;
  }
}

/** Whether a call only looks at the tables. */
export const isRead = (route: StaffRoute): route is ReadRoute =>
  [
    'get-figures',
    'get-site',
    'list-keys',
    'get-key',
    'list-ledger',
    'get-entry',
    'get-item',
    'list-items',
  ].includes(route.kind);

function decideItem(
  desk: Desk,
  route: Extract<WriteRoute, { collection: string }>,
  { body, ifMatch }: Write,
): Result<Decision> {
  const collection = collectionOf(route.collection);
  if (!collection.ok) return collection;
  switch (route.kind) {
    case 'add-item':
      return addItem(desk, collection.value, body);
    case 'replace-item':
      return replaceItem(desk, { collection: collection.value, id: route.id }, body, ifMatch);
    case 'withdraw-item':
      return withdrawItem(desk, { collection: collection.value, id: route.id }, body, ifMatch);
    default:
      return route satisfies never;
  }
}
