import { factsOf, isEarlierReading, numberOf } from '../../model/cell-facts.ts';
import type { Change, ErasedFigure, ErasedItem, Erasure } from '../../model/change.ts';
import type { Collection } from '../../model/collections/registry.ts';
import { entriesOf } from '../../model/entries.ts';
import type { PartsToErase } from '../../model/entry-parts.ts';
import type { ItemId } from '../../model/item.ts';
import { changeOf, type Entry } from '../../model/ledger.ts';
import { itemPaths, listPaths, sectionPaths } from '../../model/path.ts';
import { invalid, ok, type Result, refuse } from '../../model/problem.ts';
import type { Site } from '../../model/site.ts';
import { bodies, MAX_UNCONFIRMED } from '../../model/staff/bodies.ts';
import { STAFF_PATH } from '../../model/staff/calls.ts';
import type { StaffRoute } from '../../model/staff/request.ts';
import { parseWith } from '../../model/validation/parse.ts';
import { type CallContext, conflict, type Effect, siteAndAgency, type WriteRequest } from './context.ts';
import { namedParts } from './erasure-parts.ts';
import { seqOf, unknownEntry } from './ledger.ts';
import { preconditionFailure } from './precondition.ts';
import { unknownTotals } from './total-limits.ts';

/**
 * `POST ledger/{seq}/erasure`: permanently deletes what the body names of an entry, or all but its head. The hashes
 * stay. `If-Match` is compared with the version of the erasure: 0 before anything of the entry is erased, 1 after it.
 */
export function eraseEntry(
  context: CallContext,
  { params }: StaffRoute<'erase-entry'>,
  { body, ifMatch }: WriteRequest,
): Result<Effect> {
  const entry = context.ledger.entry(seqOf(params.seq) ?? 0);
  if (!entry) return unknownEntry(params.seq);
  const settings = siteAndAgency(context);
  if (!settings.ok) return settings;
  const parsed = parseWith(bodies.erasure(), body);
  if (!parsed.ok) return parsed;
  const { reason, confirm, dryRun } = parsed.value;
  const failure = preconditionFailure(ifMatch, entry.salt === undefined ? 1 : 0);
  if (failure) return refuse(failure);
  const change = changeOf(entry);
  if (!change) return conflict(`entry ${entry.seq} is already erased`);
  const parts = namedParts(entry, change, parsed.value);
  if (!parts.ok) return parts;
  const marks = marksOf(context, entry, change, parts.value);
  if (!marks.ok) return marks;
  const unknown = unknownTotals(context, settings.value.site, marks.value.figures, entry.seq);
  const more = {
    figures: marks.value.figures.length,
    items: marks.value.items.length,
    ...(unknown.length > 0 ? { unknownTotals: unknown } : {}),
  };
  if (dryRun)
    return ok({
      kind: 'unchanged',
      outcome: { status: 200, id: null, version: null, changed: [], more: { ...more, dryRun } },
    });
  if (more.figures + more.items > MAX_UNCONFIRMED && !confirm)
    return invalid([
      {
        pointer: '#/confirm',
        detail: `must be true to erase more than ${MAX_UNCONFIRMED}: this would erase ${more.figures} figures and ${more.items} items of entry ${entry.seq}`,
      },
    ]);
  return ok({
    kind: 'change',
    change: { kind: 'erasure', payload: { seq: entry.seq, ...marks.value } },
    agency: settings.value.agency,
    reason,
    outcome: (erasureSeq) => ({
      status: 201,
      id: String(erasureSeq),
      version: 1,
      changed: changedOf(marks.value, parts.value),
      url: placeOf(settings.value.site, marks.value),
      location: `${STAFF_PATH}/ledger/${erasureSeq}`,
      more,
    }),
    also: () =>
      parts.value ? context.ledger.eraseParts(entry, change, parts.value) : context.ledger.erase(entry.seq),
  });
}

type Marks = Omit<Erasure, 'seq'>;

/** The fields of the entry that the erasure changes. `parts` is null for the whole entry. */
function changedOf({ reason }: Marks, parts: PartsToErase | null): readonly string[] {
  const isPayloadChanged = parts === null || parts.groups.size > 0;
  return ['salt', ...(isPayloadChanged ? ['payload'] : []), ...(reason ? ['reason'] : [])];
}

/** Where the public sees that an entry was erased: the data page, the item's page, or the list of several items. */
function placeOf(site: Site, { items, figures, withdrawal }: Marks): Readonly<Record<string, string>> {
  const item = withdrawal ?? items[0];
  if (!item) return sectionPaths(site, figures.length > 0 ? 'data' : 'changes');
  return items.length > 1 ? listPaths(site, item.collection) : itemPaths(site, item);
}

/** What an erasure keeps: which figures and items the entry changed, without values or texts. */
function marksOf(
  context: CallContext,
  entry: Entry,
  change: Change,
  parts: PartsToErase | null,
): Result<Marks> {
  const isNamed = (group: string, name: string) => !parts || parts.groups.get(group)?.has(name) === true;
  const hasReason = entry.form !== undefined && entry.reason !== undefined;
  const rest = {
    ...(hasReason && (!parts || parts.reason) ? { reason: true as const } : {}),
    ...(parts ? { partial: true as const } : {}),
  };
  const none = { figures: [], items: [] };
  switch (change.kind) {
    case 'figures':
      return ok({ ...none, figures: figureMarks(change, isNamed), ...rest });
    case 'items': {
      const { collection, items } = change.payload;
      const ids = items.map((item) => item.id).filter((id) => isNamed(collection, id));
      return itemMarks(context, collection, ids, rest);
    }
    case 'edit':
      return parts
        ? ok({ ...none, ...rest })
        : itemMarks(context, change.payload.collection, [change.payload.id], rest);
    case 'withdrawal':
      return ok({ ...none, withdrawal: change.payload, ...rest });
    case 'site':
    case 'erasure':
      return parts
        ? ok({ ...none, ...rest })
        : conflict(`entry ${entry.seq} is of kind ${change.kind}: its payload can't be erased`);
    default:
      return change satisfies never;
  }
}

const figureMarks = (
  { payload }: Extract<Change, { kind: 'figures' }>,
  isNamed: (date: string, metric: string) => boolean,
): readonly ErasedFigure[] =>
  entriesOf(payload.days).flatMap(([date, values]) =>
    entriesOf(values)
      .filter(([metric]) => isNamed(date, metric))
      .map(([metric, value]) => {
        const facts = factsOf(value);
        return {
          date,
          metric,
          reported: numberOf(value) !== null,
          ...(facts ? { facts: true as const } : {}),
          ...(facts?.at === undefined ? {} : { at: facts.at }),
          ...(isEarlierReading(value) ? { earlier: true as const } : {}),
        };
      }),
  );

function itemMarks(
  context: CallContext,
  collection: Collection,
  ids: readonly ItemId[],
  rest: Pick<Marks, 'reason' | 'partial'>,
): Result<Marks> {
  const items: ErasedItem[] = [];
  for (const id of ids) {
    const item = context.rows.item(collection, id);
    if (!item) throw new Error(`the ledger contains ${collection} ${id}, but the rows do not`);
    if (!item.withdrawal)
      return conflict(`${collection} ${id} must be withdrawn before its text can be erased`);
    items.push({ collection, id, agency: item.agency, publishedAt: item.publishedAt });
  }
  return ok({ figures: [], items, ...rest });
}
