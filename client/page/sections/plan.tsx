import type { CivilDate } from '../../../worker/model/civil-date.ts';
import { Body, type ToHtml } from '../parts/body.tsx';
import { fill, fillText } from '../parts/fill.ts';
import type { Formats } from '../parts/formats.ts';
import { type LocalizedText, Text, Untranslated } from '../parts/text.tsx';
import { Day } from '../parts/values.tsx';
import { Rest, TextRest } from './rest.tsx';
import { type ItemProvenance, Provenance } from './topics.tsx';

/** A phase of the plan with its status today. */
export type PhaseRow = {
  readonly id: string;
  readonly title: LocalizedText;
  readonly status: 'over' | 'on' | 'to-come';
  /** Whether this phase is on now. If several are on, only the last is current. */
  readonly current: boolean;
  readonly plannedFrom?: CivilDate;
  readonly from?: CivilDate;
  readonly until?: CivilDate;
  readonly note?: LocalizedText;
  readonly open: LocalizedText;
  readonly closed: LocalizedText;
};

/**
 * Phases in order. `count` is the number of all phases. `n` is the place of the current phase, from 1; null if none.
 */
export type PlanView = {
  readonly phases: readonly PhaseRow[];
  readonly count: number;
  readonly n: number | null;
};

const Answer = ({ view, f }: { view: PlanView; f: Formats }) =>
  view.n === null ? null : (
    <span>{fillText(f.strings['plan.answer'], { n: f.number(view.n), of: f.number(view.count) })}</span>
  );

/** The plan on the home page: the days of each phase, and what is open and closed in the current phase. */
export const ShortPlan = ({ view, allPath, f }: { view: PlanView; allPath: string; f: Formats }) => (
  <section class="block side" id="plan">
    <h2>
      {f.strings.plan} <Answer view={view} f={f} />
    </h2>
    <ol class="plan">
      {view.phases.map((phase) => (
        <li key={phase.id} {...current(phase)}>
          <Name phase={phase} f={f} />
          <p class="soft line">
            <Days phase={phase} f={f} />
          </p>
          {phase.current ? (
            <>
              <p>
                <b>{f.strings['phase.open']}</b> <Text text={phase.open} />
              </p>
              <p>
                <b>{f.strings['phase.closed']}</b> <Text text={phase.closed} />
              </p>
            </>
          ) : null}
        </li>
      ))}
    </ol>
    <a class="more" href={allPath}>
      {f.strings['plan.all']}
    </a>
  </section>
);

/** The plan with the whole text of each phase. */
export type WholePlanView = Omit<PlanView, 'phases'> & {
  readonly phases: readonly WholePhase[];
  /** Set if the page has no room for all phases. */
  readonly isCut?: true;
};

/** A phase with its provenance. `isCut`: `open` and `closed` are beginnings as plain text, and the rest is left out. */
export type WholePhase = PhaseRow & { readonly provenance: ItemProvenance; readonly isCut?: true };

type SectionProps = { view: WholePlanView; toHtml: ToHtml; f: Formats };

/** The whole plan, phase by phase. */
export const PlanSection = ({ view, toHtml, f }: SectionProps) => (
  <div class="wrap single">
    <section class="block article">
      <h1>
        {f.strings.plan} <Answer view={view} f={f} />
      </h1>
      {view.phases.length === 0 ? <p>{f.strings['plan.none']}</p> : null}
      {view.phases.length === 0 ? null : (
        <ol class="plan">
          {view.phases.map((phase) => (
            <li key={phase.id} id={phase.id} {...current(phase)}>
              <Name phase={phase} f={f} heading="h2" />
              <p class="soft line">
                <Days phase={phase} f={f} />{' '}
                {phase.plannedFrom && phase.plannedFrom !== phase.from && phase.status !== 'to-come' ? (
                  <Planned on={phase.plannedFrom} f={f} />
                ) : null}
              </p>
              {phase.note ? <Body text={phase.note} toHtml={toHtml} /> : null}
              <h3>{f.strings['phase.open']}</h3>
              <PhaseText text={phase.open} phase={phase} toHtml={toHtml} />
              <h3>{f.strings['phase.closed']}</h3>
              <PhaseText text={phase.closed} phase={phase} toHtml={toHtml} />
              {phase.isCut ? <TextRest path="/api/v1/plan.json" f={f} /> : null}
              <Provenance item={phase.provenance} f={f} />
            </li>
          ))}
        </ol>
      )}
      {view.isCut ? <Rest path="/api/v1/plan.json" f={f} /> : null}
    </section>
  </div>
);

type PhaseTextProps = { text: LocalizedText; phase: WholePhase; toHtml: ToHtml };

const PhaseText = ({ text, phase, toHtml }: PhaseTextProps) =>
  phase.isCut ? (
    <p>
      <Text text={text} />
    </p>
  ) : (
    <Body text={text} toHtml={toHtml} />
  );

const current = (phase: PhaseRow) => (phase.current ? ({ 'aria-current': 'step' } as const) : {});

type NameProps = { phase: PhaseRow; f: Formats; heading?: 'h2' | 'h3' };

const Name = ({ phase, f, heading: Heading = 'h3' }: NameProps) => (
  <>
    <i class={phase.status === 'to-come' ? 'dot dot-hollow' : 'dot'} />
    <Heading>
      <Text text={phase.title} />
      <Untranslated text={phase.title} f={f} />
      {phase.current ? ` · ${f.strings['phase.current']}` : null}
    </Heading>
  </>
);

// The days of a phase that began. For a phase to come, that it is to come and the dates that are known.
const Days = ({ phase, f }: { phase: PhaseRow; f: Formats }) => {
  const { from, until, plannedFrom, status } = phase;
  const day = (date: CivilDate | undefined) => date && <Day date={date} f={f} />;
  if (status !== 'to-come')
    return (
      <span>
        {fill(
          f.strings[until === undefined ? 'phase.since' : from === undefined ? 'phase.until' : 'phase.span'],
          {
            from: day(from),
            until: day(until),
          },
        )}
      </span>
    );
  if (from !== undefined) return <span>{fill(f.strings['phase.starts'], { date: day(from) })}</span>;
  return (
    <>
      <span>{f.strings['phase.tocome']}</span>{' '}
      {until === undefined ? null : <span>{fill(f.strings['phase.until'], { until: day(until) })}</span>}{' '}
      {plannedFrom === undefined ? null : <Planned on={plannedFrom} f={f} />}
    </>
  );
};

const Planned = ({ on, f }: { on: CivilDate; f: Formats }) => (
  <span>{fill(f.strings['phase.planned'], { date: <Day date={on} f={f} /> })}</span>
);
