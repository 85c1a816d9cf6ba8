import { pageLanguage } from '../../strings/languages.ts';
import type { Formats } from '../parts/formats.ts';

/** This same page in a language: its path, and whether it is the one being read. */
export type Alternate = { readonly tag: string; readonly path: string };

/** What the head of a page says of it. */
export type HeadView = {
  readonly title: string;
  readonly description?: string;
  /** Scheme, host and port that absolute addresses begin with. */
  readonly origin: string;
  readonly siteName: string;
  readonly kind: 'website' | 'article';
  /** The page in every language, the default one first; empty for pages that have no address of their own. */
  readonly alternates: readonly Alternate[];
};

/** Title, description, canonical address, translations (https://developers.google.com/search/docs/specialty/international/localized-versions), Open Graph. */
export const Head = ({ view, f }: { view: HeadView; f: Formats }) => {
  const own = view.alternates.find(({ tag }) => tag === f.tag);
  return (
    <>
      <title>{view.title}</title>
      {view.description ? <meta name="description" content={view.description} /> : null}
      {own ? (
        <link rel="canonical" href={view.origin + own.path} />
      ) : (
        <meta name="robots" content="noindex" />
      )}
      {view.alternates.map(({ tag, path }) => (
        <link rel="alternate" hreflang={tag} href={view.origin + path} key={tag} />
      ))}
      {view.alternates[0] ? (
        <link rel="alternate" hreflang="x-default" href={view.origin + view.alternates[0].path} />
      ) : null}
      <meta property="og:type" content={view.kind} />
      <meta property="og:site_name" content={view.siteName} />
      <meta property="og:title" content={view.title} />
      {view.description ? <meta property="og:description" content={view.description} /> : null}
      {own ? <meta property="og:url" content={view.origin + own.path} /> : null}
    </>
  );
};

/** The paths of the site's icon: 16 and 32 pixels, as a drawing, on a phone's screen of apps (180 pixels), large (512). */
export type IconPaths = {
  readonly ico: string;
  readonly svg: string;
  readonly touch: string;
  readonly large: string;
};

/** The ways to the icon. The sizes keep browsers that can draw the SVG from choosing the ICO. */
export const IconLinks = ({ icons }: { icons: IconPaths }) => (
  <>
    <link rel="icon" href={icons.ico} sizes="32x32" />
    <link rel="icon" href={icons.svg} type="image/svg+xml" />
    <link rel="apple-touch-icon" href={icons.touch} />
    <link rel="icon" href={icons.large} sizes="512x512" />
  </>
);

/** The way to this page in the other languages. */
export const LanguageLinks = ({ alternates, f }: { alternates: readonly Alternate[]; f: Formats }) => (
  <>
    {alternates
      .filter(({ tag }) => tag !== f.tag)
      .map(({ tag, path }) => (
        <a href={path} lang={tag} hreflang={tag} dir={pageLanguage(tag).direction} key={tag}>
          {pageLanguage(tag).name}
        </a>
      ))}
  </>
);
