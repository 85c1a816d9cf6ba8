import { formatsOf } from '../../../client/page/parts/formats.ts';
import type { CivilMonth } from '../../model/civil-date.ts';
import { COLLECTIONS, hasMonths, type Monthly } from '../../model/collections/registry.ts';
import { monthPath, SECTIONS, sectionPath } from '../../model/path.ts';
import { type Document, stampOf } from '../document.ts';
import { itemSite, withItemSite } from '../views/item-site.ts';
import { type Months, monthsOf } from '../views/months.ts';
import type { MonthPages, SectionContext } from './section-page.ts';
import { MONTH_PAGES, SECTION_PAGES } from './sections.ts';
import { HTML_TYPE, renderPage, renderPart, type ShellFrame } from './shell.tsx';

/** The newest months, which still get new items, stay in the release. Older months go to the archive pack. */
const FRESH_MONTHS = 2;

/** The pages of all sections and months. What languages share is computed once; the result gives a language's pages. */
export function sectionDocuments(context: SectionContext): (frame: ShellFrame) => readonly Document[] {
  const { revisions } = context.bulletin;
  const itemContext = { ...context, bulletin: withItemSite(context.bulletin) };
  const settings = stampOf(itemSite(context.bulletin.site));
  const months = COLLECTIONS.filter(hasMonths).map((collection) => ({
    collection,
    months: stampedMonths(collection, context),
  }));
  return (frame) => {
    const { tag } = frame.formats;
    const frameStamp = stampOf(frame);
    const sections = SECTIONS.map((section): Document => {
      const { stamp, parts } = SECTION_PAGES[section];
      return {
        path: sectionPath(tag, section),
        type: HTML_TYPE,
        pack: 'release',
        stamp: stampOf([frameStamp, revisions.site, stamp(context, frame)]),
        render: () => renderPage(frame, parts(context, frame)),
      };
    });
    return [
      ...sections,
      ...months.flatMap((archive) => monthDocuments(itemContext, settings, frame, frameStamp, archive)),
    ];
  };
}

/** The months of a collection, newest first, each with a stamp of what its page shows in all languages. */
type StampedMonths = readonly { readonly month: CivilMonth; readonly stamp: string }[];

// The key is the map of months, which is the same object until an item changes.
const cache = new WeakMap<object, { readonly shared: object | null; readonly months: StampedMonths }>();

// Each publish lists hundreds of months, and hardly any differ. So the stamps are computed once for all languages, and
// again only when an item or what the rows share has changed.
function stampedMonths<C extends Monthly>(collection: C, context: SectionContext): StampedMonths {
  const pages: MonthPages<C> = MONTH_PAGES[collection];
  const months: Months<C> = monthsOf(context.bulletin, collection);
  const shared = pages.shared(context);
  const cached = cache.get(months);
  if (cached?.shared === shared) return cached.months;
  const all = [...months.keys()];
  const stamps = [...months].map(([month, items], age) => ({
    month,
    stamp: stampOf([all[age - 1], all[age + 1], items.map((item) => pages.rowStamp(context, item))]),
  }));
  cache.set(months, { shared, months: stamps });
  return stamps;
}

const monthDocuments = (
  context: SectionContext,
  settings: string,
  frame: ShellFrame,
  frameStamp: string,
  { collection, months }: { readonly collection: Monthly; readonly months: StampedMonths },
): readonly Document[] =>
  months.map(({ month, stamp }, age) => {
    const { tag } = frame.formats;
    const parts = () => MONTH_PAGES[collection].parts(context, frame, month);
    const page = {
      path: monthPath(tag, collection, month),
      type: HTML_TYPE,
      render: () => renderPage(frame, parts()),
    };
    if (age < FRESH_MONTHS)
      return { ...page, pack: 'release', stamp: stampOf([frameStamp, settings, stamp]) };
    const part = () => renderPart(parts(), formatsOf(frame.formats));
    return { ...page, pack: 'archive', stamp, settings, joined: { language: tag, part } };
  });
