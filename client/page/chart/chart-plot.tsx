import { type CivilDate, daysBetween } from '../../../worker/model/civil-date.ts';
import type { MarkedDays } from '../../../worker/model/marked-days.ts';
import type { Measure } from '../../../worker/model/measure.ts';
import { fillText } from '../parts/fill.ts';
import type { Formats } from '../parts/formats.ts';
import { withMarkedNumbers } from '../parts/number-order.ts';
import type { LocalizedText } from '../parts/text.tsx';
import { keySentences } from './chart-key.ts';
import { markPaths } from './chart-marks.ts';
import { CHART_HEIGHT, type ChartShape, type Drawing } from './chart-shape.ts';
import { decimalsIn } from './value-axis.ts';

/** A series to be drawn with its name, and the days that are marked, as indexes of its values. */
export type PlotView = Drawing &
  MarkedDays & {
    readonly label: LocalizedText;
    readonly measure: Measure;
    /** The highest value since the last break, or ever; its date may be before `from`. */
    readonly highest: { readonly value: number; readonly date: CivilDate } | null;
  };

const percent = (share: number): string => `${Math.round(1000 * share) / 10}%`;
const gridLine = (position: number, width: number): string =>
  `M0 ${Math.round(position * CHART_HEIGHT)}H${width}`;

/**
 * The picture of a series, and the words for its lines and marks. The outer SVG has the size that the page gives it. Only
 * the inner SVG stretches: paths stretch, text does not.
 */
export const Plot = ({ view, shape, f }: { view: PlotView; shape: ChartShape; f: Formats }) => {
  const { width, peak, now } = shape;
  const paths = markPaths(view, daysBetween(view.from, shape.first), width);
  const key = keySentences(view, shape, paths)
    .map((sentence) => f.strings[sentence])
    .join(' ');
  const { measure } = view;
  const marks = shape.values.map(({ value }) => value);
  const tick = { ...measure, decimals: decimalsIn(marks) };
  const top = Math.max(...marks);
  const label = fillText(f.strings['chart.alt'], {
    metric: withMarkedNumbers(view.label.text),
    from: f.date(shape.first),
    to: f.date(shape.last),
    key,
  });
  return (
    <>
      <svg class="plot" width="100%" height="240" role="img" aria-label={label}>
        <svg viewBox={`0 0 ${width} ${CHART_HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
          <path
            class="grid"
            d={shape.values.map(({ position }) => gridLine(position, width)).join('') + gridLine(1, width)}
          />
          {shape.range === '' ? null : <path class="range" d={shape.range} />}
          {shape.line === '' ? null : <path class="mean" d={shape.line} />}
          {shape.dots === '' ? null : <path class="dots" d={shape.dots} />}
          {paths.breaks === '' ? null : <path stroke="currentColor" stroke-dasharray="4" d={paths.breaks} />}
          {paths.adjusted === '' ? null : <path stroke="currentColor" stroke-width="5" d={paths.adjusted} />}
          {paths.provisional === '' ? null : (
            <path stroke="currentColor" stroke-width="9" stroke-dasharray="2" d={paths.provisional} />
          )}
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
      <p class="soft key-line">{key}</p>
    </>
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
