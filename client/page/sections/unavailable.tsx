import { withoutBidiControls } from '../../../worker/model/validation/visible-text.ts';
import { type PageLanguage, pageLanguage } from '../../strings/languages.ts';
import { type Hotline, HotlinePlate, Mark } from '../frame/masthead.tsx';
import { type LocalizedText, Text } from '../parts/text.tsx';

/** What is known about the site, in one of its languages. */
export type UnavailableView = {
  readonly tag: string;
  /** The site's name. */
  readonly name?: LocalizedText;
  readonly hotline?: Hotline;
};

type Props = {
  /** The view in the page's language, and those in the site's other languages. */
  own: UnavailableView;
  others: readonly UnavailableView[];
  /** The text of the style sheet. The page loads nothing, because other files may be unavailable too. */
  css: string;
  /** Seconds until the page reloads. */
  retryAfter: string;
};

/**
 * The page, without its doctype, that says that the bulletin can't be read now. It shows the hotline in every language.
 */
export const Unavailable = ({ own, others, css, retryAfter }: Props) => {
  const language = pageLanguage(own.tag);
  const title = language.strings['unavailable.title'];
  return (
    <html lang={own.tag} dir={language.direction}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta http-equiv="refresh" content={retryAfter} />
        <title>{own.name ? `${title} · ${withoutBidiControls(own.name.text)}` : title}</title>
        <meta name="color-scheme" content="light dark" />
        <style dangerouslySetInnerHTML={{ __html: css }} />
      </head>
      <body>
        <main>
          <Section view={own} language={language} level={1} />
          {others.map((view) => (
            <Section view={view} language={pageLanguage(view.tag)} level={2} key={view.tag} />
          ))}
        </main>
      </body>
    </html>
  );
};

type SectionProps = { view: UnavailableView; language: PageLanguage; level: 1 | 2 };

const Section = ({ view: { tag, name, hotline }, language, level }: SectionProps) => {
  const { strings, stringsTag } = language;
  // The strings may be in a fallback language.
  const languageMark: { lang?: string; dir?: 'ltr' | 'rtl' } =
    stringsTag === tag ? {} : { lang: stringsTag, dir: pageLanguage(stringsTag).direction };
  const Heading = level === 1 ? 'h1' : 'h2';
  return (
    <section lang={tag} dir={language.direction}>
      {name ? (
        <p class="name">
          <Mark />
          <Text text={name} />
        </p>
      ) : null}
      <Heading {...languageMark}>{strings['unavailable.title']}</Heading>
      <p {...languageMark}>{strings['unavailable.text']}</p>
      {hotline ? <HotlinePlate hotline={hotline} f={language} lang={languageMark.lang} /> : null}
    </section>
  );
};
