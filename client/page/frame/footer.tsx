import type { Section } from '../../../worker/model/path.ts';
import { linkedAddress } from '../../../worker/model/web-address.ts';
import { fill } from '../parts/fill.ts';
import type { Formats } from '../parts/formats.ts';
import { type LocalizedText, Text } from '../parts/text.tsx';
import { type Published, PublishedLine } from './shell.tsx';

/** The content of the footer of every page. */
export type FooterView = {
  readonly home: string;
  readonly sections: readonly SectionLink[];
  readonly agencies: readonly LocalizedText[];
  /** The path of the list of all agencies, if these are not all. */
  readonly allAgencies?: string;
  readonly license: { readonly name: string; readonly url?: string; readonly attribution: LocalizedText };
};

type Props = { view: FooterView; f: Formats; published?: Published | undefined };

/** The publishers, the licence, and links to the sections and the data. */
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
          <p class="soft">
            {fill(f.strings['foot.by'], { agencies: <Names names={view.agencies} f={f} /> })}
            {view.allAgencies === undefined ? null : (
              <>
                {' '}
                <a href={view.allAgencies}>{f.strings['foot.agencies']}</a>
              </>
            )}
          </p>
        ) : null}
        <p class="soft">
          {fill(f.strings['foot.license'], { license: <License view={view.license} /> })}{' '}
          <Text text={view.license.attribution} />
        </p>
        <p class="soft">{f.strings['foot.privacy']}</p>
      </section>
      <nav aria-labelledby="sections">
        <h2 id="sections">{f.strings['foot.sections']}</h2>
        <ul>
          <Link href={view.home}>{f.strings['foot.home']}</Link>
          <SectionLinks sections={view.sections} f={f} />
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

/** A section and the path of its page. */
export type SectionLink = { readonly section: Section; readonly path: string };

/** Links to the sections, as list items. */
export const SectionLinks = ({ sections, f }: { sections: readonly SectionLink[]; f: Formats }) => (
  <>
    {sections.map(({ section, path }) => (
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

/** The name of a licence, linked to its text if that has an address. */
export const License = ({ view }: { view: FooterView['license'] }) =>
  view.url === undefined ? (
    <bdi>{view.name}</bdi>
  ) : (
    <a href={linkedAddress(view.url)} rel="license">
      <bdi>{view.name}</bdi>
    </a>
  );

/** Names, joined as the page's language joins a list. Each name is isolated in its direction. */
export const Names = ({ names, f }: { names: readonly LocalizedText[]; f: Formats }) => (
  <>
    {f
      .listParts(names.length)
      .map((part) =>
        typeof part === 'number' ? <Text text={names[part] ?? { text: '' }} key={part} /> : part,
      )}
  </>
);
