import { addDays, type CivilDate } from '../../../worker/model/civil-date.ts';
import type { Measure } from '../../../worker/model/measure.ts';
import type { MetricId } from '../../../worker/model/site.ts';
import { meanOfWeek, weekTrend } from '../../../worker/model/week.ts';
import { fill, fillText } from '../parts/fill.ts';
import type { Formats } from '../parts/formats.ts';
import { withMarkedNumbers } from '../parts/number-order.ts';
import { type LocalizedText, Text } from '../parts/text.tsx';
import { Day, Measured, Num, Unit } from '../parts/values.tsx';
import { CHART_HEIGHT, type ChartShape, chartShape, type Drawing } from './chart-shape.ts';
import { chartStringsFile } from './chart-strings.ts';
import { DayTable, type DayTableView, MonthTable, type MonthTableView } from './chart-tables.tsx';
import { decimalsIn } from './value-axis.ts';

/** The chart of a metric: its values on consecutive days up to its last reported one, and its tables. */
export type ChartView = Drawing & {
  readonly metric: MetricId;
  readonly label: LocalizedText;
  readonly measure: Measure;
  /** Whether the last value is one of the newest figures of the bulletin, and these are not old. */
  readonly isCurrent: boolean;
  /** The highest value since the last break, or ever; its date may be before `from`. */
  readonly highest: { readonly value: number; readonly date: CivilDate } | null;
  readonly days: DayTableView;
  readonly months: MonthTableView;
};

type Props = { view: ChartView; assets: { readonly [name: string]: string }; f: Formats };

/** A metric over time: in words, as a picture, as tables. When a reader touches the picture, a script replaces it. */
export const Chart = ({ view, assets, f }: Props) => {
  const shape = chartShape(view);
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
        <Text text={view.label} /> {view.isCurrent ? <Trend view={view} f={f} /> : null}
      </h2>
      <Sentence view={view} f={f} />
      {shape ? <Plot view={view} shape={shape} f={f} /> : null}
      {shape ? <p class="soft key-line">{keyOf(view, shape, f)}</p> : null}
      <details>
        <summary>{f.strings.table}</summary>
        <DayTable view={view.days} f={f} />
        {view.months.rows.length > 0 ? <MonthTable view={view.months} f={f} /> : null}
      </details>
    </section>
  );
};

// Compares the last week of a flow with the week before. Nothing if either has no mean, or the earlier mean is 0.
const Trend = ({ view, f }: Pick<Props, 'view' | 'f'>) => {
  const trend = view.kind === 'flow' ? weekTrend(view.values, view.values.length - 1, view.breaks) : null;
  if (!trend || trend.before <= 0) return null;
  const change = Math.round(100 * (trend.now / trend.before - 1)) / 100;
  const sentence = f.strings[change < 0 ? 'chart.down' : change > 0 ? 'chart.up' : 'chart.same'];
  return <span>{fill(sentence, { percent: <bdi>{f.percent(Math.abs(change))}</bdi> })}</span>;
};

