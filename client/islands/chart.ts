// The live chart. It replaces the drawn chart and takes the same space, so that nothing below it moves.
import './known-language.ts';

import { type CivilDate, civilDateAt } from '../../worker/model/civil-date.ts';
import { toInstant } from '../../worker/model/instant.ts';
import { type MarkedDays, markedDays, withoutAdjustments } from '../../worker/model/marked-days.ts';
import { type Measure, measureOf } from '../../worker/model/measure.ts';
import { isPausedIn } from '../../worker/model/said.ts';
import type { Column, Series } from '../../worker/model/series.ts';
import { inDrawnOrder, type Metric, type MetricId, type Site } from '../../worker/model/site.ts';
import { textIn } from '../../worker/model/validation/text.ts';
import { markSentences } from '../page/chart/chart-key.ts';
import type { ChartStrings } from '../page/chart/chart-strings.ts';
import { fillText } from '../page/parts/fill.ts';
import { type LocaleFormats, localeFormats } from '../page/parts/locale-formats.ts';
import { type Controls, makeControls } from './controls.ts';
import { curveOf, drawPlot, type Plot } from './plot.ts';

/** All figures of the site, with labels, strings and formats in the page's language. */
type Data = {
  readonly series: Series;
  readonly labels: ReadonlyMap<MetricId, string>;
  readonly measures: ReadonlyMap<MetricId, Measure>;
  readonly site: Site;
  /** The site's day. */
  readonly today: CivilDate;
  readonly strings: ChartStrings;
  readonly f: LocaleFormats;
};

/** What the chart shows: a column of a metric, and its plot. */
type Shown = {
  readonly metric: Metric | undefined;
  readonly column: Column;
  readonly marked: MarkedDays;
  /** The column has not what remarks add to the total. */
  readonly isUnadjusted: boolean;
  readonly plot: Plot;
};

/** The elements with the page's text around the chart. */
type Captions = {
  readonly name: HTMLElement | null;
  readonly key: HTMLElement | null;
  /** Text that is only about the metric that the page was rendered with. */
  readonly drawnMetricOnly: readonly HTMLElement[];
};

const captionsOf = (section: HTMLElement): Captions => ({
  name: section.querySelector('h2 > bdi'),
  key: section.querySelector('.key-line'),
  drawnMetricOnly: [...section.querySelectorAll<HTMLElement>('h2 > span, h2 + p')],
});

/** Fetches the series and replaces the drawn chart. If a fetch fails, throws and leaves the page unchanged. */
export async function takeOver(section: HTMLElement, drawn: SVGElement): Promise<void> {
  const [data] = await Promise.all([readData(section.dataset.strings), readStyle(section.dataset.style)]);
  const focused = document.activeElement === drawn;
  const controls = makeControls(data.labels, data.strings);
  controls.live.style.minBlockSize = `${outerHeight(drawn)}px`;
  const captions = captionsOf(section);
  if (captions.key) captions.key.style.minBlockSize = `${captions.key.getBoundingClientRect().height}px`;
  drawn.replaceWith(controls.live);
  const first = data.site.metrics.find(({ id }) => id === section.dataset.metric) ?? data.site.metrics[0];
  if (first) controls.metrics.value = first.id;
  run(data, controls, captions);
  if (focused) controls.days.focus();
}

