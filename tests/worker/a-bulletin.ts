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
import type { AgencyId, Site } from '../../worker/model/site.ts';
import { aSite } from './a-site.ts';
import { CONTENT_EXAMPLES } from './content-examples.ts';
import { FoldedRows } from './corrections-of.ts';

type News = ContentOf['news'];
type Contact = ContentOf['contacts'];

/** What a test wants in its bulletin; everything else has plain defaults. */
export type BulletinSpec = {
  readonly site?: Site;
  /** Figures by date. */
  readonly days?: { readonly [date: string]: { readonly [metric: string]: number | null } };
  /** The number of items, or the fields of each that differ from the default; item 1 is the first. */
  readonly news?: number | readonly Partial<News>[];
  readonly contacts?: readonly Partial<Contact>[];
  /** Items of any collection, as above; a field that is not given is as in the full `CONTENT_EXAMPLES`. */
  readonly items?: { readonly [C in Collection]?: readonly Partial<ContentOf[C]>[] };
  /** More changes, each in its own ledger entry, after the entries for the fields above. */
  readonly changes?: readonly (Change & { readonly reason?: string })[];
};

const AT = '2021-08-03T11:00:00Z';

/** The moment (time and release number) at which test bulletins are rendered. */
export const aMoment = (changes: Partial<Record<keyof Moment, unknown>> = {}): Moment =>
  ({ asOf: AT, release: 527, ...changes }) as Moment;

/** A news item of 3 August 2021. */
export const aNewsItem = (changes: Partial<News> = {}): News => ({
  title: { ar: 'عنوان الخبر', en: 'Title of the item' },
  body: { ar: 'نص **الخبر**.', en: 'Body of the **item**.' },
  date: date('2021-08-03'),
  ...changes,
});

/** A bulletin folded from a ledger with one entry for each part of `spec`. */
export function aBulletin(spec: BulletinSpec = {}): Bulletin {
  const rows = new FoldedRows();
  const ledger: (Change & { readonly reason?: string })[] = [
    { kind: 'site', payload: { site: spec.site ?? aSite() } },
  ];
  if (spec.days)
    ledger.push({ kind: 'figures', payload: { days: spec.days as { [date: string]: Figures } } });
  const news =
    typeof spec.news === 'number' ? Array.from({ length: spec.news }, numbered) : (spec.news ?? []);
  if (news.length > 0) ledger.push(items('news', news.map(aNewsItem)));
  const contacts = (spec.contacts ?? []).map(
    (contact): Contact => ({ name: { ar: 'جهة', en: 'A body' }, kind: 'other', ...contact }),
  );
  if (contacts.length > 0) ledger.push(items('contacts', contacts));
  for (const collection of COLLECTIONS) {
    const wanted = spec.items?.[collection] ?? [];
    if (wanted.length > 0)
      ledger.push(
        items(
          collection,
          wanted.map((fields) => ({ ...CONTENT_EXAMPLES[collection].full, ...fields })),
        ),
      );
  }
  [...ledger, ...(spec.changes ?? [])].forEach((change, i) => {
    applyEntry(rows, entryOf(change, i + 1));
  });
  const bulletin = rows.bulletin();
  if (!bulletin) throw new Error('a bulletin needs settings');
  return bulletin;
}

/** Figures of `count` consecutive days: `value` gives a metric's figure by the day's index, 0 for the first day. */
export function figuresByDay(
  count: number,
  value: (metric: string, i: number) => number | null,
  { from = '2020-02-24', metrics = ['new_cases', 'critical', 'quarantine'] as readonly string[] } = {},
): NonNullable<BulletinSpec['days']> {
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

// The fold ignores hashes; the hash chain has its own tests.
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
  if (!parsed) throw new Error(`${text} is not a date`);
  return parsed;
}

function instant(text: string) {
  const parsed = parseInstant(text);
  if (!parsed) throw new Error(`${text} is not an instant`);
  return parsed;
}
