import { formatsOf } from '../../../client/page/parts/formats.ts';
import {
  PlanSection,
  type PlanView,
  type WholePhase,
  type WholePlanView,
} from '../../../client/page/sections/plan.tsx';
import type { Bulletin, PublicItem } from '../../model/bulletin.ts';
import type { CivilDate } from '../../model/civil-date.ts';
import type { Site } from '../../model/site.ts';
import { phaseStatus } from '../../model/status.ts';
import { excerptOf } from '../views/excerpt.ts';
import { listedItems } from '../views/listed-items.ts';
import { localize } from '../views/localize.ts';
import { markdownHtml } from '../views/markdown.ts';
import {
  BEGINNING_BYTES,
  beginningOf,
  fitRows,
  MOST_ROWS,
  markdownBytes,
  type RowSize,
  viewBytes,
} from '../views/page-room.ts';
import { provenanceOf, sourcesBytes } from '../views/provenance.ts';
import { type SectionPage, sectionParts } from './section-page.ts';

/** The plan in a language, with the status of each phase on a day of the site. */
function planView(bulletin: Bulletin, today: CivilDate, language: string): WholePlanView {
  const items = listedItems(bulletin, 'plan');
  const currentIndex = items.findLastIndex(({ content }) => phaseStatus(content, today) === 'on');
  return {
    phases: items.map((item, i) => phaseView(bulletin.site, item, i === currentIndex, today, language)),
    count: items.length,
    n: currentIndex < 0 ? null : currentIndex + 1,
  };
}

function phaseView(
  site: Site,
  item: PublicItem<'plan'>,
  current: boolean,
  today: CivilDate,
  language: string,
): WholePhase {
  const { content } = item;
  const { plannedFrom, from, until, note } = content;
  const provenance = provenanceOf(site, item, language);
  return {
    id: provenance.id,
    title: localize(content.title, language, site),
    status: phaseStatus(content, today),
    current,
    ...(plannedFrom === undefined ? {} : { plannedFrom }),
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
    ...(note === undefined ? {} : { note: localize(note, language, site) }),
    open: localize(content.open, language, site),
    closed: localize(content.closed, language, site),
    provenance,
  };
}

const PHASES_AT_HOME = 7;
const BEGINNING = 240;

/** The plan for the home page, with only the beginnings of its texts; null if there is no plan. */
export function shortPlan(bulletin: Bulletin, today: CivilDate, language: string): PlanView | null {
  const { phases, count, n } = planView(bulletin, today, language);
  if (count === 0) return null;
  // A long plan is cut to the phases around the current one.
  const start = Math.max(0, Math.min(count - PHASES_AT_HOME, (n ?? 1) - Math.ceil(PHASES_AT_HOME / 2)));
  return {
    phases: phases
      .slice(start, start + PHASES_AT_HOME)
      .map(({ provenance: _provenance, note: _note, open, closed, ...phase }) => ({
        ...phase,
        open: excerptOf(open, BEGINNING),
        closed: excerptOf(closed, BEGINNING),
      })),
    count,
    n,
  };
}

/** The plan with as many phases, and as much of their texts, as the page has room for. */
function fitPlan(view: WholePlanView): WholePlanView {
  const { shown, whole } = fitRows(view.phases.slice(0, MOST_ROWS), PHASE_SIZE);
  return {
    ...view,
    phases: shown.map((phase) => (whole.has(phase) ? phase : withBeginnings(phase))),
    ...(shown.length < view.phases.length ? { isCut: true } : {}),
  };
}

function withBeginnings({ note, open, closed, provenance, ...phase }: WholePhase): WholePhase {
  const texts = { open: beginningOf(open), closed: beginningOf(closed) };
  return { ...phase, ...texts, provenance: { ...provenance, sources: [] }, isCut: true };
}

const longTexts = ({ note, open, closed }: WholePhase): readonly string[] =>
  [note, open, closed].flatMap((text) => (text ? [text.text] : []));

const PHASE_SIZE: RowSize<WholePhase> = {
  least: ({ note: _, open: __, closed: ___, provenance, ...phase }) =>
    viewBytes(phase) + viewBytes({ ...provenance, sources: [] }) + 2 * BEGINNING_BYTES,
  source: (phase) => longTexts(phase).join('').length + JSON.stringify(phase.provenance.sources).length,
  long: (phase) =>
    longTexts(phase).reduce((sum, text) => sum + markdownBytes(text), sourcesBytes(phase.provenance.sources)),
};

/** The whole plan, phase by phase. */
export const planSection: SectionPage = {
  stamp: ({ bulletin, snapshot }) => [snapshot.today, bulletin.revisions.plan],
  parts: (context, frame) => {
    const view = fitPlan(planView(context.bulletin, context.snapshot.today, frame.formats.tag));
    return sectionParts(
      context,
      frame,
      'plan',
      <PlanSection view={view} toHtml={markdownHtml} f={formatsOf(frame.formats)} />,
    );
  },
};