function run(data: Data, controls: Controls, captions: Captions): void {
  let shown = show(data, controls);
  let selected = shown.plot.last;
  const drawnMetric = controls.metrics.value;
  const select = (i: number) => {
    selected = i;
    const reading = readingOf(data, shown, i);
    controls.days.value = String(i);
    controls.days.setAttribute('aria-valuetext', reading);
    controls.reading.textContent = reading;
  };
  const updateCaptions = () => {
    const { metric } = shown;
    const key = keyOf(data, shown);
    if (captions.key) captions.key.textContent = key;
    // Hidden text keeps its space, so that nothing moves.
    for (const element of captions.drawnMetricOnly)
      element.style.visibility = metric?.id === drawnMetric ? '' : 'hidden';
    if (captions.name) captions.name.textContent = (metric && data.labels.get(metric.id)) ?? '';
    controls.frame.setAttribute('aria-label', alternative(data, shown, key));
  };
  // The slider has the days of the plot, and no others.
  const start = () => {
    const { first, last } = shown.plot;
    updateCaptions();
    controls.days.min = String(first);
    controls.days.max = String(last);
    shown.plot.onDay(select);
    select(Math.min(Math.max(selected, first), last));
  };
  const change = () => {
    shown.plot.destroy();
    shown = show(data, controls);
    start();
  };
  controls.metrics.addEventListener('change', change);
  controls.adjusted.addEventListener('change', change);
  controls.days.addEventListener('input', () => {
    select(Number(controls.days.value));
    shown.plot.point(selected);
  });
  controls.reset.addEventListener('click', () => shown.plot.reset());
  start();
  new ResizeObserver(() => shown.plot.resize()).observe(controls.frame);
  for (const query of ['(prefers-color-scheme: dark)', '(prefers-contrast: more)'])
    matchMedia(query).addEventListener('change', () => shown.plot.redraw());
}

const WHOLE: Measure = { decimals: 0 };
const NO_MARKS: MarkedDays = { breaks: [], adjusted: [], provisional: [] };

function show(data: Data, controls: Controls): Shown {
  const { site, series, today } = data;
  const metric = site.metrics.find(({ id }) => id === controls.metrics.value);
  const measure = (metric && data.measures.get(metric.id)) ?? WHOLE;
  const marked = metric ? markedDays(site, series, metric, today) : NO_MARKS;
  // A reader chooses whether the line of a total has what was added to it.
  const isAdjustedTotal = metric?.kind === 'total' && marked.adjusted.length > 0;
  const isUnadjusted = isAdjustedTotal && !controls.adjusted.checked;
  const whole = (metric && series.metrics[metric.id]) ?? [];
  const column = isUnadjusted ? withoutAdjustments(site, series, metric) : whole;
  controls.adjustedLabel.hidden = !isAdjustedTotal;
  controls.live.classList.toggle('told', Object.values(marked).flat().length > 0);
  const curve = curveOf(series.dates, column, metric?.kind === 'flow', marked);
  const plot = drawPlot(controls.frame, curve, measure, data.f);
  return { metric, column, marked, isUnadjusted, plot };
}

/** What the lines and marks are, of those that are shown. */
function keyOf(
  { strings }: Data,
  { metric, column, marked, isUnadjusted, plot: { first, last } }: Shown,
): string {
  const isIn = (i: number) => i >= first && i <= last;
  const keys = [
    metric?.kind === 'flow' ? ('chart.live' as const) : ('chart.level' as const),
    ...(column.slice(first, last + 1).includes(null) ? (['chart.gaps'] as const) : []),
    ...markSentences({
      breaks: marked.breaks.some(isIn),
      adjusted: marked.adjusted.some(isIn),
      provisional: marked.provisional.some(isIn),
    }),
    ...(isUnadjusted ? (['chart.without'] as const) : []),
  ];
  return keys.map((key) => strings[key]).join(' ');
}

/** The text alternative of the plot: the metric, its first and last day, and how to read the lines. */
const alternative = (
  { series, labels, strings, f }: Data,
  { metric, plot: { first, last } }: Shown,
  key: string,
): string =>
  fillText(strings['chart.alt'], {
    metric: (metric && labels.get(metric.id)) ?? '',
    from: dayAt(series, f, first),
    to: dayAt(series, f, last),
    key,
  }).trim();

/** The day at an index of the series, as text. */
function dayAt({ dates }: Series, f: LocaleFormats, i: number): string {
  const date = dates[i];
  return date === undefined ? '' : f.date(date);
}

