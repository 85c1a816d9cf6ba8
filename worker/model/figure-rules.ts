import * as v from 'valibot';
import { exactObject } from './validation/exact-object.ts';
import { listOf } from './validation/list-of.ts';
import { says } from './validation/says.ts';

const MAX_RULES = 20;
const MAX_SIDE = 20;

const side = v.pipe(
  listOf(v.string(says('metric-id-form')), MAX_SIDE, 'metrics'),
  v.minLength(1, says('list-empty', { name: 'metric' })),
  v.readonly(),
);

/** Schema of the rules between a day's figures. Figures that break one are published only once staff confirm them. */
export const figureRules = v.pipe(
  listOf(
    exactObject({
      sum: v.pipe(side, v.description('The metrics whose sum is compared.')),
      is: v.pipe(
        v.picklist(['at-most', 'equal'], says('word-other', { words: 'at-most, equal' })),
        v.description('at-most: `sum` are parts of `of`. equal: `sum` makes up `of`.'),
      ),
      of: v.pipe(side, v.description('The metrics whose sum it is compared with.')),
    }),
    MAX_RULES,
    'rules',
  ),
  v.readonly(),
  v.description('What holds between the figures of a day. Staff are asked about figures that break a rule.'),
);

/** A rule between the figures of a day: the sum of some is at most, or equal to, the sum of others. */
export type FigureRule = v.InferOutput<typeof figureRules>[number];

/** A place in the rules, and what is wrong there, by `says`. */
type RuleFault = { readonly path: readonly [number, 'sum' | 'of', number]; readonly message: string };

/** The faults of rules that name what is not a metric, or a metric twice. */
export function ruleFaults(rules: readonly FigureRule[], metrics: ReadonlySet<string>): readonly RuleFault[] {
  const faults: RuleFault[] = [];
  rules.forEach((rule, i) => {
    const named = new Set<string>();
    for (const name of ['sum', 'of'] as const)
      rule[name].forEach((id, j) => {
        if (!metrics.has(id))
          faults.push({ path: [i, name, j], message: says('reference-unknown', { names: 'metrics' }) });
        else if (named.has(id)) faults.push({ path: [i, name, j], message: says('rule-repeats') });
        named.add(id);
      });
  });
  return faults;
}
