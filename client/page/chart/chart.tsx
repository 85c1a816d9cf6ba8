import { addDays } from '../../../worker/model/civil-date.ts';
import type { Measure } from '../../../worker/model/measure.ts';
import type { MetricId } from '../../../worker/model/site.ts';
import { meanOfWeek, weekTrend } from '../../../worker/model/week.ts';
import { fill } from '../parts/fill.ts';
import type { Formats } from '../parts/formats.ts';
import { Text } from '../parts/text.tsx';
import { Day, Measured, Num, Unit } from '../parts/values.tsx';
import { Plot, type PlotView } from './chart-plot.tsx';
import { chartShape } from './chart-shape.ts';
import { chartStringsFile } from './chart-strings.ts';
import { DayTable, type DayTableView, MonthTable, type MonthTableView } from './chart-tables.tsx';

/** The chart of a metric: its values on consecutive days up to its last reported one, and its tables. */
export type ChartView = PlotView & {
  readonly metric: MetricId;
  /** Whether the last value is one of the newest figures of the bulletin, and these are not old. */
  readonly isCurrent: boolean;
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

const Mean = ({ n, measure, f }: { n: number; measure: Measure; f: Formats }) => (
  <b>
    {f.meanAmount(n, measure)}
    <Unit n={n} measure={measure} f={f} />
  </b>
);
