import { telephone } from '../frame/masthead.tsx';
import { Body, type ToHtml } from '../parts/body.tsx';
import { fill, fillText } from '../parts/fill.ts';
import type { Formats } from '../parts/formats.ts';
import { type LocalizedText, Text, Untranslated } from '../parts/text.tsx';

/** A question or guidance on the home page. A short text is shown whole, a long text as its beginning and a link. */
export type ShortItem = {
  readonly id: string;
  readonly heading: LocalizedText;
  /** The whole text in Markdown, if it is short. */
  readonly body?: LocalizedText;
  /** The beginning as plain text and the path of the whole text, if it is long. */
  readonly beginning?: { readonly text: LocalizedText; readonly path: string };
};

/** The first items of a collection, the number of all items, and the path of the page with all of them. */
export type ShortItems = {
  readonly items: readonly ShortItem[];
  readonly count: number;
  readonly allPath: string;
};

type Props = { view: ShortItems; phone: string | undefined; toHtml: ToHtml; f: Formats };

/** What to do: the first guidance of each topic. */
export const ToDo = ({ view, toHtml, f }: Omit<Props, 'phone'>) => (
  <section class="block side" id="todo">
    <h2>
      {f.strings['guidance.todo']} <span>{f.strings['guidance.answer']}</span>
    </h2>
    <ul class="rows todo">
      {view.items.map((item) => (
        <li key={item.id}>
          <h3>
            <Text text={item.heading} />
            <Untranslated text={item.heading} f={f} />
          </h3>
          <Short item={item} more={f.strings['guidance.read']} toHtml={toHtml} />
        </li>
      ))}
    </ul>
    <a class="more" href={view.allPath}>
      {f.strings['guidance.all']}
    </a>
  </section>
);

/** The first questions and their answers. */
export const FirstQuestions = ({ view, phone, toHtml, f }: Props) => (
  <section class="block" id="faq">
    <h2>
      {f.strings.faq}{' '}
      <span>
        {fillText(f.strings['faq.answer'], { n: f.number(view.items.length), of: f.number(view.count) })}
      </span>
    </h2>
    {view.items.map((item) => (
      <details key={item.id}>
        <summary>
          <Text text={item.heading} />
          <Untranslated text={item.heading} f={f} />
        </summary>
        <Short item={item} more={f.strings['faq.read']} toHtml={toHtml} />
      </details>
    ))}
    {phone === undefined ? null : (
      <p class="note">
        <a class="tap" href={telephone(phone)}>
          {fill(f.strings['faq.call'], {
            phone: (
              <bdi dir="ltr" class="keep">
                {phone}
              </bdi>
            ),
          })}
        </a>
      </p>
    )}
    <a class="more" href={view.allPath}>
      {fillText(f.strings['faq.all'], { n: f.number(view.count) })}
    </a>
  </section>
);

const Short = ({ item, more, toHtml }: { item: ShortItem; more: string; toHtml: ToHtml }) => (
  <>
    {item.body ? <Body text={item.body} toHtml={toHtml} /> : null}
    {item.beginning ? (
      <p>
        <Text text={item.beginning.text} />{' '}
        <a class="tap" href={item.beginning.path}>
          {more}
          <span class="unseen">
            {': '}
            <Text text={item.heading} />
          </span>
        </a>
      </p>
    ) : null}
  </>
);
