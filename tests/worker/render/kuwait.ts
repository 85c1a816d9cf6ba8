import contacts from '../../../kv-seed/contacts.json';
import site from '../../../kv-seed/site.json';
import csv from '../../../kv-seed/statistics.csv?raw';
import { parseItemFile } from '../../../scripts/seed/item-file.ts';
import type { Change } from '../../../worker/model/change.ts';
import {
  COLLECTIONS,
  type Content,
  type ContentOf,
  seedFormOf,
} from '../../../worker/model/collections/registry.ts';
import { parseInstant } from '../../../worker/model/instant.ts';
import type { ItemId } from '../../../worker/model/item.ts';
import type { AgencyId, Site } from '../../../worker/model/site.ts';
import type { BulletinWish } from '../a-bulletin.ts';

/** The series of kv-seed by date: an empty cell is null. */
function kuwaitDays(): NonNullable<BulletinWish['days']> {
  const [header = '', ...lines] = csv.trim().split('\n');
  const metrics = header.split(',').slice(1);
  return Object.fromEntries(
    lines.map((line) => {
      const [date = '', ...cells] = line.split(',');
      return [
        date,
        Object.fromEntries(metrics.map((metric, i) => [metric, cells[i] ? Number(cells[i]) : null])),
      ];
    }),
  );
}

const files = import.meta.glob('../../../kv-seed/*/*.md', { eager: true, query: '?raw', import: 'default' });

/** The items of kv-seed that are written one a file, as the entries that add them. */
function kuwaitItems(): readonly Change[] {
  return COLLECTIONS.flatMap((collection) => {
    const form = seedFormOf(collection);
    if (form.kind !== 'files') return [];
    const folder = `../../../kv-seed/${collection}/`;
    const paths = Object.keys(files)
      .filter((path) => path.startsWith(folder))
      .sort();
    const items = paths.map((path, i) => {
      const item = parseItemFile(files[path] ?? '', form);
      if ('line' in item) throw new Error(`${path}, line ${item.line}: ${item.detail}`);
      const { replaces } = item.content;
      const id = replaces === undefined ? undefined : String(paths.indexOf(`${folder}${replaces}.md`) + 1);
      return {
        id: String(i + 1) as ItemId,
        agency: item.agency as AgencyId,
        publishedAt: parseInstant(item.publishedAt ?? '2021-08-03T11:00:00Z') ?? never(path),
        content: { ...item.content, ...(id === undefined ? {} : { replaces: id }) } as unknown as Content,
      };
    });
    return [{ kind: 'items', payload: { collection, items } }];
  });
}

function never(path: string): never {
  throw new Error(`${path}: its instant can not be read`);
}

/** The bulletin a new site starts with, but for its texts: what is tested of its figures. */
export const kuwait = {
  site: site as unknown as Site,
  days: kuwaitDays(),
  contacts: contacts.map(({ content }) => content as ContentOf['contacts']),
} satisfies BulletinWish;

/** All that a new site starts with: what the budgets of pages are measured on. */
export const kuwaitWhole = { ...kuwait, changes: kuwaitItems() } satisfies BulletinWish;
