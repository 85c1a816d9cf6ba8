import type { CivilDate } from '../../../worker/model/civil-date.ts';
import type { Instant } from '../../../worker/model/instant.ts';
import type { Measure } from '../../../worker/model/measure.ts';
import { fill } from '../parts/fill.ts';
import type { Formats } from '../parts/formats.ts';
import { type LocalizedText, Text, Untranslated } from '../parts/text.tsx';
import { Day, Measured, Moment } from '../parts/values.tsx';

/** What a remark adds to a total from a day on: never 0, below 0 if it lowers the total. */
export type TotalShift = { readonly date: CivilDate; readonly amount: number };

/** A remark in one line, without its text. `until` of a pause or a problem is its last day. */
export type RemarkLine =
  | { readonly kind: 'break'; readonly date: CivilDate }
  | { readonly kind: 'pause' | 'problem'; readonly date: CivilDate; readonly until?: CivilDate };

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

const sentenceOf = (remark: RemarkLine) => {
  switch (remark.kind) {
    case 'break':
      return 'remark.break';
    case 'pause':
      return remark.until === undefined ? 'remark.pause' : 'remark.pauseSpan';
    case 'problem':
      return remark.until === undefined ? 'remark.problem' : 'remark.problemSpan';
    default:
      return remark satisfies never;
  }
};

/** A remark in a sentence. */
export const RemarkWords = ({ remark, f }: { remark: RemarkLine; f: Formats }) => (
  <>
    {fill(f.strings[sentenceOf(remark)], {
      date: <Day date={remark.date} f={f} />,
      until: remark.kind === 'break' || !remark.until ? null : <Day date={remark.until} f={f} />,
    })}
  </>
);

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
            {fill(f.strings['remark.period'], {
              from: <Day date={remark.period.from} f={f} />,
              until: <Day date={remark.period.until} f={f} />,
            })}
          </>
        ) : null}
        {remark.nextWord === undefined ? null : (
          <> {fill(f.strings['remark.next'], { at: <Moment at={remark.nextWord} f={f} /> })}</>
        )}
      </p>
    ))}
  </>
);
