import { formatsOf } from '../../../client/page/parts/formats.ts';
import type { Bulletin, PublicItem } from '../../model/bulletin.ts';
import type { CivilMonth } from '../../model/civil-date.ts';
import { COLLECTIONS, type Monthly } from '../../model/collections/collection.ts';
import { monthPath, type Section, sectionPath } from '../../model/path.ts';
import { itemStamp } from '../api/item-lists.ts';
import { type Document, define, stampOf } from '../document.ts';
import { figuresStamp } from '../views/figures.ts';
import { type Months, monthsOf } from '../views/months.ts';
import { aboutParts, aboutView } from './about.tsx';
import { changesParts, changesView } from './changes.tsx';
import { dataParts, dataView } from './data-page.tsx';
import { decisionsMonthParts, decisionsMonthView, decisionsParts, decisionsView } from './decisions.tsx';
import type { Standing } from './home.tsx';
import { archiveParts, archiveView, newsParts, newsView } from './news.tsx';
import { planParts, planView } from './plan.tsx';
import { rumoursParts, rumoursView } from './rumours.tsx';
import { addressing, type PageParts, renderPage, renderPart, type ShellFrame } from './shell.tsx';
import { topicsParts, topicsView } from './topics.tsx';

const TYPE = 'text/html; charset=utf-8';

/** Months that items of these days still fall into; older ones rest in the archive. */
const FRESH_MONTHS = 2;

/** The pages of every section and month, a language at a time: what all share is worked out once. */
export function sectionDocuments(bulletin: Bulletin, standing: Standing) {
  const { revisions, corrections } = bulletin;
  const { today } = standing;
  const site = addressing(bulletin);
  const news = monthsOf(bulletin, 'news');
  const decisions = monthsOf(bulletin, 'decisions');
  const newsMonths = stampedMonths('news', news, [revisions.site, null], (items) => items.map(itemStamp));
  const decisionMonths = stampedMonths(
    'decisions',
    decisions,
    [revisions.site, standing.decisions],
    (items) => items.map((item) => [itemStamp(item), standing.decisions.get(item.id)]),
  );
  // The record names items by what they are called now, wherever they are.
  const recorded = [corrections.at(-1)?.release, revisions.corrections, COLLECTIONS.map((c) => revisions[c])];
  return (frame: ShellFrame): Document[] => {
    const { tag } = frame.formats;
    const frameStamp = stampOf(frame);
    // Stamped by what the view is made of, not the view: no section that stays the same costs a publish anything.
    const section = (name: Section, stamp: unknown, parts: () => PageParts): Document => ({
      path: sectionPath(tag, name),
      type: TYPE,
      pack: 'release',
      stamp: stampOf([frameStamp, revisions.site, stamp]),
      render: () => renderPage(frame, parts()),
    });
    return [
      newsDocument(bulletin, frame, news),
      section('decisions', [today, revisions.decisions], () =>
        decisionsParts(site, frame, decisionsView(bulletin, decisions, standing.decisions, today, tag)),
      ),
      section('faq', revisions.faq, () => topicsParts(site, frame, 'faq', topicsView(bulletin, 'faq', tag))),
      section('guidance', revisions.guidance, () =>
        topicsParts(site, frame, 'guidance', topicsView(bulletin, 'guidance', tag)),
      ),
      section('plan', [today, revisions.plan], () => planParts(site, frame, planView(bulletin, today, tag))),
      section('rumours', revisions.rumours, () => rumoursParts(site, frame, rumoursView(bulletin, tag))),
      section('data', figuresStamp(bulletin), () => dataParts(site, frame, dataView(bulletin, frame))),
      section('changes', recorded, () => changesParts(site, frame, changesView(bulletin, tag))),
      section('about', null, () => aboutParts(site, frame, aboutView(bulletin, frame))),
      ...monthDocuments(frame, frameStamp, newsMonths, (month) =>
        archiveParts(site, frame, archiveView(bulletin.site, news, month, tag)),
      ),
      ...monthDocuments(frame, frameStamp, decisionMonths, (month) =>
        decisionsMonthParts(
          site,
          frame,
          decisionsMonthView(bulletin.site, decisions, standing.decisions, month, tag),
        ),
      ),
    ];
  };
}

function newsDocument(bulletin: Bulletin, frame: ShellFrame, months: Months<'news'>): Document {
  const { tag } = frame.formats;
  const view = { frame, site: addressing(bulletin), news: newsView(bulletin.site, months, tag) };
  return define({ path: sectionPath(tag, 'news'), type: TYPE, pack: 'release' }, view, (v) =>
    renderPage(v.frame, newsParts(v.site, v.frame, v.news)),
  );
}

/** The months of a section, newest first, each with a stamp of what it shows in any language. */
type StampedMonths = {
  readonly section: Monthly;
  readonly months: readonly { readonly month: CivilMonth; readonly stamp: string }[];
};

// Hundreds of months are listed at each publish and hardly one differs: what their views are made of is looked at
// once for all languages, and not made into views.
function stampedMonths<C extends Monthly>(
  section: C,
  months: Months<C>,
  of: readonly [siteRevision: number, standings: object | null],
  shown: (items: readonly PublicItem<C>[]) => unknown,
): StampedMonths {
  const before = stamped.get(months);
  if (before && before.of[0] === of[0] && before.of[1] === of[1]) return before.months;
  const all = [...months.keys()];
  const made: StampedMonths = {
    section,
    months: [...months].map(([month, items], age) => ({
      month,
      stamp: stampOf([all[age - 1], all[age + 1], of[0], shown(items)]),
    })),
  };
  stamped.set(months, { of, months: made });
  return made;
}

// By the months themselves, which are the same until an item of theirs changes, and what else their pages show.
const stamped = new WeakMap<
  object,
  { readonly of: readonly [number, object | null]; readonly months: StampedMonths }
>();

const monthDocuments = (
  frame: ShellFrame,
  frameStamp: string,
  { section, months }: StampedMonths,
  partsOf: (month: CivilMonth) => PageParts,
): readonly Document[] =>
  months.map(({ month, stamp }, age) => {
    const { tag } = frame.formats;
    const page = {
      path: monthPath(tag, section, month),
      type: TYPE,
      render: () => renderPage(frame, partsOf(month)),
    };
    if (age < FRESH_MONTHS) return { ...page, pack: 'release', stamp: stampOf([frameStamp, stamp]) };
    const part = () => renderPart(partsOf(month), formatsOf(frame.formats));
    return { ...page, pack: 'archive', stamp, joined: { language: tag, part } };
  });
