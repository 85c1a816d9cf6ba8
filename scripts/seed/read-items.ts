import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Collection,
  type ContentOf,
  contentSchema,
  seedFormOf,
} from '../../worker/model/collections/registry.ts';
import { type Instant, parseInstant } from '../../worker/model/instant.ts';
import { type AgencyId, agencyOf, type Site } from '../../worker/model/site.ts';
import { type FileForm, type ItemFile, parseItemFile } from './item-file.ts';
import { check, fail, read, readJson } from './seed-file.ts';

/** An item to be added, and its place in the seed. */
export type SeedItem<C extends Collection = Collection> = {
  /** The file and, if the file holds several items, the place in it. */
  readonly from: string;
  readonly agency: AgencyId;
  readonly publishedAt?: Instant;
  readonly content: ContentOf[C];
};

/**
 * Reads the items of a collection, in the order in which they are added: by file name, or as in the list.
 * @throws SeedFault at the first fault
 */
export function readItems<C extends Collection>(
  folder: string,
  collection: C,
  site: Site,
): Promise<readonly SeedItem<C>[]> {
  const form = seedFormOf(collection);
  return form.kind === 'files' ? filesIn(folder, collection, form, site) : listIn(folder, collection, site);
}

async function filesIn<C extends Collection>(
  folder: string,
  collection: C,
  form: FileForm,
  site: Site,
): Promise<readonly SeedItem<C>[]> {
  const within = join(folder, collection);
  // A missing folder has no items, because git does not keep empty folders.
  const all = existsSync(within) ? await readdir(within) : [];
  const names = all.filter((name) => name.endsWith('.md')).sort();
  const items: SeedItem<C>[] = [];
  for (const [i, name] of names.entries()) {
    const file = join(within, name);
    const parsed = parseItemFile(await read(file), form);
    if ('line' in parsed) return fail(file, `line ${parsed.line}`, parsed.detail);
    items.push(itemOf(collection, withIds(parsed, form, file, names, i), site, file, ''));
  }
  return items;
}

/** Replaces file names by ids. Items get serial ids in the order of import, so the nth file has the id n. */
function withIds(
  parsed: ItemFile,
  form: FileForm,
  file: string,
  names: readonly string[],
  ownIndex: number,
): ItemFile {
  const content = { ...parsed.content };
  for (const [fact, as] of Object.entries(form.facts)) {
    if (as !== 'file' || content[fact] === undefined) continue;
    const index = names.indexOf(`${content[fact]}.md`);
    if (index < 0) return fail(file, fact, 'must be the name of a file in this folder, without .md');
    if (index >= ownIndex)
      return fail(file, fact, 'must be a file whose name sorts before the name of this file');
    content[fact] = String(index + 1);
  }
  return { ...parsed, content };
}

async function listIn<C extends Collection>(
  folder: string,
  collection: C,
  site: Site,
): Promise<readonly SeedItem<C>[]> {
  const file = join(folder, `${collection}.json`);
  // Like a missing folder.
  const list = existsSync(file) ? await readJson(file) : [];
  if (!Array.isArray(list)) return fail(file, '', 'must be a list');
  return list.map((entry, i) => itemOf(collection, entry, site, file, String(i)));
}

function itemOf<C extends Collection>(
  collection: C,
  value: unknown,
  site: Site,
  file: string,
  place: string,
): SeedItem<C> {
  const { agency, publishedAt, content, ...rest }: Record<string, unknown> = Object(value);
  const pathOf = (field: string) => [place, field].filter(Boolean).join('/');
  for (const field of Object.keys(rest)) fail(file, pathOf(field), 'is not a known field');
  const owner =
    agencyOf(site, String(agency)) ?? fail(file, pathOf('agency'), 'is not an agency of site.json');
  const instant = publishedAt === undefined ? undefined : parseInstant(String(publishedAt));
  if (instant === null)
    return fail(file, pathOf('publishedAt'), 'must be an instant such as 2021-08-03T14:00:00+03:00');
  return {
    from: [file, place].filter(Boolean).join(', '),
    agency: owner.id,
    ...(instant === undefined ? {} : { publishedAt: instant }),
    content: check(
      contentSchema(collection, site),
      content,
      file,
      seedFormOf(collection).kind === 'files' ? '' : pathOf('content'),
    ),
  };
}
