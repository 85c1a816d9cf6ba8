import { addDays } from '../civil-date.ts';
import type { FigureRule } from '../figure-rules.ts';
import type { MetricId, Site } from '../site.ts';
import { type Around, type Values, valueOn } from './around.ts';
import { movesOf, type Total, totalAfter } from './moved-total.ts';
import { type Note, noteOf } from './note.ts';
import { isSlip } from './slip.ts';

/** The doubts about a day's figures by the rules of the settings. A rule is checked once all its figures are known. */
export const ruleNotes = (site: Pick<Site, 'metrics' | 'rules'>, around: Around): readonly Note[] =>
  (site.rules ?? []).flatMap((rule) => ruleNote(site, rule, around) ?? []);

function ruleNote(site: Pick<Site, 'metrics'>, rule: FigureRule, around: Around): Note | null {
  const parts = partsOf(site, rule);
  if (!parts.some(({ entered }) => Object.hasOwn(around.changed, entered))) return null;
  const plain = differencesOf(parts, rule, around, () => []);
  if (!plain || isUsual(rule, plain)) return null;
  // A total that a remark moves is no jump, whether the other figures move with it or not.
  const isMoved = parts.some(({ total }) => total && around.shifts(total.id).length > 0);
  const differences = isMoved ? differencesOf(parts, rule, around, around.shifts) : plain;
  if (!differences || isUsual(rule, differences)) return null;
  const { now, earlier, isExact } = differences;
  const about = Object.fromEntries(parts.map(({ entered }) => [entered, valueOn(around, entered)]));
  const sides = { sum: rule.sum.join(' + '), of: rule.of.join(' + ') };
  const { date } = around;
  if (rule.is === 'at-most')
    return noteOf(
      { code: 'part-above-whole', metric: null, date },
      { ...sides, difference: toUnits(now) },
      about,
    );
  const base = isExact ? 0 : earlier[0];
  if (base === undefined) return null;
  const difference = toUnits(now - base);
  const slip = slipThatMakes(parts, around, difference);
  return slip
    ? noteOf(
        { code: 'sum-differs-by-slip', metric: slip.metric, date },
        { ...sides, difference, value: slip.value, perhaps: slip.perhaps },
        about,
      )
    : noteOf({ code: 'sum-differs', metric: null, date }, { ...sides, difference }, about);
}

/** Whether a rule holds, or is broken as it was on a day before: that was confirmed then, and is no news. */
const isUsual = ({ is }: FigureRule, { now, earlier, isExact }: Differences): boolean =>
  is === 'at-most'
    ? now <= 0 || (earlier[0] ?? 0) > 0
    : // A difference stays in all totals after it.
      earlier.includes(now) || (isExact && now === 0);

/** A metric of a rule. `entered` is the metric that staff enter: of a total, its flow. `sign` is -1 in `of`. */
type Part = {
  readonly entered: MetricId;
  readonly total: Total | null;
  readonly sign: 1 | -1;
};

const partsOf = (site: Pick<Site, 'metrics'>, rule: FigureRule): readonly Part[] =>
  (['sum', 'of'] as const).flatMap((side) =>
    rule[side].flatMap((id): Part | [] => {
      const metric = site.metrics.find((one) => one.id === id);
      const sign = side === 'sum' ? 1 : -1;
      if (!metric) return [];
      return metric.kind === 'total'
        ? { entered: metric.of, total: metric, sign }
        : { entered: metric.id, total: null, sign };
    }),
  );

type Differences = {
  /** The sum less what it is compared with, in thousandths. */
  readonly now: number;
  /** The same on the days before that have all figures, the nearest first. */
  readonly earlier: readonly number[];
  /** Whether these are the differences themselves. Else each is the difference less a number that is not known. */
  readonly isExact: boolean;
};

/**
 * The differences between the sides of a rule, on the date and on the days before; null if a figure of the date is not
 * known. The totals of the days are counted back from the date. Where that is enough, no older figure is read.
 * @param shifts of a total, those that count
 */
function differencesOf(
  parts: readonly Part[],
  rule: FigureRule,
  all: Around,
  shifts: Around['shifts'],
): Differences | null {
  const around: Around = { ...all, shifts };
  const today: Values = { ...around.stored, ...around.changed };
  if (!isComplete(parts, today)) return null;
  const totals = parts.flatMap((part) => (part.total ? [{ part, total: part.total }] : []));
  const moves = new Map(totals.map(({ part, total }) => [part, movesOf(around, total)]));
  const count = (offset: ReadonlyMap<Part, number>): Differences => {
    const back = new Map(offset);
    const differenceOn = (day: Values) =>
      parts.reduce(
        (sum, part) =>
          sum + part.sign * (part.total ? (back.get(part) ?? 0) : thousandths(day[part.entered])),
        0,
      );
    const now = differenceOn(today);
    const earlier: number[] = [];
    let later = today;
    around.before.forEach((day, ago) => {
      for (const { part } of totals) {
        const days = moves.get(part);
        const moved = days && days.size > 0 ? days.get(addDays(around.date, -ago)) : 0;
        back.set(part, (back.get(part) ?? 0) - thousandths(later[part.entered]) - thousandths(moved));
      }
      if (isComplete(parts, day)) earlier.push(differenceOn(day));
      later = day;
    });
    return { now, earlier, isExact: totals.length === 0 || offset.size > 0 };
  };
  const relative = around.isCut && rule.is === 'equal' && totals.length > 0 ? count(new Map()) : null;
  if (relative && relative.earlier.length > 0) return relative;
  return count(
    new Map(
      totals.map(({ part, total }) => [part, thousandths(totalAfter(around, total, shifts(total.id)))]),
    ),
  );
}

const isComplete = (parts: readonly Part[], day: Values): boolean =>
  parts.every(({ entered }) => (day[entered] ?? null) !== null);

// No figure has more than three decimals, so sums of thousandths are exact.
const thousandths = (value: number | null | undefined): number => Math.round((value ?? 0) * 1000);
const toUnits = (inThousandths: number): number => inThousandths / 1000;

/** A new figure that a slip of its digits makes as wrong as the sum is, with the value that was meant. */
function slipThatMakes(
  parts: readonly Part[],
  around: Around,
  difference: number,
): { readonly metric: MetricId; readonly value: number; readonly perhaps: number } | null {
  for (const { entered, sign } of parts) {
    const value = around.changed[entered] ?? null;
    if (value === null) continue;
    const meant = toUnits(thousandths(value) - sign * thousandths(difference));
    if (isSlip(value, meant)) return { metric: entered, value, perhaps: meant };
  }
  return null;
}
