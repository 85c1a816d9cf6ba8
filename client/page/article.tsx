import type { CivilDate } from '../../worker/model/civil-date.ts';
import type { Source } from '../../worker/model/content.ts';
import type { Instant } from '../../worker/model/instant.ts';
import { pageLanguage } from '../strings/languages.ts';
import { fill } from './fill.ts';
import type { Formats } from './formats.ts';
import { Text, Untranslated, type Written } from './text.tsx';
import { Day, Moment } from './values.tsx';

/** A news item on its own page. */
export type ArticleView = {
  readonly title: Written;
  readonly body: Written;
  readonly date: CivilDate;
  readonly agency: Written;
  readonly publishedAt: Instant;
  /** Set if it was edited after it was published. */
  readonly updatedAt?: Instant;
  readonly breakingUntil?: Instant;
  readonly sources: readonly Source[];
  readonly all: string;
};

type Props = { view: ArticleView; bodyHtml: string; f: Formats };

/** A news item. `bodyHtml` is its body as safe HTML, with headings from level 2. */
export const Article = ({ view, bodyHtml, f }: Props) => (
  <div class="wrap single">
    <article class="block article">
      <p class="soft">
        <Day date={view.date} f={f} /> · <Text of={view.agency} />
      </p>
      <h1>
        <Text of={view.title} />
        <Untranslated of={view.title} f={f} />
      </h1>
      <Body of={view.body} html={bodyHtml} />
      {view.sources.length > 0 ? <Sources of={view.sources} f={f} /> : null}
      <p class="soft line note">
        <span>{fill(f.strings['item.published'], { at: <Moment at={view.publishedAt} f={f} /> })}</span>{' '}
        {view.updatedAt ? (
          <span>{fill(f.strings['item.updated'], { at: <Moment at={view.updatedAt} f={f} /> })}</span>
        ) : null}{' '}
        {view.breakingUntil ? (
          <span>{fill(f.strings['item.breaking'], { until: <Moment at={view.breakingUntil} f={f} /> })}</span>
        ) : null}
      </p>
      <a class="more" href={view.all}>
        {f.strings['news.all']}
      </a>
    </article>
  </div>
);

// biome-ignore-start lint/security/noDangerouslySetInnerHtml: made by the Markdown renderer, which lets no HTML through
const Body = ({ of, html }: { of: Written; html: string }) =>
  of.lang === undefined ? (
    <div class="body" dangerouslySetInnerHTML={{ __html: html }} />
  ) : (
    <div
      class="body"
      lang={of.lang}
      dir={pageLanguage(of.lang).direction}
      dangerouslySetInnerHTML={{ __html: html }}
    />
  );
// biome-ignore-end lint/security/noDangerouslySetInnerHtml: as above

const Sources = ({ of, f }: { of: readonly Source[]; f: Formats }) => (
  <section class="sources">
    <h2>{f.strings['item.sources']}</h2>
    <ul>
      {of.map(({ url, title }) => (
        <li key={url}>
          <a href={url}>
            <bdi>{title ?? url}</bdi>
          </a>
        </li>
      ))}
    </ul>
  </section>
);

/** The page of an item that was withdrawn: when, and why. */
export const Withdrawn = ({
  at,
  reason,
  all,
  f,
}: {
  at?: Instant;
  reason?: string;
  all: string;
  f: Formats;
}) => (
  <div class="wrap single">
    <section class="block article">
      <h1>{f.strings['withdrawn.title']}</h1>
      {at ? <p>{fill(f.strings['withdrawn.when'], { at: <Moment at={at} f={f} /> })}</p> : null}
      {reason ? <p>{fill(f.strings['withdrawn.why'], { reason: <bdi>{reason}</bdi> })}</p> : null}
      <a class="more" href={all}>
        {f.strings['news.all']}
      </a>
    </section>
  </div>
);
