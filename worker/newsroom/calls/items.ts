import { coded } from '../../model/coded.ts';
import type { Collection } from '../../model/collections/registry.ts';
import { type Item, type ItemId, parseItemId, toItemId } from '../../model/item.ts';
import { isJsonObject, type Json } from '../../model/json.ts';
import { itemPaths } from '../../model/path.ts';
import {
  type Fault,
  invalid,
  ok,
  type Problem,
  type Result,
  refuse,
  withFaults,
} from '../../model/problem.ts';
import type { Site } from '../../model/site.ts';
import { bodies } from '../../model/staff/bodies.ts';
import { STAFF_PATH } from '../../model/staff/calls.ts';
import type { StaffRoute } from '../../model/staff/request.ts';
import { KnownTexts } from '../../model/validation/known-texts.ts';
import { parseWith } from '../../model/validation/parse.ts';
import type { Outcome } from '../ledger/outcome.ts';
import { paginate } from '../ledger/paginate.ts';
import { changedFields } from './changed-fields.ts';
import { contentFaults, nextWordFaults } from './content-faults.ts';
import {
  type CallContext,
  type Effect,
  ownerProblem,
  type ReadResult,
  rightsProblem,
  siteAndAgency,
  unknownId,
  type WriteRequest,
} from './context.ts';
import { cursorOf } from './cursor.ts';
import { confirmationFaults, doubtOf } from './figure-notes.ts';
import { LimitCheck } from './limit-check.ts';
import { mergePatch } from './merge-patch.ts';
import { parseNew, sentContent } from './new-item.ts';
import { preconditionFailure } from './precondition.ts';
import { remarkScopeProblem, reporterProblem } from './remark-faults.ts';
import { shiftDoubts, shiftReasonFaults } from './shift-doubts.ts';
import { remarkTotalFaults } from './total-limits.ts';

/** `POST {collection}`: a new item of the caller's agency. */
export function addItem(
  context: CallContext,
  { params: { collection } }: StaffRoute<'add-item'>,
  { body, excess }: WriteRequest,
): Result<Effect> {
  const settings = siteAndAgency(context);
  if (!settings.ok) return settings;
  const { site, agency } = settings.value;
  const { sent, at } = sentContent(collection, body);
  const lack =
    rightsProblem(context, site, collection, sent) ?? reporterProblem(context, site, collection, sent);
  if (lack) return refuse(lack);
  const id = toItemId(context.rows.highestSerial(collection) + 1);
  const parsed = withFaults(parseNew(site, collection, body), [
    ...contentFaults(context, site, { collection, id }, sent, at),
    ...nextWordFaults(context, { collection, id }, sent, at),
    ...excess,
  ]);
  if (!parsed.ok) return parsed;
  const { content, ...told } = parsed.value;
  const over = [
    ...new LimitCheck(context, site).faults({ collection, id, agency, content }, at),
    ...totalFaults(context, site, { collection, id, content }, at),
    ...confirmationFaults(told),
  ];
  if (over.length > 0) return invalid(over);
  const doubt = doubtOf(shiftDoubts(context, site, collection, [{ id, content }], told));
  if (doubt) return refuse(doubt);
  const item = { id, agency, publishedAt: context.now, content };
  return ok({
    kind: 'change',
    change: { kind: 'items', payload: { collection, items: [item] } },
    agency,
    reason: told.reason,
    outcome: () => ({
      ...outcomeOf(site, { collection, id }, 1, Object.keys(content)),
      status: 201,
      location: `${STAFF_PATH}/${collection}/${id}`,
    }),
  });
}

/** `PUT {collection}/{id}`: replaces an item's content. */
export const replaceItem = (
  context: CallContext,
  { params }: StaffRoute<'replace-item'>,
  request: WriteRequest,
): Result<Effect> => edit(context, params, request, (body) => body);

