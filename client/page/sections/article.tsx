import type { ComponentChildren } from 'preact';
import type { CivilDate } from '../../../worker/model/civil-date.ts';
import type { Instant } from '../../../worker/model/instant.ts';
import type { Source } from '../../../worker/model/validation/fields.ts';
import type { SentenceKey } from '../../strings/ar.ts';
import { Body, type ToHtml } from '../parts/body.tsx';
import { fill } from '../parts/fill.ts';
import type { Formats } from '../parts/formats.ts';
import { type LocalizedText, Text, Untranslated } from '../parts/text.tsx';
import { Day, Moment, OwnDate } from '../parts/values.tsx';
import { TextRest } from './rest.tsx';
import { Sources } from './sources.tsx';

/** The content of an item's own page, the same for every collection. */
export type ArticleView = {
  readonly title: LocalizedText;
  readonly body: LocalizedText;
  readonly date: CivilDate;
  readonly agency: LocalizedText;
  readonly publishedAt: Instant;
  /** Set if the item was edited after it was published. */
  readonly updatedAt?: Instant;
  readonly breakingUntil?: Instant;
  readonly sources: readonly Source[];
  /** The path of the list in the API, if the page has no room for the whole text or all sources. */
  readonly rest?: string;
  readonly allPath: string;
};

type Props = {
  view: ArticleView;
  toHtml: ToHtml;
  f: Formats;
  /** The text of the link to all items of the collection. */
  allKey: SentenceKey;
  /** Shown instead of the plain title. */
  heading?: ComponentChildren;
  /** Facts between the title and the body. */
  children?: ComponentChildren;
};

/** An item on its own page. */
export const Article = ({ view, toHtml, f, allKey, heading, children }: Props) => (
  <div class="wrap single">
    <article class="block article">
      <p class="soft">
        <Day date={view.date} f={f} />
        <OwnDate date={view.date} f={f} /> · <Text text={view.agency} />
      </p>
      <h1>
        {heading ?? <Text text={view.title} />}
        <Untranslated text={view.title} f={f} />
      </h1>
      {children}
      <Body text={view.body} toHtml={toHtml} />
      {view.rest === undefined ? null : <TextRest path={view.rest} f={f} />}
      <Sources sources={view.sources} f={f} />
      <p class="soft line note">
        <span>{fill(f.strings['item.published'], { at: <Moment at={view.publishedAt} f={f} /> })}</span>{' '}
        {view.updatedAt ? (
          <span>{fill(f.strings['item.updated'], { at: <Moment at={view.updatedAt} f={f} /> })}</span>
        ) : null}{' '}
        {view.breakingUntil ? (
          <span>{fill(f.strings['item.breaking'], { until: <Moment at={view.breakingUntil} f={f} /> })}</span>
        ) : null}
      </p>
      <a class="more" href={view.allPath}>
        {f.strings[allKey]}
      </a>
    </article>
  </div>
);

/** A withdrawn item: the kind of item, when it was withdrawn, and why. */
export type WithdrawnView = {
  readonly title: SentenceKey;
  readonly allKey: SentenceKey;
  readonly allPath: string;
  readonly at?: Instant;
  readonly reason?: string;
};

/** The page of a withdrawn item. */
export const Withdrawn = ({ view, f }: { view: WithdrawnView; f: Formats }) => (
  <div class="wrap single">
    <section class="block article">
      <h1>{f.strings[view.title]}</h1>
      {view.at ? <p>{fill(f.strings['withdrawn.when'], { at: <Moment at={view.at} f={f} /> })}</p> : null}
      {view.reason ? (
        <p>{fill(f.strings['withdrawn.why'], { reason: <Text text={{ text: view.reason }} /> })}</p>
      ) : null}
      <a class="more" href={view.allPath}>
        {f.strings[view.allKey]}
      </a>
    </section>
  </div>
);
