import { type PageLanguage, pageLanguage } from '../../strings/languages.ts';
import { type Hotline, HotlinePlate, Mark } from '../frame/masthead.tsx';
import { type LocalizedText, Text } from '../parts/text.tsx';

/** What is known of a site in one of its languages. */
export type UnavailableView = {
  readonly tag: string;
  /** The site's name. */
  readonly name?: LocalizedText;
  readonly hotline?: Hotline;
};

type Props = {
  /** In the page's language, then in the others. */
  own: UnavailableView;
  others: readonly UnavailableView[];
  /** The style sheet's text: nothing else may be loaded, for it may be just as unavailable. */
  css: string;
  /** Seconds until the page asks again. */
  retryAfter: string;
};

/** A whole page less its doctype: the bulletin can't be read just now. Whom to call stands on it in every language. */
export const Unavailable = ({ own, others, css, retryAfter }: Props) => {
  const language = pageLanguage(own.tag);
  const title = language.strings['unavailable.title'];
  return (
    <html lang={own.tag} dir={language.direction}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta http-equiv="refresh" content={retryAfter} />
        <title>{own.name ? `${title} · ${own.name.text}` : title}</title>
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
  // The sentences may be in a language that stands in for the section's own.
  const marked: { lang?: string; dir?: 'ltr' | 'rtl' } =
    stringsTag === tag ? {} : { lang: stringsTag, dir: pageLanguage(stringsTag).direction };
  const Heading = level === 1 ? 'h1' : 'h2';
  return (
    <section lang={tag} dir={language.direction}>
      {name ? (
        <p class="name">
          <Mark />
          <Text of={name} />
        </p>
      ) : null}
      <Heading {...marked}>{strings['unavailable.title']}</Heading>
      <p {...marked}>{strings['unavailable.text']}</p>
      {hotline ? <HotlinePlate hotline={hotline} f={language} lang={marked.lang} /> : null}
    </section>
  );
};
