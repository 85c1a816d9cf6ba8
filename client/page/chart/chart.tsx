import { addDays, type CivilDate } from '../../../worker/model/civil-date.ts';
import type { MetricId } from '../../../worker/model/site.ts';
import { meanOfWeek, type WeekTrend, weekTrend } from '../../../worker/model/week.ts';
import { fill } from '../parts/fill.ts';
import type { Formats } from '../parts/formats.ts';
import { Text } from '../parts/text.tsx';
import { Day, Mean, Measured, Num } from '../parts/values.tsx';
import { Plot, type PlotView } from './chart-plot.tsx';
import { chartShape } from './chart-shape.ts';
import { chartStringsFile } from './chart-strings.ts';
import { DayTable, type DayTableView, MonthTable, type MonthTableView } from './chart-tables.tsx';

/** The chart of a metric: its values on consecutive days up to its last reported one, and its tables. */
export type ChartView = PlotView & {
  readonly metric: MetricId;
  /** Whether the last value is one of the newest figures of the bulletin, and these are not old. */
  readonly isCurrent: boolean;
  /** The day of the last break, if `highest` is the highest since then only; else null. */
  readonly since: CivilDate | null;
  /** How many days after that of `highest` had the same figure. */
  readonly sameDays: number;
  /** A flow's higher figure that comes after days that were not reported, and so may stand for several days. */
  readonly lump: { readonly value: number; readonly date: CivilDate } | null;
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
  if (!trend) return null;
  if (trend.direction === 0) return trend.before > 0 ? <span>{f.strings['chart.same']}</span> : null;
  const words = view.measure.isPercent ? pointsWords(trend, view.measure.decimals, f) : shareWords(trend, f);
  return words && <span>{words}</span>;
};

// A change is never rounded to none, and a fall never to all.
function shareWords({ now, before, direction }: WeekTrend, f: Formats): ReturnType<typeof fill> | null {
  if (before <= 0) return null;
  const share = Math.abs(now / before - 1);
  const hundredths = Math.round(100 * share);
  const isUnder = hundredths === 0;
  const isOver = direction < 0 && hundredths === 100 && now > 0;
  const percent = <bdi>{f.percent(isUnder ? 0.01 : isOver ? 0.99 : share)}</bdi>;
  return fill(f.strings[direction < 0 ? 'chart.down' : 'chart.up'], {
    percent:
      isUnder || isOver ? fill(f.strings[isUnder ? 'chart.under' : 'chart.over'], { n: percent }) : percent,
  });
}

// From 40 % to 42 % is 2 points.
function pointsWords(
  { now, before, direction }: WeekTrend,
  decimals: number,
  f: Formats,
): ReturnType<typeof fill> | null {
  const places = Math.max(1, decimals);
  const least = 10 ** -places;
  const points = Math.round(Math.abs(now - before) / least) * least;
  const shown = Math.max(least, points);
  const n = <bdi>{f.amount(Number(shown.toFixed(places)), { decimals: places })}</bdi>;
  return fill(f.plural(direction < 0 ? 'chart.pointsDown' : 'chart.pointsUp', shown, places), {
    n: points < least ? fill(f.strings['chart.under'], { n }) : n,
  });
}

const Sentence = ({ view, f }: Pick<Props, 'view' | 'f'>) => (
  <p>
    {view.kind === 'flow' ? <Average view={view} f={f} /> : null}{' '}
    {view.highest
      ? fill(f.strings[HIGHEST[view.since ? 'since' : 'ever'][view.kind]], {
          ...told(view.highest, view, f),
          since: view.since && <Day date={view.since} f={f} />,
        })
      : null}
    {view.highest && view.sameDays > 0 ? ` ${f.counted('chart.again', view.sameDays)}` : null}
    {view.lump ? [' ', fill(f.strings['chart.lump'], told(view.lump, view, f))] : null}
  </p>
);

const HIGHEST = {
  ever: { flow: 'chart.highest', level: 'chart.highestLevel' },
  since: { flow: 'chart.highestSince', level: 'chart.highestLevelSince' },
} as const;

const told = ({ value, date }: { value: number; date: CivilDate }, { measure }: ChartView, f: Formats) => ({
  n: (
    <b>
      <Measured n={value} measure={measure} f={f} />
    </b>
  ),
  date: <Day date={date} f={f} />,
});

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
        now: (
          <b>
            <Mean n={week.mean} measure={view.measure} f={f} />
          </b>
        ),
        before: trend ? (
          <b>
            <Mean n={trend.before} measure={view.measure} f={f} />
          </b>
        ) : null,
        date,
      })}
    </>
  );
};