const Sentence = ({ view, f }: Pick<Props, 'view' | 'f'>) => (
  <p>
    {view.kind === 'flow' ? <Average view={view} f={f} /> : null}{' '}
    {view.highest
      ? fill(f.strings[view.kind === 'flow' ? 'chart.highest' : 'chart.highestLevel'], {
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

// The mean of the week that ends with the last reported day, or why there is none.
const Average = ({ view, f }: Pick<Props, 'view' | 'f'>) => {
  const { from, values, breaks } = view;
  const end = values.length - 1;
  const week = meanOfWeek(values, end, breaks);
  const date = <Day date={addDays(from, end)} f={f} />;
  if (end < 0 || week.kind === 'break') return null;
  if (week.kind === 'days-missing')
    return (
      <>{fill(f.plural('chart.partial', week.reported), { n: <Num n={week.reported} f={f} />, date })}</>
    );
  const trend = weekTrend(values, end, breaks);
  return (
    <>
      {fill(f.strings[trend ? 'chart.averages' : 'chart.average'], {
        now: <Mean n={week.mean} measure={view.measure} f={f} />,
        before: trend ? <Mean n={trend.before} measure={view.measure} f={f} /> : null,
        date,
      })}
    </>
  );
};

// What the marks of the picture are, of those that it has.
const keyOf = ({ kind }: Drawing, { line, range, dots }: ChartShape, { strings }: Formats): string =>
  [
    kind === 'level' && line !== '' ? strings['chart.level'] : '',
    kind === 'flow' && line !== '' ? strings['chart.line'] : '',
    range === '' ? '' : strings['chart.band'],
    dots === '' ? '' : strings['chart.dots'],
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');

const Mean = ({ n, measure, f }: { n: number; measure: Measure; f: Formats }) => (
  <b>
    {f.meanAmount(n, measure)}
    <Unit n={n} measure={measure} f={f} />
  </b>
);

const percent = (share: number): string => `${Math.round(1000 * share) / 10}%`;
const gridLine = (position: number, width: number): string =>
  `M0 ${Math.round(position * CHART_HEIGHT)}H${width}`;

// The outer SVG has the size that the page gives it. Only the inner SVG stretches: paths stretch, text does not.
const Plot = ({ view, shape, f }: { view: ChartView; shape: ChartShape; f: Formats }) => {
  const { width, peak, now } = shape;
  const { measure } = view;
  const marks = shape.values.map(({ value }) => value);
  const tick = { ...measure, decimals: decimalsIn(marks) };
  const top = Math.max(...marks);
  const label = fillText(f.strings['chart.alt'], {
    metric: withMarkedNumbers(view.label.text),
    from: f.date(shape.first),
    to: f.date(shape.last),
    key: keyOf(view, shape, f),
  });
  return (
    <svg class="plot" width="100%" height="240" role="img" aria-label={label}>
      <svg viewBox={`0 0 ${width} ${CHART_HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        <path
          class="grid"
          d={shape.values.map(({ position }) => gridLine(position, width)).join('') + gridLine(1, width)}
        />
        {shape.range === '' ? null : <path class="range" d={shape.range} />}
        {shape.line === '' ? null : <path class="mean" d={shape.line} />}
        {shape.dots === '' ? null : <path class="dots" d={shape.dots} />}
      </svg>
      {shape.values.map(({ position, value }) => (
        <text x="0" y={percent(position)} dy="-5" key={value}>
          {value === top ? withMarkedNumbers(f.measured(value, tick)) : f.amount(value, tick)}
        </text>
      ))}
      <DayTicks shape={shape} f={f} />
      <text
        class="key"
        x={percent(peak.x)}
        y={percent(peak.y)}
        dy="-9"
        text-anchor={peak.x < 0.5 ? 'start' : 'end'}
      >
        {peak.value === view.highest?.value
          ? fillText(f.strings['chart.peak'], { n: f.amount(peak.value, measure) })
          : f.amount(peak.value, measure)}
      </text>
      {now ? (
        <svg x="100%" y={percent(now.y)} aria-hidden="true">
          <path class="now" d="m0-7 7 7-7 7-7-7z" />
          <text class="key" x="12" y="5">
            {view.kind === 'flow' ? f.meanAmount(now.value, measure) : f.amount(now.value, measure)}
          </text>
        </svg>
      ) : null}
    </svg>
  );
};

// A label at the beginning of the axis starts there: centred, a half of it would be outside the page.
const EDGE = 0.06;

const DayTicks = ({ shape, f }: { shape: ChartShape; f: Formats }) => (
  <>
    {shape.days.map(({ position, value: date }, i) => {
      const place = { x: percent(position), y: '100%', 'text-anchor': position < EDGE ? 'start' : 'middle' };
      return (
        <>
          <text {...place} dy="24">
            {shape.monthly ? f.monthName(date) : f.shortDate(date)}
          </text>
          {i === 0 || date.slice(0, 4) !== shape.days[i - 1]?.value.slice(0, 4) ? (
            <text {...place} dy="41">
              {f.year(date)}
            </text>
          ) : null}
        </>
      );
    })}
  </>
);
