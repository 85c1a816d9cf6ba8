import { parseCivilDate } from '../../model/civil-date.ts';
import { type Collection, isAboutFigures } from '../../model/collections/registry.ts';
import { fromUnits, hasDecimals, toUnits } from '../../model/decimal.ts';
import { decimalsFault } from '../../model/metric-schema.ts';
import type { Fault, Problem } from '../../model/problem.ts';
import { reportersOf, totalsOf } from '../../model/remarks.ts';
import { decimalsOf, metricOf, type Site } from '../../model/site.ts';
import { MAX_FIGURE } from '../../model/staff/figure.ts';
import { metricScopeProblem } from './access-problem.ts';
import { type CallContext, forbidden, todayOf } from './context.ts';

/** A content, not checked. */
type Fields = { readonly [field: string]: unknown };

/** What the refusal of a negative figure and of an entered total names. */
export const RESTATE = 'to change a total by itself, POST remarks with kind restatement';

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
    ? forbidden(
        `${metricIn(content)} is reported by ${reporters.join(', ')}, but this call acts for ${caller.agency} (the operator names an agency in the header Nashra-Agency)`,
      )
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
    ? [{ pointer: `${pointer}/metric`, detail: `is reported by ${reporters.join(', ')}, not by ${agency}` }]
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
  const fault = (field: string, detail: string): Fault => ({ pointer: `${pointer}/${field}`, detail });
  const { metric, kind, date: text } = content;
  const known = typeof metric === 'string' ? metricOf(site, metric) : undefined;
  const faults = kindFaults(content, fault);
  if (typeof metric === 'string' && !known) faults.push(fault('metric', 'is not a metric of this site'));
  if (!known || (kind !== 'adjustment' && kind !== 'restatement')) return faults;
  const totals = totalsOf(site, known.id);
  if (totals.length === 0) faults.push(fault('metric', 'has no total, so there is none to change'));
  if (content.total !== undefined && totals.length > 1)
    faults.push(fault('metric', `must name one total: ${totals.map((total) => total.id).join(', ')}`));
  const decimals = decimalsOf(site, known);
  for (const field of ['amount', 'total']) {
    const number = content[field];
    if (typeof number !== 'number') continue;
    if (!hasDecimals(number, decimals)) faults.push(fault(field, decimalsFault(decimals)));
    if (Math.abs(toUnits(number, decimals)) > MAX_FIGURE)
      faults.push(fault(field, `must be at most ${fromUnits(MAX_FIGURE, decimals)}`));
  }
  const date = typeof text === 'string' ? parseCivilDate(text) : null;
  const today = todayOf(context, site);
  if (date !== null && date > today) faults.push(fault('date', `is after the site's today, ${today}`));
  if (date !== null && date < site.firstDate)
    faults.push(fault('date', `is before the site's first date, ${site.firstDate}`));
  return faults;
}

/** The fields that only remarks of some kinds have. */
const KINDS_OF: { readonly [field: string]: readonly string[] } = {
  amount: ['adjustment', 'restatement'],
  total: ['restatement'],
  period: ['adjustment', 'restatement'],
  until: ['pause', 'problem'],
};

function kindFaults(content: Fields, fault: (field: string, detail: string) => Fault): Fault[] {
  const { kind, amount, total } = content;
  if (typeof kind !== 'string') return [];
  const faults = Object.entries(KINDS_OF).flatMap(([field, kinds]) =>
    content[field] === undefined || kinds.includes(kind)
      ? []
      : [fault(field, `belongs to a remark of kind ${kinds.join(' or ')}`)],
  );
  if (kind === 'adjustment' && amount === undefined)
    faults.push(fault('amount', 'is required for an adjustment'));
  if (kind === 'restatement' && (amount === undefined) === (total === undefined))
    faults.push(fault('amount', 'or total is required for a restatement, not both'));
  if (amount === 0) faults.push(fault('amount', 'must not be 0'));
  return faults;
}
