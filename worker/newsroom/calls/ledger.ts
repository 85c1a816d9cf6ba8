import type { ErasedItem, Figures } from '../../model/change.ts';
import type { CivilDate } from '../../model/civil-date.ts';
import type { Collection } from '../../model/collections/registry.ts';
import { entriesOf } from '../../model/entries.ts';
import type { Erasure } from '../../model/fold.ts';
import type { ItemId } from '../../model/item.ts';
import { changeOf, type Entry } from '../../model/ledger.ts';
import { itemPaths, listPaths, sectionPaths } from '../../model/path.ts';
import { invalid, ok, type Result, refuse } from '../../model/problem.ts';
import type { Site } from '../../model/site.ts';
import { bodies, MAX_UNCONFIRMED } from '../../model/staff/bodies.ts';
import { STAFF_PATH } from '../../model/staff/calls.ts';
import type { StaffRoute } from '../../model/staff/request.ts';
import { parseWith } from '../../model/validation/parse.ts';
import { paginate } from '../ledger/paginate.ts';
import {
  type CallContext,
  conflict,
  type Effect,
  type ReadResult,
  siteAndAgency,
  unknownId,
  type WriteRequest,
} from './context.ts';
import { cursorOf } from './cursor.ts';
import { preconditionFailure } from './precondition.ts';

/** `GET ledger`: entries, oldest first, so that a reader can verify the chain while reading. */
export function listLedger(context: CallContext, { query }: StaffRoute<'list-ledger'>): Result<ReadResult> {
  const cursor = cursorOf('after', query, seqOf);
  if (!cursor.ok) return cursor;
  const { items, hasMore } = paginate(context.ledger.entries(cursor.value ?? 0));
  const next = hasMore ? `${STAFF_PATH}/ledger?after=${items.at(-1)?.seq}` : null;
  return ok({ body: { items, next } });
}

/** `GET ledger/{seq}`: one entry. */
export function getEntry(
  context: CallContext,
  { params: { seq } }: StaffRoute<'get-entry'>,
): Result<ReadResult> {
  const entry = context.ledger.entry(seqOf(seq) ?? 0);
  return entry ? ok({ body: entry }) : unknownEntry(seq);
}

/**
 * `POST ledger/{seq}/erasure`: permanently deletes an entry's salt and payload; its head and hash stay. `If-Match` is
 * compared with the version of the erasure: 0 before the erasure, 1 after it.
 */
export function eraseEntry(
  context: CallContext,
  { params: { seq } }: StaffRoute<'erase-entry'>,
  { body, ifMatch }: WriteRequest,
): Result<Effect> {
  const entry = context.ledger.entry(seqOf(seq) ?? 0);
  if (!entry) return unknownEntry(seq);
  const settings = siteAndAgency(context);
  if (!settings.ok) return settings;
  const parsed = parseWith(bodies.erasure(), body);
  if (!parsed.ok) return parsed;
  const { reason, confirm, dryRun } = parsed.value;
  const failure = preconditionFailure(ifMatch, changeOf(entry) ? 0 : 1);
  if (failure) return refuse(failure);
  const marks = marksOf(context, entry);
  if (!marks.ok) return marks;
  const more = { figures: marks.value.figures.length, items: marks.value.items.length };
  if (dryRun)
    return ok({
      kind: 'unchanged',
      outcome: { status: 200, id: null, version: null, changed: [], more: { ...more, dryRun } },
    });
  if (more.figures + more.items > MAX_UNCONFIRMED && !confirm)
    return invalid([
      {
        pointer: '#/confirm',
        detail: `must be true to erase more than ${MAX_UNCONFIRMED}: entry ${entry.seq} holds ${more.figures} figures and ${more.items} items`,
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
      changed: ['salt', 'payload'],
      url: placeOf(settings.value.site, marks.value),
      location: `${STAFF_PATH}/ledger/${erasureSeq}`,
      more,
    }),
    also: () => context.ledger.erase(entry.seq),
  });
}

type Marks = Omit<Erasure, 'seq'>;

/** Where the public sees that an entry was erased: the data page, the item's page, or the list of several items. */
function placeOf(site: Site, { items, withdrawal }: Marks): Readonly<Record<string, string>> {
  const item = withdrawal ?? items[0];
  if (!item) return sectionPaths(site, 'data');
  return items.length > 1 ? listPaths(site, item.collection) : itemPaths(site, item);
}

/** What an erasure keeps of an entry: which figures and items it changed, without values or texts. */
function marksOf(context: CallContext, entry: Entry): Result<Marks> {
  const change = changeOf(entry);
  if (!change) return conflict(`entry ${entry.seq} is already erased`);
  switch (change.kind) {
    case 'figures':
      return ok({ items: [], figures: figureMarks(change.payload.days) });
    case 'items':
      return itemMarks(
        context,
        change.payload.collection,
        change.payload.items.map((item) => item.id),
      );
    case 'edit':
      return itemMarks(context, change.payload.collection, [change.payload.id]);
    case 'withdrawal':
      return ok({ figures: [], items: [], withdrawal: change.payload });
    case 'site':
    case 'erasure':
      return conflict(`entry ${entry.seq} is of kind ${change.kind}: entries of this kind can't be erased`);
    default:
      return change satisfies never;
  }
}

const figureMarks = (days: { readonly [date: CivilDate]: Figures }) =>
  entriesOf(days).flatMap(([date, values]) =>
    entriesOf(values).map(([metric, value]) => ({
      date,
      metric,
      reported: value !== null,
    })),
  );

function itemMarks(context: CallContext, collection: Collection, ids: readonly ItemId[]): Result<Marks> {
  const items: ErasedItem[] = [];
  for (const id of ids) {
    const item = context.rows.item(collection, id);
    if (!item) throw new Error(`the ledger contains ${collection} ${id}, but the rows do not`);
    if (!item.withdrawal)
      return conflict(`${collection} ${id} must be withdrawn before its text can be erased`);
    items.push({ collection, id, agency: item.agency, publishedAt: item.publishedAt });
  }
  return ok({ figures: [], items });
}

const seqOf = (text: string): number | null => (/^[1-9]\d{0,14}$/.test(text) ? Number(text) : null);

const unknownEntry = (seq: string) => unknownId(`the ledger has no entry ${seq}`);
