import type { VNode } from 'preact';
import { formatsOf } from '../../../client/page/parts/formats.ts';
import type { Bulletin, PublicItem } from '../../model/bulletin.ts';
import type { CivilMonth } from '../../model/civil-date.ts';
import type { Monthly } from '../../model/collections/registry.ts';
import { monthPath, type Section, sectionPath } from '../../model/path.ts';
import type { DaySnapshot } from '../views/day-snapshot.ts';
import { type Addressing, alternates, type PageParts, type ShellFrame } from './shell.tsx';

/** What the section pages of one publish are made of, the same for all languages. */
export type SectionContext = {
  readonly bulletin: Bulletin;
  readonly site: Addressing;
  readonly snapshot: DaySnapshot;
};

/** A section's page. */
export type SectionPage = {
  /**
   * A plain value that differs whenever the page does, beside its frame and the settings: what the page is made of, not
   * the page, so that a section that stays the same costs a publish nothing.
   */
  readonly stamp: (context: SectionContext, frame: ShellFrame) => unknown;
  /** What the page has in the slots of its shell. */
  readonly parts: (context: SectionContext, frame: ShellFrame) => PageParts;
};

/** The pages of a collection's months. */
export type MonthPages<C extends Monthly> = {
  /** What rows of items show beside the items themselves, if anything: one object for as long as it stays the same. */
  readonly shared: (context: SectionContext) => object | null;
  /** Differs whenever a row of the item does, in any language. */
  readonly rowStamp: (context: SectionContext, item: PublicItem<C>) => unknown;
  readonly parts: (context: SectionContext, frame: ShellFrame, month: CivilMonth) => PageParts;
};

/** The slots of a section's page around its main part. */
export const sectionParts = (
  { site }: SectionContext,
  frame: ShellFrame,
  section: Section,
  main: VNode,
): PageParts =>
  titled(site, frame, formatsOf(frame.formats).strings[section], (tag) => sectionPath(tag, section), main);

/** The slots of a month's page around its main part. */
export const monthParts = (
  { site }: SectionContext,
  frame: ShellFrame,
  of: { readonly collection: Monthly; readonly month: CivilMonth; readonly title: string },
  main: VNode,
): PageParts => titled(site, frame, of.title, (tag) => monthPath(tag, of.collection, of.month), main);

function titled(
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
