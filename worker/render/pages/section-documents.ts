import { formatsOf } from '../../../client/page/parts/formats.ts';
import type { CivilMonth } from '../../model/civil-date.ts';
import { COLLECTIONS, hasMonths, type Monthly } from '../../model/collections/registry.ts';
import { monthPath, SECTIONS, sectionPath } from '../../model/path.ts';
import { type Document, stampOf } from '../document.ts';
import { type Months, monthsOf } from '../views/months.ts';
import type { MonthPages, SectionContext } from './section-page.ts';
import { MONTH_PAGES, SECTION_PAGES } from './sections.ts';
import { HTML_TYPE, renderPage, renderPart, type ShellFrame } from './shell.tsx';

/** Months that items of these days still fall into; older ones rest in the archive. */
const FRESH_MONTHS = 2;

/** The pages of every section and month, a language at a time: what all share is worked out once. */
export function sectionDocuments(context: SectionContext): (frame: ShellFrame) => readonly Document[] {
  const { revisions } = context.bulletin;
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
    return [...sections, ...months.flatMap((of) => monthDocuments(context, frame, frameStamp, of))];
  };
}

/** The months of a collection, newest first, each with a stamp of what its page shows in any language. */
type StampedMonths = readonly { readonly month: CivilMonth; readonly stamp: string }[];

// By the months themselves, which are one map until an item of theirs changes.
const stamped = new WeakMap<
  object,
  { readonly site: number; readonly shared: object | null; readonly months: StampedMonths }
>();

// Hundreds of months are listed at each publish and hardly one differs: the stamps are worked out once for all languages,
// and again only when an item, the settings or what the rows share has changed.
function stampedMonths<C extends Monthly>(collection: C, context: SectionContext): StampedMonths {
  const { bulletin } = context;
  const pages: MonthPages<C> = MONTH_PAGES[collection];
  const months: Months<C> = monthsOf(bulletin, collection);
  const [site, shared] = [bulletin.revisions.site, pages.shared(context)];
  const cached = stamped.get(months);
  if (cached?.site === site && cached.shared === shared) return cached.months;
  const all = [...months.keys()];
  const stamps = [...months].map(([month, items], age) => ({
    month,
    stamp: stampOf([all[age - 1], all[age + 1], site, items.map((item) => pages.rowStamp(context, item))]),
  }));
  stamped.set(months, { site, shared, months: stamps });
  return stamps;
}

const monthDocuments = (
  context: SectionContext,
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
    if (age < FRESH_MONTHS) return { ...page, pack: 'release', stamp: stampOf([frameStamp, stamp]) };
    const part = () => renderPart(parts(), formatsOf(frame.formats));
    return { ...page, pack: 'archive', stamp, joined: { language: tag, part } };
  });
