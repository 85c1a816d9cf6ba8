// The live chart: takes the drawn one's place, in the same room, so that nothing below it moves.
import './known-language.ts';

import type { Series } from '../../worker/model/series.ts';
import type { Metric, MetricId, Site } from '../../worker/model/site.ts';
import { textIn } from '../../worker/model/validation/text.ts';
import type { ChartStrings } from '../page/chart/chart-strings.ts';
import { fillText } from '../page/parts/fill.ts';
import { type LocaleFormats, localeFormats } from '../page/parts/locale-formats.ts';
import { type Controls, makeControls } from './controls.ts';
import { curveOf, drawPlot, type Plot } from './plot.ts';

/** All figures of the site and how they are written in the page's language. */
type Data = {
  readonly series: Series;
  readonly labels: ReadonlyMap<MetricId, string>;
  readonly site: Site;
  readonly strings: ChartStrings;
  readonly f: LocaleFormats;
};

/** What the page says in words round its chart. */
type Words = {
  readonly name: HTMLElement | null;
  readonly key: HTMLElement | null;
  /** What is said of the drawn metric alone. */
  readonly ofDrawn: readonly HTMLElement[];
};

const wordsOf = (section: HTMLElement): Words => ({
  name: section.querySelector('h2 > bdi'),
  key: section.querySelector('.key-line'),
  ofDrawn: [...section.querySelectorAll<HTMLElement>('h2 > span, h2 + p')],
});

/** Fetches the series and stands in for the drawn chart. Throws where a fetch fails; the page is then as it was. */
export async function takeOver(section: HTMLElement, drawn: SVGElement): Promise<void> {
  const [data] = await Promise.all([readData(section.dataset.strings), readStyle(section.dataset.style)]);
  const focused = document.activeElement === drawn;
  const controls = makeControls(data.labels, data.strings);
  controls.live.style.blockSize = `${roomOf(drawn)}px`;
  const said = wordsOf(section);
  if (said.key) said.key.style.minBlockSize = `${said.key.getBoundingClientRect().height}px`;
  drawn.replaceWith(controls.live);
  const first = data.site.metrics.find(({ id }) => id === section.dataset.metric) ?? data.site.metrics[0];
  if (first) controls.metrics.value = first.id;
  run(data, controls, said);
  if (focused) controls.days.focus();
}

function run(data: Data, controls: Controls, said: Words): void {
  const { dates } = data.series;
  const { strings } = data;
  let plot = show(data, controls);
  let at = dates.length - 1;
  const drawn = controls.metrics.value;
  const select = (i: number) => {
    at = i;
    const reading = read(data, chosen(data, controls), i);
    controls.days.value = String(i);
    controls.days.setAttribute('aria-valuetext', reading);
    controls.reading.textContent = reading;
  };
  const explain = () => {
    const metric = chosen(data, controls);
    const words = metric?.kind === 'flow' ? strings['chart.live'] : '';
    if (said.key) said.key.textContent = words;
    // What the page says in words is of the metric it was drawn with; the room it takes stays.
    for (const words of said.ofDrawn) words.style.visibility = metric?.id === drawn ? '' : 'hidden';
    if (said.name) said.name.textContent = (metric && data.labels.get(metric.id)) ?? '';
    controls.frame.setAttribute('aria-label', alternative(data, metric, words));
  };
  const change = () => {
    explain();
    plot.destroy();
    plot = show(data, controls);
    plot.onDay(select);
    select(at);
  };
  controls.days.max = String(dates.length - 1);
  controls.metrics.addEventListener('change', change);
  controls.days.addEventListener('input', () => {
    select(Number(controls.days.value));
    plot.point(at);
  });
  controls.reset.addEventListener('click', () => plot.reset());
  explain();
  plot.onDay(select);
  select(at);
  new ResizeObserver(() => plot.resize()).observe(controls.frame);
  for (const query of ['(prefers-color-scheme: dark)', '(prefers-contrast: more)'])
    matchMedia(query).addEventListener('change', () => plot.redraw());
}

const chosen = ({ site }: Data, controls: Controls): Metric | undefined =>
  site.metrics.find(({ id }) => id === controls.metrics.value);

const show = (data: Data, controls: Controls): Plot =>
  drawPlot(controls.frame, curveOf(data.series, chosen(data, controls)), data.f);

/** What the plot shows, in words: all days of a metric, and how to read its lines. */
const alternative = ({ series, labels, strings, f }: Data, metric: Metric | undefined, key: string): string =>
  fillText(strings['chart.alt'], {
    metric: (metric && labels.get(metric.id)) ?? '',
    from: dayAt(series, f, 0),
    to: dayAt(series, f, -1),
    key,
  }).trim();

/** A day of the series by its place, in words. */
function dayAt({ dates }: Series, f: LocaleFormats, i: number): string {
  const date = dates.at(i);
  return date === undefined ? '' : f.date(date);
}

/** A metric's figure of a day in words. */
function read({ series, strings, f }: Data, metric: Metric | undefined, i: number): string {
  const value = (metric && series.metrics[metric.id]?.[i]) ?? null;
  return fillText(strings['chart.reading'], {
    date: dayAt(series, f, i),
    value: value === null ? strings['figure.none'] : f.number(value),
  });
}

/** @param stringsPath left out by pages of builds before this file was: the Worker leads to it by its plain name */
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
    site.metrics.map(({ id, label }) => [id, textIn(label, tag, site.defaultLanguage).text]),
  );
  return { series, site, labels, strings, f: localeFormats(locale, site.timeZone) };
}

// Our own documents, of forms the contract keeps.
async function readJson<T>(path: string): Promise<T> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return (await response.json()) as T;
}

const readStyle = (href: string | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    if (href === undefined) return reject(new Error('the page names no style sheet for its chart'));
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = href;
    link.onload = () => resolve();
    link.onerror = () => reject(new Error(`${href} did not come`));
    document.head.append(link);
  });

/** Pixels an element takes from the page's height, its margins too. */
function roomOf(element: Element): number {
  const style = getComputedStyle(element);
  const margins = Number.parseFloat(style.marginBlockStart) + Number.parseFloat(style.marginBlockEnd);
  return element.getBoundingClientRect().height + margins;
}
