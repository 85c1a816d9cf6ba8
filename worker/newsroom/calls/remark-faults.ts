import { parseCivilDate } from '../../model/civil-date.ts';
import { coded } from '../../model/coded.ts';
import { codedFault } from '../../model/coded-fault.ts';
import { type Collection, isAboutFigures } from '../../model/collections/registry.ts';
import { fromUnits, hasDecimals, toUnits } from '../../model/decimal.ts';
import type { Coded } from '../../model/messages.ts';
import type { Fault, Problem } from '../../model/problem.ts';
import { reportersOf, totalsOf } from '../../model/remarks.ts';
import { decimalsOf, metricOf, type Site } from '../../model/site.ts';
import { MAX_FIGURE } from '../../model/staff/figure.ts';
import { metricScopeProblem } from './access-problem.ts';
import { type CallContext, forbidden, todayOf } from './context.ts';

/** A content, not checked. */
type Fields = { readonly [field: string]: unknown };

/** Refuses facts about a metric that the scope of the caller's key does not name; null if it does, or for other contents. */
export const remarkScopeProblem = (
  caller: CallContext['caller'],
  site: Site,
  collection: Collection,
  ...contents: readonly unknown[]
): Problem | null =>
  contents
    .flatMap((content) => (isAboutFigures(collection) ? (metricOf(site, metricIn(content)) ?? []) : []))
    .map(({ id }) => metricScopeProblem(caller, site, id))
    .find((problem) => problem !== null) ?? null;

/**
 * Refuses a fact about a figure that the call's agency does not report; null if it may state it, or for a content that
 * is no such fact. An agency may always correct what it has published about the same metric.
 * @param old the content that an edit replaces
 */
export function reporterProblem(
  { caller }: CallContext,
  site: Site,
  collection: Collection,
  content: unknown,
  old?: unknown,
): Problem | null {
  const lack = remarkScopeProblem(caller, site, collection, content, old ?? content);
  if (lack) return lack;
  const reporters = foreignReporters(site, collection, content, caller.agency ?? '', old);
  return reporters
    ? forbidden('remark-of-other', {
        metric: metricIn(content),
        owners: reporters.join(', '),
        agency: caller.agency ?? '',
      })
    : null;
}

/** The fault of an imported fact about a figure that its agency does not report. */
export function reporterFaults(
  site: Site,
  collection: Collection,
  content: unknown,
  agency: string,
  pointer: string,
): readonly Fault[] {
  const reporters = foreignReporters(site, collection, content, agency);
  return reporters
    ? [codedFault(`${pointer}/metric`, 'remark-foreign', { owners: reporters.join(', '), agency })]
    : [];
}

/** The agencies that report the metric of a fact, if this agency is none of them; else null. */
function foreignReporters(
  site: Site,
  collection: Collection,
  content: unknown,
  agency: string,
  old?: unknown,
) {
  const metric = metricOf(site, metricIn(content));
  if (!isAboutFigures(collection) || !metric || isSameShift(old, content)) return null;
  const reporters = reportersOf(site, metric.id);
  return reporters.some((reporter) => reporter === agency) ? null : reporters;
}

/** Whether an edit leaves alone what a remark does to a total: its agency may always correct the words. */
export const isSameShift = (old: unknown, content: unknown): boolean =>
  old !== undefined &&
  ['metric', 'kind', 'date', 'amount', 'total'].every(
    (field) => Object(old)[field] === Object(content)[field],
  );

const metricIn = (content: unknown): string => {
  const { metric }: { readonly metric?: unknown } = Object(content);
  return typeof metric === 'string' ? metric : '';
};

/**
 * The faults of a remark that its schema does not find: a metric that the site does not have, fields that its kind does
 * not have, an amount of what has no total. What remarks make of totals: see `remarkTotalFaults`.
 * @param sent the content as it was sent
 */
export function remarkFaults(
  context: CallContext,
  site: Site,
  collection: Collection,
  sent: unknown,
  pointer: string,
): readonly Fault[] {
  if (!isAboutFigures(collection)) return [];
  const content: Fields = Object(sent);
  const fault: At = (field, why) => ({ pointer: `${pointer}/${field}`, ...why });
  const { metric, kind, date: text } = content;
  const known = typeof metric === 'string' ? metricOf(site, metric) : undefined;
  const faults = kindFaults(content, fault);
  if (typeof metric === 'string' && !known) faults.push(fault('metric', coded('metric-unknown')));
  if (!known || (kind !== 'adjustment' && kind !== 'restatement')) return faults;
  const totals = totalsOf(site, known.id);
  if (totals.length === 0) faults.push(fault('metric', coded('remark-without-total')));
  if (content.total !== undefined && totals.length > 1)
    faults.push(
      fault('metric', coded('remark-which-total', { ids: totals.map((total) => total.id).join(', ') })),
    );
  const decimals = decimalsOf(site, known);
  for (const field of ['amount', 'total']) {
    const number = content[field];
    if (typeof number !== 'number') continue;
    if (!hasDecimals(number, decimals))
      faults.push(fault(field, coded('number-decimals-most', { decimals })));
    if (Math.abs(toUnits(number, decimals)) > MAX_FIGURE)
      faults.push(fault(field, coded('value-too-large', { most: fromUnits(MAX_FIGURE, decimals) })));
  }
  const date = typeof text === 'string' ? parseCivilDate(text) : null;
  const today = todayOf(context, site);
  if (date !== null && date > today) faults.push(fault('date', coded('remark-after-today', { today })));
  if (date !== null && date < site.firstDate)
    faults.push(fault('date', coded('remark-before-first', { first: site.firstDate })));
  return faults;
}

/** Makes the fault of a field. */
type At = (field: string, why: Coded) => Fault;

/** The fields that only remarks of some kinds have. */
const KINDS_OF: { readonly [field: string]: readonly string[] } = {
  amount: ['adjustment', 'restatement'],
  total: ['restatement'],
  period: ['adjustment', 'restatement'],
  until: ['pause', 'problem'],
};

function kindFaults(content: Fields, fault: At): Fault[] {
  const { kind, amount, total } = content;
  if (typeof kind !== 'string') return [];
  const faults = Object.entries(KINDS_OF).flatMap(([field, kinds]) =>
    content[field] === undefined || kinds.includes(kind)
      ? []
      : [fault(field, coded('remark-other-kind', { kinds: kinds.join(', ') }))],
  );
  if (kind === 'adjustment' && amount === undefined)
    faults.push(fault('amount', coded('remark-needs-amount')));
  if (kind === 'restatement' && (amount === undefined) === (total === undefined))
    faults.push(fault('amount', coded('remark-amount-or-total')));
  if (amount === 0) faults.push(fault('amount', coded('number-not-zero')));
  return faults;
}
