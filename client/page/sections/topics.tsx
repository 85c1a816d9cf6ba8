import type { CivilDate } from '../../../worker/model/civil-date.ts';
import type { Source } from '../../../worker/model/validation/fields.ts';
import { Body, type ToHtml } from '../parts/body.tsx';
import { fill } from '../parts/fill.ts';
import type { Formats } from '../parts/formats.ts';
import { type LocalizedText, Text, Untranslated } from '../parts/text.tsx';
import { Day } from '../parts/values.tsx';
import { SourceList } from './sources.tsx';

/** A question with its answer, or guidance with its text, in the list of its topic. */
export type TopicItem = {
  /** The id of the HTML element: `{collection}-{id}`. */
  readonly id: string;
  readonly heading: LocalizedText;
  readonly body: LocalizedText;
  readonly agency: LocalizedText;
  /** The civil date of the last change. */
  readonly updated: CivilDate;
  readonly sources: readonly Source[];
};

/** Who published an item, when it last changed, and its sources. */
export type ItemProvenance = Omit<TopicItem, 'heading' | 'body'>;

/** Items by topic, both in the collection's order. */
export type Topic = { readonly name: LocalizedText; readonly items: readonly TopicItem[] };

type Props = { topics: readonly Topic[]; toHtml: ToHtml; f: Formats };

/** The section of questions and answers, by topic. */
export const FaqSection = ({ topics, toHtml, f }: Props) => (
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
              <Body text={item.body} toHtml={toHtml} />
              <Provenance item={item} f={f} />
            </details>
          ))}
        </section>
      ))}
    </section>
  </div>
);

/** The section of guidance, by topic. */
export const GuidanceSection = ({ topics, toHtml, f }: Props) => (
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
                <Body text={item.body} toHtml={toHtml} />
                <Provenance item={item} f={f} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </section>
  </div>
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
