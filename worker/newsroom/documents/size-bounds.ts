import type { Bulletin } from '../../model/bulletin.ts';
import { COLLECTIONS } from '../../model/collections/registry.ts';
import type { PublicCorrection } from '../../model/corrections.ts';

/** The most bytes that what is published may have. More is a fault of one document or item, and stops nothing else. */
export type SizeBounds = {
  /** A document as rendered, before its encoding. */
  readonly contentBytes: number;
  /** A document as stored. */
  readonly storedBytes: number;
  /** The parts and representations of one item, in all languages together. */
  readonly itemBytes: number;
  /** The documents that lie in the release itself. The largest of what is more lie in cold packs. */
  readonly releaseBytes: number;
};

/**
 * KV refuses a value over 25 MiB (https://developers.cloudflare.com/kv/platform/limits/), and an isolate has 128 MB for
 * everything: a pack and a release stay well below both. A pack has at most 1 MB (of items 128 kB), or one document or
 * item alone.
 *
 * The largest honest contents are whole series and long items: 100 metrics over 15 years have 3.3 MB, 0.7 MB stored; an
 * item with bodies of 50,000 characters in 20 languages has 3 MB. Each isolate reads each release: less than 2 MB with
 * 10,000 items in 10 languages.
 */
export const SIZE_BOUNDS: SizeBounds = {
  contentBytes: 16_000_000,
  storedBytes: 4_000_000,
  itemBytes: 8_000_000,
  releaseBytes: 8_000_000,
};

/** Thrown for a document or an item that is larger than its bound. */
export class TooLarge extends Error {}

/**
 * Checks a size.
 * @param cause what the message says about where the bytes come from
 * @throws TooLarge if there are more bytes than the bound
 */
export function checkSize(sizeBytes: number, boundBytes: number, cause: () => string): void {
  if (sizeBytes <= boundBytes) return;
  throw new TooLarge(`${sizeBytes} bytes, but at most ${boundBytes} can be published; ${cause()}`);
}

/** By metric: its figures in all days, with what is known of them, and who reports it. */
const metricCauses = ({ site, days }: Bulletin) =>
  site.metrics.flatMap((metric) =>
    metric.kind === 'total'
      ? []
      : {
          what: `the metric ${metric.id}`,
          agency: metric.agencies.join(', '),
          content: [...days.values()].map(({ cells }) => cells[metric.id]),
        },
  );

/**
 * The largest content in a document, for the operator: the item of the collection that the path names, or of all
 * collections, and its agency. For the record of corrections, the largest correction of the page, without its texts; for
 * the statistics, the metric whose figures and notes are the most. Without any of these, the settings.
 */
export function largestCause(bulletin: Bulletin, path: string): string {
  const names = path.split(/\W+/);
  const named = COLLECTIONS.filter((collection) => names.includes(collection));
  const causes = names.includes('changes')
    ? largestCorrections(bulletin, path).map((correction) => ({
        what: `the correction ${correction.id}${'item' in correction ? ` of ${correction.collection}/${correction.item}` : ''}`,
        agency: correction.agency,
        content: correction,
      }))
    : names.includes('statistics')
      ? metricCauses(bulletin)
      : (named.length > 0 ? named : COLLECTIONS)
          .flatMap((collection) => [...bulletin.items[collection].values()])
          .map(({ collection, id, agency, content }) => ({ what: `${collection}/${id}`, agency, content }));
  let [largest, largestSize] = ['what the settings hold', 0];
  for (const { what, agency, content } of causes) {
    const size = JSON.stringify(content ?? null).length;
    if (size > largestSize) [largest, largestSize] = [`${what} of ${agency}`, size];
  }
  return `the largest in it is ${largest}`;
}

/** The largest correction of each run in a document, the largest last; the newest two runs are on the first page. */
function largestCorrections({ corrections: { runs } }: Bulletin, path: string): readonly PublicCorrection[] {
  const k = /\/page-(\d+)\.json$/.exec(path)?.[1];
  return (k === undefined ? runs.slice(-2) : runs.slice(Number(k) - 1, Number(k))).flatMap(
    (run) => run.largest() ?? [],
  );
}
