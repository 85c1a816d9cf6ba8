import type { Section } from '../../../worker/model/path.ts';
import { fill } from '../parts/fill.ts';
import type { Formats } from '../parts/formats.ts';
import { type LocalizedText, Text } from '../parts/text.tsx';
import { type Published, PublishedLine } from './shell.tsx';

/** What stands at the foot of every page. */
export type FooterView = {
  readonly home: string;
  readonly sections: readonly SectionLink[];
  readonly agencies: readonly LocalizedText[];
  readonly license: { readonly name: string; readonly url?: string; readonly attribution: LocalizedText };
};

type Props = { view: FooterView; f: Formats; published?: Published | undefined };

/** Who publishes this, under which terms, and where its parts are. */
export const Footer = ({ view, f, published }: Props) => (
  <footer class="foot">
    <div class="wrap">
      <section>
        <h2>{f.strings['foot.about']}</h2>
        {published ? (
          <p class="soft line">
            <PublishedLine published={published} f={f} />
          </p>
        ) : null}
        {view.agencies.length > 0 ? (
          <p class="soft">{fill(f.strings['foot.by'], { agencies: <Names of={view.agencies} f={f} /> })}</p>
        ) : null}
        <p class="soft">
          {fill(f.strings['foot.license'], { license: <License view={view.license} /> })}{' '}
          <Text of={view.license.attribution} />
        </p>
        <p class="soft">{f.strings['foot.privacy']}</p>
      </section>
      <nav aria-labelledby="sections">
        <h2 id="sections">{f.strings['foot.sections']}</h2>
        <ul>
          <Link href={view.home}>{f.strings['foot.home']}</Link>
          <SectionLinks of={view.sections} f={f} />
        </ul>
        <h2>{f.strings['foot.data']}</h2>
        <ul>
          <Link href="/data/statistics.csv">{f.strings['foot.csv']}</Link>
          <Link href="/api/v1/openapi.json">{f.strings['foot.api']}</Link>
        </ul>
      </nav>
    </div>
  </footer>
);

/** A section and its page. */
export type SectionLink = { readonly section: Section; readonly path: string };

/** The ways to the sections, as items of a list. */
export const SectionLinks = ({ of, f }: { of: readonly SectionLink[]; f: Formats }) => (
  <>
    {of.map(({ section, path }) => (
      <Link href={path} key={section}>
        {f.strings[section]}
      </Link>
    ))}
  </>
);

const Link = ({ href, children }: { href: string; children: string }) => (
  <li>
    <a href={href}>{children}</a>
  </li>
);

/** A licence by its name, linked to its text. */
export const License = ({ view }: { view: FooterView['license'] }) =>
  view.url === undefined ? (
    <bdi>{view.name}</bdi>
  ) : (
    <a href={view.url} rel="license">
      <bdi>{view.name}</bdi>
    </a>
  );

/** Names as a list of the page's language, each isolated. */
export const Names = ({ of, f }: { of: readonly LocalizedText[]; f: Formats }) => (
  <>
    {f
      .listParts(of.length)
      .map((part) => (typeof part === 'number' ? <Text of={of[part] ?? { text: '' }} key={part} /> : part))}
  </>
);
