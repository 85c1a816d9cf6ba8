import type { Bulletin } from '../../model/bulletin.ts';
import { type Cells, numbersIn } from '../../model/change.ts';
import { COLLECTIONS, type Collection } from '../../model/collections/registry.ts';
import { entriesOf } from '../../model/entries.ts';
import { metricOf } from '../../model/site.ts';
import { CSV_TYPE } from '../../model/staff/media-types.ts';
import { utf8Bytes } from '../../model/utf8-bytes.ts';
import { listedItems } from '../views/listed-items.ts';

/** Bodies of staff calls as they might be, made of what the site has published. */
export type Examples = {
  /** The figures of a day; null before the site has any. */
  readonly figures: { readonly date: string; readonly values: Cells } | null;
  /** The content of an item of each collection that has one. */
  readonly items: { readonly [C in Collection]?: unknown };
};

/** The most bytes of an item's content, and the most figures. */
const MAX_BYTES = 3_000;
const MAX_FIGURES = 3;

/** Examples from the end of each list and the first day, so that they stay the same from one release to the next. */
export function examplesOf(bulletin: Bulletin): Examples {
  const items = COLLECTIONS.flatMap((collection) => {
    const last = listedItems(bulletin, collection).findLast(
      ({ content }) => utf8Bytes(JSON.stringify(content)) <= MAX_BYTES,
    );
    return last ? [[collection, last.content] as const] : [];
  });
  return { figures: oldestFigures(bulletin), items: Object.fromEntries(items) };
}

function oldestFigures({ site, days }: Bulletin): Examples['figures'] {
  let oldest: Examples['figures'] = null;
  for (const [date, { cells }] of days) {
    if (oldest && oldest.date < date) continue;
    const reported = entriesOf(cells).filter(([id, [value]]) => value !== null && metricOf(site, id));
    const values = reported.slice(0, MAX_FIGURES).map(([id, [value]]) => [id, value] as const);
    if (values.length > 0) oldest = { date, values: Object.fromEntries(values) };
  }
  return oldest;
}

/** The examples of a call's body by media type; none if the site has no such content. */
export function bodyExamples(
  kind: string,
  collection: Collection | null,
  { figures, items }: Examples,
): { readonly [mediaType: string]: unknown } {
  if (kind === 'put-figures' && figures) return { 'application/json': { values: figures.values } };
  if (kind === 'import' && figures) {
    const csv = csvOf(figures);
    return { 'application/json': { figures: csv, dryRun: true }, [CSV_TYPE]: csv };
  }
  const content = collection ? items[collection] : undefined;
  return kind === 'add-item' && content ? { 'application/json': content } : {};
}

function csvOf({ date, values }: NonNullable<Examples['figures']>): string {
  const numbers = numbersIn(values);
  return `${['date', ...Object.keys(numbers)].join()}\n${[date, ...Object.values(numbers)].join()}\n`;
}
