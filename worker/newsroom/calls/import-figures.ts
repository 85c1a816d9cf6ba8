import { rowOf } from '../../model/cell-facts.ts';
import type { Cells, Change, Figures } from '../../model/change.ts';
import type { CivilDate } from '../../model/civil-date.ts';
import { entriesOf } from '../../model/entries.ts';
import type { JsonObject } from '../../model/json.ts';
import { sectionPaths } from '../../model/path.ts';
import type { Fault, Problem } from '../../model/problem.ts';
import { seriesOf } from '../../model/series.ts';
import { metricOf, type Site } from '../../model/site.ts';
import { type CallContext, forbidden } from './context.ts';
import { changedFigures, correctedFigures, dateFaults } from './figures.ts';
import { csvColumns, MAX_IMPORT_FAULTS, parseFiguresCsv } from './figures-csv.ts';
import { publicRemarks } from './remark-faults.ts';
import { totalsTooLarge } from './total-limits.ts';

/** The result of an import: its change (null if nothing changes), the fields of the answer, and the faults. */
export type ImportResult = {
  readonly change: Change | null;
  /** Fields of the answer besides those of every write. */
  readonly more: JsonObject;
  readonly changed: readonly string[];
  readonly url: { readonly [language: string]: string };
  readonly faults: readonly Fault[];
};

/**
 * Refuses a CSV if the operator names an agency that reports none of its columns. Without a named agency, the operator acts
 * for the site's own agency and may import figures of all agencies: a correction names the agency that reports the metric.
 */
export function foreignColumns({ caller }: CallContext, site: Site, csv: string): Problem | null {
  if (!caller.isNamed) return null;
  const { agency } = caller;
  const columns = csvColumns(csv);
  const metrics = columns.flatMap((id) => metricOf(site, id) ?? []);
  const owners = [...new Set(metrics.flatMap((metric) => metric.agencies ?? []))];
  if (metrics.length === 0 || owners.some((owner) => owner === agency)) return null;
  const what = `the columns ${columns.join(', ')}`;
  return forbidden(
    owners.length > 0
      ? `${what} are reported by ${owners.join(', ')}, but this call acts for ${agency}`
      : `${what} hold only totals, which are derived and reported by no agency, but this call acts for ${agency}`,
  );
}

/** The figures of a CSV that differ from the stored figures, as one change. */
export function readFigures(context: CallContext, site: Site, csv: string, hasReason: boolean): ImportResult {
  const parsed = parseFiguresCsv(csv, site);
  const faults = [...parsed.faults];
  const days: Record<CivilDate, Cells> = {};
  const corrected: string[] = [];
  let count = 0;
  for (const [date, values] of parsed.days) {
    if (faults.length > MAX_IMPORT_FAULTS) break;
    const faultsOfDate = dateFaults(context, site, date);
    if (faultsOfDate.length > 0) {
      const line = parsed.lineNumbers.get(date);
      faults.push(
        ...faultsOfDate.map(({ detail }) => ({ pointer: '#/figures', detail: `line ${line}: ${detail}` })),
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
      detail: `is required to change public figures: ${corrected.slice(0, 10).join(', ')}${corrected.length > 10 ? `, and ${corrected.length - 10} more` : ''}`,
    });
  if (faults.length === 0) faults.push(...totalFaults(context, site, days, parsed.totals));
  for (const { flow, detail } of totalsTooLarge(context, site, days))
    faults.push({ pointer: '#/figures', detail: `${flow} ${detail}` });
  const change: Change | null = count > 0 ? { kind: 'figures', payload: { days } } : null;
  const names = new Set(Object.values(days).flatMap((values) => Object.keys(values)));
  return { change, more: { figures: count }, changed: [...names], url: sectionPaths(site, 'data'), faults };
}

/** The totals of an import are never stored. If a total differs from the sum of the figures, figures are missing. */
function totalFaults(
  context: CallContext,
  site: Site,
  changed: Readonly<Record<CivilDate, Cells>>,
  totals: ReadonlyMap<CivilDate, Figures>,
): Fault[] {
  if (![...totals.values()].some((sums) => Object.keys(sums).length > 0)) return [];
  const days = new Map([...context.rows.days()]);
  for (const [date, values] of entriesOf(changed)) {
    const day = days.get(date);
    const cells = Object.fromEntries(Object.entries(values).map(([id, value]) => [id, rowOf(value, 0)]));
    days.set(date, { version: 0, cells: { ...day?.cells, ...cells } });
  }
  const series = seriesOf({ site, days, remarks: publicRemarks(context) });
  const index = new Map(series.dates.map((date, i) => [date, i]));
  return [...totals].flatMap(([date, sums]) =>
    entriesOf(sums).flatMap(([id, given]) => {
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
