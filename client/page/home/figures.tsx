import { Fragment } from 'preact';
import type { CivilDate } from '../../../worker/model/civil-date.ts';
import type { Measure } from '../../../worker/model/measure.ts';
import type { MetricId, Tone } from '../../../worker/model/site.ts';
import { Names } from '../frame/footer.tsx';
import { changeWords, lackKey } from '../parts/change-words.ts';
import { fill } from '../parts/fill.ts';
import type { Formats } from '../parts/formats.ts';
import { type LocalizedText, Text, Untranslated } from '../parts/text.tsx';
import { Amount, Aside, Day, LongDay, Mean, Measured, Unit } from '../parts/values.tsx';
import { type RemarkLine, RemarkWords, Shift, type TotalShift } from '../sections/remarks.tsx';

/** A metric's latest figure, and the numbers shown with it. */
export type FigureView = {
  readonly id: MetricId;
  readonly label: LocalizedText;
  readonly tone: Tone;
  readonly measure: Measure;
  /** Which change is an improvement; left out if neither. */
  readonly better?: 'lower' | 'higher';
  /** The group that the figure stands in, if it has one. Figures of a group follow each other. */
  readonly group?: LocalizedText;
  /** The last reported value and its date; null if no value was ever reported. */
  readonly latest: { readonly value: number; readonly date: CivilDate } | null;
  /** How many days ago that was, if the figure is old; else null. */
  readonly ageDays: number | null;
  /** The difference from the day before; null if the day before was not reported. */
  readonly change: number | null;
  /** The mean of the seven days up to the latest; null for levels, or if one of the days was not reported. */
  readonly average: number | null;
  /** The totals of a flow. */
  readonly totals: readonly (TotalView | UnknownTotal)[];
  /** The former value if the latest value was corrected, else null. */
  readonly was: number | null;
  /** What readers must know about the metric today: left out if there is nothing. */
  readonly remarks?: readonly RemarkLine[];
};

/** A total of a flow. `shift`: the newest change of the total by itself, if there was one, and how many others there are. */
type TotalView = {
  readonly label: LocalizedText;
  readonly value: number;
  readonly measure: Measure;
  /** Its own date: its flow may have been silent since, or a remark may have changed it later. */
  readonly date: CivilDate;
  /** How many days were not reported, and are not in it. */
  readonly missingDays: number;
  readonly shift?: TotalShift & { readonly others?: number };
};

/** A total that nobody knows: what is left of it adds up to less than 0. */
type UnknownTotal = { readonly label: LocalizedText; readonly unknownSince: CivilDate };

