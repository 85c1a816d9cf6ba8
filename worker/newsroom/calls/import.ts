import * as v from 'valibot';
import type { Change, Figures, NewItem } from '../../model/change.ts';
import type { CivilDate } from '../../model/civil-date.ts';
import { COLLECTIONS } from '../../model/collections/collection.ts';
import type { Collection, ItemId } from '../../model/collections/content.ts';
import { contentSchema } from '../../model/collections/content-schema.ts';
import { parseInstant } from '../../model/instant.ts';
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import { type Fault, invalid, ok, type Result, refuse } from '../../model/problem.ts';
import { seriesOf } from '../../model/series.ts';
import { agencyOf, type Site } from '../../model/site.ts';
import { STAFF_PATH } from '../../model/staff-call.ts';
import { exactObject } from '../../model/validation/exact-object.ts';
import { faultsOf, parseWith } from '../../model/validation/parse.ts';
import { type Decision, type Desk, operatorOnly, siteOf } from './desk.ts';
import { changedFigures, correctedFigures, dateFaults } from './figures.ts';
import { parseFiguresCsv } from './figures-csv.ts';
import { optionalReason } from './reason.ts';
import { replacesFaults } from './replaces.ts';

const MAX_FAULTS = 200;

const body = v.union([
  exactObject({ figures: v.string(), reason: optionalReason, dryRun: v.exactOptional(v.boolean()) }),
  exactObject({
    collection: v.picklist(COLLECTIONS),
    items: v.array(v.unknown()),
    reason: optionalReason,
    dryRun: v.exactOptional(v.boolean()),
  }),
]);

/** `POST import`: figures or items in one entry, all or nothing. With `dryRun` all is checked and nothing done. */
export function importAll(desk: Desk, input: Json): Result<Decision> {
  const problem = operatorOnly(desk);
  if (problem) return refuse(problem);
  const known = siteOf(desk);
  if (!known.ok) return known;
  const parsed = v.safeParse(body, input);
  if (!parsed.success) return invalid(frameFaults(input));
  const request = parsed.output;
  const read =
    'figures' in request
      ? readFigures(desk, known.value, request.figures, request.reason !== undefined)
      : readItems(desk, known.value, request.collection, request.items);
  if (read.faults.length > 0) return invalid(capped(read.faults));
  const { change, more } = read;
  if (request.dryRun || !change)
    return ok({
      kind: 'unchanged',
      outcome: {
        status: 200,
        id: null,
        version: null,
        more: { ...more, ...(request.dryRun ? { dryRun: true } : {}) },
      },
    });
  return ok({
    kind: 'change',
    change,
    agency: desk.caller.agency,
    reason: request.reason,
    outcome: (seq) => ({
      status: 201,
      id: String(seq),
      version: 1,
      location: `${STAFF_PATH}/ledger/${seq}`,
      more,
    }),
  });
}

type Read = { readonly change: Change | null; readonly more: JsonObject; readonly faults: readonly Fault[] };

// A union's own faults say only that no branch fits: judge by the branch that was plainly meant.
function frameFaults(input: Json): readonly Fault[] {
  const [figures, items] = body.options;
  const meant = isJsonObject(input) && ('collection' in input || 'items' in input) ? items : figures;
  const parsed = v.safeParse(meant, input);
  return parsed.success
    ? [{ pointer: '#', detail: 'must hold either figures or items' }]
    : faultsOf(parsed.issues);
}

function readFigures(desk: Desk, site: Site, csv: string, hasReason: boolean): Read {
  const parsed = parseFiguresCsv(csv, site);
  const faults = [...parsed.faults];
  const days: Record<CivilDate, Figures> = {};
  const corrected: string[] = [];
  let count = 0;
  for (const [date, values] of parsed.days) {
    const wrong = dateFaults(desk, site, date);
    if (wrong.length > 0) {
      const line = parsed.lines.get(date);
      faults.push(
        ...wrong.map(({ detail }) => ({ pointer: '#/figures', detail: `line ${line}: ${detail}` })),
      );
      continue;
    }
    const changed = changedFigures(desk, date, values);
    corrected.push(...correctedFigures(desk, date, changed));
    const names = Object.keys(changed).length;
    if (names > 0) days[date] = changed;
    count += names;
  }
  if (corrected.length > 0 && !hasReason)
    faults.push({
      pointer: '#/reason',
      detail: `is required to change what is public: ${corrected.slice(0, 10).join(', ')}${corrected.length > 10 ? `, and ${corrected.length - 10} more` : ''}`,
    });
  if (faults.length === 0) faults.push(...totalFaults(desk, site, days, parsed.totals));
  const change: Change | null = count > 0 ? { kind: 'figures', payload: { days } } : null;
  return { change, more: { figures: count }, faults };
}

