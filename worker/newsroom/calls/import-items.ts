import type { Change, NewItem } from '../../model/change.ts';
import { codedFault } from '../../model/coded-fault.ts';
import type { Collection } from '../../model/collections/registry.ts';
import { MAX_IMPORT_FAULTS } from '../../model/figures-file/file-faults.ts';
import { parseInstant } from '../../model/instant.ts';
import { type ItemId, toItemId } from '../../model/item.ts';
import { listPaths } from '../../model/path.ts';
import type { Fault } from '../../model/problem.ts';
import { agencyOf, type Site } from '../../model/site.ts';
import { importedItem } from '../../model/staff/bodies.ts';
import { parseWith } from '../../model/validation/parse.ts';
import { contentFaults, earliestDate } from './content-faults.ts';
import type { CallContext } from './context.ts';
import type { ImportResult } from './import-figures.ts';
import { LimitCheck } from './limit-check.ts';
import { reporterFaults } from './remark-faults.ts';
import { remarkTotalFaults } from './total-limits.ts';

/** The items of an import as one change, each with its new id. */
export function readItems(
  context: CallContext,
  site: Site,
  collection: Collection,
  items: readonly unknown[],
): ImportResult {
  const faults: Fault[] = [];
  let moreFaults = 0;
  const schema = importedItem(site, collection);
  const highest = context.rows.highestSerial(collection);
  const check = new LimitCheck(context, site);
  const newItems = items.flatMap((item, i): NewItem[] => {
    if (faults.length > MAX_IMPORT_FAULTS) return [];
    const pointer = `#/items/${i}`;
    // Ids follow the order of the list, so an item may refer to an earlier item.
    const id = toItemId(highest + 1 + i);
    const isEarlier = (other: ItemId) => Number(other) > highest && Number(other) <= highest + i;
    const parsed = parseWith(schema, item, pointer);
    if (!parsed.ok && parsed.problem.kind === 'invalid') {
      faults.push(...parsed.problem.errors);
      moreFaults += parsed.problem.more;
    }
    const { agency, publishedAt, content }: { readonly [field: string]: unknown } = Object(item);
    const owner = typeof agency === 'string' ? agencyOf(site, agency) : undefined;
    if (typeof agency === 'string' && !owner) faults.push(codedFault(`${pointer}/agency`, 'agency-unknown'));
    const published = typeof publishedAt === 'string' ? parseInstant(publishedAt) : null;
    if (published !== null && published > context.now)
      faults.push(codedFault(`${pointer}/publishedAt`, 'time-future', { now: context.now }));
    if (published !== null && published < earliestDate(site))
      faults.push(codedFault(`${pointer}/publishedAt`, 'time-too-early', { first: earliestDate(site) }));
    faults.push(
      ...contentFaults(context, site, { collection, id }, content, `${pointer}/content`, isEarlier),
    );
    if (owner) faults.push(...reporterFaults(site, collection, content, owner.id, `${pointer}/content`));
    if (!parsed.ok || !owner) return [];
    const { content: newContent } = parsed.value;
    faults.push(
      ...check.faults({ collection, id, agency: owner.id, content: newContent }, `${pointer}/content`),
    );
    return [
      {
        id,
        agency: owner.id,
        publishedAt: parsed.value.publishedAt ?? context.now,
        content: newContent,
      },
    ];
  });
  if (faults.length === 0) {
    const remarks = newItems.map(({ id, content }) => {
      const pointer = `#/items/${Number(id) - highest - 1}/content`;
      return { id, content, pointer };
    });
    faults.push(...remarkTotalFaults(context, site, collection, remarks));
  }
  const change: Change | null =
    newItems.length > 0 ? { kind: 'items', payload: { collection, items: newItems } } : null;
  const more = { items: newItems.map((item) => item.id) };
  return { change, more, changed: [collection], url: listPaths(site, collection), faults, moreFaults };
}
