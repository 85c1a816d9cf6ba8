import type { Change, Figures } from '../../model/change.ts';
import type { CivilDate } from '../../model/civil-date.ts';
import type { JsonObject } from '../../model/json.ts';
import { sectionPaths } from '../../model/path.ts';
import type { Fault, Problem } from '../../model/problem.ts';
import { seriesOf } from '../../model/series.ts';
import { metricOf, type Site } from '../../model/site.ts';
import { type CallContext, forbidden } from './context.ts';
import { changedFigures, correctedFigures, dateFaults } from './figures.ts';
import { csvColumns, parseFiguresCsv } from './figures-csv.ts';

/** What an import comes to: its change, if any, what of it the answer tells, and what is wrong with it. */
export type ImportResult = {
  readonly change: Change | null;
  readonly more: JsonObject;
  readonly changed: readonly string[];
  readonly url: { readonly [language: string]: string };
  readonly faults: readonly Fault[];
};

/**
 * Refuses an agency that the operator names and that reports none of the columns of a CSV. The site's own agency, which
 * the operator acts for unless another is named, gathers from all: each correction is its owner's, whoever brings it.
 */
export function foreignColumns({ caller }: CallContext, site: Site, csv: string): Problem | null {
  if (!caller.isNamed) return null;
  const { agency } = caller;
  const columns = csvColumns(csv);
  const metrics = columns.flatMap((id) => metricOf(site, id) ?? []);
  const owners = [...new Set(metrics.flatMap((metric) => metric.agencies ?? []))];
  return metrics.length === 0 || owners.some((owner) => owner === agency)
    ? null
    : forbidden(
        `the columns ${columns.join(', ')} are reported by ${owners.join(', ')}, and this call is made for ${agency}`,
      );
}

/** The figures of a CSV that differ from what stands, as one change. */
export function readFigures(context: CallContext, site: Site, csv: string, hasReason: boolean): ImportResult {
  const parsed = parseFiguresCsv(csv, site);
  const faults = [...parsed.faults];
  const days: Record<CivilDate, Figures> = {};
  const corrected: string[] = [];
  let count = 0;
  for (const [date, values] of parsed.days) {
    const wrong = dateFaults(context, site, date);
    if (wrong.length > 0) {
      const line = parsed.lines.get(date);
      faults.push(
        ...wrong.map(({ detail }) => ({ pointer: '#/figures', detail: `line ${line}: ${detail}` })),
      );
      continue;
    }
    const changed = changedFigures(context, date, values);
    corrected.push(...correctedFigures(context, date, changed));
    const names = Object.keys(changed).length;
    if (names > 0) days[date] = changed;
    count += names;
  }
  if (corrected.length > 0 && !hasReason)
    faults.push({
      pointer: '#/reason',
      detail: `is required to change what is public: ${corrected.slice(0, 10).join(', ')}${corrected.length > 10 ? `, and ${corrected.length - 10} more` : ''}`,
    });
  if (faults.length === 0) faults.push(...totalFaults(context, site, days, parsed.totals));
  const change: Change | null = count > 0 ? { kind: 'figures', payload: { days } } : null;
  const names = new Set(Object.values(days).flatMap((values) => Object.keys(values)));
  return { change, more: { figures: count }, changed: [...names], url: sectionPaths(site, 'data'), faults };
}

/** Totals in an import are never stored; where they disagree with what the figures add up to, something is missing. */
function totalFaults(
  context: CallContext,
  site: Site,
  changed: Readonly<Record<CivilDate, Figures>>,
  totals: ReadonlyMap<CivilDate, Figures>,
): Fault[] {
  if (![...totals.values()].some((sums) => Object.keys(sums).length > 0)) return [];
  const days = new Map([...context.rows.days()]);
  for (const [date, values] of Object.entries(changed) as [CivilDate, Figures][]) {
    const day = days.get(date);
    const cells = Object.fromEntries(Object.entries(values).map(([id, value]) => [id, [value, 0] as const]));
    days.set(date, { version: 0, cells: { ...day?.cells, ...cells } });
  }
  const series = seriesOf({ site, days });
  const index = new Map(series.dates.map((date, i) => [date, i]));
  return [...totals].flatMap(([date, sums]) =>
    (Object.entries(sums) as [keyof Figures, number][]).flatMap(([id, given]) => {
      const sum = series.metrics[id]?.[index.get(date) ?? -1] ?? null;
      return sum === given
        ? []
        : [
            {
              pointer: '#/figures',
              detail: `${date}, ${id}: ${given} is not the sum of the figures, ${sum ?? 'none'}`,
            },
          ];
    }),
  );
}
