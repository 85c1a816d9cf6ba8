import type { CivilDate } from '../../../worker/model/civil-date.ts';
import type { DecisionStatus } from '../../../worker/model/status.ts';
import { fill, fillText } from '../parts/fill.ts';
import type { Formats } from '../parts/formats.ts';
import { type LocalizedText, Text, Untranslated } from '../parts/text.tsx';
import { Day } from '../parts/values.tsx';
import { type MonthLink, MonthName, type MonthPageName, Months, Turn } from './months.tsx';
import { Rest } from './rest.tsx';

/** A decision in a list. */
export type DecisionRow = {
  readonly path: string;
  readonly title: LocalizedText;
  readonly date: CivilDate;
  readonly issuer: LocalizedText;
  /** The agency that posted the decision; not there if that agency is the issuer. */
  readonly postedBy?: LocalizedText;
  readonly number?: string;
  readonly status: DecisionStatus;
};

// Filled: in force. Half: will be in force. Hollow: over, or without a known first day.
const DOTS = {
  'in-force': 'dot',
  starts: 'dot dot-half',
  decided: 'dot dot-hollow',
  ended: 'dot dot-hollow',
  replaced: 'dot dot-hollow',
} as const satisfies Record<DecisionStatus['kind'], string>;

/** The status of a decision, as a shape and in words. */
const Status = ({ row: { status, date }, f }: { row: DecisionRow; f: Formats }) => {
  const over = status.kind === 'ended' || status.kind === 'replaced';
  const on = status.kind === 'decided' ? date : status.on;
  return (
    <p class={over ? 'state over' : 'state'}>
      <i class={DOTS[status.kind]} />
      <span>{fill(f.strings[`state.${status.kind}`], { date: <Day date={on} f={f} /> })}</span>
    </p>
  );
};

type RowsProps = { rows: readonly DecisionRow[]; heading: 'h2' | 'h3'; f: Formats };

/** Rows of decisions. `heading` is one level below the heading above the list. */
export const DecisionRows = ({ rows, heading: Heading, f }: RowsProps) => (
  <ul class="rows decisions">
    {rows.map((row) => (
      <li key={row.path}>
        <Status row={row} f={f} />
        <div>
          <Heading class="item-name">
            <a href={row.path}>
              <Text text={row.title} />
            </a>
            <Untranslated text={row.title} f={f} />
          </Heading>
          <p class="soft">
            <Text text={row.issuer} />
            {row.postedBy === undefined ? null : (
              <> · {fill(f.strings['decision.postedBy'], { agency: <Text text={row.postedBy} /> })}</>
            )}
            {row.number === undefined ? null : (
              <> · {fill(f.strings['decision.number'], { number: <bdi>{row.number}</bdi> })}</>
            )}
            {row.status.kind === 'decided' ? null : (
              <> · {fill(f.strings['decision.decided'], { date: <Day date={row.date} f={f} /> })}</>
            )}
          </p>
        </div>
      </li>
    ))}
  </ul>
);

/** The decisions of the home page, the date of the newest decision, and the number of all. */
export type NewestDecisionsView = {
  readonly rows: readonly DecisionRow[];
  readonly latest: CivilDate;
  readonly count: number;
  readonly allPath: string;
};

/** The decisions on the home page: those that start, then the newest. */
export const NewestDecisions = ({ view, f }: { view: NewestDecisionsView; f: Formats }) => (
  <section class="block" id="decisions">
    <h2>
      {f.strings.decisions}{' '}
      <span>{fill(f.strings['decisions.latest'], { date: <Day date={view.latest} f={f} /> })}</span>
    </h2>
    <DecisionRows rows={view.rows} heading="h3" f={f} />
    <a class="more" href={view.allPath}>
      {fillText(f.strings['decisions.all'], { n: f.number(view.count) })}
    </a>
  </section>
);

/** The content of the decisions section. With `more`, older decisions in force are only in their months. */
export type DecisionsView = {
  readonly today: CivilDate;
  readonly starts: readonly DecisionRow[];
  /** Whether more decisions start than the page shows. */
  readonly moreStart: boolean;
  readonly inForce: readonly DecisionRow[];
  readonly more: boolean;
  readonly rest: readonly DecisionRow[];
  readonly months: readonly (MonthLink & { readonly count: number })[];
  readonly olderMonth?: MonthLink;
};

/** The decisions that start, those in force today, the newest of the others, and links to every month. */
export const DecisionsSection = ({ view, f }: { view: DecisionsView; f: Formats }) => (
  <div class="wrap sheet">
    <div class="stack">
      <section class="block">
        <h1>{f.strings.decisions}</h1>
        {view.months.length === 0 ? <p>{f.strings['decisions.none']}</p> : null}
        <Group heading={f.strings['decisions.starts']} rows={view.starts} f={f} />
        {view.moreStart ? <Rest path="/api/v1/decisions.json" f={f} /> : null}
        <Group heading={f.strings['decisions.inForce']} on={view.today} rows={view.inForce} f={f} />
        {view.more ? <p class="soft note">{f.strings['decisions.more']}</p> : null}
        <Group heading={f.strings['decisions.rest']} rows={view.rest} f={f} />
      </section>
    </div>
    <Months
      months={view.months}
      olderMonth={view.olderMonth}
      heading="decisions.archive"
      count="decisions.count"
      f={f}
    />
  </div>
);

type GroupProps = { heading: string; on?: CivilDate; rows: readonly DecisionRow[]; f: Formats };

const Group = ({ heading, on, rows, f }: GroupProps) =>
  rows.length === 0 ? null : (
    <>
      <h2 class="topic">
        {heading}
        {on === undefined ? null : (
          <>
            {' '}
            <span>{fill(f.strings['decisions.on'], { date: <Day date={on} f={f} /> })}</span>
          </>
        )}
      </h2>
      <DecisionRows rows={rows} heading="h3" f={f} />
    </>
  );

/** A page of a month's decisions. */
export type DecisionsMonthView = MonthPageName & {
  readonly rows: readonly DecisionRow[];
  readonly newer?: MonthLink;
  readonly older?: MonthLink;
};

/** A page of a month's decisions. */
export const DecisionsArchive = ({ view, f }: { view: DecisionsMonthView; f: Formats }) => (
  <div class="wrap sheet">
    <section class="block">
      <h1>
        {fill(f.strings['decisions.month'], {
          month: <MonthName month={view.month} page={view.page} f={f} />,
        })}
      </h1>
      <DecisionRows rows={view.rows} heading="h2" f={f} />
      <Turn newer={view.newer} older={view.older} f={f} />
    </section>
  </div>
);
