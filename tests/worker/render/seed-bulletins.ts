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
import type { BulletinSpec } from '../a-bulletin.ts';

/** The texts of a seed's files, by their paths relative to its folder. */
type Files = { readonly [path: string]: string };

/** A seed's figures by date; an empty cell is null. */
function daysOf(csv: string): NonNullable<BulletinSpec['days']> {
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

/** The items of a seed that have one file each, as the changes that add them. */
function itemsOf(files: Files): readonly Change[] {
  return COLLECTIONS.flatMap((collection) => {
    const form = seedFormOf(collection);
    if (form.kind !== 'files') return [];
    const folder = `${collection}/`;
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
        publishedAt: parseInstant(item.publishedAt ?? '2021-08-03T11:00:00Z') ?? invalidInstant(path),
        content: { ...item.content, ...(id === undefined ? {} : { replaces: id }) } as unknown as Content,
      };
    });
    return items.length === 0 ? [] : [{ kind: 'items', payload: { collection, items } }];
  });
}

function invalidInstant(path: string): never {
  throw new Error(`${path}: publishedAt is not an instant`);
}

/** The settings, figures and contacts of a seed. */
const figuresOf = (files: Files) => ({
  site: JSON.parse(files['site.json'] ?? '') as Site,
  days: daysOf(files['statistics.csv'] ?? ''),
  contacts: (JSON.parse(files['contacts.json'] ?? '[]') as { content: ContentOf['contacts'] }[]).map(
    ({ content }) => content,
  ),
});

const relativeTo = (folder: string, files: Files): Files =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [path.slice(folder.length), text]));

const epidemicFiles = relativeTo(
  '../../fixtures/epidemic/',
  import.meta.glob('../../fixtures/epidemic/**/*.{md,json,csv}', {
    eager: true,
    query: '?raw',
    import: 'default',
  }),
);
const newSiteFiles = relativeTo(
  '../../../kv-seed/',
  import.meta.glob('../../../kv-seed/**/*.{md,json,csv}', { eager: true, query: '?raw', import: 'default' }),
);

const floodFiles = relativeTo(
  '../../fixtures/flood/',
  import.meta.glob('../../fixtures/flood/**/*.{md,json,csv}', {
    eager: true,
    query: '?raw',
    import: 'default',
  }),
);

/** The flood fixture without its items. */
export const floodWithoutItems = figuresOf(floodFiles) satisfies BulletinSpec;

/** The readings of the flood fixture, three a day, as the changes that report them one after the other. */
function readingsOf(csv: string): readonly Change[] {
  const [, ...lines] = csv.trim().split('\n');
  return lines.map((line) => {
    const [date = '', at, value] = line.split(',');
    const days = { [date]: { river_level: { value: Number(value), at } } };
    return { kind: 'figures', payload: { days } } as unknown as Change;
  });
}

/** The flood fixture without its items, its river read three times a day. */
export const floodWithReadings = {
  ...floodWithoutItems,
  days: Object.fromEntries(
    Object.entries(floodWithoutItems.days).map(([date, { river_level: _, ...day }]) => [date, day]),
  ),
  changes: readingsOf(floodFiles['readings.csv'] ?? ''),
} satisfies BulletinSpec;

/** The epidemic fixture without its items. */
export const epidemicWithoutItems = figuresOf(epidemicFiles) satisfies BulletinSpec;

/** The whole epidemic fixture. */
export const epidemicFixture = {
  ...epidemicWithoutItems,
  changes: itemsOf(epidemicFiles),
} satisfies BulletinSpec;

/** All content of a new site. The page budgets are measured on it. */
export const newSiteSeed = {
  ...figuresOf(newSiteFiles),
  changes: itemsOf(newSiteFiles),
} satisfies BulletinSpec;
