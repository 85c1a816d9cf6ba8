import type { ComponentChildren } from 'preact';
import type { CivilDate } from '../../../worker/model/civil-date.ts';
import type { ToHtml } from '../parts/body.tsx';
import { fill } from '../parts/fill.ts';
import type { Formats } from '../parts/formats.ts';
import { type LocalizedText, Text, Untranslated } from '../parts/text.tsx';
import { Day } from '../parts/values.tsx';
import { Article, type ArticleView } from './article.tsx';

/** Another decision, and where it is. */
export type DecisionLink = { readonly path: string; readonly title: LocalizedText };

/** What a decision has on its page besides what every item has. */
export type DecisionFacts = {
  readonly issuer: LocalizedText;
  readonly number?: string;
  readonly topic?: LocalizedText;
  readonly from?: CivilDate;
  /** Its last day: its own, or that before another decision takes its place. Before `from` where it never held. */
  readonly until?: CivilDate;
  readonly replaces?: DecisionLink;
  readonly replacedBy: readonly DecisionLink[];
};

type Props = { view: ArticleView; facts: DecisionFacts; toHtml: ToHtml; f: Formats };

/** A decision: who took it, when it holds, what it replaced and what replaced it. */
export const DecisionArticle = ({ view, facts, toHtml, f }: Props) => (
  <Article view={view} toHtml={toHtml} f={f} allKey="decisions.list">
    <dl class="facts">
      <Fact term={f.strings['fact.issuer']}>
        <Text of={facts.issuer} />
      </Fact>
      {facts.number === undefined ? null : (
        <Fact term={f.strings['fact.number']}>
          <bdi>{facts.number}</bdi>
        </Fact>
      )}
      {facts.topic ? (
        <Fact term={f.strings['fact.topic']}>
          <Text of={facts.topic} />
        </Fact>
      ) : null}
      <Fact term={f.strings['fact.decided']}>
        <Day date={view.date} f={f} />
      </Fact>
      {facts.from !== undefined && facts.until !== undefined && facts.until < facts.from ? null : (
        <Fact term={f.strings['fact.force']}>
          <Force facts={facts} f={f} />
        </Fact>
      )}
      {facts.replaces ? (
        <Fact term={f.strings['fact.replaces']}>
          <Link to={facts.replaces} f={f} />
        </Fact>
      ) : null}
      {facts.replacedBy.map((link) => (
        <Fact term={f.strings['fact.replacedBy']} key={link.path}>
          <Link to={link} f={f} />
        </Fact>
      ))}
    </dl>
  </Article>
);

/** A term and what is true of it, in a `dl` of facts. */
export const Fact = ({ term, children }: { term: string; children: ComponentChildren }) => (
  <div>
    <dt>{term}</dt>
    <dd>{children}</dd>
  </div>
);

// The days themselves, not how they stand today: this page is only made anew when the decision changes.
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

const Link = ({ to, f }: { to: DecisionLink; f: Formats }) => (
  <>
    <a href={to.path}>
      <Text of={to.title} />
    </a>
    <Untranslated of={to.title} f={f} />
  </>
);
