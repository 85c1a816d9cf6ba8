import type { Source } from '../../../worker/model/validation/fields.ts';
import { linkedAddress, shownAddress } from '../../../worker/model/web-address.ts';
import type { Formats } from '../parts/formats.ts';
import { Text } from '../parts/text.tsx';

/** The sources of an item under a heading. Nothing if it has no source. */
export const Sources = ({ sources, f }: { sources: readonly Source[]; f: Formats }) =>
  sources.length === 0 ? null : (
    <section class="sources">
      <h2>{f.strings['item.sources']}</h2>
      <ul>
        <SourceLinks sources={sources} />
      </ul>
    </section>
  );

/** The sources of one item in a list, without a heading. Nothing if it has no source. */
export const SourceList = ({ sources, f }: { sources: readonly Source[]; f: Formats }) =>
  sources.length === 0 ? null : (
    <ul class="sources soft" aria-label={f.strings['item.sources']}>
      <SourceLinks sources={sources} />
    </ul>
  );

const SourceLinks = ({ sources }: { sources: readonly Source[] }) => (
  <>
    {sources.map(({ url, title }, i) => (
      <li key={i}>
        <a href={linkedAddress(url)}>
          {title === undefined ? <bdi>{shownAddress(url)}</bdi> : <Text text={{ text: title }} />}
        </a>
      </li>
    ))}
  </>
);
