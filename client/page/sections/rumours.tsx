import type { CivilDate } from '../../../worker/model/civil-date.ts';
import type { ToHtml } from '../parts/body.tsx';
import { fill } from '../parts/fill.ts';
import type { Formats } from '../parts/formats.ts';
import { type LocalizedText, Text, Untranslated } from '../parts/text.tsx';
import { Day } from '../parts/values.tsx';
import { Article, type ArticleView } from './article.tsx';
import { Rest } from './rest.tsx';

/** A rumour in a list: the claim, the verdict in a few words, and the beginning of the answer. */
export type RumourRow = {
  readonly path: string;
  readonly claim: LocalizedText;
  readonly verdict: LocalizedText;
  readonly answer: LocalizedText;
  readonly date: CivilDate;
  readonly agency: LocalizedText;
};

type RowsProps = { rows: readonly RumourRow[]; heading: 'h2' | 'h3'; f: Formats };

const RumourRows = ({ rows, heading: Heading, f }: RowsProps) => (
  <ul class="rows">
    {rows.map((row) => (
      <li key={row.path}>
        <Heading class="item-name">
          <a href={row.path}>
            <Claim claim={row.claim} f={f} />
          </a>
          <Untranslated text={row.claim} f={f} />
        </Heading>
        <p class="verdict">
          <Text text={row.verdict} />
        </p>
        <p>
          <Text text={row.answer} />
        </p>
        <p class="soft">
          <Text text={row.agency} /> · <Day date={row.date} f={f} />
        </p>
      </li>
    ))}
  </ul>
);

// A claim is always in quotation marks, so that a list of claims does not read like a list of facts.
const Claim = ({ claim, f }: { claim: LocalizedText; f: Formats }) => (
  <>{fill(f.strings['rumour.claim'], { claim: <Text text={claim} /> })}</>
);

/** The newest rumours on the home page. */
export const NewestRumours = ({
  rows,
  allPath,
  f,
}: {
  rows: readonly RumourRow[];
  allPath: string;
  f: Formats;
}) => (
  <section class="block" id="rumours">
    <h2>
      {f.strings.rumours} <span>{f.strings['rumours.answer']}</span>
    </h2>
    <RumourRows rows={rows} heading="h3" f={f} />
    <a class="more" href={allPath}>
      {f.strings['rumours.all']}
    </a>
  </section>
);

/** The content of the rumours section. With `more`, older rumours are only in the JSON file. */
export type RumoursView = { readonly rows: readonly RumourRow[]; readonly more: boolean };

/** The rumours section. */
export const RumoursSection = ({ view, f }: { view: RumoursView; f: Formats }) => (
  <div class="wrap single">
    <section class="block article">
      <h1>{f.strings.rumours}</h1>
      {view.rows.length === 0 ? (
        <p>{f.strings['rumours.none']}</p>
      ) : (
        <RumourRows rows={view.rows} heading="h2" f={f} />
      )}
      {view.more ? <Rest path="/api/v1/rumours.json" f={f} /> : null}
    </section>
  </div>
);

type ArticleProps = { view: ArticleView; verdict: LocalizedText; toHtml: ToHtml; f: Formats };

/** A rumour on its own page: the claim, then the verdict, then the answer. */
export const RumourArticle = ({ view, verdict, toHtml, f }: ArticleProps) => (
  <Article
    view={view}
    toHtml={toHtml}
    f={f}
    allKey="rumours.all"
    heading={<Claim claim={view.title} f={f} />}
  >
    <p class="verdict">
      <Text text={verdict} />
    </p>
  </Article>
);
