import { missingDaysColumn, totalsWithMissingDays } from '../../model/series.ts';
import { decimalsOf, type Metric, PERCENT, type Site } from '../../model/site.ts';
import type { Texts } from '../../model/validation/text.ts';
import { type Documents, define, jsonText } from '../document.ts';

const CSVM_TYPE = 'application/csvm+json';

/**
 * `/data/statistics.csv-metadata.json`: what the columns of `/data/statistics.csv` mean, in the form and at the place of
 * CSV on the Web (https://www.w3.org/TR/tabular-metadata/, https://www.w3.org/TR/tabular-data-model/#standard-file-metadata):
 * labels, definitions, units, decimals, licence.
 */
export const statisticsMetadata: Documents = ({ site }) => [
  define(
    { path: '/data/statistics.csv-metadata.json', type: CSVM_TYPE, pack: 'release' },
    metadataOf(site),
    jsonText,
  ),
];

function metadataOf(site: Site) {
  const { name, attribution, url } = site.license;
  return {
    '@context': ['http://www.w3.org/ns/csvw', { '@language': site.defaultLanguage }],
    url: 'statistics.csv',
    'dc:title': literals(site.name),
    'dc:rights': [{ '@value': name }, ...literals(attribution)],
    ...(url === undefined ? {} : { 'dc:license': { '@id': url } }),
    tableSchema: {
      primaryKey: 'date',
      columns: [
        { name: 'date', titles: 'date', datatype: 'date', required: true },
        ...site.metrics.map((metric) => columnOf(site, metric)),
        ...totalsWithMissingDays(site).map((total) => ({
          ...plainColumn(missingDaysColumn(total), 'integer'),
          'dc:description': [{ '@value': MISSING_DAYS, '@language': 'en' }],
        })),
        plainColumn('states', 'string'),
        plainColumn('notes', 'string'),
      ],
    },
  };
}

const MISSING_DAYS = 'Days since the first figure on which none was reported: the total lacks them.';

const plainColumn = (name: string, datatype: 'integer' | 'string') => ({ name, titles: name, datatype });

// `titles` must be what the header of the file says, so labels are titles of Dublin Core.
const columnOf = (site: Site, metric: Metric) => ({
  name: metric.id,
  titles: metric.id,
  datatype: decimalsOf(site, metric) > 0 ? 'decimal' : 'integer',
  'dc:title': literals(metric.label),
  ...(metric.definition ? { 'dc:description': literals(metric.definition) } : {}),
  ...(metric.source ? { 'dc:source': literals(metric.source) } : {}),
  ...unitOf(metric),
});

function unitOf({ unit }: Metric) {
  if (unit === undefined) return {};
  return { 'schema:unitText': unit === PERCENT ? '%' : literals(unit) };
}

const literals = (texts: Texts) =>
  Object.entries(texts).map(([language, text]) => ({ '@value': text, '@language': language }));
