import { formatsOf } from '../../../client/page/parts/formats.ts';
import { COLLECTIONS, hasMonths, type Monthly } from '../../model/collections/registry.ts';
import { monthPath, SECTIONS, sectionPath } from '../../model/path.ts';
import { type Document, stampOf } from '../document.ts';
import { itemSite, withItemSite } from '../views/item-site.ts';
import { type MonthPage, monthPagesOf } from '../views/months.ts';
import type { MonthPages, SectionContext } from './section-page.ts';
import { MONTH_PAGES, SECTION_PAGES } from './sections.ts';
import { HTML_TYPE, renderPage, renderPart, type ShellFrame } from './shell.tsx';

/** The newest pages of months, which still get new items, stay in the release. Older ones go to the archive pack. */
const FRESH_PAGES = 2;

/** The pages of all sections and months. What languages share is computed once; the result gives a language's pages. */
export function sectionDocuments(context: SectionContext): (frame: ShellFrame) => readonly Document[] {
  const { revisions } = context.bulletin;
  const months = COLLECTIONS.filter(hasMonths).map((collection) => monthArchive(collection, context));
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
    return [...sections, ...months.flatMap((documents) => documents(frame, frameStamp))];
  };
}

/** A stamp of what each page of the months shows, in all languages, in the order of the pages. */
type Stamps = readonly string[];

// The key is the list of the months' pages, which is the same object until an item changes.
const cache = new WeakMap<object, { readonly shared: object | null; readonly stamps: Stamps }>();

// Each publish lists hundreds of months, and hardly any differ. So the stamps are computed once for all languages, and
// again only when an item or what the rows share has changed.
function stampsOf<C extends Monthly>(
  { rowStamp, shared: sharedBy }: MonthPages<C>,
  pages: readonly MonthPage<C>[],
  context: SectionContext,
): Stamps {
  const shared = sharedBy(context);
  const cached = cache.get(pages);
  if (cached?.shared === shared) return cached.stamps;
  const names = pages.map(({ month, page }) => (page === null ? month : `${month}/${page}`));
  const stamps = pages.map(({ items }, i) =>
    stampOf([names[i - 1], names[i + 1], items.map((item) => rowStamp(context, item))]),
  );
  cache.set(pages, { shared, stamps });
  return stamps;
}

/** The pages of all months of a collection, in a language. */
function monthArchive<C extends Monthly>(collection: C, context: SectionContext) {
  const monthPages: MonthPages<C> = MONTH_PAGES[collection];
  const pages = monthPagesOf(context.bulletin, collection);
  const stamps = stampsOf(monthPages, pages, context);
  const itemContext = { ...context, bulletin: withItemSite(context.bulletin) };
  const settings = stampOf(itemSite(context.bulletin.site));
  return (frame: ShellFrame, frameStamp: string): readonly Document[] =>
    pages.map((monthPage, i) => {
      const { tag } = frame.formats;
      const { month, page } = monthPage;
      const stamp = stamps[i] ?? '';
      const parts = () => monthPages.parts(itemContext, frame, monthPage);
      const document = {
        path: monthPath(tag, collection, month, page),
        type: HTML_TYPE,
        render: () => renderPage(frame, parts()),
      };
      if (i < FRESH_PAGES)
        return { ...document, pack: 'release', stamp: stampOf([frameStamp, settings, stamp]) };
      const part = () => renderPart(parts(), formatsOf(frame.formats));
      return { ...document, pack: 'archive', stamp, settings, joined: { language: tag, part } };
    });
}
