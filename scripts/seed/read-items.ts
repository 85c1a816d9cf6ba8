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

/** An item to be added, and where it was written. */
export type SeedItem<C extends Collection = Collection> = {
  /** File and, where a file holds several, the place in it. */
  readonly from: string;
  readonly agency: AgencyId;
  readonly publishedAt?: Instant;
  readonly content: ContentOf[C];
};

/**
 * The items of a collection, in the order they are added in: that of the file names, or of the list.
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
  // A folder that is not there holds nothing: git keeps no empty ones.
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

/** A file names another by its name. Ids are serial in the order of import, so the nth file has the id n. */
function withIds(
  parsed: ItemFile,
  form: FileForm,
  file: string,
  names: readonly string[],
  own: number,
): ItemFile {
  const content = { ...parsed.content };
  for (const [fact, as] of Object.entries(form.facts)) {
    if (as !== 'file' || content[fact] === undefined) continue;
    const at = names.indexOf(`${content[fact]}.md`);
    if (at < 0) return fail(file, fact, 'must be the name of a file of this folder, without .md');
    if (at >= own) return fail(file, fact, 'must be a file that stands before this one by its name');
    content[fact] = String(at + 1);
  }
  return { ...parsed, content };
}

async function listIn<C extends Collection>(
  folder: string,
  collection: C,
  site: Site,
): Promise<readonly SeedItem<C>[]> {
  const file = join(folder, `${collection}.json`);
  const list = await readJson(file);
  if (!Array.isArray(list)) return fail(file, '', 'must be a list');
  return list.map((entry, i) => itemOf(collection, entry, site, file, String(i)));
}

function itemOf<C extends Collection>(
  collection: C,
  written: unknown,
  site: Site,
  file: string,
  place: string,
): SeedItem<C> {
  const { agency, publishedAt, content, ...rest } = Object(written) as Record<string, unknown>;
  const at = (field: string) => [place, field].filter(Boolean).join('/');
  for (const field of Object.keys(rest)) fail(file, at(field), 'is not a known field');
  const owner = agencyOf(site, String(agency)) ?? fail(file, at('agency'), 'is not an agency of site.json');
  const instant = publishedAt === undefined ? undefined : parseInstant(String(publishedAt));
  if (instant === null)
    return fail(file, at('publishedAt'), 'must be an instant such as 2021-08-03T14:00:00+03:00');
  return {
    from: [file, place].filter(Boolean).join(', '),
    agency: owner.id,
    ...(instant === undefined ? {} : { publishedAt: instant }),
    content: check(
      contentSchema(collection, site),
      content,
      file,
      seedFormOf(collection).kind === 'files' ? '' : at('content'),
    ),
  };
}
