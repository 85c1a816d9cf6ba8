import { join, relative } from 'node:path';
import { type CivilDate, parseCivilDate } from '../../worker/model/civil-date.ts';
import { coded } from '../../worker/model/coded.ts';
import { COLLECTIONS, type Collection } from '../../worker/model/collections/registry.ts';
import { NAMED_KINDS, unfitProblem } from '../../worker/model/named-contacts.ts';
import { metricOf, type Site } from '../../worker/model/site.ts';
import { siteSchema } from '../../worker/model/site-schema.ts';
import { figureIn, figureRange, numberOf, type ReportedMetric } from '../../worker/model/staff/figure.ts';
import { readItems, type SeedItem } from './read-items.ts';
import { check, fail, read, readJson } from './seed-file.ts';

/** One day of figures: its number and text of the CSV line, without the line ending. */
export type SeedDay = { readonly line: number; readonly date: CivilDate; readonly csv: string };

/** The whole content of a new site, checked by the schemas of the staff endpoint. */
export type Seed = {
  readonly site: Site;
  readonly figures: { readonly from: string; readonly header: string; readonly days: readonly SeedDay[] };
  readonly items: { readonly [C in Collection]: readonly SeedItem<C>[] };
};

/** The folder `kv-seed`, relative to the working directory, so that a fault names a path that people can open. */
export const seedFolder = (): string =>
  relative(process.cwd(), join(import.meta.dirname, '../../kv-seed')) || '.';

/**
 * Reads the seed in a folder and checks its files with the schemas of the staff endpoint.
 * @throws SeedFault with one line for the first fault and the number of further faults in that file
 */
export async function readSeed(folder: string): Promise<Seed> {
  const siteFile = join(folder, 'site.json');
  const settings = await readJson(siteFile);
  const site = check(siteSchema(settings), settings, siteFile);
  const figuresFile = join(folder, 'statistics.csv');
  const figures = figuresOf(await read(figuresFile), figuresFile, site);
  const items = [];
  for (const collection of COLLECTIONS)
    items.push([collection, await readItems(folder, collection, site)] as const);
  const seed = { site, figures, items: Object.fromEntries(items) as Seed['items'] };
  checkChoices(seed, siteFile);
  return seed;
}

/** Checks the contacts that the settings choose: their nth contact gets the id n. */
function checkChoices({ site, items }: Seed, file: string): void {
  for (const kind of NAMED_KINDS) {
    const id = site[kind];
    if (id === undefined) continue;
    const content = items.contacts[Number(id) - 1]?.content;
    const problem = content ? unfitProblem(kind, id, content) : coded('contact-unknown', { id });
    if (problem !== null) fail(file, kind, problem.detail.replace(id, `${id} of contacts.json`));
  }
}

function figuresOf(text: string, file: string, site: Site): Seed['figures'] {
  const [header = '', ...lines] = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const [first, ...ids] = header.split(',');
  if (header.includes(';'))
    fail(file, 'line 1', 'has semicolons where commas are expected: save it as comma-separated CSV');
  if (first !== 'date') fail(file, 'line 1', 'must begin with date');
  const metrics: ReportedMetric[] = [];
  for (const [i, id] of ids.entries()) {
    const metric = metricOf(site, id);
    if (!metric || metric.kind === 'total')
      return fail(file, 'line 1', `${id} is not a metric that can be entered`);
    metrics.push(metric);
    if (ids.indexOf(id) !== i) fail(file, 'line 1', `${id} is there twice`);
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
      fail(file, `line ${line}`, `has ${cells.length} figures for ${ids.length} metrics`);
    for (const [j, metric] of metrics.entries()) {
      const cell = cells[j] ?? '';
      if (cell !== '' && figureIn(metric, cell) === null)
        fail(
          file,
          `line ${line}, ${metric.id}`,
          `${JSON.stringify(cell)} is not ${numberOf(metric)} to ${figureRange(metric).max}`,
        );
    }
    days.push({ line, date, csv });
  }
  return { from: file, header, days };
}
