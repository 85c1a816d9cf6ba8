import { formatsOf } from '../../../client/page/parts/formats.ts';
import { type RumourRow, RumoursSection, type RumoursView } from '../../../client/page/sections/rumours.tsx';
import type { Bulletin, PublicItem } from '../../model/bulletin.ts';
import { itemPath, sectionPath } from '../../model/path.ts';
import type { Site } from '../../model/site.ts';
import { listedItems } from '../views/listed-items.ts';
import { agencyName, written } from '../views/localize.ts';
import { within } from '../views/within.ts';
import { excerptOf } from './news.tsx';
import { sectionHead } from './section-head.ts';
import type { Addressing, PageParts, ShellFrame } from './shell.tsx';

/** Rumours on the section's page, and on the home page. */
const NEWEST = 100;
const AT_HOME = 2;
/** About how many characters rumours on the home page may take. */
const TEXT_AT_HOME = 900;

function rumourRow(site: Site, item: PublicItem<'rumours'>, language: string): RumourRow {
  const { content } = item;
  return {
    path: itemPath(language, 'rumours', item.id),
    claim: written(content.claim, language, site),
    verdict: written(content.verdict, language, site),
    answer: excerptOf(written(content.answer, language, site)),
    date: content.date,
    agency: agencyName(site, item.agency, language),
  };
}

/** The newest rumours, for the home page. */
export const newestRumours = (bulletin: Bulletin, language: string): readonly RumourRow[] =>
  within(
    listedItems(bulletin, 'rumours')
      .slice(0, AT_HOME)
      .map((item) => rumourRow(bulletin.site, item, language)),
    ({ claim, verdict, answer }) => claim.text.length + verdict.text.length + answer.text.length,
    TEXT_AT_HOME,
  );

/** What the rumours section shows in a language. */
export function rumoursView(bulletin: Bulletin, language: string): RumoursView {
  const items = listedItems(bulletin, 'rumours');
  return {
    rows: items.slice(0, NEWEST).map((item) => rumourRow(bulletin.site, item, language)),
    more: items.length > NEWEST,
  };
}

/** The slots of the rumours section's page. */
export function rumoursParts(site: Addressing, frame: ShellFrame, view: RumoursView): PageParts {
  const f = formatsOf(frame.formats);
  return {
    ...sectionHead(site, frame, f.strings.rumours, (tag) => sectionPath(tag, 'rumours')),
    main: <RumoursSection view={view} f={f} />,
  };
}
