import * as v from 'valibot';
import { isJsonObject, type Json } from '../../model/json.ts';
import { type Fault, invalid, ok, type Result, refuse } from '../../model/problem.ts';
import { importFrames } from '../../model/staff/bodies.ts';
import { STAFF_PATH } from '../../model/staff/calls.ts';
import type { StaffRoute } from '../../model/staff/request.ts';
import { faultsOf } from '../../model/validation/parse.ts';
import type { Outcome } from '../ledger/outcome.ts';
import { type CallContext, type Effect, siteAndAgency, type WriteRequest } from './context.ts';
import { confirmationFaults, doubtOf, notesOf } from './figure-notes.ts';
import { MAX_IMPORT_FAULTS } from './figures-csv.ts';
import { foreignColumns, readFigures } from './import-figures.ts';
import { readItems } from './import-items.ts';

/** `POST import`: figures or items in one entry, all or nothing. With `dryRun` everything is checked and nothing written. */
export function importAll(
  context: CallContext,
  _: StaffRoute<'import'>,
  { body, excess }: WriteRequest,
): Result<Effect> {
  const settings = siteAndAgency(context);
  if (!settings.ok) return settings;
  const { site, agency } = settings.value;
  const parsed = v.safeParse(importFrames, body);
  if (!parsed.success) return invalid(frameFaults(body));
  const request = parsed.output;
  const foreign = 'figures' in request ? foreignColumns(context, site, request.figures) : null;
  if (foreign) return refuse(foreign);
  const result =
    'figures' in request
      ? readFigures(context, site, request.figures, request.reason !== undefined)
      : readItems(context, site, request.collection, request.items);
  const faults = [...result.faults, ...excess, ...('figures' in request ? confirmationFaults(request) : [])];
  if (faults.length > 0) return invalid(faults, { max: MAX_IMPORT_FAULTS });
  const { change, more, changed, url } = result;
  const notes =
    change?.kind === 'figures' && 'figures' in request
      ? notesOf(context, site, change.payload.days, request)
      : [];
  const doubt = request.dryRun ? null : doubtOf(notes);
  if (doubt) return refuse(doubt);
  if (request.dryRun || !change)
    return ok({
      kind: 'unchanged',
      outcome: {
        status: 200,
        id: null,
        version: null,
        changed: [],
        more: {
          ...more,
          ...(request.dryRun ? { dryRun: true, ...(notes.length > 0 ? { notes } : {}) } : {}),
        },
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

// The faults of a union say only that no branch fits: use the faults of the branch that the caller meant.
function frameFaults(input: Json): readonly Fault[] {
  const [figures, items] = importFrames.options;
  const meant = isJsonObject(input) && ('collection' in input || 'items' in input) ? items : figures;
  const parsed = v.safeParse(meant, input);
  return parsed.success
    ? [{ pointer: '#', detail: 'must hold either figures or items' }]
    : faultsOf(parsed.issues);
}
