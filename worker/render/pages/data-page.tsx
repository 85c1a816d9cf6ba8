import { formatsOf } from '../../../client/page/parts/formats.ts';
import { DataSection, type DataSectionView, type MetricView } from '../../../client/page/sections/data.tsx';
import type { Bulletin } from '../../model/bulletin.ts';
import { sectionPath } from '../../model/path.ts';
import type { Latest } from '../../model/series.ts';
import type { Metric, Site } from '../../model/site.ts';
import { figuresOf } from '../views/figures.ts';
import { dayTable, monthTable } from '../views/home-tables.ts';
import { agencyName, written } from '../views/localize.ts';
import { sectionHead } from './section-head.ts';
import type { Addressing, PageParts, ShellFrame } from './shell.tsx';

/** What the tables hold: what is older is in the files. */
const DAYS = 60;
const MONTHS = 120;

/** What the data section shows in a language. */
export function dataView(bulletin: Bulletin, frame: ShellFrame): DataSectionView {
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
  const of = metric.kind === 'total' ? site.metrics.find((m) => m.id === metric.of) : undefined;
  const { value = null, date = null } = latest.find((l) => l.metric === id) ?? {};
  return {
    id,
    label: written(label, language, site),
    kind,
    ...(of ? { of: written(of.label, language, site) } : {}),
    ...(definition ? { definition: written(definition, language, site) } : {}),
    ...(unit ? { unit: written(unit, language, site) } : {}),
    ...(source ? { source: written(source, language, site) } : {}),
    agencies: (agencies ?? of?.agencies ?? []).map((agency) => agencyName(site, agency, language)),
    latest: value === null || date === null ? null : { value, date },
  };
}

/** The slots of the data section's page. */
export function dataParts(site: Addressing, frame: ShellFrame, view: DataSectionView): PageParts {
  const f = formatsOf(frame.formats);
  return {
    ...sectionHead(site, frame, f.strings.data, (tag) => sectionPath(tag, 'data')),
    main: <DataSection view={view} f={f} />,
  };
}
