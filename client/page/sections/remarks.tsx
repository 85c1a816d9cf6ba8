import type { CivilDate } from '../../../worker/model/civil-date.ts';
import type { Instant } from '../../../worker/model/instant.ts';
import type { Measure } from '../../../worker/model/measure.ts';
import { fill } from '../parts/fill.ts';
import type { Formats } from '../parts/formats.ts';
import { type LocalizedText, Text, Untranslated } from '../parts/text.tsx';
import { Day, Measured, Moment } from '../parts/values.tsx';

/** What a remark adds to a total from a day on: never 0, below 0 if it lowers the total. */
export type TotalShift = { readonly date: CivilDate; readonly amount: number };

/**
 * What is known of a metric or of its newest figure, in one line. `until` of a pause or a problem is its last day.
 * `not-reported`: the agency says that it has no figure for the date. `at`: when the newest figure was read. `late`: when
 * the figure that has not come was due. `isAhead`: its day has not come.
 */
export type RemarkLine =
  | { readonly kind: 'not-reported'; readonly date: CivilDate }
  | { readonly kind: 'at' | 'late'; readonly at: Instant }
  | { readonly kind: 'provisional'; readonly until: CivilDate }
  | { readonly kind: 'note'; readonly text: LocalizedText }
  | { readonly kind: 'break'; readonly date: CivilDate; readonly isAhead?: true }
  | {
      readonly kind: 'pause' | 'problem';
      readonly date: CivilDate;
      readonly until?: CivilDate;
      readonly isAhead?: true;
    };

/** A remark in full. `shift`: what an adjustment or a restatement adds to the total. */
export type WholeRemark = {
  readonly id: string;
  readonly line: RemarkLine | null;
  readonly shift?: TotalShift;
  readonly text: LocalizedText;
  readonly period?: { readonly from: CivilDate; readonly until: CivilDate };
  readonly nextWord?: Instant;
};

type ShiftProps = { shift: TotalShift; measure: Measure; f: Formats };

/** That a total was raised or lowered, in words: a sign is easily missed. */
export const Shift = ({ shift: { date, amount }, measure, f }: ShiftProps) => (
  <>
    {fill(f.strings[amount < 0 ? 'remark.lowered' : 'remark.raised'], {
      n: <Measured n={Math.abs(amount)} measure={measure} f={f} />,
      date: <Day date={date} f={f} />,
    })}
  </>
);

/** A line in a sentence. */
export const RemarkWords = ({ remark, f }: { remark: RemarkLine; f: Formats }) => {
  switch (remark.kind) {
    case 'note':
      return <Text text={remark.text} />;
    case 'at':
      return (
        <>{fill(f.strings['fact.at'], { time: <time datetime={remark.at}>{f.time(remark.at)}</time> })}</>
      );
    case 'late':
      return <>{fill(f.strings['fact.late'], { at: <Moment at={remark.at} f={f} /> })}</>;
    case 'provisional':
      return <>{fill(f.strings['fact.provisional'], { date: <Day date={remark.until} f={f} /> })}</>;
    case 'not-reported':
      return <>{fill(f.strings['fact.not-reported'], { date: <Day date={remark.date} f={f} /> })}</>;
    case 'break':
      return (
        <>
          {fill(f.strings[remark.isAhead ? 'remark.breakAhead' : 'remark.break'], {
            date: <Day date={remark.date} f={f} />,
          })}
        </>
      );
    case 'pause':
    case 'problem': {
      const span = remark.until === undefined ? '' : remark.until === remark.date ? 'Day' : 'Span';
      return (
        <>
          {fill(f.strings[`remark.${remark.kind}${span}${remark.isAhead ? 'Ahead' : ''}` as const], {
            date: <Day date={remark.date} f={f} />,
            until: remark.until === undefined ? null : <Day date={remark.until} f={f} />,
          })}
        </>
      );
    }
    default:
      return remark satisfies never;
  }
};

/** The remarks about a metric, each with its whole text. Nothing if there are none. */
export const Remarks = ({
  rows,
  measure,
  f,
}: {
  rows: readonly WholeRemark[];
  measure: Measure;
  f: Formats;
}) => (
  <>
    {rows.map((remark) => (
      <p class="soft" id={`remarks-${remark.id}`} key={remark.id}>
        {remark.line ? (
          <>
            <RemarkWords remark={remark.line} f={f} />
            {': '}
          </>
        ) : null}
        {remark.shift ? (
          <>
            <Shift shift={remark.shift} measure={measure} f={f} />
            {': '}
          </>
        ) : null}
        <Text text={remark.text} />
        <Untranslated text={remark.text} f={f} />
        {remark.period ? (
          <>
            {' '}
            {fill(
              f.strings[remark.period.from === remark.period.until ? 'remark.periodDay' : 'remark.period'],
              {
                from: <Day date={remark.period.from} f={f} />,
                until: <Day date={remark.period.until} f={f} />,
              },
            )}
          </>
        ) : null}
        {remark.nextWord === undefined ? null : (
          <> {fill(f.strings['remark.next'], { at: <Moment at={remark.nextWord} f={f} /> })}</>
        )}
      </p>
    ))}
  </>
);
