import { withoutBidiControls } from '../../../worker/model/validation/visible-text.ts';
import { pageLanguage } from '../../strings/languages.ts';
import type { Formats } from '../parts/formats.ts';
import { withMarkedNumbers } from '../parts/number-order.ts';

/** A text as it is shown where no element can isolate it, nor keep the order of its numbers. */
const shown = (text: string): string => withMarkedNumbers(withoutBidiControls(text));

/** The same page in one language. */
export type Alternate = { readonly tag: string; readonly path: string };

/** The metadata in the head of a page. */
export type HeadView = {
  readonly title: string;
  readonly description?: string;
  /** Scheme, host and port: the beginning of absolute addresses. */
  readonly origin: string;
  readonly siteName: string;
  readonly kind: 'website' | 'article';
  /** The page in every language, the default language first. Empty if the page has no address of its own. */
  readonly alternates: readonly Alternate[];
};

/**
 * Title, description, canonical address, translations. No element can isolate these texts, so they bear no controls of
 * direction
 * (https://developers.google.com/search/docs/specialty/international/localized-versions), Open Graph.
 */
export const Head = ({ view, f }: { view: HeadView; f: Formats }) => {
  const title = shown(view.title);
  const siteName = shown(view.siteName);
  const description = view.description && shown(view.description);
  const own = view.alternates.find(({ tag }) => tag === f.tag);
  return (
    <>
      <title>{title}</title>
      {description ? <meta name="description" content={description} /> : null}
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
      <meta property="og:site_name" content={siteName} />
      <meta property="og:title" content={title} />
      {description ? <meta property="og:description" content={description} /> : null}
      {own ? <meta property="og:url" content={view.origin + own.path} /> : null}
    </>
  );
};

/**
 * The paths of the site's icon: ICO of 16 and 32 pixels, SVG, PNG of 180 pixels for a phone's home screen, PNG of 512.
 */
export type IconPaths = {
  readonly ico: string;
  readonly svg: string;
  readonly touch: string;
  readonly large: string;
};

/** Links to the icon. `sizes` keeps browsers that support SVG from choosing the ICO. */
export const IconLinks = ({ icons }: { icons: IconPaths }) => (
  <>
    <link rel="icon" href={icons.ico} sizes="32x32" />
    <link rel="icon" href={icons.svg} type="image/svg+xml" />
    <link rel="apple-touch-icon" href={icons.touch} />
    <link rel="icon" href={icons.large} sizes="512x512" />
  </>
);

/** Links to this page in the other languages. */
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
