import { isCollection } from '../../model/collections/collection.ts';
import { type Collection, type Item, type ItemId, parseItemId } from '../../model/collections/content.ts';
import { contentSchema } from '../../model/collections/content-schema.ts';
import { isJsonObject, type Json } from '../../model/json.ts';
import { canonicalJson } from '../../model/ledger.ts';
import { ok, type Result, refuse, withFaults } from '../../model/problem.ts';
import { STAFF_PATH } from '../../model/staff-call.ts';
import { exactObject } from '../../model/validation/exact-object.ts';
import { parseWith } from '../../model/validation/parse.ts';
import { pageOf } from '../ledger/paginate.ts';
import { type Decision, type Desk, ownedBy, type Reading, siteOf, unknownId } from './desk.ts';
import { preconditionFailure } from './precondition.ts';
import { optionalReason, reason } from './reason.ts';
import { replacesFaults } from './replaces.ts';

/** `POST {collection}`: a new item of the caller's agency. */
export function addItem(desk: Desk, collection: Collection, body: Json): Result<Decision> {
  const known = siteOf(desk);
  if (!known.ok) return known;
  const id = String(desk.rows.highestSerial(collection) + 1) as ItemId;
  const parsed = withFaults(
    parseWith(contentSchema(collection, known.value), body),
    replacesFaults(desk, { collection, id }, body, '#'),
  );
  if (!parsed.ok) return parsed;
  const item = { id, agency: desk.caller.agency, publishedAt: desk.now, content: parsed.value };
  return ok({
    kind: 'change',
    change: { kind: 'items', payload: { collection, items: [item] } },
    agency: desk.caller.agency,
    reason: undefined,
    outcome: () => ({ status: 201, id, version: 1, location: `${STAFF_PATH}/${collection}/${id}` }),
  });
}

/** `PUT {collection}/{id}`: replaces an item's content. */
export function replaceItem(
  desk: Desk,
  of: { readonly collection: Collection; readonly id: string },
  body: Json,
  ifMatch: string | null,
): Result<Decision> {
  const known = siteOf(desk);
  if (!known.ok) return known;
  const found = findItem(desk, of);
  if (!found.ok) return found;
  const item = found.value;
  const schema = exactObject({
    content: contentSchema(of.collection, known.value),
    reason: optionalReason,
  });
  const raw = isJsonObject(body) ? body.content : null;
  const parsed = withFaults(parseWith(schema, body), replacesFaults(desk, item, raw, '#/content'));
  if (!parsed.ok) return parsed;
  const refusal = preconditionFailure(ifMatch, item.version) ?? withdrawnProblem(item);
  if (refusal) return refuse(refusal);
  const { content } = parsed.value;
  if (canonicalJson(content) === canonicalJson(item.content))
    return ok({ kind: 'unchanged', outcome: { status: 200, id: item.id, version: item.version } });
  return ok({
    kind: 'change',
    change: { kind: 'edit', payload: { collection: of.collection, id: item.id, content } },
    agency: desk.caller.agency,
    reason: parsed.value.reason,
    outcome: () => ({ status: 200, id: item.id, version: item.version + 1 }),
  });
}

/** `DELETE {collection}/{id}`: withdraws an item; the reason is public. */
export function withdrawItem(
  desk: Desk,
  of: { readonly collection: Collection; readonly id: string },
  body: Json,
  ifMatch: string | null,
): Result<Decision> {
  const found = findItem(desk, of);
  if (!found.ok) return found;
  const item = found.value;
  const parsed = parseWith(exactObject({ reason }), body);
  if (!parsed.ok) return parsed;
  const refusal = preconditionFailure(ifMatch, item.version) ?? withdrawnProblem(item);
  if (refusal) return refuse(refusal);
  return ok({
    kind: 'change',
    change: { kind: 'withdrawal', payload: { collection: of.collection, id: item.id } },
    agency: desk.caller.agency,
    reason: parsed.value.reason,
    outcome: () => ({ status: 200, id: item.id, version: item.version + 1 }),
  });
}

/** `GET {collection}/{id}`: an item as the Newsroom has it now. */
export function getItem(
  desk: Desk,
  of: { readonly collection: Collection; readonly id: string },
): Result<Reading> {
  const id = parseItemId(of.id);
  const item = id && desk.rows.item(of.collection, id);
  return item ? ok({ body: staffForm(item), version: item.version }) : unknownItem(of);
}

/** `GET {collection}`: newest first, withdrawn ones included. `before` is the serial number to go on below. */
export function listItems(desk: Desk, collection: Collection, before: string | null): Result<Reading> {
  const { items, more } = pageOf(
    desk.rows.items(collection, before === null ? null : Number(parseItemId(before) ?? 0)),
  );
  const next = more ? `${STAFF_PATH}/${collection}?before=${items.at(-1)?.id}` : null;
  return ok({ body: { items: items.map(staffForm), next } });
}

/** A path's collection, or 404. */
export const collectionOf = (text: string): Result<Collection> =>
  isCollection(text) ? ok(text) : unknownId(`there is no collection ${text}`);

function findItem(desk: Desk, of: { readonly collection: Collection; readonly id: string }): Result<Item> {
  const id = parseItemId(of.id);
  const item = id && desk.rows.item(of.collection, id);
  if (!item) return unknownItem(of);
  const foreign = ownedBy(desk, item.agency, `${of.collection} ${item.id}`);
  return foreign ? refuse(foreign) : ok(item);
}

const unknownItem = (of: { readonly collection: Collection; readonly id: string }) =>
  unknownId(`there is no ${of.collection} item ${of.id}`);

const withdrawnProblem = (item: Item) =>
  item.withdrawal
    ? ({
        kind: 'withdrawn',
        status: 409,
        detail: `${item.collection} ${item.id} was withdrawn at ${item.withdrawal.at} and can't be changed`,
      } as const)
    : null;

// An Item is plain JSON by construction: it is kept as JSON text.
const staffForm = (item: Item): Json =>
  ({
    id: item.id,
    version: item.version,
    state: item.withdrawal ? 'withdrawn' : 'published',
    agency: item.agency,
    createdAt: item.createdAt,
    updatedAt: item.updatedAt,
    publishedAt: item.publishedAt,
    content: item.content,
    ...(item.withdrawal ? { withdrawal: item.withdrawal } : {}),
  }) as unknown as Json;
