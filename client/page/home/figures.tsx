import { Fragment } from 'preact';
import type { CivilDate } from '../../../worker/model/civil-date.ts';
import type { MetricId, Tone } from '../../../worker/model/site.ts';
import { Names } from '../frame/footer.tsx';
import { fill } from '../parts/fill.ts';
import type { Formats } from '../parts/formats.ts';
import { type LocalizedText, Text, Untranslated } from '../parts/text.tsx';
import { Day, LongDay, Num } from '../parts/values.tsx';
import { type RemarkLine, RemarkWords, Shift, type TotalShift } from '../sections/remarks.tsx';

/** A metric's latest figure, and the numbers shown with it. */
export type FigureView = {
  readonly id: MetricId;
  readonly label: LocalizedText;
  readonly tone: Tone;
  /** The last reported value and its date; null if no value was ever reported. */
  readonly latest: { readonly value: number; readonly date: CivilDate } | null;
  /** How many days ago that was, if the figure is old; else null. */
  readonly ageDays: number | null;
  /** The difference from the day before; null if the day before was not reported. */
  readonly change: number | null;
  /** The mean of the seven days up to the latest; null for levels, or if one of the days was not reported. */
  readonly average: number | null;
  /** The totals of a flow on its latest date. */
  readonly totals: readonly TotalView[];
  /** The former value if the latest value was corrected, else null. */
  readonly was: number | null;
  /** What readers must know about the metric today: left out if there is nothing. */
  readonly remarks?: readonly RemarkLine[];
};

/** A total of a flow. `shift`: the newest change of the total by itself, if there was one. */
type TotalView = {
  readonly label: LocalizedText;
  readonly value: number;
  /** How many days were not reported, and are not in it. */
  readonly missingDays: number;
  readonly shift?: TotalShift;
};

type Props = {
  figures: readonly FigureView[];
  /** The newest date of all figures. A metric whose latest date is earlier counts as not yet reported. */
  date: CivilDate | null;
  /** How many days ago that was, if the figures of that date are old; else null. */
  ageDays: number | null;
  sources: readonly LocalizedText[];
  /** The path of the page with all definitions and all days. */
  data: string;
  f: Formats;
};

/** The figures of the newest day. A metric that was not reported that day shows its last value in words. */
export const Figures = ({ figures, date, ageDays, sources, data, f }: Props) => {
  const missing = figures.some(({ latest }) => latest?.date !== date);
  return (
    <section class="block" id="figures">
      <h2>
        {f.strings.figures}{' '}
        {date === null ? null : (
          <span>
            <LongDay date={date} f={f} />
          </span>
        )}
      </h2>
      {date === null ? <p>{f.strings['figures.none']}</p> : null}
      {ageDays === null ? null : <p>{f.counted('figures.old', ageDays)}</p>}
      {date === null || figures.length === 0 ? null : (
        <ul class="figures">
          {figures.map((figure) => (
            <Figure figure={figure} date={date} data={data} f={f} key={figure.id} />
          ))}
        </ul>
      )}
      <p class="soft note">
        {sources.length === 0
          ? null
          : fill(f.strings['figures.source'], { agencies: <Names names={sources} f={f} /> })}
        {missing && date !== null ? ` ${f.strings['figures.missing']}` : null}
      </p>
      <a class="more" href={data}>
        {f.strings['figures.all']}
      </a>
    </section>
  );
};

/** One figure. Its name links to its definition. A missing figure is shown in words. */
export const Figure = ({
  figure,
  date,
  data,
  f,
}: Pick<Props, 'data' | 'f'> & { figure: FigureView; date: CivilDate }) => {
  const { latest } = figure;
  const reported = latest !== null && latest.date === date;
  const long = reported && latest.value >= 10_000_000;
  return (
    <li
      class={long ? `figure tone-${figure.tone} long` : `figure tone-${figure.tone}`}
      id={`metric-${figure.id}`}
    >
      <h3>
        <a href={`${data}#metric-${figure.id}`}>
          <Text text={figure.label} />
        </a>
        <Untranslated text={figure.label} f={f} />
      </h3>
      <p class="value">
        {reported ? <Num n={latest.value} f={f} /> : <span class="none">{f.strings['figure.none']}</span>}
      </p>
      {reported ? <Change change={figure.change} f={f} /> : <Last figure={figure} f={f} />}
      {figure.was === null || latest === null ? null : (
        <p>
          {fill(f.strings['figure.corrected'], {
            was: (
              <del>
                <Num n={figure.was} f={f} />
              </del>
            ),
            now: <ins>{f.number(latest.value)}</ins>,
          })}
        </p>
      )}
      {figure.totals.map((total) => (
        <Fragment key={total.label.text}>
          <p>
            {fill(f.strings['figure.total'], {
              label: <Text text={total.label} />,
              n: <Num n={total.value} f={f} />,
            })}
            {total.missingDays > 0 ? ` (${f.counted('total.least', total.missingDays)})` : null}
          </p>
          {total.shift ? (
            <p>
              <Shift shift={total.shift} f={f} />
            </p>
          ) : null}
        </Fragment>
      ))}
      {reported && figure.average !== null ? (
        <p>{fill(f.strings['figure.average'], { n: <data>{f.mean(figure.average)}</data> })}</p>
      ) : null}
      {figure.remarks?.map((remark, i) => (
        <p key={i}>
          <RemarkWords remark={remark} f={f} />
        </p>
      ))}
    </li>
  );
};

const Last = ({ figure: { latest, ageDays }, f }: { figure: FigureView; f: Formats }) => (
  <p>
    {latest === null
      ? f.strings['figure.never']
      : fill(f.strings['figure.last'], {
          n: <Num n={latest.value} f={f} />,
          date: <Day date={latest.date} f={f} />,
        })}
    {ageDays === null ? null : ` (${f.counted('figure.age', ageDays)})`}
  </p>
);

// A change is shown in words, never as a sign: up is not bad and down is not good.
const Change = ({ change, f }: { change: number | null; f: Formats }) => {
  if (change === null) return null;
  if (change === 0) return <p class="delta">{f.strings['figure.same']}</p>;
  const sentence = f.strings[change < 0 ? 'figure.fewer' : 'figure.more'];
  return (
    <p class={change < 0 ? 'delta down' : 'delta up'}>
      {fill(sentence, { n: <Num n={Math.abs(change)} f={f} /> })}
    </p>
  );
};
