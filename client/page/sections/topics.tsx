import type { CivilDate } from '../../../worker/model/civil-date.ts';
import type { Source } from '../../../worker/model/validation/fields.ts';
import { Body, type ToHtml } from '../parts/body.tsx';
import { fill } from '../parts/fill.ts';
import type { Formats } from '../parts/formats.ts';
import { type LocalizedText, Text, Untranslated } from '../parts/text.tsx';
import { Day } from '../parts/values.tsx';
import { Rest, TextRest } from './rest.tsx';
import { SourceList } from './sources.tsx';

/** A question with its answer, or guidance with its text, in the list of its topic. */
export type TopicItem = {
  /** The id of the HTML element: `{collection}-{id}`. */
  readonly id: string;
  readonly heading: LocalizedText;
  /** The whole text in Markdown, if the page has room for it. */
  readonly body?: LocalizedText;
  /** Else its beginning as plain text; the sources are left out with the rest. */
  readonly beginning?: LocalizedText;
  readonly agency: LocalizedText;
  /** The civil date of the last change. */
  readonly updated: CivilDate;
  readonly sources: readonly Source[];
};

/** Who published an item, when it last changed, and its sources. */
export type ItemProvenance = Omit<TopicItem, 'heading' | 'body' | 'beginning'>;

/** Items by topic, both in the collection's order. */
export type Topic = { readonly name: LocalizedText; readonly items: readonly TopicItem[] };

/** The items of a section by topic, and the path of the whole list in the API. */
export type TopicsView = {
  readonly topics: readonly Topic[];
  /** Set if the page has no room for all items. */
  readonly isCut?: true;
  readonly list: string;
};

type Props = { view: TopicsView; toHtml: ToHtml; f: Formats };

/** The section of questions and answers, by topic. */
export const FaqSection = ({ view: { topics, isCut, list }, toHtml, f }: Props) => (
  <div class="wrap single">
    <section class="block article">
      <h1>{f.strings.faq}</h1>
      {topics.length === 0 ? <p>{f.strings['faq.none']}</p> : null}
      {topics.map(({ name, items }) => (
        <section key={name.text}>
          <TopicName name={name} f={f} />
          {items.map((item) => (
            <details id={item.id} key={item.id}>
              <summary>
                <Text text={item.heading} />
                <Untranslated text={item.heading} f={f} />
              </summary>
              <ItemText item={item} list={list} toHtml={toHtml} f={f} />
              <Provenance item={item} f={f} />
            </details>
          ))}
        </section>
      ))}
      {isCut ? <Rest path={list} f={f} /> : null}
    </section>
  </div>
);

/** The section of guidance, by topic. */
export const GuidanceSection = ({ view: { topics, isCut, list }, toHtml, f }: Props) => (
  <div class="wrap single">
    <section class="block article">
      <h1>{f.strings.guidance}</h1>
      {topics.length === 0 ? <p>{f.strings['guidance.none']}</p> : null}
      {topics.map(({ name, items }) => (
        <section key={name.text}>
          <TopicName name={name} f={f} />
          <ul class="rows">
            {items.map((item) => (
              <li id={item.id} key={item.id}>
                <h3>
                  <Text text={item.heading} />
                  <Untranslated text={item.heading} f={f} />
                </h3>
                <ItemText item={item} list={list} toHtml={toHtml} f={f} />
                <Provenance item={item} f={f} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {isCut ? <Rest path={list} f={f} /> : null}
    </section>
  </div>
);

type TextProps = { item: TopicItem; list: string; toHtml: ToHtml; f: Formats };

const ItemText = ({ item: { body, beginning }, list, toHtml, f }: TextProps) => (
  <>
    {body ? <Body text={body} toHtml={toHtml} /> : null}
    {beginning ? (
      <p>
        <Text text={beginning} />
      </p>
    ) : null}
    {beginning ? <TextRest path={list} f={f} /> : null}
  </>
);

const TopicName = ({ name, f }: { name: LocalizedText; f: Formats }) => (
  <h2 class="topic">
    <Text text={name} />
    <Untranslated text={name} f={f} />
  </h2>
);

/** Who published an item, the day of its last change, and its sources. */
export const Provenance = ({ item, f }: { item: ItemProvenance; f: Formats }) => (
  <>
    <p class="soft">
      {fill(f.strings['item.by'], {
        agency: <Text text={item.agency} />,
        date: <Day date={item.updated} f={f} />,
      })}
    </p>
    <SourceList sources={item.sources} f={f} />
  </>
);
