import * as v from 'valibot';
import { type Cells, type Figures, numbersIn } from '../../model/change.ts';
import type { CivilDate } from '../../model/civil-date.ts';
import { entriesOf } from '../../model/entries.ts';
import { MAX_IMPORT_FAULTS } from '../../model/figures-file/file-faults.ts';
import { isJsonObject, type Json } from '../../model/json.ts';
import { type Fault, invalid, ok, type Result, refuse } from '../../model/problem.ts';
import { importFrames } from '../../model/staff/bodies.ts';
import { STAFF_PATH } from '../../model/staff/calls.ts';
import type { StaffRoute } from '../../model/staff/request.ts';
import { faultsOf } from '../../model/validation/parse.ts';
import type { Outcome } from '../ledger/outcome.ts';
import { type CallContext, type Effect, forbidden, siteAndAgency, type WriteRequest } from './context.ts';
import { confirmationFaults, doubtOf, notesOf } from './figure-notes.ts';
import { readFigures } from './import-figures.ts';
import { readItems } from './import-items.ts';
import { shiftDoubts } from './shift-doubts.ts';

/**
 * `POST import`: figures or items in one entry, all or nothing. With `dryRun` everything is checked and nothing
 * written. Agencies import figures of their metrics; only the operator imports items, because they name their agencies
 * and times.
 */
export function importAll(
  context: CallContext,
  _: StaffRoute<'import'>,
  { body, excess }: WriteRequest,
): Result<Effect> {
  const settings = siteAndAgency(context);
  if (!settings.ok) return settings;
  const { site, agency } = settings.value;
  if (context.caller.role === 'publisher' && meansItems(body)) return refuse(forbidden('import-by-operator'));
  const parsed = v.safeParse(importFrames, body);
  if (!parsed.success) return invalid(frameFaults(body));
  const request = parsed.output;
  const read =
    'figures' in request
      ? readFigures(context, site, request)
      : ok(readItems(context, site, request.collection, request.items));
  if (!read.ok) return read;
  const result = read.value;
  const faults = [...result.faults, ...excess, ...confirmationFaults(request)];
  if (faults.length > 0) return invalid(faults, { more: result.moreFaults ?? 0, max: MAX_IMPORT_FAULTS });
  const { change, shown, changed, url } = result;
  const doubts =
    change?.kind === 'figures' && 'figures' in request
      ? notesOf(context, site, numbersByDay(change.payload.days), request)
      : change?.kind === 'items'
        ? shiftDoubts(context, site, change.payload.collection, change.payload.items, request)
        : [];
  const doubt = request.dryRun ? null : doubtOf(doubts);
  if (doubt) return refuse(doubt);
  const notes = [...(result.notes ?? []), ...doubts];
  const more = 'figures' in request || notes.length > 0 ? { ...result.more, notes } : result.more;
  if (request.dryRun || !change)
    return ok({
      kind: 'unchanged',
      outcome: {
        status: 200,
        id: null,
        version: null,
        changed: [],
        more: { ...more, ...shown, ...(request.dryRun ? { dryRun: true } : {}) },
      },
    });
  const outcome = { status: 201, version: 1, isUntagged: true, changed, url, more } as const;
  return ok({
    kind: 'change',
    change,
    agency,
    reason: request.reason,
    outcome: (seq): Outcome => ({
      ...outcome,
      id: String(seq),
      location: `${STAFF_PATH}/ledger/${seq}`,
    }),
  });
}

const numbersByDay = (days: { readonly [date: CivilDate]: Cells }): { readonly [date: CivilDate]: Figures } =>
  Object.fromEntries(entriesOf(days).map(([date, cells]) => [date, numbersIn(cells)]));

const meansItems = (body: Json): boolean => isJsonObject(body) && ('collection' in body || 'items' in body);

// The faults of a union say only that no branch fits: use the faults of the branch that the caller meant.
function frameFaults(input: Json): readonly Fault[] {
  const [figures, items] = importFrames.options;
  const meant = meansItems(input) ? items : figures;
  const parsed = v.safeParse(meant, input);
  return faultsOf(parsed.issues ?? []);
}
