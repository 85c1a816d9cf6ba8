import type { CivilDate } from '../../../worker/model/civil-date.ts';
import { Body, type ToHtml } from '../parts/body.tsx';
import { fill, fillText } from '../parts/fill.ts';
import type { Formats } from '../parts/formats.ts';
import { type LocalizedText, Text, Untranslated } from '../parts/text.tsx';
import { Day } from '../parts/values.tsx';
import { Provenance, type TopicItem } from './topics.tsx';

/** A phase of the plan as it stands today. */
export type PhaseRow = {
  readonly id: string;
  readonly title: LocalizedText;
  readonly status: 'over' | 'on' | 'to-come';
  /** Whether this is the phase that is on: of several, the last. */
  readonly current: boolean;
  readonly plannedFrom?: CivilDate;
  readonly from?: CivilDate;
  readonly until?: CivilDate;
  readonly note?: LocalizedText;
  readonly open: LocalizedText;
  readonly closed: LocalizedText;
};

/** Phases in their order, of `count` in all; `n` is the place of the one that is on, from 1, null if none is. */
export type PlanView = {
  readonly phases: readonly PhaseRow[];
  readonly count: number;
  readonly n: number | null;
};

const Answer = ({ view, f }: { view: PlanView; f: Formats }) =>
  view.n === null ? null : (
    <span>{fillText(f.strings['plan.answer'], { n: f.number(view.n), of: f.number(view.count) })}</span>
  );

/** The plan on the home page: each phase's days, and of the one that is on what is open and what is closed. */
export const ShortPlan = ({ view, all, f }: { view: PlanView; all: string; f: Formats }) => (
  <section class="block side" id="plan">
    <h2>
      {f.strings.plan} <Answer view={view} f={f} />
    </h2>
    <ol class="plan">
      {view.phases.map((phase) => (
        <li key={phase.id} {...current(phase)}>
          <Name of={phase} f={f} />
          <p class="soft line">
            <Days of={phase} f={f} />
          </p>
          {phase.current ? (
            <>
              <p>
                <b>{f.strings['phase.open']}</b> <Text of={phase.open} />
              </p>
              <p>
                <b>{f.strings['phase.closed']}</b> <Text of={phase.closed} />
              </p>
            </>
          ) : null}
        </li>
      ))}
    </ol>
    <a class="more" href={all}>
      {f.strings['plan.all']}
    </a>
  </section>
);

/** The plan with all that is said of each phase. */
export type WholePlanView = Omit<PlanView, 'phases'> & { readonly phases: readonly WholePhase[] };

/** A phase, and who says so. */
export type WholePhase = PhaseRow & { readonly of: Omit<TopicItem, 'heading' | 'body'> };

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
              <Name of={phase} f={f} heading="h2" />
              <p class="soft line">
                <Days of={phase} f={f} />{' '}
                {phase.plannedFrom && phase.plannedFrom !== phase.from && phase.status !== 'to-come' ? (
                  <Planned on={phase.plannedFrom} f={f} />
                ) : null}
              </p>
              {phase.note ? <Body of={phase.note} toHtml={toHtml} /> : null}
              <h3>{f.strings['phase.open']}</h3>
              <Body of={phase.open} toHtml={toHtml} />
              <h3>{f.strings['phase.closed']}</h3>
              <Body of={phase.closed} toHtml={toHtml} />
              <Provenance of={phase.of} f={f} />
            </li>
          ))}
        </ol>
      )}
    </section>
  </div>
);

const current = (phase: PhaseRow) => (phase.current ? ({ 'aria-current': 'step' } as const) : {});

type NameProps = { of: PhaseRow; f: Formats; heading?: 'h2' | 'h3' };

const Name = ({ of, f, heading: Heading = 'h3' }: NameProps) => (
  <>
    <i class={of.status === 'to-come' ? 'dot dot-hollow' : 'dot'} />
    <Heading>
      <Text of={of.title} />
      <Untranslated of={of.title} f={f} />
      {of.current ? ` · ${f.strings['phase.current']}` : null}
    </Heading>
  </>
);

// When it was on, or that it is to come and what is known of when.
const Days = ({ of, f }: { of: PhaseRow; f: Formats }) => {
  const { from, until, plannedFrom, status } = of;
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
