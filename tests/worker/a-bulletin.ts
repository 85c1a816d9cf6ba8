import type { Bulletin, Moment } from '../../worker/model/bulletin.ts';
import type { Change, Figures } from '../../worker/model/change.ts';
import { addDays, parseCivilDate } from '../../worker/model/civil-date.ts';
import {
  COLLECTIONS,
  type Collection,
  type Content,
  type ContentOf,
} from '../../worker/model/collections/registry.ts';
import { applyEntry } from '../../worker/model/fold.ts';
import { parseInstant } from '../../worker/model/instant.ts';
import type { ItemId } from '../../worker/model/item.ts';
import { type Entry, GENESIS } from '../../worker/model/ledger.ts';
import { MemoryRows } from '../../worker/model/memory-rows.ts';
import type { AgencyId, Site } from '../../worker/model/site.ts';
import { aSite } from './a-site.ts';
import { CONTENTS } from './some-content.ts';

type News = ContentOf['news'];
type Contact = ContentOf['contacts'];

/** What a test says of its bulletin; everything else is as plain as can be. */
export type BulletinWish = {
  readonly site?: Site;
  /** Figures by date. */
  readonly days?: { readonly [date: string]: { readonly [metric: string]: number | null } };
  /** So many items, or what is particular of each; item 1 is the first. */
  readonly news?: number | readonly Partial<News>[];
  readonly contacts?: readonly Partial<Contact>[];
  /** Items of any collection, as above; what is not said of one is as in `CONTENTS`, with every field. */
  readonly items?: { readonly [C in Collection]?: readonly Partial<ContentOf[C]>[] };
  /** More changes, each an entry of its own, after those above. */
  readonly changes?: readonly (Change & { readonly reason?: string })[];
};

const AT = '2021-08-03T11:00:00Z';

/** When test bulletins are rendered, and as which release. */
export const aMoment = (changes: Partial<Record<keyof Moment, unknown>> = {}): Moment =>
  ({ asOf: AT, release: 527, ...changes }) as Moment;

/** A news item of 3 August 2021. */
export const aNewsItem = (changes: Partial<News> = {}): News => ({
  title: { ar: 'عنوان الخبر', en: 'Title of the item' },
  body: { ar: 'نص **الخبر**.', en: 'Body of the **item**.' },
  date: date('2021-08-03'),
  ...changes,
});

/** A bulletin folded from a ledger of one entry a wish. */
export function aBulletin(wish: BulletinWish = {}): Bulletin {
  const rows = new MemoryRows();
  const ledger: (Change & { readonly reason?: string })[] = [
    { kind: 'site', payload: { site: wish.site ?? aSite() } },
  ];
  if (wish.days)
    ledger.push({ kind: 'figures', payload: { days: wish.days as { [date: string]: Figures } } });
  const news =
    typeof wish.news === 'number' ? Array.from({ length: wish.news }, numbered) : (wish.news ?? []);
  if (news.length > 0) ledger.push(items('news', news.map(aNewsItem)));
  const contacts = (wish.contacts ?? []).map(
    (contact): Contact => ({ name: { ar: 'جهة', en: 'A body' }, kind: 'other', ...contact }),
  );
  if (contacts.length > 0) ledger.push(items('contacts', contacts));
  for (const collection of COLLECTIONS) {
    const wished = wish.items?.[collection] ?? [];
    if (wished.length > 0)
      ledger.push(
        items(
          collection,
          wished.map((some) => ({ ...CONTENTS[collection].full, ...some })),
        ),
      );
  }
  [...ledger, ...(wish.changes ?? [])].forEach((change, i) => {
    applyEntry(rows, entryOf(change, i + 1));
  });
  const bulletin = rows.bulletin();
  if (!bulletin) throw new Error('a bulletin needs a site');
  return bulletin;
}

/** Figures of consecutive days: `value` gives a metric's by its place, 0 for the first day. */
export function someDays(
  count: number,
  value: (metric: string, i: number) => number | null,
  { from = '2020-02-24', metrics = ['new_cases', 'critical', 'quarantine'] as readonly string[] } = {},
): NonNullable<BulletinWish['days']> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      addDays(date(from), i),
      Object.fromEntries(metrics.map((metric) => [metric, value(metric, i)])),
    ]),
  );
}

const numbered = (_: unknown, i: number): Partial<News> => ({
  title: { ar: `الخبر ${i + 1}`, en: `Item ${i + 1}` },
});

function items(collection: Collection, contents: readonly object[]): Change {
  return {
    kind: 'items',
    payload: {
      collection,
      items: contents.map((content, i) => ({
        id: String(i + 1) as ItemId,
        agency: 'health' as AgencyId,
        publishedAt: instant(AT),
        content: content as Content,
      })),
    },
  };
}

// The fold does not look at hashes; the chain has tests of its own.
const entryOf = ({ kind, payload, reason }: Change & { readonly reason?: string }, seq: number): Entry => ({
  seq,
  at: instant(AT),
  agency: 'health' as AgencyId,
  key: 'operator',
  kind,
  ...(reason === undefined ? {} : { reason }),
  payloadHash: GENESIS,
  previous: GENESIS,
  hash: GENESIS,
  salt: '',
  payload,
});

function date(text: string) {
  const parsed = parseCivilDate(text);
  if (!parsed) throw new Error(`${text} is no date`);
  return parsed;
}

function instant(text: string) {
  const parsed = parseInstant(text);
  if (!parsed) throw new Error(`${text} is no instant`);
  return parsed;
}
