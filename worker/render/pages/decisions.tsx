import { fillText } from '../../../client/page/parts/fill.ts';
import { formatsOf } from '../../../client/page/parts/formats.ts';
import {
  type DecisionRow,
  DecisionsArchive,
  type DecisionsMonthView,
  DecisionsSection,
  type DecisionsView,
  type NewestDecisionsView,
} from '../../../client/page/sections/decisions.tsx';
import type { Bulletin, PublicItem } from '../../model/bulletin.ts';
import type { CivilDate, CivilMonth } from '../../model/civil-date.ts';
import type { ItemId } from '../../model/collections/content.ts';
import { itemPath, monthPath, sectionPath } from '../../model/path.ts';
import type { Site } from '../../model/site.ts';
import type { DecisionStanding } from '../../model/standing.ts';
import { listedItems } from '../views/listed-items.ts';
import { written } from '../views/localize.ts';
import { type Months, monthLinks, neighbours } from '../views/months.ts';
import { within } from '../views/within.ts';
import { sectionHead } from './section-head.ts';
import type { Addressing, PageParts, ShellFrame } from './shell.tsx';

/** Decisions of each kind on the section's first page: older ones are in their months. */
const NEWEST = 30;
const IN_FORCE = 60;
/** Decisions on the home page, those of them that start later, and about how many characters their titles take. */
const AT_HOME = 7;
const STARTING_AT_HOME = 3;
const TITLES_AT_HOME = 700;

type Standings = ReadonlyMap<ItemId, DecisionStanding>;

function decisionRow(
  site: Site,
  item: PublicItem<'decisions'>,
  standings: Standings,
  language: string,
): DecisionRow {
  const { content } = item;
  return {
    path: itemPath(language, 'decisions', item.id),
    title: written(content.title, language, site),
    date: content.date,
    issuer: written(content.issuer, language, site),
    ...(content.number === undefined ? {} : { number: content.number }),
    standing: standings.get(item.id) ?? { kind: 'decided' },
  };
}

// By their first day, the soonest first; the list gives them newest decision first.
const soonestFirst = (standings: Standings) => (a: PublicItem<'decisions'>, b: PublicItem<'decisions'>) => {
  const on = (item: typeof a) => {
    const standing = standings.get(item.id);
    return standing && standing.kind !== 'decided' ? standing.on : '';
  };
  return on(a) < on(b) ? -1 : on(a) > on(b) ? 1 : 0;
};

/** What starts soonest and the newest of the others, for the home page; null if there is none. */
export function newestDecisions(
  bulletin: Bulletin,
  standings: Standings,
  language: string,
): NewestDecisionsView | null {
  const items = listedItems(bulletin, 'decisions');
  const [newest] = items;
  if (!newest) return null;
  const starts = items
    .filter(({ id }) => standings.get(id)?.kind === 'starts')
    .sort(soonestFirst(standings))
    .slice(0, STARTING_AT_HOME);
  const shown = [...starts, ...items.filter((item) => !starts.includes(item))].slice(0, AT_HOME);
  return {
    rows: within(
      shown.map((item) => decisionRow(bulletin.site, item, standings, language)),
      ({ title, issuer }) => title.text.length + issuer.text.length / 4,
      TITLES_AT_HOME,
    ),
    latest: newest.content.date,
    count: items.length,
    all: sectionPath(language, 'decisions'),
  };
}

/** What the decisions section shows in a language on a day of the site. */
export function decisionsView(
  bulletin: Bulletin,
  months: Months<'decisions'>,
  standings: Standings,
  today: CivilDate,
  language: string,
): DecisionsView {
  const items = listedItems(bulletin, 'decisions');
  const kindOf = (item: PublicItem<'decisions'>) => standings.get(item.id)?.kind;
  const rows = (of: readonly PublicItem<'decisions'>[]) =>
    of.map((item) => decisionRow(bulletin.site, item, standings, language));
  const inForce = items.filter((item) => kindOf(item) === 'in-force');
  const starts = items.filter((item) => kindOf(item) === 'starts').sort(soonestFirst(standings));
  const rest = items.filter((item) => kindOf(item) !== 'in-force' && kindOf(item) !== 'starts');
  return {
    today,
    starts: rows(starts.slice(0, NEWEST)),
    inForce: rows(inForce.slice(0, IN_FORCE)),
    more: inForce.length > IN_FORCE,
    rest: rows(rest.slice(0, NEWEST)),
    months: monthLinks(months, 'decisions', language),
  };
}

/** The slots of the decisions section's page. */
export function decisionsParts(site: Addressing, frame: ShellFrame, view: DecisionsView): PageParts {
  const f = formatsOf(frame.formats);
  return {
    ...sectionHead(site, frame, f.strings.decisions, (tag) => sectionPath(tag, 'decisions')),
    main: <DecisionsSection view={view} f={f} />,
  };
}

/** All decisions of a month, with its neighbours. */
export const decisionsMonthView = (
  site: Site,
  months: Months<'decisions'>,
  standings: Standings,
  month: CivilMonth,
  language: string,
): DecisionsMonthView => ({
  month,
  rows: (months.get(month) ?? []).map((item) => decisionRow(site, item, standings, language)),
  ...neighbours(months, 'decisions', month, language),
});

/** The slots of a month's decisions. */
export function decisionsMonthParts(
  site: Addressing,
  frame: ShellFrame,
  view: DecisionsMonthView,
): PageParts {
  const f = formatsOf(frame.formats);
  const title = fillText(f.strings['decisions.month'], { month: f.month(view.month) });
  return {
    ...sectionHead(site, frame, title, (tag) => monthPath(tag, 'decisions', view.month)),
    main: <DecisionsArchive view={view} f={f} />,
  };
}