/**
 * `PATCH {collection}/{id}`: merges a patch into an item's content (RFC 7396); fields that the patch does not name
 * stay.
 */
export const patchItem = (
  context: CallContext,
  { params }: StaffRoute<'patch-item'>,
  request: WriteRequest,
): Result<Effect> =>
  edit(context, params, request, (body, item) =>
    isJsonObject(body) && isJsonObject(body.content)
      ? { ...body, content: mergePatch(item.content, body.content) }
      : body,
  );

/**
 * Edits an item.
 * @param bodyFor gives the body with the whole new content
 */
function edit(
  context: CallContext,
  params: { readonly collection: Collection; readonly id: string },
  { body, ifMatch, excess }: WriteRequest,
  bodyFor: (body: Json, item: Item) => Json,
): Result<Effect> {
  const settings = siteAndAgency(context);
  if (!settings.ok) return settings;
  const { site, agency } = settings.value;
  const found = findOwn(context, params);
  if (!found.ok) return found;
  const item = found.value;
  const { collection } = item;
  const newBody = bodyFor(body, item);
  const newContent = isJsonObject(newBody) ? newBody.content : null;
  const lack =
    rightsProblem(context, site, collection, newContent, item.content ?? undefined) ??
    reporterProblem(context, site, collection, newContent, item.content);
  if (lack) return refuse(lack);
  const parsed = withFaults(
    parseWith(bodies.replacement(site, collection), newBody, '#', new KnownTexts(item.content)),
    [
      ...contentFaults(context, site, item, newContent, '#/content'),
      ...nextWordFaults(context, item, newContent, '#/content'),
      ...newExcess(excess, item, newContent),
    ],
  );
  if (!parsed.ok) return parsed;
  const { content, reason } = parsed.value;
  const over = item.withdrawal
    ? []
    : [
        ...new LimitCheck(context, site).faults({ ...item, content }, '#/content'),
        ...totalFaults(context, site, { ...item, content }, '#/content'),
      ];
  if (over.length > 0) return invalid(over);
  const refusal = preconditionFailure(ifMatch, item.version) ?? withdrawnProblem(item);
  if (refusal) return refuse(refusal);
  const changed = changedFields(item.content, content);
  if (changed.length === 0)
    return ok({ kind: 'unchanged', outcome: outcomeOf(site, item, item.version, []) });
  const unsaid = [
    ...shiftReasonFaults(context, site, item, content, reason),
    ...confirmationFaults(parsed.value),
  ];
  if (unsaid.length > 0) return invalid(unsaid);
  const doubt = doubtOf(shiftDoubts(context, site, collection, [{ id: item.id, content }], parsed.value));
  if (doubt) return refuse(doubt);
  return ok({
    kind: 'change',
    change: { kind: 'edit', payload: { collection, id: item.id, content } },
    agency,
    reason,
    outcome: () => outcomeOf(site, item, item.version + 1, changed),
  });
}

/** `DELETE {collection}/{id}` and `POST {collection}/{id}/withdrawal`: withdraws an item; the reason is public. */
export function withdrawItem(
  context: CallContext,
  { params }: StaffRoute<'withdraw-item' | 'post-withdrawal'>,
  { body, ifMatch }: WriteRequest,
): Result<Effect> {
  const settings = siteAndAgency(context);
  if (!settings.ok) return settings;
  const { site, agency } = settings.value;
  const found = findOwn(context, params);
  if (!found.ok) return found;
  const item = found.value;
  const lack = remarkScopeProblem(context.caller, site, item.collection, item.content);
  if (lack) return refuse(lack);
  const parsed = parseWith(bodies.withdrawal(), body);
  if (!parsed.ok) return parsed;
  const over = item.withdrawal ? [] : totalFaults(context, site, { ...item, content: null }, '#');
  if (over.length > 0) return invalid(over);
  const refusal = preconditionFailure(ifMatch, item.version) ?? withdrawnProblem(item);
  if (refusal) return refuse(refusal);
  const gone = [{ id: item.id, content: null }];
  const doubt = doubtOf(shiftDoubts(context, site, item.collection, gone, parsed.value));
  if (doubt) return refuse(doubt);
  return ok({
    kind: 'change',
    change: { kind: 'withdrawal', payload: { collection: item.collection, id: item.id } },
    agency,
    reason: parsed.value.reason,
    outcome: () => outcomeOf(site, item, item.version + 1, ['withdrawal']),
  });
}

