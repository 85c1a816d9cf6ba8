import type { Instant } from '../../../worker/model/instant.ts';
import { fill } from '../parts/fill.ts';
import type { Formats } from '../parts/formats.ts';
import { type LocalizedText, Text, Untranslated } from '../parts/text.tsx';
import { Moment } from '../parts/values.tsx';

/** A breaking news item. */
export type BreakingItem = { readonly path: string; readonly title: LocalizedText; readonly until: Instant };

type Props = { items: readonly BreakingItem[]; more: string | undefined; f: Formats };

/**
 * The bands of breaking news, each with the instant at which a script hides it, and a link if there is more. Nothing if
 * there is no breaking news.
 */
export const Breaking = ({ items, more, f }: Props) => (
  <>
    {items.map((item) => (
      <section class="breaking" data-until={item.until} key={item.path}>
        <div class="wrap">
          <h2>
            <i class="dot dot-alarm" />
            {f.strings.breaking}
          </h2>{' '}
          <p>
            <a href={item.path}>
              <Text text={item.title} />
            </a>
            <Untranslated text={item.title} f={f} />{' '}
            <span class="soft keep">
              {fill(f.strings['breaking.until'], { until: <Moment at={item.until} f={f} /> })}
            </span>
          </p>
        </div>
      </section>
    ))}
    {more === undefined ? null : (
      <section class="breaking">
        <div class="wrap">
          <p>
            <a href={more}>{f.strings['breaking.more']}</a>
          </p>
        </div>
      </section>
    )}
  </>
);
