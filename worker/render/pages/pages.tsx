import { Dateline } from '../../../client/page/home/home.tsx';
import { formatsOf } from '../../../client/page/parts/formats.ts';
import { NotFound } from '../../../client/page/sections/not-found.tsx';
import { PlainPage } from '../../../client/page/sections/plain-page.tsx';
import { unavailable } from '../../../dist/build.ts';
import type { Bulletin, Moment } from '../../model/bulletin.ts';
import { civilDateAt } from '../../model/civil-date.ts';
import type { Item } from '../../model/item.ts';
import { homePath } from '../../model/path.ts';
import type { Language } from '../../model/site.ts';
import type { Part, Shell } from '../../pack/format.ts';
import { type Document, type Documents, define, stampOf } from '../document.ts';
import { type DaySnapshot, daySnapshot } from '../views/day-snapshot.ts';
import { itemSite, withItemSite } from '../views/item-site.ts';
import { hotlineOf } from '../views/listed-items.ts';
import { homeParts, homeView } from './home.tsx';
import { isPaged, itemPageParts, type PagedItem, plainItemParts } from './item-documents.tsx';
import { sectionDocuments } from './section-documents.ts';
import {
  addressing,
  alternates,
  HTML_TYPE,
  type PageParts,
  plainFrame,
  renderPage,
  renderPart,
  renderShell,
  type ShellFrame,
  shellFrames,
} from './shell.tsx';
import { unavailablePage, unavailableViews } from './unavailable.tsx';

export { itemRelations, itemRepresentations, representationPaths } from './item-documents.tsx';
export { policy } from './shell.tsx';

/** The pages that are documents: home, the sections and their months, in every language. */
export const pageDocuments: Documents = (bulletin, moment) => {
  const snapshot = daySnapshot(bulletin, civilDateAt(moment.asOf, bulletin.site.timeZone), moment.asOf);
  const { isSigned = false } = moment;
  const sections = sectionDocuments({ bulletin, site: addressing(bulletin), snapshot, isSigned });
  return shellFrames(bulletin, moment).flatMap((frame): Document[] => [
    homeDocument(bulletin, moment, frame, snapshot),
    ...sections(frame),
  ]);
};

/** Something in one language that can be rendered; it is rendered again only when its stamp changes. */
type Renderable<T> = { readonly language: string; readonly stamp: string; readonly render: () => T };

/** The shell of items' pages, in every language. */
export const shells = (bulletin: Bulletin, moment: Moment): readonly Renderable<Shell>[] =>
  shellFrames(bulletin, moment).map((frame) => ({
    language: frame.formats.tag,
    stamp: stampOf(frame),
    render: () => renderShell(frame),
  }));

/** The shell of every language with the settings only: without breaking news and hotline. */
export const plainShells = (
  bulletin: Bulletin,
  moment: Moment,
): readonly Omit<Renderable<Shell>, 'stamp'>[] =>
  shellFrames(bulletin, moment).map((frame) => ({
    language: frame.formats.tag,
    render: () => renderShell(plainFrame(frame)),
  }));

/** The part of an item's page, in every language. The part of a withdrawn item says when and why it was withdrawn. */
export const itemParts = (bulletin: Bulletin, item: Item): readonly Omit<Renderable<Part>, 'stamp'>[] =>
  isPaged(item) ? partsBy(itemPageParts, bulletin, item) : [];

/** A stamp of the settings that items' pages show. */
export const itemSettings = ({ site }: Bulletin): string => stampOf(itemSite(site));

/** The plain parts of an item whose own parts cannot be rendered, in every language. */
export const plainParts = (bulletin: Bulletin, item: Item): readonly Omit<Renderable<Part>, 'stamp'>[] =>
  isPaged(item) ? partsBy(plainItemParts, bulletin, item) : [];

function partsBy(
  partsOf: (bulletin: Bulletin, item: PagedItem, language: Language) => PageParts,
  bulletin: Bulletin,
  item: PagedItem,
): readonly Omit<Renderable<Part>, 'stamp'>[] {
  const shown = withItemSite(bulletin);
  const { languages, timeZone } = shown.site;
  return languages.map((language) => ({
    language: language.tag,
    render: () => renderPart(partsOf(shown, item, language), formatsOf({ ...language, timeZone })),
  }));
}

/** The plain page for a page that cannot be rendered and never was; null if the document is not a page. */
export function plainPage(
  bulletin: Bulletin,
  moment: Moment,
  { path, type, joined }: Document,
): string | null {
  if (type !== HTML_TYPE) return null;
  const frames = shellFrames(bulletin, moment);
  const frame = frames.find(({ formats }) => path.startsWith(homePath(formats.tag))) ?? frames[0];
  if (!frame) return null;
  const f = formatsOf(frame.formats);
  const title = f.strings['plain.title'];
  const siteName = frame.view.name.text;
  const { origin } = bulletin.site;
  const parts: PageParts = {
    head: { title: `${title} · ${siteName}`, origin, siteName, kind: 'website', alternates: [] },
    languages: alternates(bulletin.site, homePath),
    main: (
      <PlainPage
        heading={{ text: title }}
        link={{ path: homePath(frame.formats.tag), label: f.strings['foot.home'] }}
        f={f}
      />
    ),
  };
  return joined ? JSON.stringify(renderPart(parts, f)) : renderPage(frame, parts);
}

/** The page of a 404 answer, in every language. */
export const notFoundPages = (bulletin: Bulletin, moment: Moment): readonly Renderable<string>[] =>
  shellFrames(bulletin, moment).map((frame) => {
    const { tag } = frame.formats;
    const view = { frame, home: homePath(tag), languages: alternates(bulletin.site, homePath) };
    const { origin } = bulletin.site;
    return { language: tag, stamp: stampOf({ ...view, origin }), render: () => notFoundPage(view, origin) };
  });

/** The page "the bulletin can't be read just now", in every language. */
export function unavailablePages(bulletin: Bulletin): readonly Renderable<Shell>[] {
  const hotline = hotlineOf(bulletin);
  const phone = hotline?.content.phone;
  const views = unavailableViews(
    bulletin.site,
    hotline && phone !== undefined ? { phone, agency: hotline.agency } : undefined,
  );
  return views.map(({ tag }) => ({
    language: tag,
    stamp: stampOf({ tag, views }),
    render: () => unavailablePage(views, tag, unavailable.css),
  }));
}

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

function homeDocument(
  bulletin: Bulletin,
  moment: Moment,
  frame: ShellFrame,
  snapshot: DaySnapshot,
): Document {
  const { tag } = frame.formats;
  const view = {
    frame,
    site: addressing(bulletin),
    home: homeView(bulletin, snapshot, tag),
    published: { at: moment.asOf, release: moment.release },
  };
  return define(
    { path: homePath(tag), type: HTML_TYPE, pack: 'release' },
    view,
    ({ site, home, published }) => {
      const dateline = (
        <Dateline
          name={frame.view.name}
          date={home.date}
          published={published}
          f={formatsOf(frame.formats)}
        />
      );
      return renderPage(frame, homeParts(site, frame, home), { dateline, published });
    },
  );
}
