import type { Change, ErasedItem, Erasure } from './change.ts';
import {
  type Collection,
  type Content,
  headingOf,
  isAboutFigures,
  isCorrected,
  upgraded,
} from './collections/registry.ts';
import { type CellsByDate, cellsByDate } from './entry-cells.ts';
import { type AppliedEntry, correctionHead, eraseCells, setCells } from './fold-figures.ts';
import type { Item, ItemId } from './item.ts';
import { canonicalJson, changeOf, type Entry, shownBefore } from './ledger.ts';
import type { Rows } from './rows.ts';
import type { MetricId } from './site.ts';

/**
 * One step of the fold: applies an entry to the rows. Its only effects are on the rows.
 * @param erasures of the entry: they stand in for what was erased of its payload
 */
export function applyEntry(rows: Rows, entry: Entry, erasures: readonly Erasure[] = []): void {
  const change = changeOf(entry);
  if (!change && erasures.every(({ partial }) => partial))
    throw new Error(`entry ${entry.seq} has no payload and no erasure took it whole`);
  const applied = erasures.some(({ reason }) => reason) ? { ...entry, reasonErased: true as const } : entry;
  if (entry.kind === 'figures')
    applyFigures(rows, applied, cellsByDate(entry, change?.kind === 'figures' ? change : null, erasures));
  else if (entry.kind === 'items')
    applyItems(rows, applied, change?.kind === 'items' ? change : null, erasures);
  else if (change) applyChange(rows, applied, change);
  else applyErased(rows, applied, erasures);
}

/**
 * Folds a whole ledger into `rows`.
 * @param entries in order of `seq`
 * @param erasures the payloads of all erasures: they stand in for what they erased
 */
export function foldLedger(rows: Rows, entries: Iterable<Entry>, erasures: Iterable<Erasure>): void {
  const erasuresOf = Map.groupBy(erasures, ({ seq }) => seq);
  for (const entry of entries) applyEntry(rows, entry, erasuresOf.get(entry.seq));
}

function applyChange(rows: Rows, entry: AppliedEntry, change: Change): void {
  switch (change.kind) {
    case 'figures':
    case 'items':
      return; // applied apart, because an erasure may have taken some of their parts
    case 'site':
      rows.putSite(change.payload.site);
      rows.touch('site', entry.seq);
      return;
    case 'edit':
      applyEdit(rows, entry, {
        ...change.payload,
        content: upgraded(change.payload.collection, change.payload.content),
      });
      return;
    case 'withdrawal':
      applyWithdrawal(rows, entry, change.payload);
      return;
    case 'erasure':
      applyErasure(rows, entry, change.payload);
      return;
    default:
      change satisfies never;
  }
}

function applyFigures(rows: Rows, entry: AppliedEntry, days: CellsByDate): void {
  let corrections = 0;
  for (const [date, cells] of days) corrections += setCells(rows, entry, date, cells, corrections);
  rows.touch('figures', entry.seq);
  if (corrections > 0) rows.touch('corrections', entry.seq);
}

/** The items of an entry, erased ones without their content, in the order of their ids: the order of every import. */
function applyItems(
  rows: Rows,
  entry: AppliedEntry,
  change: Extract<Change, { kind: 'items' }> | null,
  erasures: readonly Erasure[],
): void {
  const items: Item[] = erasures.flatMap((erasure) =>
    erasure.items.map((item) => firstVersion(entry, item, null)),
  );
  if (change) {
    const { collection } = change.payload;
    for (const item of change.payload.items)
      items.push(firstVersion(entry, { ...item, collection }, upgraded(collection, item.content)));
  }
  if (erasures.length > 0) items.sort((a, b) => Number(a.id) - Number(b.id));
  for (const item of items) rows.putItem(item);
  for (const collection of new Set(items.map((item) => item.collection))) rows.touch(collection, entry.seq);
}

/** Version 1 of an item. `content` is null if it was erased. */
const firstVersion = (
  entry: Entry,
  { collection, id, agency, publishedAt }: ErasedItem,
  content: Content | null,
): Item => ({
  collection,
  id,
  version: 1,
  agency,
  createdSeq: entry.seq,
  createdAt: entry.at,
  publishedAt,
  updatedAt: publishedAt,
  content,
});

function applyEdit(
  rows: Rows,
  entry: AppliedEntry,
  edit: { readonly collection: Collection; readonly id: ItemId; readonly content: Content | null },
) {
  const item = existing(rows, entry, edit.collection, edit.id);
  rows.putItem({
    ...item,
    version: item.version + 1,
    updatedAt: entry.at,
    editedSeq: entry.seq,
    content: edit.content,
  });
  rows.touch(edit.collection, entry.seq);
  if (!wasItemPublic(item, entry)) return;
  const [was, now] = differingFields(item.content, edit.content);
  if (was && now && !isCorrected(edit.collection, Object.keys({ ...was, ...now }))) return;
  rows.addCorrection({
    ...correctionHead(entry, 1),
    kind: 'edit',
    ...metricOf(edit.content),
    collection: edit.collection,
    item: edit.id,
    was,
    now,
    ...unshownEdit(item, entry),
  });
  rows.touch('corrections', entry.seq);
}

