import { formatsOf } from '../../client/page/formats.ts';
import type { Bulletin } from '../model/bulletin.ts';
import { COLLECTIONS } from '../model/collection.ts';
import { monthPath, type Section, sectionPath } from '../model/path.ts';
import { aboutParts, aboutView } from './about.tsx';
import { changesParts, changesView } from './changes.tsx';
import { dataParts, dataView } from './data-page.tsx';
import { decisionsMonthParts, decisionsMonthView, decisionsParts, decisionsView } from './decisions.tsx';
import { type Document, define, stampOf } from './document.ts';
import { figuresStamp } from './figures.ts';
import type { Standing } from './home.tsx';
import { itemStamp } from './item-lists.ts';
import { type Monthly, type Months, monthsOf } from './months.ts';
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
      ...monthDocuments(bulletin, frame, frameStamp, 'news', news, itemStamp, (month) =>
        archiveParts(site, frame, archiveView(bulletin.site, news, month, tag)),
      ),
      ...monthDocuments(
        bulletin,
        frame,
        frameStamp,
        'decisions',
        decisions,
        (item) => `${itemStamp(item)} ${Object.values(standing.decisions.get(item.id) ?? {})}`,
        (month) =>
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

type ItemOf<C extends Monthly> = Parameters<typeof itemStamp>[0] & { readonly collection: C };

function monthDocuments<C extends Monthly>(
  bulletin: Bulletin,
  frame: ShellFrame,
  frameStamp: string,
  collection: C,
  months: Months<C>,
  stampOfItem: (item: ItemOf<C>) => string,
  partsOf: (month: Parameters<typeof monthPath>[2]) => PageParts,
): readonly Document[] {
  const { tag } = frame.formats;
  const all = [...months.keys()];
  return all.map((month, age) => {
    // Hundreds of months are listed at each publish and hardly one differs: what the view is made of, not the view.
    const items = (months.get(month) ?? []).map((item) => stampOfItem(item as unknown as ItemOf<C>));
    const stamp = [bulletin.revisions.site, all[age - 1], all[age + 1], items];
    const page = {
      path: monthPath(tag, collection, month),
      type: TYPE,
      render: () => renderPage(frame, partsOf(month)),
    };
    if (age < FRESH_MONTHS) return { ...page, pack: 'release', stamp: stampOf([frameStamp, ...stamp]) };
    const part = () => renderPart(partsOf(month), formatsOf(frame.formats));
    return { ...page, pack: 'archive', stamp: stampOf(stamp), joined: { language: tag, part } };
  });
}
