import { formatsOf } from '../../../client/page/parts/formats.ts';
import { DataSection, type DataSectionView, type MetricView } from '../../../client/page/sections/data.tsx';
import { type Metric, PERCENT, type Site } from '../../model/site.ts';
import type { DaySnapshot } from '../views/day-snapshot.ts';
import { figuresOf, figuresStamp } from '../views/figures.ts';
import { dayTable, monthTable } from '../views/home-tables.ts';
import { listedItems } from '../views/listed-items.ts';
import { agencyName, localize } from '../views/localize.ts';
import { cutLabel, fitRows, type RowSize, viewBytes } from '../views/page-room.ts';
import { factLines, wholeRemarks } from '../views/remarks.ts';
import { shownMeasure } from '../views/shown-measure.ts';
import { type SectionContext, type SectionPage, sectionParts } from './section-page.ts';
import type { ShellFrame } from './shell.tsx';

/** How many days and months the tables have; the files have all. */
const DAYS = 60;
const MONTHS = 96;
/** Bytes of the list of metrics. */
const METRICS_BYTES = 75_000;
/** The most characters of a metric's name: of 100 metrics, each is in the list. */
const LONGEST_LABEL = 80;

/** The view of the data section, in a language. */
function dataView({ bulletin, snapshot }: SectionContext, frame: ShellFrame): DataSectionView {
  const { site } = bulletin;
  const { tag } = frame.formats;
  const { latest } = snapshot;
  const remarks = wholeRemarks(bulletin, snapshot, tag);
  const all = site.metrics.map((metric) => ({
    ...metricView(site, metric, latest, remarks.of(metric.id), tag),
    lines: factLines(bulletin, metric.id, snapshot, tag),
  }));
  const { shown, whole } = fitRows(all, METRIC_SIZE, METRICS_BYTES);
  const isCut = shown.length < all.length || whole.size < shown.length;
  return {
    metrics: shown.map((metric) => (whole.has(metric) ? metric : withoutDefinition(metric))),
    ...(isCut ? { isCut } : {}),
    ...(remarks.isCut ? { areRemarksCut: true } : {}),
    days: dayTable(site, snapshot, { rows: DAYS, language: tag, hasNotes: true }),
    months: monthTable(site, snapshot, { rows: MONTHS, language: tag, hasNotes: true }),
    license: frame.view.footer.license,
  };
}

const withoutDefinition = ({
  id,
  label,
  kind,
  summed,
  opening,
  measure,
  latest,
  lines,
  remarks,
}: MetricView): MetricView => ({
  id,
  label,
  kind,
  ...(summed ? { summed } : {}),
  ...(opening === undefined ? {} : { opening }),
  measure,
  agencies: [],
  latest,
  lines,
  remarks,
});

const METRIC_SIZE: RowSize<MetricView> = {
  // Remarks have room of their own.
  least: (metric) => viewBytes({ ...withoutDefinition(metric), remarks: [] }),
  source: ({ definition, source, agencies }) =>
    (definition?.text.length ?? 0) + (source?.text.length ?? 0) + agencies.length,
  long: (metric) => viewBytes(metric) - viewBytes(withoutDefinition(metric)),
};

function metricView(
  site: Site,
  metric: Metric,
  latest: DaySnapshot['latest'],
  remarks: MetricView['remarks'],
  language: string,
): Omit<MetricView, 'lines'> {
  const { id, label, kind, definition, unit, source, agencies } = metric;
  const flow = metric.kind === 'total' ? site.metrics.find((m) => m.id === metric.of) : undefined;
  const facts = latest.find((l) => l.metric === id);
  const { value = null, date = null } = facts ?? {};
  return {
    id,
    label: cutLabel(localize(label, language, site), LONGEST_LABEL),
    kind,
    ...(metric.kind === 'total' && metric.opening !== 0 ? { opening: metric.opening } : {}),
    ...(flow ? { summed: cutLabel(localize(flow.label, language, site), LONGEST_LABEL) } : {}),
    ...(definition ? { definition: localize(definition, language, site) } : {}),
    ...(unit ? { unit: unit === PERCENT ? { text: '%' } : localize(unit, language, site) } : {}),
    ...(source ? { source: localize(source, language, site) } : {}),
    measure: shownMeasure(site, metric, language),
    agencies: (agencies ?? flow?.agencies ?? []).map((agency) => agencyName(site, agency, language)),
    remarks,
    ...(facts?.unknownSince ? { unknownSince: facts.unknownSince } : {}),
    latest:
      value === null || date === null
        ? null
        : {
            value,
            date,
            ageDays: facts?.isOld ? facts.ageDays : null,
            missingDays: kind === 'total' ? (facts?.missingDays ?? 0) : 0,
          },
  };
}

/** The definitions of the metrics, their latest figures, and links to the files with the whole series. */
export const dataSection: SectionPage = {
  stamp: ({ bulletin, snapshot: { today, late, latest, nextWords } }) => [
    figuresStamp(bulletin),
    latest.map(({ isOld, ageDays }) => isOld && ageDays),
    [...late],
    [...nextWords.keys()],
    // These begin with a day.
    listedItems(bulletin, 'remarks').filter(({ content }) => content.date > today).length,
    // These cease to be provisional with a day.
    figuresOf(bulletin).series.facts?.filter(({ provisionalUntil = '' }) => provisionalUntil >= today).length,
  ],
  parts: (context, frame) =>
    sectionParts(
      context,
      frame,
      'data',
      <DataSection view={dataView(context, frame)} f={formatsOf(frame.formats)} />,
    ),
};
