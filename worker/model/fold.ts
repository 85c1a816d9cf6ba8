import type { Cell, Correction, Day } from './bulletin.ts';
import type { Change, ErasedItem } from './change.ts';
import type { CivilDate } from './civil-date.ts';
import { type Collection, type Content, headingOf, isCorrected, upgraded } from './collections/registry.ts';
import { entriesOf } from './entries.ts';
import type { Item, ItemId } from './item.ts';
import { changeOf, type Entry } from './ledger.ts';
import { type AgencyId, type MetricId, metricOf, type Site } from './site.ts';

/** Where the bulletin's rows are kept: SQLite in the Newsroom, maps in memory. Both are filled by `applyEntry` alone. */
export type Rows = {
  day(date: CivilDate): Day | undefined;
  putDay(date: CivilDate, day: Day): void;
  item<C extends Collection>(collection: C, id: ItemId): Item<C> | undefined;
  putItem(item: Item): void;
  /** The settings, or null before there are any. */
  settings(): Site | null;
  putSite(site: Site): void;
  addCorrection(correction: Correction): void;
  /** Takes from the corrections what an erased entry had set or said, and the content of items. */
  eraseCorrections(of: { readonly seq: number; readonly items: readonly ErasedItem[] }): void;
  /** Notes that an entry touched a part of the bulletin. */
  touch(part: 'site' | 'figures' | 'corrections' | Collection, seq: number): void;
};

/**
 * What the ledger adds up to: applies one entry to the rows. Pure but for the rows.
 * @param erased what is known of an entry whose payload is gone: the erasure entry that names its seq
 */
export function applyEntry(rows: Rows, entry: Entry, erased?: Erasure): void {
  const change = changeOf(entry);
  if (change) applyChange(rows, entry, change);
  else if (erased) applyErased(rows, entry, erased);
  else throw new Error(`entry ${entry.seq} has no payload and no erasure names it`);
}

/** The payload of an erasure. */
export type Erasure = Extract<Change, { kind: 'erasure' }>['payload'];

/**
 * The rows of a whole ledger: each entry applied to `rows` in order of `seq`, the erased ones by their erasures, which
 * follow them.
 */
export function foldLedger(rows: Rows, entries: Iterable<Entry>, erasures: Iterable<Erasure>): void {
  const erasureOf = new Map([...erasures].map((erasure) => [erasure.seq, erasure]));
  for (const entry of entries) applyEntry(rows, entry, erasureOf.get(entry.seq));
}