type Props = {
  figures: readonly FigureView[];
  /** How many remarks about them the page has no room for: the page with all data has them. */
  moreRemarks: number;
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
export const Figures = ({ figures, moreRemarks, date, ageDays, sources, data, f }: Props) => {
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
      {date === null || figures.length === 0
        ? null
        : inGroups(figures).map((group) => (
            <Fragment key={group[0]?.id}>
              {group[0]?.group ? (
                <h3 class="topic">
                  <Text text={group[0].group} />
                </h3>
              ) : null}
              <ul class="figures">
                {group.map((figure) => (
                  <Figure figure={figure} date={date} data={data} f={f} key={figure.id} />
                ))}
              </ul>
            </Fragment>
          ))}
      {moreRemarks > 0 ? (
        <p>
          <a href={data}>{f.counted('figures.rest', moreRemarks)}</a>
        </p>
      ) : null}
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

/** The figures, a list for each group, in the order of the figures. */
function inGroups(figures: readonly FigureView[]): readonly (readonly FigureView[])[] {
  const groups: FigureView[][] = [];
  for (const figure of figures) {
    const last = groups.at(-1);
    if (last && last[0]?.group?.text === figure.group?.text) last.push(figure);
    else groups.push([figure]);
  }
  return groups;
}

/** One figure. Its name links to its definition. A missing figure is shown in words. */
export const Figure = ({
  figure,
  date,
  data,
  f,
}: Pick<Props, 'data' | 'f'> & { figure: FigureView; date: CivilDate }) => {
  const { latest, measure } = figure;
  const Name = figure.group ? 'h4' : 'h3';
  const reported = latest !== null && latest.date === date;
  const long = reported && latest.value >= 10_000_000;
  return (
    <li
      class={long ? `figure tone-${figure.tone} long` : `figure tone-${figure.tone}`}
      id={`metric-${figure.id}`}
    >
      <Name>
        <a href={`${data}#metric-${figure.id}`}>
          <Text text={figure.label} />
        </a>
        <Untranslated text={figure.label} f={f} />
      </Name>
      <p class="value">
        {reported ? (
          <>
            <Amount n={latest.value} measure={measure} f={f} />
            <Unit n={latest.value} measure={measure} f={f} space=" " />
          </>
        ) : (
          <span class="none">{f.strings['figure.none']}</span>
        )}
      </p>
      {reported ? <Change figure={figure} f={f} /> : <Last figure={figure} f={f} />}
      {figure.was === null || latest === null ? null : (
        <p>
          {fill(f.strings['figure.corrected'], {
            was: (
              <del>
                <Aside n={figure.was} measure={measure} f={f} />
              </del>
            ),
            now: (
              <ins>
                {f.amount(latest.value, measure)}
                <Unit n={latest.value} measure={measure} f={f} />
              </ins>
            ),
          })}
        </p>
      )}
      {figure.totals.map((total) =>
        'unknownSince' in total ? (
          <p key={total.label.text}>
            {fill(f.strings['total.unknown'], {
              label: <Text text={total.label} />,
              date: <Day date={total.unknownSince} f={f} />,
            })}
          </p>
        ) : (
          <Fragment key={total.label.text}>
            <p>
              {fill(f.strings[total.date === date ? 'figure.total' : 'figure.totalOn'], {
                label: <Text text={total.label} />,
                n: <Measured n={total.value} measure={total.measure} f={f} />,
                date: <Day date={total.date} f={f} />,
              })}
              {total.missingDays > 0 ? ` (${f.counted(lackKey(total.measure), total.missingDays)})` : null}
            </p>
            {total.shift ? (
              <p>
                <Shift shift={total.shift} measure={total.measure} f={f} />
                {total.shift.others ? (
                  <>
                    {' '}
                    <a href={`${data}#metric-${figure.id}`}>
                      {f.counted('total.shifts', total.shift.others)}
                    </a>
                  </>
                ) : null}
              </p>
            ) : null}
          </Fragment>
        ),
      )}
      {reported && figure.average !== null ? (
        <p>
          {fill(f.strings['figure.average'], {
            n: <Mean n={figure.average} measure={measure} f={f} />,
          })}
        </p>
      ) : null}
      {figure.remarks?.map((remark, i) => (
        <p key={i}>
          <RemarkWords remark={remark} f={f} />
        </p>
      ))}
    </li>
  );
};

const Last = ({ figure: { latest, measure, ageDays }, f }: { figure: FigureView; f: Formats }) => (
  <p>
    {latest === null
      ? f.strings['figure.never']
      : fill(f.strings['figure.last'], {
          n: <Measured n={latest.value} measure={measure} f={f} />,
          date: <Day date={latest.date} f={f} />,
        })}
    {ageDays === null ? null : ` (${f.counted('figure.age', ageDays)})`}
  </p>
);

// A change is shown in words, never as a sign: up is not bad and down is not good, unless the agency says so, in words too.
const Change = ({ figure, f }: { figure: FigureView; f: Formats }) => {
  const { change, better } = figure;
  if (change === null) return null;
  if (change === 0) return <p class="delta">{f.strings['figure.same']}</p>;
  const way = change < 0 ? 'down' : 'up';
  const sentence = <Difference figure={figure} change={change} f={f} />;
  if (better === undefined) return <p class={`delta ${way}`}>{sentence}</p>;
  const isBetter = change < 0 === (better === 'lower');
  return (
    <p class={`delta ${way} ${isBetter ? 'good' : 'bad'}`}>
      {fill(f.strings[isBetter ? 'figure.better' : 'figure.worse'], { change: sentence })}
    </p>
  );
};

const Difference = ({ figure, change, f }: { figure: FigureView; change: number; f: Formats }) => {
  const { sentence, measure } = changeWords(change, figure.measure, f);
  return <>{fill(sentence, { n: <Aside n={Math.abs(change)} measure={measure} f={f} /> })}</>;
};
