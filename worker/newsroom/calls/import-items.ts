import type { Change, NewItem } from '../../model/change.ts';
import type { Collection } from '../../model/collections/registry.ts';
import { parseInstant } from '../../model/instant.ts';
import { type ItemId, toItemId } from '../../model/item.ts';
import { listPaths } from '../../model/path.ts';
import type { Fault } from '../../model/problem.ts';
import { agencyOf, type Site } from '../../model/site.ts';
import { importedItem } from '../../model/staff/bodies.ts';
import { parseWith } from '../../model/validation/parse.ts';
import { contentFaults } from './content-faults.ts';
import type { CallContext } from './context.ts';
import type { ImportResult } from './import-figures.ts';

/** The items of an import as one change, each with the id it gets. */
export function readItems(
  context: CallContext,
  site: Site,
  collection: Collection,
  items: readonly unknown[],
): ImportResult {
  const faults: Fault[] = [];
  const schema = importedItem(site, collection);
  const highest = context.rows.highestSerial(collection);
  const read = items.flatMap((item, i): NewItem[] => {
    const at = `#/items/${i}`;
    // Ids are given in the order of the list, so an item may name one before it.
    const id = toItemId(highest + 1 + i);
    const isEarlier = (other: ItemId) => Number(other) > highest && Number(other) <= highest + i;
    const parsed = parseWith(schema, item, at);
    if (!parsed.ok && parsed.problem.kind === 'invalid') faults.push(...parsed.problem.errors);
    const { agency, publishedAt, content }: { readonly [field: string]: unknown } = Object(item);
    const owner = typeof agency === 'string' ? agencyOf(site, agency) : undefined;
    if (typeof agency === 'string' && !owner)
      faults.push({ pointer: `${at}/agency`, detail: 'is not an agency of this site' });
    const published = typeof publishedAt === 'string' ? parseInstant(publishedAt) : null;
    if (published !== null && published > context.now)
      faults.push({
        pointer: `${at}/publishedAt`,
        detail: `must not be in the future: it is ${context.now}`,
      });
    faults.push(...contentFaults(context, site, { collection, id }, content, `${at}/content`, isEarlier));
    if (!parsed.ok || !owner) return [];
    return [
      {
        id,
        agency: owner.id,
        publishedAt: parsed.value.publishedAt ?? context.now,
        content: parsed.value.content,
      },
    ];
  });
  const change: Change | null =
    read.length > 0 ? { kind: 'items', payload: { collection, items: read } } : null;
  const more = { items: read.map((item) => item.id) };
  return { change, more, changed: [collection], url: listPaths(site, collection), faults };
}
