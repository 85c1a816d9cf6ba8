import { formatsOf } from '../../../client/page/parts/formats.ts';
import { DataSection, type DataSectionView, type MetricView } from '../../../client/page/sections/data.tsx';
import type { Bulletin } from '../../model/bulletin.ts';
import type { Latest } from '../../model/series.ts';
import type { Metric, Site } from '../../model/site.ts';
import { figuresOf, figuresStamp } from '../views/figures.ts';
import { dayTable, monthTable } from '../views/home-tables.ts';
import { agencyName, localize } from '../views/localize.ts';
import { type SectionPage, sectionParts } from './section-page.ts';
import type { ShellFrame } from './shell.tsx';

/** How many days and months the tables have; the files have all. */
const DAYS = 60;
const MONTHS = 120;

/** The view of the data section, in a language. */
function dataView(bulletin: Bulletin, frame: ShellFrame): DataSectionView {
  const { site } = bulletin;
  const { tag } = frame.formats;
  const { series, latest } = figuresOf(bulletin);
  return {
    metrics: site.metrics.map((metric) => metricView(site, metric, latest, tag)),
    days: dayTable(site, series, DAYS, tag),
    months: monthTable(site, series, MONTHS, tag),
    license: frame.view.footer.license,
  };
}

function metricView(site: Site, metric: Metric, latest: readonly Latest[], language: string): MetricView {
  const { id, label, kind, definition, unit, source, agencies } = metric;
  const flow = metric.kind === 'total' ? site.metrics.find((m) => m.id === metric.of) : undefined;
  const { value = null, date = null } = latest.find((l) => l.metric === id) ?? {};
  return {
    id,
    label: localize(label, language, site),
    kind,
    ...(flow ? { summed: localize(flow.label, language, site) } : {}),
    ...(definition ? { definition: localize(definition, language, site) } : {}),
    ...(unit ? { unit: localize(unit, language, site) } : {}),
    ...(source ? { source: localize(source, language, site) } : {}),
    agencies: (agencies ?? flow?.agencies ?? []).map((agency) => agencyName(site, agency, language)),
    latest: value === null || date === null ? null : { value, date },
  };
}

/** The definitions of the metrics, their latest figures, and links to the files with the whole series. */
export const dataSection: SectionPage = {
  stamp: ({ bulletin }) => figuresStamp(bulletin),
  parts: (context, frame) =>
    sectionParts(
      context,
      frame,
      'data',
      <DataSection view={dataView(context.bulletin, frame)} f={formatsOf(frame.formats)} />,
    ),
};
