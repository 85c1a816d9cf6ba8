import { fillText } from '../../../client/page/parts/fill.ts';
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
import { localize } from '../views/localize.ts';
import { markdownHtml } from '../views/markdown.ts';
import { monthLinks, monthsOf, neighbours } from '../views/months.ts';
import { within } from '../views/within.ts';
import { articleView, type ItemPage } from './item-page.ts';
import {
  type MonthPages,
  monthParts,
  type SectionContext,
  type SectionPage,
  sectionParts,
} from './section-page.ts';

/** Decisions of each kind on the section's first page: older ones are in their months. */
const NEWEST = 30;
const IN_FORCE = 60;
/** Decisions on the home page, those of them that start later, and about how many characters their titles take. */
const AT_HOME = 7;
const STARTING_AT_HOME = 3;
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
    ...(content.number === undefined ? {} : { number: content.number }),
    status: statuses.get(item.id) ?? { kind: 'decided' },
  };
}

// By their first day, the soonest first; the list gives them newest decision first.
const soonestFirst = (statuses: Statuses) => (a: PublicItem<'decisions'>, b: PublicItem<'decisions'>) => {
  const on = (item: typeof a) => {
    const status = statuses.get(item.id);
    return status && status.kind !== 'decided' ? status.on : '';
  };
  return on(a) < on(b) ? -1 : on(a) > on(b) ? 1 : 0;
};

/** What starts soonest and the newest of the others, for the home page; null if there is none. */
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
    rows: within(
      shown.map((item) => decisionRow(bulletin.site, item, statuses, language)),
      ({ title, issuer }) => title.text.length + issuer.text.length / 4,
      TITLES_AT_HOME,
    ),
    latest: newest.content.date,
    count: items.length,
    allPath: sectionPath(language, 'decisions'),
  };
}

/** What will be in force, what is today, the newest of the others, and a way to every month. */
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
  const rows = (of: readonly PublicItem<'decisions'>[]) =>
    of.map((item) => decisionRow(bulletin.site, item, statuses, language));
  const inForce = items.filter((item) => kindOf(item) === 'in-force');
  const starts = items.filter((item) => kindOf(item) === 'starts').sort(soonestFirst(statuses));
  const rest = items.filter((item) => kindOf(item) !== 'in-force' && kindOf(item) !== 'starts');
  return {
    today,
    starts: rows(starts.slice(0, NEWEST)),
    inForce: rows(inForce.slice(0, IN_FORCE)),
    more: inForce.length > IN_FORCE,
    rest: rows(rest.slice(0, NEWEST)),
    months: monthLinks(monthsOf(bulletin, 'decisions'), 'decisions', language),
  };
}

/** All decisions of a month, with its neighbours. */
export const decisionMonths: MonthPages<'decisions'> = {
  shared: ({ snapshot }) => snapshot.decisions,
  rowStamp: ({ snapshot }, item) => [itemStamp(item), snapshot.decisions.get(item.id)],
  parts: (context, frame, month) => {
    const { bulletin, snapshot } = context;
    const { tag } = frame.formats;
    const f = formatsOf(frame.formats);
    const months = monthsOf(bulletin, 'decisions');
    const rows = (months.get(month) ?? []).map((item) =>
      decisionRow(bulletin.site, item, snapshot.decisions, tag),
    );
    const view = { month, rows, ...neighbours(months, 'decisions', month, tag) };
    const title = fillText(f.strings['decisions.month'], { month: f.month(month) });
    const main = <DecisionsArchive view={view} f={f} />;
    return monthParts(context, frame, { collection: 'decisions', month, title }, main);
  },
};

/** The page of a decision: with when it holds, what it replaced and what replaced it. */
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
