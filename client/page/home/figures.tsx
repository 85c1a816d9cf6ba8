import type { CivilDate } from '../../../worker/model/civil-date.ts';
import type { MetricId, Tone } from '../../../worker/model/site.ts';
import { Names } from '../frame/footer.tsx';
import { fill } from '../parts/fill.ts';
import type { Formats } from '../parts/formats.ts';
import { type LocalizedText, Text, Untranslated } from '../parts/text.tsx';
import { Day, LongDay, Num } from '../parts/values.tsx';

/** A metric's latest figure, and what else is said of it. */
export type FigureView = {
  readonly id: MetricId;
  readonly label: LocalizedText;
  readonly tone: Tone;
  /** The last reported value and its date; null if none ever was. */
  readonly latest: { readonly value: number; readonly date: CivilDate } | null;
  /** Against the day before; null if that was not reported. */
  readonly change: number | null;
  /** Mean of the seven days that end with the latest; null where one of them was not reported, and of levels. */
  readonly average: number | null;
  /** The totals of a flow, as of its latest date. */
  readonly totals: readonly { readonly label: LocalizedText; readonly value: number }[];
  /** What the latest value was corrected from, if it was. */
  readonly was: number | null;
};

type Props = {
  figures: readonly FigureView[];
  /** The newest date any figure has; a figure of an earlier one is not reported yet. */
  date: CivilDate | null;
  sources: readonly LocalizedText[];
  /** Where every figure is defined, and all days are. */
  data: string;
  f: Formats;
};

/** The figures of the newest day, those of days before it in words. */
export const Figures = ({ figures, date, sources, data, f }: Props) => {
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
          : fill(f.strings['figures.source'], { agencies: <Names of={sources} f={f} /> })}
        {missing && date !== null ? ` ${f.strings['figures.missing']}` : null}
      </p>
      <a class="more" href={data}>
        {f.strings['figures.all']}
      </a>
    </section>
  );
};

/** One figure, its name leading to what it means; a missing one says so in words. */
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
          <Text of={figure.label} />
        </a>
        <Untranslated of={figure.label} f={f} />
      </h3>
      <p class="value">
        {reported ? <Num n={latest.value} f={f} /> : <span class="none">{f.strings['figure.none']}</span>}
      </p>
      {reported ? <Change change={figure.change} f={f} /> : <Last latest={latest} f={f} />}
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
        <p key={total.label.text}>
          {fill(f.strings['figure.total'], {
            label: <Text of={total.label} />,
            n: <Num n={total.value} f={f} />,
          })}
        </p>
      ))}
      {reported && figure.average !== null ? (
        <p>{fill(f.strings['figure.average'], { n: <data>{f.mean(figure.average)}</data> })}</p>
      ) : null}
    </li>
  );
};

const Last = ({ latest, f }: { latest: FigureView['latest']; f: Formats }) => (
  <p>
    {latest === null
      ? f.strings['figure.never']
      : fill(f.strings['figure.last'], {
          n: <Num n={latest.value} f={f} />,
          date: <Day date={latest.date} f={f} />,
        })}
  </p>
);

// A change is words, never a sign: up is not bad and down is not good.
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
