// The live chart. It replaces the drawn chart and takes the same space, so that nothing below it moves.
import './known-language.ts';

import { type Measure, measureOf } from '../../worker/model/measure.ts';
import type { Series } from '../../worker/model/series.ts';
import { inDrawnOrder, type Metric, type MetricId, type Site } from '../../worker/model/site.ts';
import { textIn } from '../../worker/model/validation/text.ts';
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
  readonly strings: ChartStrings;
  readonly f: LocaleFormats;
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
  controls.live.style.blockSize = `${outerHeight(drawn)}px`;
  const captions = captionsOf(section);
  if (captions.key) captions.key.style.minBlockSize = `${captions.key.getBoundingClientRect().height}px`;
  drawn.replaceWith(controls.live);
  const first = data.site.metrics.find(({ id }) => id === section.dataset.metric) ?? data.site.metrics[0];
  if (first) controls.metrics.value = first.id;
  run(data, controls, captions);
  if (focused) controls.days.focus();
}

function run(data: Data, controls: Controls, captions: Captions): void {
  const { strings } = data;
  let plot = show(data, controls);
  let selected = plot.last;
  const drawnMetric = controls.metrics.value;
  const select = (i: number) => {
    selected = i;
    const reading = readingOf(data, chosen(data, controls), i);
    controls.days.value = String(i);
    controls.days.setAttribute('aria-valuetext', reading);
    controls.reading.textContent = reading;
  };
  const updateCaptions = () => {
    const metric = chosen(data, controls);
    const key = metric?.kind === 'flow' ? strings['chart.live'] : '';
    if (captions.key) captions.key.textContent = key;
    // Hidden text keeps its space, so that nothing moves.
    for (const element of captions.drawnMetricOnly)
      element.style.visibility = metric?.id === drawnMetric ? '' : 'hidden';
    if (captions.name) captions.name.textContent = (metric && data.labels.get(metric.id)) ?? '';
    controls.frame.setAttribute('aria-label', alternative(data, metric, plot, key));
  };
  // The slider has the days of the plot, and no others.
  const start = () => {
    updateCaptions();
    controls.days.min = String(plot.first);
    controls.days.max = String(plot.last);
    plot.onDay(select);
    select(Math.min(Math.max(selected, plot.first), plot.last));
  };
  const change = () => {
    plot.destroy();
    plot = show(data, controls);
    start();
  };
  controls.metrics.addEventListener('change', change);
  controls.days.addEventListener('input', () => {
    select(Number(controls.days.value));
    plot.point(selected);
  });
  controls.reset.addEventListener('click', () => plot.reset());
  start();
  new ResizeObserver(() => plot.resize()).observe(controls.frame);
  for (const query of ['(prefers-color-scheme: dark)', '(prefers-contrast: more)'])
    matchMedia(query).addEventListener('change', () => plot.redraw());
}

const chosen = ({ site }: Data, controls: Controls): Metric | undefined =>
  site.metrics.find(({ id }) => id === controls.metrics.value);

const WHOLE: Measure = { decimals: 0 };

function show(data: Data, controls: Controls): Plot {
  const metric = chosen(data, controls);
  const measure = (metric && data.measures.get(metric.id)) ?? WHOLE;
  return drawPlot(
    controls.frame,
    curveOf(data.series, metric, breaksOf(data.series, metric)),
    measure,
    data.f,
  );
}

/** The indexes at which a metric began to be counted in another way: no line or mean crosses one. */
const breaksOf = ({ dates, breaks = [] }: Series, metric: Metric | undefined): readonly number[] =>
  breaks.flatMap((one) => (one.metric === metric?.id ? dates.findIndex((date) => date >= one.date) : []));

/** The text alternative of the plot: the metric, its first and last day, and how to read the lines. */
const alternative = (
  { series, labels, strings, f }: Data,
  metric: Metric | undefined,
  { first, last }: Plot,
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

/** A metric's figure on a day, as text. */
function readingOf({ series, measures, strings, f }: Data, metric: Metric | undefined, i: number): string {
  const value = (metric && series.metrics[metric.id]?.[i]) ?? null;
  const measure = (metric && measures.get(metric.id)) ?? WHOLE;
  return fillText(strings['chart.reading'], {
    date: dayAt(series, f, i),
    value: value === null ? strings['figure.none'] : f.measured(value, measure),
  });
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
  return { series, site, labels, measures, strings, f: localeFormats(locale, site.timeZone) };
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
