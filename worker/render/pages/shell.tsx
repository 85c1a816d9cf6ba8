import type { ComponentChildren, VNode } from 'preact';
import { h } from 'preact';
import { render } from 'preact-render-to-string';
import { type Alternate, Head, type HeadView, LanguageLinks } from '../../../client/page/frame/head.tsx';
import { type Published, Shell as ShellPage, type ShellView } from '../../../client/page/frame/shell.tsx';
import { type FormatSettings, type Formats, formatsOf } from '../../../client/page/parts/formats.ts';
import { assets, css, cssHash } from '../../../dist/build.ts';
import type { Bulletin, Moment } from '../../model/bulletin.ts';
import { LIMITS, MAX_ATTRIBUTION, MAX_NOTICE } from '../../model/limits.ts';
import { homePath, itemPath, SECTIONS, sectionPath } from '../../model/path.ts';
import { type Language, languageTags, type Site } from '../../model/site.ts';
import { joinPage, type Part, type Shell } from '../../pack/format.ts';
import { breakingNews } from '../views/breaking-news.ts';
import { hotlineOf } from '../views/listed-items.ts';
import { agencyName, localize } from '../views/localize.ts';
import { cutLabel } from '../views/page-room.ts';
import { prefixWithin } from '../views/prefix-within.ts';

/**
 * The Content-Security-Policy of pages: one inline style sheet, allowed by its hash; other style sheets, scripts,
 * pictures and requests from this site only; no inline scripts. https://www.w3.org/TR/CSP3/
 */
export const policy = [
  "default-src 'none'",
  `style-src 'self' '${cssHash}'`,
  "script-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The media type of every page. */
export const HTML_TYPE = 'text/html; charset=utf-8';

/** A shell's view and the formats of its language: a plain value, and all that the shell's bytes depend on. */
export type ShellFrame = { readonly formats: FormatSettings; readonly view: ShellView };

/** What goes into the slots of a page: its head, the language switch, its main part. */
export type PageParts = {
  readonly head: HeadView;
  /** The links of the language switch. */
  readonly languages: readonly Alternate[];
  readonly main: VNode;
};

/** How many alerts each page shows: as many as a site can allow. An older site may have more. */
const MOST_ALERTS = LIMITS.breaking.most;
/** About how many characters the agencies' names in the footer may have together. */
const AGENCY_NAMES = 2_000;

/** The shell of a language. It depends only on the settings, breaking news and hotlines. */
export function shellFrame(bulletin: Bulletin, { asOf }: Moment, language: Language): ShellFrame {
  const { site } = bulletin;
  const { tag } = language;
  const text = (texts: Parameters<typeof localize>[0]) => localize(texts, tag, site);
  const hotline = hotlineOf(bulletin);
  const breaking = breakingNews(bulletin, asOf);
  const { attribution, ...license } = site.license;
  const names = site.agencies.map((agency) => text(agency.name));
  const agencies = prefixWithin(names, (name) => name.text.length, AGENCY_NAMES);
  return {
    formats: { ...language, timeZone: site.timeZone },
    view: {
      home: homePath(tag),
      name: text(site.name),
      ...(site.authority ? { authority: text(site.authority) } : {}),
      ...(site.notice ? { notice: cutLabel(text(site.notice), MAX_NOTICE) } : {}),
      ...(hotline?.content.phone === undefined
        ? {}
        : { hotline: { phone: hotline.content.phone, agency: agencyName(site, hotline.agency, tag) } }),
      breaking: breaking.slice(0, MOST_ALERTS).map(({ item: { id, content }, end }) => ({
        path: itemPath(tag, 'news', id),
        title: text(content.title),
        until: end,
      })),
      ...(breaking.length > MOST_ALERTS ? { moreBreaking: sectionPath(tag, 'news') } : {}),
      footer: {
        home: homePath(tag),
        sections: SECTIONS.map((section) => ({ section, path: sectionPath(tag, section) })),
        agencies,
        ...(agencies.length < names.length ? { allAgencies: sectionPath(tag, 'about') } : {}),
        license: { ...license, attribution: cutLabel(text(attribution), MAX_ATTRIBUTION) },
      },
    },
  };
}

/** The shells of all languages of the site, in the site's order. */
export const shellFrames = (bulletin: Bulletin, moment: Moment): readonly ShellFrame[] =>
  bulletin.site.languages.map((language) => shellFrame(bulletin, moment, language));

/** A shell's frame with the settings only: without breaking news and hotline. */
export function plainFrame({ formats, view }: ShellFrame): ShellFrame {
  const { hotline: _, moreBreaking: __, ...settings } = view;
  return { formats, view: { ...settings, breaking: [] } };
}

/** The settings that pages use outside their shell: they give the URLs of pages. */
export type Addressing = Pick<Site, 'origin' | 'languages' | 'defaultLanguage'>;

/** The addressing of a bulletin: a plain value for a stamp. */
export const addressing = ({ site }: Bulletin): Addressing => ({
  origin: site.origin,
  languages: site.languages,
  defaultLanguage: site.defaultLanguage,
});

/** The same page in every language of the site, the default one first. */
export const alternates = (site: Addressing, path: (tag: string) => string): readonly Alternate[] =>
  languageTags(site).map((tag) => ({ tag, path: path(tag) }));

const ICONS = {
  ico: assets['favicon.ico'] ?? '',
  svg: assets['icon.svg'] ?? '',
  touch: assets['icon-180.png'] ?? '',
  large: assets['icon-512.png'] ?? '',
} as const;

// No text of staff can contain this tag, because every text is escaped.
const SLOT = 'nashra-slot';
const MARK = `<${SLOT}></${SLOT}>`;

type HomeExtras = { readonly dateline?: ComponentChildren; readonly published?: Published };

/** Renders a shell: the texts before, between and after its slots (head, languages, main). */
export function renderShell(frame: ShellFrame, extras: HomeExtras = {}): Shell {
  const slot = h(SLOT, {});
  return renderSlots(frame, { head: slot, languages: slot, main: slot }, extras).split(MARK);
}

/** Renders a part: the texts for the slots of its shell, in the slots' order. */
export function renderPart(page: PageParts, f: Formats): Part {
  return [
    render(<Head view={page.head} f={f} />),
    render(<LanguageLinks alternates={page.languages} f={f} />),
    render(page.main),
  ];
}

/** Renders a whole page: its shell and its part, joined. */
export const renderPage = (frame: ShellFrame, page: PageParts, extras: HomeExtras = {}): string =>
  joinPage(renderShell(frame, extras), renderPart(page, formatsOf(frame.formats)));

/** Renders a page at once, with any content in its slots. */
export function renderSlots(
  frame: ShellFrame,
  slots: { head: ComponentChildren; languages: ComponentChildren; main: ComponentChildren },
  extras: HomeExtras,
): string {
  const page = (
    <ShellPage
      view={frame.view}
      f={formatsOf(frame.formats)}
      css={css}
      script={assets['page.js'] ?? ''}
      icons={ICONS}
      {...slots}
      {...extras}
    />
  );
  return `<!doctype html>${render(page)}`;
}
