import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type * as v from 'valibot';
import { type CivilDate, parseCivilDate } from '../worker/model/civil-date.ts';
import { COLLECTIONS } from '../worker/model/collection.ts';
import type { Collection, Content } from '../worker/model/content.ts';
import { contentSchema } from '../worker/model/content-schema.ts';
import { type Instant, parseInstant } from '../worker/model/instant.ts';
import { parseWith } from '../worker/model/parse.ts';
import { type AgencyId, agencyOf, metricOf, type Site, siteSchema } from '../worker/model/site.ts';
import { parseNewsFile } from './news-file.ts';

/** An item to be added, and where it was written. */
export type SeedItem = {
  /** File and, where a file holds several, the place in it. */
  readonly from: string;
  readonly agency: AgencyId;
  readonly publishedAt?: Instant;
  readonly content: Content;
};

/** One day of figures as written: its line of CSV without the line's end. */
export type SeedDay = { readonly line: number; readonly date: CivilDate; readonly csv: string };

/** All a new site starts with, checked by the schemas of the staff endpoint. */
export type Seed = {
  readonly site: Site;
  readonly figures: { readonly from: string; readonly header: string; readonly days: readonly SeedDay[] };
  readonly items: { readonly [C in Collection]: readonly SeedItem[] };
};

/** What is wrong with the seed's files, in one line a fault: file, place, what. */
export class SeedFault extends Error {}

/**
 * The seed in a folder. Files are checked before anything is sent, by the same schemas.
 * @throws SeedFault with one line for the first fault, which says how many more there are in that file
 */
export async function readSeed(folder: string): Promise<Seed> {
  const siteFile = join(folder, 'site.json');
  const settings = await readJson(siteFile);
  const site = check(siteSchema(settings), settings, siteFile);
  const figuresFile = join(folder, 'statistics.csv');
  const figures = figuresOf(await read(figuresFile), figuresFile, site);
  const items: { -readonly [C in Collection]: readonly SeedItem[] } = { news: [], contacts: [] };
  for (const collection of COLLECTIONS)
    items[collection] =
      collection === 'news' ? await newsIn(folder, site) : await listIn(folder, collection, site);
  return { site, figures, items };
}

const fail = (file: string, place: string, detail: string): never => {
  throw new SeedFault(`${file}${place && `, ${place}`}: ${detail}`);
};

async function read(file: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  } catch (cause) {
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    return fail(file, '', missing ? 'is missing' : `can not be read (${String(cause)})`);
  }
}

async function readJson(file: string): Promise<unknown> {
  const text = await read(file);
  try {
    return JSON.parse(text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    // V8 names line and column, except where the text ends too early.
    const [, place] = /\(line (\d+ column \d+)\)/.exec(why) ?? [];
    const line = place ?? `${text.trimEnd().split('\n').length}, the end`;
    return fail(file, `line ${line}`, `is not JSON: ${why.replace(/ in JSON at position.*$/, '')}`);
  }
}

function check<T>(schema: v.GenericSchema<unknown, T>, value: unknown, file: string, place = ''): T {
  const parsed = parseWith(schema, value);
  if (parsed.ok) return parsed.value;
  const [first, ...more] = parsed.problem.kind === 'invalid' ? parsed.problem.errors : [];
  const where = [place, first?.pointer.slice(2)].filter(Boolean).join('/');
  return fail(file, where, `${first?.detail}${more.length ? ` (and ${more.length} more)` : ''}`);
}

function figuresOf(text: string, file: string, site: Site): Seed['figures'] {
  const [header = '', ...lines] = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const [first, ...ids] = header.split(',');
  if (first !== 'date') fail(file, 'line 1', 'must begin with date');
  for (const [i, id] of ids.entries()) {
    const metric = metricOf(site, id);
    if (!metric || metric.kind === 'total') fail(file, 'line 1', `${id} is not a metric that is entered`);
    if (ids.indexOf(id) !== i) fail(file, 'line 1', `${id} stands twice`);
  }
  const days: SeedDay[] = [];
  for (const [i, csv] of lines.entries()) {
    if (csv === '') continue;
    const line = i + 2;
    const [day = '', ...cells] = csv.split(',');
    const date = parseCivilDate(day) ?? fail(file, `line ${line}`, `${day} is not a date`);
    if (date < site.firstDate) fail(file, `line ${line}`, `${date} is before the site's first date`);
    const last = days.at(-1);
    if (last && date <= last.date) fail(file, `line ${line}`, `${date} does not follow ${last.date}`);
    if (cells.length !== ids.length)
      fail(file, `line ${line}`, `has ${cells.length} figures for ${ids.length}`);
    for (const [j, cell] of cells.entries())
      if (!/^\d*$/.test(cell) || !Number.isSafeInteger(Number(cell)))
        fail(file, `line ${line}, ${ids[j]}`, `${JSON.stringify(cell)} is not a whole number from 0 up`);
    days.push({ line, date, csv });
  }
  return { from: file, header, days };
}

async function newsIn(folder: string, site: Site): Promise<readonly SeedItem[]> {
  const names = (
    await readdir(join(folder, 'news')).catch(() => fail(join(folder, 'news'), '', 'is missing'))
  )
    .filter((name) => name.endsWith('.md'))
    .sort();
  const items: SeedItem[] = [];
  for (const name of names) {
    const file = join(folder, 'news', name);
    const parsed = parseNewsFile(await read(file));
    if ('line' in parsed) return fail(file, `line ${parsed.line}`, parsed.detail);
    items.push(itemOf('news', parsed, site, file, ''));
  }
  return items;
}

async function listIn(folder: string, collection: Collection, site: Site): Promise<readonly SeedItem[]> {
  const file = join(folder, `${collection}.json`);
  const list = await readJson(file);
  if (!Array.isArray(list)) return fail(file, '', 'must be a list');
  return list.map((entry, i) => itemOf(collection, entry, site, file, String(i)));
}

function itemOf(collection: Collection, written: unknown, site: Site, file: string, place: string): SeedItem {
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
      at(collection === 'news' ? '' : 'content'),
    ),
  };
}