/** `GET {collection}/{id}`: an item, from the current rows. */
export function getItem(context: CallContext, { params }: StaffRoute<'get-item'>): Result<ReadResult> {
  const item = findItem(context, params);
  return item ? ok({ body: staffForm(item), version: item.version }) : unknownItem(params);
}

/** `GET {collection}`: items, newest first, withdrawn items included; with `before`, only items with a lower id. */
export function listItems(
  context: CallContext,
  { params: { collection }, query }: StaffRoute<'list-items'>,
): Result<ReadResult> {
  const cursor = cursorOf('before', query, parseItemId);
  if (!cursor.ok) return cursor;
  const belowSerial = cursor.value === null ? null : Number(cursor.value);
  const { items, hasMore } = paginate(context.rows.items(collection, belowSerial));
  const next = hasMore ? `${STAFF_PATH}/${collection}?before=${items.at(-1)?.id}` : null;
  return ok({ body: { items: items.map(staffForm), next } });
}

/**
 * The excess faults of texts that an edit brings. A text that stays as an older version stored it is no fault: the
 * item's other fields can be edited.
 */
const newExcess = (excess: readonly Fault[], item: Item, newContent: unknown): readonly Fault[] =>
  excess.filter(({ pointer }) => {
    const [field = '', language = ''] = pointer.split('/').slice(2);
    const textIn = (content: unknown) => Object(Object(content)[field])[language];
    return textIn(item.content) !== textIn(newContent);
  });

/** The faults of an item that puts a total out of range. `content` is null if it is withdrawn. */
const totalFaults = (
  context: CallContext,
  site: Site,
  { collection, id, content }: Pick<Item, 'collection' | 'id' | 'content'>,
  pointer: string,
): readonly Fault[] => remarkTotalFaults(context, site, collection, [{ id, content, pointer }]);

type Params = { readonly collection: Collection; readonly id: string };

function findItem(context: CallContext, { collection, id }: Params): Item | undefined {
  const itemId = parseItemId(id);
  return itemId === null ? undefined : context.rows.item(collection, itemId);
}

/** An item that the caller may change. */
function findOwn(context: CallContext, params: Params): Result<Item> {
  const item = findItem(context, params);
  if (!item) return unknownItem(params);
  const problem = ownerProblem(context, item.agency, `${item.collection} ${item.id}`);
  return problem ? refuse(problem) : ok(item);
}

const unknownItem = ({ collection, id }: Params) => unknownId('item-unknown', { collection, id });

const withdrawnProblem = (item: Item): Problem | null =>
  item.withdrawal
    ? {
        kind: 'withdrawn',
        status: 409,
        ...coded('item-withdrawn', { collection: item.collection, id: item.id, at: item.withdrawal.at }),
      }
    : null;

const outcomeOf = (
  site: Site,
  item: { readonly collection: Collection; readonly id: ItemId },
  version: number,
  changed: readonly string[],
): Outcome => ({
  status: 200,
  id: item.id,
  version,
  changed,
  url: itemPaths(site, item),
});

const staffForm = (item: Item): Json => ({
  id: item.id,
  version: item.version,
  state: item.withdrawal ? 'withdrawn' : 'published',
  agency: item.agency,
  createdAt: item.createdAt,
  updatedAt: item.updatedAt,
  publishedAt: item.publishedAt,
  content: item.content,
  ...(item.withdrawal ? { withdrawal: item.withdrawal } : {}),
});
