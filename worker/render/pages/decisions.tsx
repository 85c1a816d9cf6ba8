import { formatsOf } from '../../../client/page/parts/formats.ts';
import { DecisionArticle } from '../../../client/page/sections/decision.tsx';
import {
  type DecisionRow,
  DecisionsArchive,
  DecisionsSection,
  type DecisionsView,
  type NewestDecisionsView,
} from '../../../client/page/sections/decisions.tsx';
import type { Bulletin, PublicItem } from '../../model/bulletin.ts';
import type { ItemId } from '../../model/item.ts';
import { itemPath, sectionPath } from '../../model/path.ts';
import type { Site } from '../../model/site.ts';
import type { DecisionStatus } from '../../model/status.ts';
import { decisionFacts, relatedDecisions } from '../views/decision-facts.ts';
import { itemStamp } from '../views/item-runs.ts';
import { listedItems } from '../views/listed-items.ts';
import { localize, postedBy } from '../views/localize.ts';
import { markdownHtml } from '../views/markdown.ts';
import { monthLinks, neighbours } from '../views/months.ts';
import { rowsWithin } from '../views/page-room.ts';
import { prefixWithin } from '../views/prefix-within.ts';
import { articleView, type ItemPage } from './item-page.ts';
import {
  type MonthPages,
  monthParts,
  type SectionContext,
  type SectionPage,
  sectionParts,
} from './section-page.ts';

/** How many decisions in force, and of each other kind, the section's page shows; the month pages have all. */
const IN_FORCE = 60;
const NEWEST = 30;
/** Bytes of the decisions in force, and of each other kind. */
const IN_FORCE_BYTES = 85_000;
const OTHER_BYTES = 40_000;
/** How many decisions the home page shows, and how many of them may start later. */
const AT_HOME = 7;
const STARTING_AT_HOME = 3;
/** About how many characters the titles of decisions on the home page may have together. */
const TITLES_AT_HOME = 700;

type Statuses = ReadonlyMap<ItemId, DecisionStatus>;

function decisionRow(
  site: Site,
  item: PublicItem<'decisions'>,
  statuses: Statuses,
  language: string,
): DecisionRow {
  const { content } = item;
  return {
    path: itemPath(language, 'decisions', item.id),
    title: localize(content.title, language, site),
    date: content.date,
    issuer: localize(content.issuer, language, site),
    ...postedBy(site, item, language),
    ...(content.number === undefined ? {} : { number: content.number }),
    status: statuses.get(item.id) ?? { kind: 'decided' },
  };
}

// Compares decisions by their first day, the soonest first.
const soonestFirst = (statuses: Statuses) => (a: PublicItem<'decisions'>, b: PublicItem<'decisions'>) => {
  const startOf = (item: typeof a) => {
    const status = statuses.get(item.id);
    return status && status.kind !== 'decided' ? status.on : '';
  };
  return startOf(a) < startOf(b) ? -1 : startOf(a) > startOf(b) ? 1 : 0;
};

/** The decisions that start soonest, then the newest others, for the home page; null if there are no decisions. */
export function newestDecisions(
  bulletin: Bulletin,
  statuses: Statuses,
  language: string,
): NewestDecisionsView | null {
  const items = listedItems(bulletin, 'decisions');
  const [newest] = items;
  if (!newest) return null;
  const starts = items
    .filter(({ id }) => statuses.get(id)?.kind === 'starts')
    .sort(soonestFirst(statuses))
    .slice(0, STARTING_AT_HOME);
  const shown = [...starts, ...items.filter((item) => !starts.includes(item))].slice(0, AT_HOME);
  return {
    rows: prefixWithin(
      shown.map((item) => decisionRow(bulletin.site, item, statuses, language)),
      ({ title, issuer }) => title.text.length + issuer.text.length / 4,
      TITLES_AT_HOME,
    ),
    latest: newest.content.date,
    count: items.length,
    allPath: sectionPath(language, 'decisions'),
  };
}

/** The decisions that start later, those in force today, the newest others, and links to all months. */
export const decisionsSection: SectionPage = {
  stamp: ({ bulletin, snapshot }) => [snapshot.today, bulletin.revisions.decisions],
  parts: (context, frame) => {
    const view = sectionView(context, frame.formats.tag);
    return sectionParts(
      context,
      frame,
      'decisions',
      <DecisionsSection view={view} f={formatsOf(frame.formats)} />,
    );
  },
};

function sectionView({ bulletin, snapshot }: SectionContext, language: string): DecisionsView {
  const { today, decisions: statuses } = snapshot;
  const items = listedItems(bulletin, 'decisions');
  const kindOf = (item: PublicItem<'decisions'>) => statuses.get(item.id)?.kind;
  const rows = (decisions: readonly PublicItem<'decisions'>[]) =>
    decisions.map((item) => decisionRow(bulletin.site, item, statuses, language));
  const inForce = items.filter((item) => kindOf(item) === 'in-force');
  const starts = items.filter((item) => kindOf(item) === 'starts').sort(soonestFirst(statuses));
  const rest = items.filter((item) => kindOf(item) !== 'in-force' && kindOf(item) !== 'starts');
  const shownStarts = rowsWithin(rows(starts.slice(0, NEWEST)), OTHER_BYTES);
  const shownInForce = rowsWithin(rows(inForce.slice(0, IN_FORCE)), IN_FORCE_BYTES);
  return {
    today,
    starts: shownStarts,
    moreStart: shownStarts.length < starts.length,
    inForce: shownInForce,
    more: shownInForce.length < inForce.length,
    rest: rowsWithin(rows(rest.slice(0, NEWEST)), OTHER_BYTES),
    ...monthLinks(bulletin, 'decisions', language),
  };
}

/** The decisions of a month, with links to the pages beside it. */
export const decisionMonths: MonthPages<'decisions'> = {
  shared: ({ snapshot }) => snapshot.decisions,
  rowStamp: ({ snapshot }, item) => [itemStamp(item), snapshot.decisions.get(item.id)],
  parts: (context, frame, { month, page, items }) => {
    const { bulletin, snapshot } = context;
    const { tag } = frame.formats;
    const rows = items.map((item) => decisionRow(bulletin.site, item, snapshot.decisions, tag));
    const view = { month, page, rows, ...neighbours(bulletin, 'decisions', { month, page }, tag) };
    const main = <DecisionsArchive view={view} f={formatsOf(frame.formats)} />;
    return monthParts(context, frame, { collection: 'decisions', month, page }, main);
  },
};

/** The page of a decision, with when it is in force, what it replaced and what replaced it. */
export const decisionPage: ItemPage<'decisions'> = {
  allKey: 'decisions.list',
  text: ({ body }) => body,
  article: (site, item, language) =>
    articleView(site, item, language, { ...item.content, text: item.content.body }),
  main: (bulletin, item, view, f) => (
    <DecisionArticle view={view} facts={decisionFacts(bulletin, item, f.tag)} toHtml={markdownHtml} f={f} />
  ),
  relations: (bulletin, item) => {
    const { replaced, replacers } = relatedDecisions(bulletin, item);
    return [replaced ?? [], replacers]
      .flat()
      .map(({ id, version }) => `${id}.${version}`)
      .join();
  },
};
