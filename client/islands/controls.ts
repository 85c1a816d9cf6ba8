import type { MetricId } from '../../worker/model/site.ts';
import type { ChartStrings } from '../page/chart/chart-strings.ts';

/** The elements of the live chart. The controls are native, so that keyboard, touch and screen readers work. */
export type Controls = {
  readonly live: HTMLElement;
  readonly metrics: HTMLSelectElement;
  readonly reset: HTMLButtonElement;
  /** Whether the line has what remarks add to a total; its label is hidden for what has no such line. */
  readonly adjusted: HTMLInputElement;
  readonly adjustedLabel: HTMLElement;
  /** The plot's container. */
  readonly frame: HTMLElement;
  /** The slider of days. Its value is an index of the series. */
  readonly days: HTMLInputElement;
  /** The figure of the selected day, as text. */
  readonly reading: HTMLElement;
};

/** Creates the live chart's elements, with a select that lists every metric. */
export function makeControls(labels: ReadonlyMap<MetricId, string>, strings: ChartStrings): Controls {
  const metrics = element('select');
  for (const [id, label] of labels) metrics.append(new Option(label, id));
  const reset = element('button', 'reset');
  reset.type = 'button';
  reset.textContent = strings['chart.reset'];
  metrics.setAttribute('aria-label', strings['chart.choose']);
  const row = element('div', 'controls');
  const adjusted = element('input');
  adjusted.type = 'checkbox';
  adjusted.checked = true;
  const adjustedLabel = element('label', 'adjusted');
  adjustedLabel.append(adjusted, ` ${strings['chart.with']}`);
  row.append(metrics, adjustedLabel, reset);
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
  return { live, metrics, reset, adjusted, adjustedLabel, frame, days, reading };
}

function element<K extends keyof HTMLElementTagNameMap>(tag: K, className = ''): HTMLElementTagNameMap[K] {
  const created = document.createElement(tag);
  if (className) created.className = className;
  return created;
}
