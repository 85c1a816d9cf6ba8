import { formatsOf } from '../../../client/page/parts/formats.ts';
import {
  RumourArticle,
  type RumourRow,
  RumoursSection,
  type RumoursView,
} from '../../../client/page/sections/rumours.tsx';
import type { Bulletin, PublicItem } from '../../model/bulletin.ts';
import { itemPath } from '../../model/path.ts';
import type { Site } from '../../model/site.ts';
import { excerptOf } from '../views/excerpt.ts';
import { listedItems } from '../views/listed-items.ts';
import { agencyName, localize } from '../views/localize.ts';
import { markdownHtml } from '../views/markdown.ts';
import { rowsWithin } from '../views/page-room.ts';
import { prefixWithin } from '../views/prefix-within.ts';
import { articleView, type ItemPage } from './item-page.ts';
import { type SectionPage, sectionParts } from './section-page.ts';

/** How many rumours the section's page and the home page show. */
const NEWEST = 100;
const AT_HOME = 2;
/** About how many characters the rumours on the home page may have together. */
const TEXT_AT_HOME = 900;

function rumourRow(site: Site, item: PublicItem<'rumours'>, language: string): RumourRow {
  const { content } = item;
  return {
    path: itemPath(language, 'rumours', item.id),
    claim: localize(content.claim, language, site),
    verdict: localize(content.verdict, language, site),
    answer: excerptOf(localize(content.answer, language, site)),
    date: content.date,
    agency: agencyName(site, item.agency, language),
  };
}

/** The newest rumours, for the home page. */
export const newestRumours = (bulletin: Bulletin, language: string): readonly RumourRow[] =>
  prefixWithin(
    listedItems(bulletin, 'rumours')
      .slice(0, AT_HOME)
      .map((item) => rumourRow(bulletin.site, item, language)),
    ({ claim, verdict, answer }) => claim.text.length + verdict.text.length + answer.text.length,
    TEXT_AT_HOME,
  );

/** The newest rumours, newest first. */
export const rumoursSection: SectionPage = {
  stamp: ({ bulletin }) => bulletin.revisions.rumours,
  parts: (context, frame) => {
    const view = sectionView(context.bulletin, frame.formats.tag);
    return sectionParts(
      context,
      frame,
      'rumours',
      <RumoursSection view={view} f={formatsOf(frame.formats)} />,
    );
  },
};

function sectionView(bulletin: Bulletin, language: string): RumoursView {
  const items = listedItems(bulletin, 'rumours');
  const rows = rowsWithin(items.slice(0, NEWEST).map((item) => rumourRow(bulletin.site, item, language)));
  return { rows, more: rows.length < items.length };
}

/** The page of a rumour: the claim, then the verdict, then the answer. */
export const rumourPage: ItemPage<'rumours'> = {
  allKey: 'rumours.all',
  text: ({ answer }) => answer,
  article: (site, item, language) =>
    articleView(site, item, language, { ...item.content, text: item.content.answer }),
  main: (bulletin, item, view, f) => (
    <RumourArticle
      view={view}
      verdict={localize(item.content.verdict, f.tag, bulletin.site)}
      toHtml={markdownHtml}
      f={f}
    />
  ),
};
