import type { CivilDate } from '../../../worker/model/civil-date.ts';
import type { Source } from '../../../worker/model/validation/fields.ts';
import { Body, type ToHtml } from '../parts/body.tsx';
import { fill } from '../parts/fill.ts';
import type { Formats } from '../parts/formats.ts';
import { type LocalizedText, Text, Untranslated } from '../parts/text.tsx';
import { Day } from '../parts/values.tsx';
import { SourceList } from './sources.tsx';

/** A question with its answer, or guidance with its text, as it stands among the others of its topic. */
export type TopicItem = {
  /** Of the element: `{collection}-{id}`. */
  readonly id: string;
  readonly heading: LocalizedText;
  readonly body: LocalizedText;
  readonly agency: LocalizedText;
  /** The civil date of its last change. */
  readonly updated: CivilDate;
  readonly sources: readonly Source[];
};

/** Items by topic, both in the collection's order. */
export type Topic = { readonly name: LocalizedText; readonly items: readonly TopicItem[] };

type Props = { topics: readonly Topic[]; toHtml: ToHtml; f: Formats };

/** The questions of the public and their answers, by topic. */
export const FaqSection = ({ topics, toHtml, f }: Props) => (
  <div class="wrap single">
    <section class="block article">
      <h1>{f.strings.faq}</h1>
      {topics.length === 0 ? <p>{f.strings['faq.none']}</p> : null}
      {topics.map(({ name, items }) => (
        <section key={name.text}>
          <TopicName of={name} f={f} />
          {items.map((item) => (
            <details id={item.id} key={item.id}>
              <summary>
                <Text of={item.heading} />
                <Untranslated of={item.heading} f={f} />
              </summary>
              <Body of={item.body} toHtml={toHtml} />
              <Provenance of={item} f={f} />
            </details>
          ))}
        </section>
      ))}
    </section>
  </div>
);

/** What to do, by topic. */
export const GuidanceSection = ({ topics, toHtml, f }: Props) => (
  <div class="wrap single">
    <section class="block article">
      <h1>{f.strings.guidance}</h1>
      {topics.length === 0 ? <p>{f.strings['guidance.none']}</p> : null}
      {topics.map(({ name, items }) => (
        <section key={name.text}>
          <TopicName of={name} f={f} />
          <ul class="rows">
            {items.map((item) => (
              <li id={item.id} key={item.id}>
                <h3>
                  <Text of={item.heading} />
                  <Untranslated of={item.heading} f={f} />
                </h3>
                <Body of={item.body} toHtml={toHtml} />
                <Provenance of={item} f={f} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </section>
  </div>
);

const TopicName = ({ of, f }: { of: LocalizedText; f: Formats }) => (
  <h2 class="topic">
    <Text of={of} />
    <Untranslated of={of} f={f} />
  </h2>
);

/** Who says this, as of which day, and where it is known from. */
export const Provenance = ({ of, f }: { of: Omit<TopicItem, 'heading' | 'body'>; f: Formats }) => (
  <>
    <p class="soft">
      {fill(f.strings['item.by'], {
        agency: <Text of={of.agency} />,
        date: <Day date={of.updated} f={f} />,
      })}
    </p>
    <SourceList of={of.sources} f={f} />
  </>
);