/** Totals in an import are never stored; where they disagree with what the figures add up to, something is missing. */
function totalFaults(
  desk: Desk,
  site: Site,
  changed: Readonly<Record<CivilDate, Figures>>,
  totals: ReadonlyMap<CivilDate, Figures>,
): Fault[] {
  if (![...totals.values()].some((sums) => Object.keys(sums).length > 0)) return [];
  const days = new Map([...desk.rows.days()]);
  for (const [date, values] of Object.entries(changed) as [CivilDate, Figures][]) {
    const day = days.get(date);
    const cells = Object.fromEntries(Object.entries(values).map(([id, value]) => [id, [value, 0] as const]));
    days.set(date, { version: 0, cells: { ...day?.cells, ...cells } });
  }
  const series = seriesOf({ site, days });
  const index = new Map(series.dates.map((date, i) => [date, i]));
  return [...totals].flatMap(([date, sums]) =>
    (Object.entries(sums) as [keyof Figures, number][]).flatMap(([id, given]) => {
      const sum = series.metrics[id]?.[index.get(date) ?? -1] ?? null;
      return sum === given
        ? []
        : [
            {
              pointer: '#/figures',
              detail: `${date}, ${id}: ${given} is not the sum of the figures, ${sum ?? 'none'}`,
            },
          ];
    }),
  );
}

function readItems(desk: Desk, site: Site, collection: Collection, items: readonly unknown[]): Read {
  const faults: Fault[] = [];
  const frame = exactObject({
    agency: v.string('must be an agency id'),
    publishedAt: v.exactOptional(v.string('must be an instant')),
    content: contentSchema(collection, site),
  });
  const highest = desk.rows.highestSerial(collection);
  let serial = highest;
  const read = items.flatMap((item, i): NewItem[] => {
    const at = `#/items/${i}`;
    const parsed = parseWith(frame, item, at);
    if (!parsed.ok && parsed.problem.kind === 'invalid') faults.push(...parsed.problem.errors);
    faults.push(...frameOfItemFaults(desk, site, item, at));
    // Ids are given in the order of the list, so an item may name one before it.
    const own = { collection, id: String(highest + 1 + i) as ItemId };
    const isEarlier = (id: ItemId) => Number(id) > highest && Number(id) <= highest + i;
    faults.push(...replacesFaults(desk, own, Object(item).content, `${at}/content`, isEarlier));
    if (!parsed.ok) return [];
    const { agency, publishedAt, content } = parsed.value;
    const published = publishedAt === undefined ? desk.now : parseInstant(publishedAt);
    serial += 1;
    return published ? [{ id: String(serial) as ItemId, agency, publishedAt: published, content }] : [];
  });
  const change: Change | null =
    read.length > 0 ? { kind: 'items', payload: { collection, items: read } } : null;
  return { change, more: { items: read.map((item) => item.id) }, faults };
}

/** What is wrong with an item's agency and time, whether or not its content is right. */
function frameOfItemFaults(desk: Desk, site: Site, item: unknown, at: string): Fault[] {
  if (typeof item !== 'object' || item === null) return [];
  const { agency, publishedAt } = item as { readonly agency?: unknown; readonly publishedAt?: unknown };
  const faults: Fault[] = [];
  if (typeof agency === 'string' && !agencyOf(site, agency))
    faults.push({ pointer: `${at}/agency`, detail: 'is not an agency of this site' });
  if (typeof publishedAt === 'string') {
    const instant = parseInstant(publishedAt);
    const pointer = `${at}/publishedAt`;
    if (instant === null)
      faults.push({ pointer, detail: 'must be an instant from 1970 on, such as 2021-08-03T14:00:00Z' });
    else if (instant > desk.now)
      faults.push({ pointer, detail: `must not be in the future: it is ${desk.now}` });
  }
  return faults;
}

const capped = (faults: readonly Fault[]): readonly Fault[] =>
  faults.length <= MAX_FAULTS
    ? faults
    : [
        ...faults.slice(0, MAX_FAULTS),
        { pointer: '#', detail: `and ${faults.length - MAX_FAULTS} more faults` },
      ];
