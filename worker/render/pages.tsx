import { formatsOf } from '../../client/page/formats.ts';
import { Dateline } from '../../client/page/home.tsx';
import { NotFound } from '../../client/page/not-found.tsx';
import type { Bulletin, Moment } from '../model/bulletin.ts';
import type { Item } from '../model/content.ts';
import type { Part, Shell } from '../model/pack.ts';
import { homePath, monthPath, sectionPath } from '../model/path.ts';
import { type Document, type Documents, define, stampOf } from './document.ts';
import { homeParts, homeView, standingOf } from './home.tsx';
import { itemPageParts, itemView } from './item.tsx';
import { itemStamp } from './item-lists.ts';
import { archiveParts, archiveView, newsMonths, newsParts, newsView } from './news.tsx';
import { alternates, renderPage, renderPart, renderShell, type ShellFrame, shellFrames } from './shell.tsx';

export { policy } from './shell.tsx';

const TYPE = 'text/html; charset=utf-8';

/** Months that news of these days still falls into; older ones rest in the archive. */
const FRESH_MONTHS = 2;

/** The pages with a path of their own: home, the news section and its months, in every language. */
export const pageDocuments: Documents = (bulletin, moment) => {
  const standing = standingOf(bulletin);
  const months = newsMonths(bulletin);
  return shellFrames(bulletin, moment).flatMap((frame): Document[] => {
    const frameStamp = stampOf(frame);
    return [
      homeDocument(bulletin, moment, frame, standing),
      newsDocument(bulletin, frame, months),
      ...[...months.keys()].map((month, i) => archiveDocument(bulletin, frame, frameStamp, months, month, i)),
    ];
  });
};

/** A rendered thing of one language, rendered again only when its stamp changes. */
type Rendered<T> = { readonly language: string; readonly stamp: string; readonly render: () => T };

/** The shell of an item's page, in every language. */
export const shells = (bulletin: Bulletin, moment: Moment): readonly Rendered<Shell>[] =>
  shellFrames(bulletin, moment).map((frame) => ({
    language: frame.formats.tag,
    stamp: stampOf(frame),
    render: () => renderShell(frame),
  }));

/** What a news item's page has in the slots of its shell, in every language; of a withdrawn one, when and why. */
export const itemParts = (bulletin: Pick<Bulletin, 'site'>, item: Item): readonly Rendered<Part>[] =>
  isNews(item)
    ? bulletin.site.languages.map((language) => {
        const view = itemView(bulletin, item, language);
        return {
          language: language.tag,
          stamp: stampOf(view),
          render: () => renderPart(itemPageParts(view), formatsOf(view.formats)),
        };
      })
    : [];

/** The page of an address that is not there, in every language. */
export const notFoundPages = (bulletin: Bulletin, moment: Moment): readonly Rendered<string>[] =>
  shellFrames(bulletin, moment).map((frame) => {
    const { tag } = frame.formats;
    const view = { frame, home: homePath(tag), languages: alternates(bulletin.site, homePath) };
    const { origin } = bulletin.site;
    return { language: tag, stamp: stampOf({ ...view, origin }), render: () => notFoundPage(view, origin) };
  });

function notFoundPage(
  view: { frame: ShellFrame; home: string; languages: ReturnType<typeof alternates> },
  origin: string,
): string {
  const f = formatsOf(view.frame.formats);
  const siteName = view.frame.view.name.text;
  return renderPage(view.frame, {
    head: {
      title: `${f.strings['notFound.title']} · ${siteName}`,
      origin,
      siteName,
      kind: 'website',
      alternates: [],
    },
    languages: view.languages,
    main: <NotFound home={view.home} f={f} />,
  });
}

// The parts of the settings that pages use outside their shell: a plain value for the stamp.
const addressing = ({ site }: Bulletin) => ({
  origin: site.origin,
  languages: site.languages,
  defaultLanguage: site.defaultLanguage,
});

function homeDocument(
  bulletin: Bulletin,
  moment: Moment,
  frame: ShellFrame,
  standing: ReturnType<typeof standingOf>,
): Document {
  const { tag } = frame.formats;
  const view = {
    frame,
    site: addressing(bulletin),
    home: homeView(bulletin, standing, tag),
    published: { at: moment.asOf, release: moment.release },
  };
  return define({ path: homePath(tag), type: TYPE, pack: 'release' }, view, ({ site, home, published }) => {
    const dateline = (
      <Dateline name={frame.view.name} date={home.date} published={published} f={formatsOf(frame.formats)} />
    );
    return renderPage(frame, homeParts(site, frame, home), { dateline, published });
  });
}

function newsDocument(
  bulletin: Bulletin,
  frame: ShellFrame,
  months: ReturnType<typeof newsMonths>,
): Document {
  const { tag } = frame.formats;
  const view = { frame, site: addressing(bulletin), news: newsView(bulletin.site, months, tag) };
  return define({ path: sectionPath(tag, 'news'), type: TYPE, pack: 'release' }, view, (v) =>
    renderPage(v.frame, newsParts(v.site, v.frame, v.news)),
  );
}

function archiveDocument(
  bulletin: Bulletin,
  frame: ShellFrame,
  frameStamp: string,
  months: ReturnType<typeof newsMonths>,
  month: Parameters<typeof archiveView>[2],
  age: number,
): Document {
  const { tag } = frame.formats;
  const all = [...months.keys()];
  const items = months.get(month) ?? [];
  // Hundreds of months are listed at each publish and hardly one differs: what the view is made of, not the view.
  const stamp = [bulletin.revisions.site, all[age - 1], all[age + 1], items.map(itemStamp)];
  const parts = () =>
    archiveParts(addressing(bulletin), frame, archiveView(bulletin.site, months, month, tag));
  const page = {
    path: monthPath(tag, 'news', month),
    type: TYPE,
    render: () => renderPage(frame, parts()),
  };
  if (age < FRESH_MONTHS) return { ...page, pack: 'release', stamp: stampOf([frameStamp, ...stamp]) };
  const part = () => renderPart(parts(), formatsOf(frame.formats));
  return { ...page, pack: 'archive', stamp: stampOf(stamp), joined: { language: tag, part } };
}

const isNews = (item: Item): item is Item<'news'> => item.collection === 'news';
