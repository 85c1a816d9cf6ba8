import type { ComponentChildren } from 'preact';
import type { CivilDate } from '../../../worker/model/civil-date.ts';
import type { ToHtml } from '../parts/body.tsx';
import { fill } from '../parts/fill.ts';
import type { Formats } from '../parts/formats.ts';
import { type LocalizedText, Text, Untranslated } from '../parts/text.tsx';
import { Day, OwnDate } from '../parts/values.tsx';
import { Article, type ArticleView } from './article.tsx';

/** A link to another decision. */
export type DecisionLink = { readonly path: string; readonly title: LocalizedText };

/** The facts on a decision's page that other items don't have. */
export type DecisionFacts = {
  readonly issuer: LocalizedText;
  /** The agency that posted the decision; not there if that agency is the issuer. */
  readonly postedBy?: LocalizedText;
  readonly number?: string;
  readonly topic?: LocalizedText;
  readonly from?: CivilDate;
  /**
   * The last day in force: its own, or the day before a decision replaces it. Before `from` if it was never in force.
   */
  readonly until?: CivilDate;
  readonly replaces?: DecisionLink;
  readonly replacedBy: readonly DecisionLink[];
};

type Props = { view: ArticleView; facts: DecisionFacts; toHtml: ToHtml; f: Formats };

/** A decision's page: who took it, when it is in force, what it replaces and what replaces it. */
export const DecisionArticle = ({ view, facts, toHtml, f }: Props) => (
  <Article view={view} toHtml={toHtml} f={f} allKey="decisions.list">
    <dl class="facts">
      <Fact term={f.strings['fact.issuer']}>
        <Text text={facts.issuer} />
      </Fact>
      {facts.postedBy ? (
        <Fact term={f.strings['fact.postedBy']}>
          <Text text={facts.postedBy} />
        </Fact>
      ) : null}
      {facts.number === undefined ? null : (
        <Fact term={f.strings['fact.number']}>
          <bdi>{facts.number}</bdi>
        </Fact>
      )}
      {facts.topic ? (
        <Fact term={f.strings['fact.topic']}>
          <Text text={facts.topic} />
        </Fact>
      ) : null}
      <Fact term={f.strings['fact.decided']}>
        <Day date={view.date} f={f} />
        <OwnDate date={view.date} f={f} />
      </Fact>
      {facts.from !== undefined && facts.until !== undefined && facts.until < facts.from ? null : (
        <Fact term={f.strings['fact.force']}>
          <Force facts={facts} f={f} />
        </Fact>
      )}
      {facts.replaces ? (
        <Fact term={f.strings['fact.replaces']}>
          <Link decision={facts.replaces} f={f} />
        </Fact>
      ) : null}
      {facts.replacedBy.map((link) => (
        <Fact term={f.strings['fact.replacedBy']} key={link.path}>
          <Link decision={link} f={f} />
        </Fact>
      ))}
    </dl>
  </Article>
);

/** A term and its value in a `dl` of facts. */
export const Fact = ({ term, children }: { term: string; children: ComponentChildren }) => (
  <div>
    <dt>{term}</dt>
    <dd>{children}</dd>
  </div>
);

// Shows the days, not the present status: this page is rendered again only when the decision changes.
const Force = ({ facts: { from, until }, f }: { facts: DecisionFacts; f: Formats }) => {
  const key =
    from === undefined
      ? until === undefined
        ? 'force.unknown'
        : 'force.until'
      : until === undefined
        ? 'force.from'
        : until === from
          ? 'force.day'
          : 'force.span';
  return (
    <>
      {fill(f.strings[key], {
        from: from && <Day date={from} f={f} />,
        until: until && <Day date={until} f={f} />,
      })}
    </>
  );
};

const Link = ({ decision, f }: { decision: DecisionLink; f: Formats }) => (
  <>
    <a href={decision.path}>
      <Text text={decision.title} />
    </a>
    <Untranslated text={decision.title} f={f} />
  </>
);
