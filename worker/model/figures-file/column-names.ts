import { languageTags, type MetricId, PERCENT, type Site } from '../site.ts';
import { cleanCell } from './clean-cell.ts';

/**
 * What the name of a column may mean: the date, or metrics. More than one metric if they share a label. Two names, one above
 * the other, that don't mean one thing, are unclear.
 */
export type NamedColumn =
  | { readonly kind: 'date' }
  | { readonly kind: 'metrics'; readonly ids: readonly MetricId[] }
  | { readonly kind: 'unclear'; readonly above: string; readonly below: string };

/** What names of columns mean on a site, and the units of its metrics, by `nameKey`. */
export type ColumnNames = {
  readonly named: (name: string) => NamedColumn | undefined;
  readonly unitsOf: (metric: MetricId) => ReadonlySet<string>;
};

/** The word for date at the head of a table. English is accepted everywhere, because the site's own files have it. */
const DATE_WORDS: { readonly [language: string]: readonly string[] } = {
  ar: ['التاريخ', 'تاريخ'],
  bn: ['তারিখ'],
  ckb: ['بەروار', 'ڕێکەوت'],
  cs: ['datum'],
  de: ['Datum'],
  el: ['Ημερομηνία'],
  en: ['date'],
  es: ['fecha'],
  fa: ['تاریخ'],
  fil: ['petsa'],
  fr: ['date'],
  he: ['תאריך'],
  hi: ['दिनांक', 'तारीख', 'तिथि'],
  hu: ['dátum'],
  id: ['tanggal'],
  it: ['data'],
  ja: ['日付'],
  ko: ['날짜'],
  ms: ['tarikh'],
  nl: ['datum'],
  pl: ['data'],
  ps: ['نېټه'],
  pt: ['data'],
  ro: ['data'],
  ru: ['дата'],
  sv: ['datum'],
  sw: ['tarehe'],
  th: ['วันที่'],
  tl: ['petsa'],
  tr: ['tarih'],
  uk: ['дата'],
  ur: ['تاریخ'],
  vi: ['ngày'],
  zh: ['日期'],
};

/**
 * A name as it is compared: without invisible marks, in small letters, with one space for spaces, hyphens and
 * underscores, without the stretches and vowel signs of Arabic (U+0640, U+064B to U+065F).
 */
export const nameKey = (name: string): string =>
  cleanCell(name)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u0640\u064b-\u065f]/g, '')
    .replace(/[\s_-]+/g, ' ')
    .trim();

/** What names of columns mean on a site: ids come before labels, and these before the words for date. */
export function columnNames(site: Site): ColumnNames {
  const names = namesOf(site);
  // Of ids that differ in underscores alone, the site's own files have both.
  const exact = new Map(
    site.metrics.map(({ id }): [string, NamedColumn] => [id, { kind: 'metrics', ids: [id] }]),
  );
  return {
    named: (name) => exact.get(name) ?? names.get(nameKey(name)),
    unitsOf: (id) => {
      const { unit, unitForms = {} } = site.metrics.find((metric) => metric.id === id) ?? {};
      const texts = unit === PERCENT ? PERCENT_WORDS : Object.values(unit ?? {});
      const forms = Object.values(unitForms).flatMap((words) => Object.values(words ?? {}));
      return new Set([...texts, ...forms].map((text) => nameKey(text ?? '')));
    },
  };
}

const PERCENT_WORDS = [PERCENT, '%', '٪'];

function namesOf(site: Site): ReadonlyMap<string, NamedColumn> {
  const names = new Map<string, NamedColumn>();
  for (const language of [...languageTags(site), 'en'])
    for (const word of DATE_WORDS[language.split('-')[0] ?? ''] ?? [])
      names.set(nameKey(word), { kind: 'date' });
  const labels = new Map<string, Set<MetricId>>();
  for (const { id, label } of site.metrics)
    for (const text of Object.values(label)) {
      const key = nameKey(text ?? '');
      labels.set(key, (labels.get(key) ?? new Set()).add(id));
    }
  for (const [key, ids] of labels) names.set(key, { kind: 'metrics', ids: [...ids] });
  names.set('date', { kind: 'date' });
  for (const { id } of site.metrics) names.set(nameKey(id), { kind: 'metrics', ids: [id] });
  return names;
}

/** Columns of the site's own CSV that are no figures. Nothing is read from them. */
const OWN_COLUMNS = /^(?:states|notes|.+ missing days)$/;

/** Whether a name is that of a column of the site's own CSV that is no figure, unless it is a metric's label. */
export const isOwnColumn = (name: string): boolean => OWN_COLUMNS.test(nameKey(name));

/** Whether a header is that of one of the site's own CSV files, which all have these two columns at their end. */
export const isOwnFile = (header: readonly string[]): boolean =>
  header.at(-2) === 'states' && header.at(-1) === 'notes';
