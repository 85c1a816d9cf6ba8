import type { ComponentChildren } from 'preact';
import type { Instant } from '../../../worker/model/instant.ts';
import { fill } from '../parts/fill.ts';
import type { Formats } from '../parts/formats.ts';
import { type LocalizedText, Text } from '../parts/text.tsx';
import { Moment } from '../parts/values.tsx';
import { Breaking, type BreakingItem } from './breaking.tsx';
import { Footer, type FooterView, SectionLinks } from './footer.tsx';
import { IconLinks, type IconPaths } from './head.tsx';
import { type Hotline, Masthead } from './masthead.tsx';

/** The content that all pages of a language share. */
export type ShellView = {
  readonly home: string;
  readonly name: LocalizedText;
  readonly authority?: LocalizedText;
  readonly notice?: LocalizedText;
  readonly hotline?: Hotline;
  readonly breaking: readonly BreakingItem[];
  /** The path of the news, if more is breaking than pages show. */
  readonly moreBreaking?: string;
  readonly footer: FooterView;
};

/** The time and number of the release. Pages that show them change with every publish. */
export type Published = { readonly at: Instant; readonly release: number };

type Props = {
  view: ShellView;
  f: Formats;
  /** The style sheet's text and the script's path. */
  css: string;
  script: string;
  icons: IconPaths;
  /** The page's slots. */
  head: ComponentChildren;
  languages: ComponentChildren;
  main: ComponentChildren;
  /** Only on the home page: the name as the page's heading, with the date. */
  dateline?: ComponentChildren;
  published?: Published;
};

/** A whole page without its doctype. */
export const Shell = ({ view, f, css, script, icons, head, languages, main, dateline, published }: Props) => (
  <html lang={f.tag} dir={f.direction}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width,initial-scale=1" />
      {head}
      <meta name="color-scheme" content="light dark" />
      <meta name="theme-color" content="#101d4a" />
      <IconLinks icons={icons} />
      <style dangerouslySetInnerHTML={{ __html: css }} />
      <script type="module" src={script} />
    </head>
    <body>
      <a class="skip" href="#main">
        {f.strings.skip}
      </a>
      <header>
        <div class="strip">
          <div class="wrap">
            {view.notice ? (
              <p>
                <Text text={view.notice} />
              </p>
            ) : null}
            <nav class="languages" aria-label={f.strings.languages}>
              {languages}
            </nav>
          </div>
        </div>
        <Masthead view={view} f={f} dateline={dateline} />
        <nav class="sections" aria-label={f.strings.sections}>
          <ul class="wrap">
            <SectionLinks sections={view.footer.sections} f={f} />
          </ul>
        </nav>
        <Breaking items={view.breaking} more={view.moreBreaking} f={f} />
      </header>
      <main id="main">{main}</main>
      <Footer view={view.footer} f={f} published={published} />
    </body>
  </html>
);

/** "Published …, release …". */
export const PublishedLine = ({ published, f }: { published: Published; f: Formats }) => (
  <>
    <span class="keep">{fill(f.strings.published, { at: <Moment at={published.at} f={f} /> })}</span>{' '}
    <span class="keep">
      {fill(f.strings['published.release'], { n: <bdi>{f.ordinal(published.release)}</bdi> })}
    </span>
  </>
);