/** A metric's figure on a day, and what is marked there, as text. */
function readingOf(data: Data, { metric, column, marked }: Shown, i: number): string {
  const { series, measures, strings, f } = data;
  const value = column[i] ?? null;
  const measure = (metric && measures.get(metric.id)) ?? WHOLE;
  const reading = fillText(strings['chart.reading'], {
    date: dayAt(series, f, i),
    value: value === null ? whyNone(data, metric, series.dates[i]) : f.measured(value, measure),
  });
  return [
    reading,
    ...(marked.provisional.includes(i) ? [strings['chart.on.provisional']] : []),
    ...(marked.breaks.includes(i) ? [strings['chart.on.break']] : []),
    ...(marked.adjusted.includes(i) ? adjustmentsOn(data, metric, series.dates[i]) : []),
  ].join(' · ');
}

/** Why a figure is not there, as the tables say it. */
function whyNone({ series, strings }: Data, metric: Metric | undefined, date: CivilDate | undefined): string {
  if (!metric || date === undefined) return strings['figure.none'];
  const id = metric.kind === 'total' ? metric.of : metric.id;
  const isSaid = series.facts?.some(
    (one) => one.metric === id && one.date === date && one.state !== undefined,
  );
  if (isSaid) return strings['table.said'];
  return strings[isPausedIn(series, id, date) ? 'table.paused' : 'figure.none'];
}

/** By how much a total, or the totals of a flow, were raised or lowered by themselves on a day, as text. */
function adjustmentsOn(
  { site, series, measures, strings, f }: Data,
  metric: Metric | undefined,
  date: CivilDate | undefined,
): readonly string[] {
  const totals = site.metrics.filter(
    (one) => one.kind === 'total' && (one.id === metric?.id || one.of === metric?.id),
  );
  const told = (series.adjustments ?? [])
    .filter((one) => one.date === date && one.amount !== 0 && totals.some(({ id }) => id === one.metric))
    .map(({ metric: total, amount }) =>
      fillText(strings[amount > 0 ? 'chart.on.raised' : 'chart.on.lowered'], {
        n: f.measured(Math.abs(amount), measures.get(total) ?? WHOLE),
      }),
    );
  return [...new Set(told)];
}

/** @param stringsPath missing in pages of builds older than this file; the Worker redirects the file's plain name */
async function readData(stringsPath: string | undefined): Promise<Data> {
  const tag = document.documentElement.lang;
  const [series, site, strings] = await Promise.all([
    readJson<Series>('/api/v1/statistics.json'),
    readJson<Site>('/api/v1/site.json'),
    readJson<ChartStrings>(stringsPath ?? `/assets/chart-${tag}.json`),
  ]);
  if (series.dates.length === 0) throw new Error('nothing to draw');
  const locale = site.languages.find((language) => language.tag === tag)?.locale ?? tag;
  const labels = new Map(
    inDrawnOrder(site).map(({ id, label }) => [id, textIn(label, tag, site.defaultLanguage).text]),
  );
  const measures = new Map(site.metrics.map((metric) => [metric.id, measureOf(site, metric, tag)]));
  const today = civilDateAt(toInstant(Date.now()), site.timeZone);
  return { series, site, today, labels, measures, strings, f: localeFormats(locale, site.timeZone) };
}

// The site's own documents: docs/contract.md keeps their forms.
async function readJson<T>(path: string): Promise<T> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return (await response.json()) as T;
}

const readStyle = (href: string | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    if (href === undefined) return reject(new Error('the page has no style sheet for its chart'));
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = href;
    link.onload = () => resolve();
    link.onerror = () => reject(new Error(`${href} did not load`));
    document.head.append(link);
  });

/** The height of an element with its margins, in pixels. */
function outerHeight(element: Element): number {
  const style = getComputedStyle(element);
  const margins = Number.parseFloat(style.marginBlockStart) + Number.parseFloat(style.marginBlockEnd);
  return element.getBoundingClientRect().height + margins;
}
