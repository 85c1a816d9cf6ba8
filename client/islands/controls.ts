import type { MetricId } from '../../worker/model/site.ts';
import type { ChartStrings } from '../page/chart/chart-strings.ts';

/** What the live chart is made of: native controls, so that keys, touch and screen readers work as everywhere. */
export type Controls = {
  readonly live: HTMLElement;
  readonly metrics: HTMLSelectElement;
  readonly reset: HTMLButtonElement;
  /** Where the plot is drawn. */
  readonly frame: HTMLElement;
  /** Which day is read, by its place in the series. */
  readonly days: HTMLInputElement;
  /** The figure of that day in words. */
  readonly reading: HTMLElement;
};

/** Makes the controls, a choice of each metric among them. */
export function makeControls(labels: ReadonlyMap<MetricId, string>, strings: ChartStrings): Controls {
  const metrics = element('select');
  for (const [id, label] of labels) metrics.append(new Option(label, id));
  const reset = element('button', 'reset');
  reset.type = 'button';
  reset.textContent = strings['chart.reset'];
  metrics.setAttribute('aria-label', strings['chart.choose']);
  const row = element('div', 'controls');
  row.append(metrics, reset);
  const frame = element('div', 'frame');
  frame.setAttribute('role', 'img');
  const days = element('input', 'days');
  days.type = 'range';
  days.min = '0';
  days.step = '1';
  days.setAttribute('aria-label', strings['chart.day']);
  const reading = element('p', 'reading');
  const live = element('div', 'live');
  live.append(row, frame, days, reading);
  return { live, metrics, reset, frame, days, reading };
}

function element<K extends keyof HTMLElementTagNameMap>(tag: K, className = ''): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (className) made.className = className;
  return made;
}
