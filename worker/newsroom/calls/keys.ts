import { codedFault } from '../../model/coded-fault.ts';
import { type Fault, invalid, ok, type Result, refuse } from '../../model/problem.ts';
import { agencyOf, type Metric, metricOf } from '../../model/site.ts';
import { bodies } from '../../model/staff/bodies.ts';
import { STAFF_PATH } from '../../model/staff/calls.ts';
import type { StaffRoute } from '../../model/staff/request.ts';
import { metricsNamed } from '../../model/staff/scope.ts';
import { parseWith } from '../../model/validation/parse.ts';
import { paginate } from '../ledger/paginate.ts';
import type { StaffKey } from '../ledger/staff-keys.ts';
import {
  type CallContext,
  conflict,
  type Effect,
  type ReadResult,
  siteAndAgency,
  unknownId,
  type WriteRequest,
} from './context.ts';
import { cursorOf } from './cursor.ts';
import { preconditionFailure } from './precondition.ts';

/** `POST keys`: issues a key to an agency. Only this answer shows the key's token. */
export function addKey(
  context: CallContext,
  _: StaffRoute<'add-key'>,
  { body, issued }: WriteRequest,
): Result<Effect> {
  if (!issued) throw new Error('no new key was created for this call');
  const settings = siteAndAgency(context);
  if (!settings.ok) return settings;
  const parsed = parseWith(bodies.key(), body);
  if (!parsed.ok) return parsed;
  const { role = 'publisher', scope = null, label = null, expires = null } = parsed.value;
  const agency = agencyOf(settings.value.site, parsed.value.agency);
  const faults: Fault[] = [];
  if (!agency) faults.push(codedFault('#/agency', 'agency-unknown'));
  for (const metric of agency ? metricsNamed(scope ?? []) : [])
    if (!isReportedBy(metricOf(settings.value.site, metric), agency?.id))
      faults.push(codedFault('#/scope', 'scope-metric', { metric, agency: parsed.value.agency }));
  if (expires !== null && expires <= context.now)
    faults.push(codedFault('#/expires', 'time-past', { now: context.now }));
  if (!agency || faults.length > 0) return invalid(faults);
  const { id, token } = issued;
  return ok({
    kind: 'rows',
    // The Worker refuses an expired key by what the release says of it, before it looks at the path or the body.
    publish: expires !== null,
    write: () =>
      context.keys.add({ id, agency: agency.id, role, scope, label, createdAt: context.now, expires }),
    outcome: {
      status: 201,
      id,
      version: 1,
      location: `${STAFF_PATH}/keys/${id}`,
      more: { agency: agency.id, role, ...limitsForm({ scope, label, expires }), key: token },
    },
  });
}

/** A total is derived: its flow is reported. */
const isReportedBy = (metric: Metric | undefined, agency: string | undefined): boolean =>
  metric !== undefined && metric.kind !== 'total' && metric.agencies.some((owner) => owner === agency);

/** `DELETE keys/{id}`: revokes a key. The Newsroom refuses it at once; the Worker refuses it after the next release. */
export function revokeKey(
  context: CallContext,
  { params: { id } }: StaffRoute<'revoke-key'>,
  { ifMatch }: WriteRequest,
): Result<Effect> {
  const key = context.keys.find(id);
  if (!key) return unknownKey(id);
  const failure = preconditionFailure(ifMatch, versionOf(key));
  if (failure) return refuse(failure);
  if (key.revokedAt !== null) return conflict('key-revoked-before', { id, at: key.revokedAt });
  return ok({
    kind: 'rows',
    publish: true,
    write: () => context.keys.revoke(id, context.now),
    outcome: { status: 200, id, version: 2, changed: ['revokedAt'] },
  });
}

/** `GET keys`: all keys ever issued, newest first; with `before`, only keys that follow this id in the list. */
export function listKeys(context: CallContext, { query }: StaffRoute<'list-keys'>): Result<ReadResult> {
  const cursor = cursorOf('before', query, (id) => context.keys.find(id) ?? null);
  if (!cursor.ok) return cursor;
  const { items, hasMore } = paginate(context.keys.issuedBefore(cursor.value));
  const next = hasMore ? `${STAFF_PATH}/keys?before=${items.at(-1)?.id}` : null;
  return ok({ body: { items: items.map(listedKey), next } });
}

/** `GET keys/{id}`: one key, without its secret. */
export function getKey(context: CallContext, { params: { id } }: StaffRoute<'get-key'>): Result<ReadResult> {
  const key = context.keys.find(id);
  return key ? ok({ body: listedKey(key), version: versionOf(key) }) : unknownKey(id);
}

const unknownKey = (id: string) => unknownId('key-id-unknown', { id });

/** What the operator has said of a key, as answers show it: what was not said is left out. */
const limitsForm = ({ scope, label, expires }: Pick<StaffKey, 'scope' | 'label' | 'expires'>) => ({
  ...(scope === null ? {} : { scope }),
  ...(label === null ? {} : { label }),
  ...(expires === null ? {} : { expires }),
});

const versionOf = (key: StaffKey): number => (key.revokedAt === null ? 1 : 2);

const listedKey = (key: StaffKey) => ({
  id: key.id,
  version: versionOf(key),
  agency: key.agency,
  role: key.role,
  ...limitsForm(key),
  createdAt: key.createdAt,
  ...(key.lastUsedAt === null ? {} : { lastUsedAt: key.lastUsedAt }),
  ...(key.revokedAt === null ? {} : { revokedAt: key.revokedAt }),
});