function applyChange(rows: Rows, entry: Entry, change: Change): void {
  switch (change.kind) {
    case 'site':
      rows.putSite(change.payload.site);
      rows.touch('site', entry.seq);
      return;
    case 'figures':
      applyFigures(rows, entry, change.payload.days);
      return;
    case 'items':
      for (const item of change.payload.items)
        rows.putItem(
          firstVersion(
            entry,
            { ...item, collection: change.payload.collection },
            upgraded(change.payload.collection, item.content),
          ),
        );
      rows.touch(change.payload.collection, entry.seq);
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

function applyFigures(
  rows: Rows,
  entry: Entry,
  figures: Extract<Change, { kind: 'figures' }>['payload']['days'],
): void {
  let corrections = 0;
  for (const [date, values] of entriesOf(figures)) {
    const cells: Record<MetricId, Cell> = {};
    for (const [metric, value] of entriesOf(values)) cells[metric] = [value, entry.seq];
    corrections += setCells(rows, entry, date, cells, corrections);
  }
  rows.touch('figures', entry.seq);
  if (corrections > 0) rows.touch('corrections', entry.seq);
}

/** Sets figures of a day and records what that corrects; gives the number of corrections. */
function setCells(rows: Rows, entry: Entry, date: CivilDate, cells: Day['cells'], before: number): number {
  const day = rows.day(date);
  let corrections = 0;
  for (const [metric, cell] of entriesOf(cells)) {
    const was = day?.cells[metric];
    if (!was || (was[0] === null && !was[2])) continue; // nothing was public, so nothing is corrected
    corrections += 1;
    rows.addCorrection({
      ...correctionHead(entry, before + corrections),
      agency: ownerOf(rows.settings(), metric, entry.agency),
      kind: 'figure',
      metric,
      date,
      was: was[0],
      wasSeq: was[1],
      now: cell[0],
    });
  }
  rows.putDay(date, { version: (day?.version ?? 0) + 1, cells: { ...day?.cells, ...cells } });
  return corrections;
}

/**
 * The agency that a correction of a figure bears: the one that made it, if it reports the metric; else the first that does.
 * The operator may bring a file in the name of whoever gathers: the record must name who answers for the figure.
 */
function ownerOf(site: Site | null, id: string, by: AgencyId): AgencyId {
  const owners = (site && metricOf(site, id)?.agencies) ?? [];
  return owners.includes(by) ? by : (owners[0] ?? by);
}

/** An item as it first stands; without content where an erasure has taken that since. */
const firstVersion = (
  entry: Entry,
  of: Pick<ErasedItem, 'collection' | 'id' | 'agency' | 'publishedAt'>,
  content: Content | null,
): Item => ({
  collection: of.collection,
  id: of.id,
  version: 1,
  agency: of.agency,
  createdAt: entry.at,
  publishedAt: of.publishedAt,
  updatedAt: of.publishedAt,
  content,
});

function applyEdit(
  rows: Rows,
  entry: Entry,
  edit: { readonly collection: Collection; readonly id: ItemId; readonly content: Content | null },
) {
  const item = existing(rows, entry, edit.collection, edit.id);
  rows.putItem({ ...item, version: item.version + 1, updatedAt: entry.at, content: edit.content });
  rows.touch(edit.collection, entry.seq);
  const [was, now] = differing(item.content, edit.content);
  if (was && now && !isCorrected(edit.collection, Object.keys({ ...was, ...now }))) return;
  rows.addCorrection({
    ...correctionHead(entry, 1),
    kind: 'edit',
    collection: edit.collection,
    item: edit.id,
    was,
    now,
  });
  rows.touch('corrections', entry.seq);
}

function applyWithdrawal(
  rows: Rows,
  entry: Entry,
  of: { readonly collection: Collection; readonly id: ItemId },
) {
  const item = existing(rows, entry, of.collection, of.id);
  rows.putItem({
    ...item,
    version: item.version + 1,
    updatedAt: entry.at,
    withdrawal: { at: entry.at, ...(entry.reason === undefined ? {} : { reason: entry.reason }) },
  });
  rows.addCorrection({
    ...correctionHead(entry, 1),
    kind: 'withdrawal',
    collection: of.collection,
    item: of.id,
    was: goneHeading(item),
    now: null,
  });
  rows.touch(of.collection, entry.seq);
  rows.touch('corrections', entry.seq);
}

function applyErasure(rows: Rows, entry: Entry, erasure: Erasure) {
  for (const { date, metric, reported } of erasure.figures) {
    const day = rows.day(date);
    if (!day || !reported || day.cells[metric]?.[1] !== erasure.seq) continue; // set anew since: nothing of it is left
    rows.putDay(date, {
      version: day.version + 1,
      cells: { ...day.cells, [metric]: [null, erasure.seq, 1] },
    });
  }
  if (erasure.figures.length > 0) rows.touch('figures', entry.seq);
  for (const { collection, id } of erasure.items) {
    rows.putItem({ ...existing(rows, entry, collection, id), content: null });
    rows.touch(collection, entry.seq);
  }
  if (erasure.withdrawal) eraseWithdrawalReason(rows, entry, erasure.withdrawal);
  rows.eraseCorrections(erasure);
  rows.touch('corrections', entry.seq);
}

// Another version, because the item's page changes by it.
function eraseWithdrawalReason(
  rows: Rows,
  entry: Entry,
  of: { readonly collection: Collection; readonly id: ItemId },
): void {
  const { withdrawal, ...item } = existing(rows, entry, of.collection, of.id);
  if (!withdrawal)
    throw new Error(`entry ${entry.seq} erases why ${of.collection} ${of.id} was withdrawn: it was not`);
  rows.putItem({ ...item, version: item.version + 1, withdrawal: { at: withdrawal.at } });
  rows.touch(of.collection, entry.seq);
}

/** An entry whose payload is gone leaves the places it had, empty. */
function applyErased(rows: Rows, entry: Entry, erasure: Erasure): void {
  if (entry.kind === 'figures') {
    const days = new Map<CivilDate, Record<string, Cell>>();
    for (const { date, metric, reported } of erasure.figures) {
      const cells = days.get(date) ?? {};
      cells[metric] = reported ? [null, entry.seq, 1] : [null, entry.seq];
      days.set(date, cells);
    }
    let corrections = 0;
    for (const [date, cells] of days) corrections += setCells(rows, entry, date, cells, corrections);
    rows.touch('figures', entry.seq);
    if (corrections > 0) rows.touch('corrections', entry.seq);
    return;
  }
  if (erasure.withdrawal) {
    applyWithdrawal(rows, entry, erasure.withdrawal);
    return;
  }
  if (entry.kind === 'edit') {
    for (const { collection, id } of erasure.items) applyEdit(rows, entry, { collection, id, content: null });
    return;
  }
  for (const item of erasure.items) rows.putItem(firstVersion(entry, item, null));
  for (const item of erasure.items) rows.touch(item.collection, entry.seq);
}

function existing(rows: Rows, entry: Entry, collection: Collection, id: ItemId): Item {
  const item = rows.item(collection, id);
  if (!item)
    throw new Error(`entry ${entry.seq} names ${collection} ${id}, which no entry before it published`);
  return item;
}

const correctionHead = (entry: Entry, n: number) => ({
  id: `${entry.seq}-${n}`,
  seq: entry.seq,
  at: entry.at,
  agency: entry.agency,
  ...(entry.reason === undefined ? {} : { reason: entry.reason }),
});

/** The fields in which two contents differ, as each has them; null for a content that is gone. */
function differing(
  was: Content | null,
  now: Content | null,
): readonly [Record<string, unknown> | null, Record<string, unknown> | null] {
  if (!was || !now) return [null, null];
  const [a, b]: readonly { readonly [field: string]: unknown }[] = [{ ...was }, { ...now }];
  if (!a || !b) return [null, null];
  const fields = [...new Set([...Object.keys(a), ...Object.keys(b)])].filter(
    (key) => JSON.stringify(a[key]) !== JSON.stringify(b[key]),
  );
  const pick = (from: { readonly [field: string]: unknown }) =>
    Object.fromEntries(fields.filter((key) => key in from).map((key) => [key, from[key]]));
  return [pick(a), pick(b)];
}

// A withdrawal says what is gone by its heading only: publishing the text again would undo it.
function goneHeading({ collection, content }: Item): Record<string, unknown> | null {
  if (!content) return null;
  const { field, text } = headingOf(collection, content);
  return { [field]: text };
}
