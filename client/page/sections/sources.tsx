import type { Source } from '../../../worker/model/validation/fields.ts';
import type { Formats } from '../parts/formats.ts';

/** Where an item is known from, under a heading; nothing if it names no source. */
export const Sources = ({ of, f }: { of: readonly Source[]; f: Formats }) =>
  of.length === 0 ? null : (
    <section class="sources">
      <h2>{f.strings['item.sources']}</h2>
      <ul>
        <SourceLinks of={of} />
      </ul>
    </section>
  );

/** Where an item among others is known from: a list without a heading. */
export const SourceList = ({ of, f }: { of: readonly Source[]; f: Formats }) =>
  of.length === 0 ? null : (
    <ul class="sources soft" aria-label={f.strings['item.sources']}>
      <SourceLinks of={of} />
    </ul>
  );

const SourceLinks = ({ of }: { of: readonly Source[] }) => (
  <>
    {of.map(({ url, title }, i) => (
      <li key={i}>
        <a href={url}>
          <bdi>{title ?? url}</bdi>
        </a>
      </li>
    ))}
  </>
);
