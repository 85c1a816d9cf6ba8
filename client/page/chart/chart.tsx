import type { CivilDate } from '../../../worker/model/civil-date.ts';
import { addDays } from '../../../worker/model/civil-date.ts';
import type { Measure } from '../../../worker/model/measure.ts';
import type { Column } from '../../../worker/model/series.ts';
import type { MetricId } from '../../../worker/model/site.ts';
import { fill, fillText } from '../parts/fill.ts';
import type { Formats } from '../parts/formats.ts';
import { type LocalizedText, Text } from '../parts/text.tsx';
import { Day, Measured, Unit } from '../parts/values.tsx';
import { type ChartShape, chartShape, weekMean } from './chart-shape.ts';
import { chartStringsFile } from './chart-strings.ts';
import { DayTable, type DayTableView, MonthTable, type MonthTableView } from './chart-tables.tsx';

/** The chart of a metric: its values on consecutive days from `from`, and its tables. */
export type ChartView = {
  readonly metric: MetricId;
  readonly label: LocalizedText;
  readonly measure: Measure;
  readonly from: CivilDate;
  readonly values: Column;
  /** The highest value ever reported; its date may be before `from`. */
  readonly highest: { readonly value: number; readonly date: CivilDate } | null;
  readonly days: DayTableView;
  readonly months: MonthTableView;
};

type Props = { view: ChartView; assets: { readonly [name: string]: string }; f: Formats };

/** A metric over time: in words, as a picture, as tables. When a reader touches the picture, a script replaces it. */
export const Chart = ({ view, assets, f }: Props) => {
  const shape = chartShape(view.from, view.values);
  return (
    <section
      class="block chart"
      id="chart"
      data-metric={view.metric}
      data-script={assets['chart.js']}
      data-strings={assets[chartStringsFile(f.stringsTag)]}
      data-style={assets['chart.css']}
    >
      <h2>
        <Text text={view.label} /> <Trend values={view.values} f={f} />
      </h2>
      <Sentence view={view} f={f} />
      {shape ? <Plot view={view} shape={shape} f={f} /> : null}
      {shape ? <p class="soft key-line">{f.strings['chart.key']}</p> : null}
      <details>
        <summary>{f.strings.table}</summary>
        <DayTable view={view.days} f={f} />
        {view.months.rows.length > 0 ? <MonthTable view={view.months} f={f} /> : null}
      </details>
    </section>
  );
};

// Compares the last week with the week before. Nothing if a mean is not known or the earlier mean is 0.
const Trend = ({ values, f }: { values: Column; f: Formats }) => {
  const now = weekMean(values, values.length - 1);
  const previous = weekMean(values, values.length - 8);
  if (now === null || !previous) return null;
  const change = Math.round(100 * (now / previous - 1)) / 100;
  const sentence = f.strings[change < 0 ? 'chart.down' : change > 0 ? 'chart.up' : 'chart.same'];
  return <span>{fill(sentence, { percent: <bdi>{f.percent(Math.abs(change))}</bdi> })}</span>;
};

const Sentence = ({ view, f }: { view: ChartView; f: Formats }) => {
  const now = weekMean(view.values, view.values.length - 1);
  const previous = weekMean(view.values, view.values.length - 8);
  return (
    <p>
      {now === null || previous === null
        ? null
        : fill(f.strings['chart.average'], {
            now: <Mean n={now} measure={view.measure} f={f} />,
            before: <Mean n={previous} measure={view.measure} f={f} />,
          })}{' '}
      {view.highest
        ? fill(f.strings['chart.highest'], {
            n: (
              <b>
                <Measured n={view.highest.value} measure={view.measure} f={f} />
              </b>
            ),
            date: <Day date={view.highest.date} f={f} />,
          })
        : null}
    </p>
  );
};

const Mean = ({ n, measure, f }: { n: number; measure: Measure; f: Formats }) => (
  <b>
    {f.meanAmount(n, measure)}
    <Unit n={n} measure={measure} f={f} />
  </b>
);

const percent = (share: number): string => `${Math.round(1000 * share) / 10}%`;

// The outer SVG has the size that the page gives it. Only the inner SVG stretches: paths stretch, text does not.
const Plot = ({ view, shape, f }: { view: ChartView; shape: ChartShape; f: Formats }) => {
  const { width, top } = shape;
  const { measure } = view;
  const tick = { ...measure, decimals: 0 };
  const to = addDays(view.from, view.values.length - 1);
  const label = fillText(f.strings['chart.alt'], {
    metric: view.label.text,
    from: f.date(addDays(to, -width)),
    to: f.date(to),
    key: f.strings['chart.key'],
  });
  return (
    <svg class="plot" width="100%" height="240" role="img" aria-label={label}>
      <svg viewBox={`0 0 ${width} ${top}`} preserveAspectRatio="none" aria-hidden="true">
        <path
          class="grid"
          d={[0, ...shape.values.map(({ value }) => value)].map((v) => `M0 ${top - v}H${width}`).join('')}
        />
        <path class="range" d={shape.range} />
        <path class="mean" d={shape.line} />
      </svg>
      {shape.values.map(({ position, value }) => (
        <text x="0" y={percent(position)} dy="-5" key={value}>
          {value === top ? f.measured(value, tick) : f.amount(value, tick)}
        </text>
      ))}
      <DayTicks shape={shape} f={f} />
      <text
        class="key"
        x={percent(shape.peak.position)}
        y={percent(1 - shape.peak.value / top)}
        dy="-9"
        text-anchor={shape.peak.position < 0.5 ? 'start' : 'end'}
      >
        {shape.peak.value === view.highest?.value
          ? fillText(f.strings['chart.peak'], { n: f.amount(shape.peak.value, measure) })
          : f.amount(shape.peak.value, measure)}
      </text>
      {shape.now ? (
        <svg x="100%" y={percent(shape.now.y)} aria-hidden="true">
          <path class="now" d="m0-7 7 7-7 7-7-7z" />
          <text class="key" x="12" y="5">
            {f.meanAmount(shape.now.mean, measure)}
          </text>
        </svg>
      ) : null}
    </svg>
  );
};

const DayTicks = ({ shape, f }: { shape: ChartShape; f: Formats }) => (
  <>
    {shape.days.map(({ position, value: date }, i) => (
      <>
        <text x={percent(position)} y="100%" dy="24" text-anchor="middle">
          {shape.monthly ? f.monthName(date) : f.shortDate(date)}
        </text>
        {i === 0 || date.slice(0, 4) !== shape.days[i - 1]?.value.slice(0, 4) ? (
          <text x={percent(position)} y="100%" dy="41" text-anchor="middle">
            {f.year(date)}
          </text>
        ) : null}
      </>
    ))}
  </>
);
