import type { VNode } from 'preact';
import { fillText } from '../../../client/page/parts/fill.ts';
import { formatsOf } from '../../../client/page/parts/formats.ts';
import { monthName } from '../../../client/page/sections/months.tsx';
import type { Bulletin, PublicItem } from '../../model/bulletin.ts';
import type { Monthly } from '../../model/collections/registry.ts';
import { monthPath, type Section, sectionPath } from '../../model/path.ts';
import type { DaySnapshot } from '../views/day-snapshot.ts';
import type { MonthPage } from '../views/months.ts';
import { type Addressing, alternates, type PageParts, type ShellFrame } from './shell.tsx';

/** What the section pages of one publish depend on, the same for all languages. */
export type SectionContext = {
  readonly bulletin: Bulletin;
  readonly site: Addressing;
  readonly snapshot: DaySnapshot;
  readonly isSigned: boolean;
};

/** How a section's page is built. */
export type SectionPage = {
  /**
   * A plain value that changes whenever the page changes; frame and settings are added by the caller. It should be
   * cheap, such as a revision, so that a section that does not change costs a publish nothing.
   */
  readonly stamp: (context: SectionContext, frame: ShellFrame) => unknown;
  /** What goes into the slots of the page. */
  readonly parts: (context: SectionContext, frame: ShellFrame) => PageParts;
};

/** How the pages of a collection's months are built. */
export type MonthPages<C extends Monthly> = {
  /** What rows show beside their own item, such as statuses: the same object until it changes; null if nothing. */
  readonly shared: (context: SectionContext) => object | null;
  /** A value that changes whenever the item's row changes, in any language. */
  readonly rowStamp: (context: SectionContext, item: PublicItem<C>) => unknown;
  readonly parts: (context: SectionContext, frame: ShellFrame, page: MonthPage<C>) => PageParts;
};

/** What goes into the slots of a section's page. */
export const sectionParts = (
  { site }: SectionContext,
  frame: ShellFrame,
  section: Section,
  main: VNode,
): PageParts =>
  titledParts(
    site,
    frame,
    formatsOf(frame.formats).strings[section],
    (tag) => sectionPath(tag, section),
    main,
  );

/** What goes into the slots of a month's page. */
export const monthParts = <C extends Monthly>(
  { site }: SectionContext,
  frame: ShellFrame,
  { collection, month, page }: { readonly collection: C } & Pick<MonthPage<C>, 'month' | 'page'>,
  main: VNode,
): PageParts => {
  const f = formatsOf(frame.formats);
  const key: `${Monthly}.month` = `${collection}.month`;
  const heading = fillText(f.strings[key], { month: monthName({ month, page }, f) });
  return titledParts(site, frame, heading, (tag) => monthPath(tag, collection, month, page), main);
};

function titledParts(
  site: Addressing,
  frame: ShellFrame,
  title: string,
  path: (tag: string) => string,
  main: VNode,
): PageParts {
  const siteName = frame.view.name.text;
  const all = alternates(site, path);
  return {
    head: {
      title: `${title} · ${siteName}`,
      origin: site.origin,
      siteName,
      kind: 'website',
      alternates: all,
    },
    languages: all,
    main,
  };
}