function applyWithdrawal(
  rows: Rows,
  entry: AppliedEntry,
  { collection, id }: Pick<ErasedItem, 'collection' | 'id'>,
) {
  const item = existing(rows, entry, collection, id);
  rows.putItem({
    ...item,
    version: item.version + 1,
    updatedAt: entry.at,
    withdrawal: { at: entry.at, ...(entry.reason === undefined ? {} : { reason: entry.reason }) },
  });
  rows.touch(collection, entry.seq);
  if (!wasItemPublic(item, entry)) return;
  rows.addCorrection({
    ...correctionHead(entry, 1),
    kind: 'withdrawal',
    ...metricOf(item.content),
    collection,
    item: id,
    was: withoutTexts(item),
    now: null,
    ...unshownEdit(item, entry),
  });
  rows.touch('corrections', entry.seq);
}

/** Whether an item may have been public before an entry: what never was leaves no correction. */
const wasItemPublic = (item: Item, entry: Entry): boolean => item.createdSeq <= shownBefore(entry);

/** Marks the correction of an item whose last edit was not public yet. */
const unshownEdit = ({ editedSeq = 0 }: Item, entry: Entry): { readonly wasUnshown?: true } =>
  editedSeq > shownBefore(entry) ? { wasUnshown: true } : {};

function applyErasure(rows: Rows, entry: AppliedEntry, erasure: Erasure) {
  eraseCells(rows, entry, erasure);
  if (erasure.figures.length > 0) rows.touch('figures', entry.seq);
  for (const { collection, id } of erasure.items) {
    rows.putItem({ ...existing(rows, entry, collection, id), content: null });
    rows.touch(collection, entry.seq);
  }
  if (erasure.withdrawal) eraseWithdrawalReason(rows, entry, erasure.withdrawal);
  rows.eraseCorrections(erasure);
  rows.touch('corrections', entry.seq);
}

// The version goes up, because the item's page changes.
function eraseWithdrawalReason(
  rows: Rows,
  entry: Entry,
  { collection, id }: Pick<ErasedItem, 'collection' | 'id'>,
): void {
  const { withdrawal, ...item } = existing(rows, entry, collection, id);
  if (!withdrawal)
    throw new Error(
      `entry ${entry.seq} erases the reason of a withdrawal, but ${collection} ${id} is public`,
    );
  rows.putItem({ ...item, version: item.version + 1, withdrawal: { at: withdrawal.at } });
  rows.touch(collection, entry.seq);
}

/** Applies an edit or a withdrawal whose payload was erased: the same change, without its text. */
function applyErased(rows: Rows, entry: AppliedEntry, erasures: readonly Erasure[]): void {
  const erasure = erasures.find(({ partial }) => !partial);
  if (erasure?.withdrawal) applyWithdrawal(rows, entry, erasure.withdrawal);
  for (const { collection, id } of erasure?.items ?? [])
    applyEdit(rows, entry, { collection, id, content: null });
}

function existing(rows: Rows, entry: Entry, collection: Collection, id: ItemId): Item {
  const item = rows.item(collection, id);
  if (!item)
    throw new Error(`entry ${entry.seq} names ${collection} ${id}, but no earlier entry published it`);
  return item;
}

/**
 * The fields that differ, whatever the order of their languages, with their values in each content. Both are null if
 * one content was erased.
 */
function differingFields(
  was: Content | null,
  now: Content | null,
): readonly [Record<string, unknown> | null, Record<string, unknown> | null] {
  if (!was || !now) return [null, null];
  const [a, b]: readonly { readonly [field: string]: unknown }[] = [{ ...was }, { ...now }];
  if (!a || !b) return [null, null];
  const fields = [...new Set([...Object.keys(a), ...Object.keys(b)])].filter(
    (key) => canonicalJson(a[key] ?? null) !== canonicalJson(b[key] ?? null),
  );
  const pick = (content: { readonly [field: string]: unknown }) =>
    Object.fromEntries(fields.filter((key) => key in content).map((key) => [key, content[key]]));
  return [pick(a), pick(b)];
}

/** What a remark is about, as a field of its correction. */
const metricOf = (content: Content | null): { readonly metric?: MetricId } =>
  content && 'metric' in content ? { metric: content.metric } : {};

/** What a remark says of figures without words: it was counted in totals, so the record keeps it. */
const COUNTED = ['metric', 'kind', 'date', 'until', 'amount', 'total'];

// The correction of a withdrawal has only the heading: with the whole text, the correction would undo the withdrawal.
function withoutTexts({ collection, content }: Item): Record<string, unknown> | null {
  if (!content) return null;
  const { field, text } = headingOf(collection, content);
  const counted = isAboutFigures(collection) ? Object.entries(content) : [];
  return { ...Object.fromEntries(counted.filter(([name]) => COUNTED.includes(name))), [field]: text };
}
