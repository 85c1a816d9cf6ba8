import * as v from 'valibot';
import { hasDecimals, isDecimal, MAX_DECIMALS } from './decimal.ts';
import { due } from './due-schema.ts';
import { PERCENT, parseMetricId } from './site.ts';
import { exactFields, exactObject, plainObject } from './validation/exact-object.ts';
import { agencyId, parsedBy } from './validation/fields.ts';
import { jsonForm } from './validation/json-form.ts';
import { checkNew } from './validation/known-texts.ts';
import { listOf } from './validation/list-of.ts';
import { says } from './validation/says.ts';
import { MAX_BODY, MAX_TITLE, pluralTextsIn, type TextsSchema } from './validation/text.ts';

/** The most agencies of a site. */
export const MAX_AGENCIES = 200;

const metricId = v.pipe(
  v.string(says('id-expected')),
  v.regex(/^[a-z][a-z0-9_]{0,63}$/, says('id-form')),
  checkNew((id) => (id === 'states' || id === 'notes' ? says('id-of-column') : null)),
  parsedBy(parseMetricId, says('id-reserved')),
  jsonForm({ not: { enum: ['date', 'constructor'] } }),
);

const groupId = v.pipe(v.string(says('id-expected')), v.regex(/^[a-z][a-z0-9_]{0,63}$/, says('id-form')));

const isTrue = (description: string) =>
  v.exactOptional(v.pipe(v.boolean(says('boolean-expected')), v.description(description)));

/** A number with at most `MAX_DECIMALS` decimals. The settings as a whole are checked for fewer. */
const decimal = v.pipe(
  v.number(says('number-expected')),
  v.check(isDecimal, says('number-decimals-most', { decimals: MAX_DECIMALS })),
  v.transform((n) => n + 0), // -0 becomes 0
);

/** What is said of a field that only metrics of other kinds have. */
const OF_LEVELS = { min: says('setting-of-levels'), max: says('setting-of-levels') };
const OF_TOTALS = { of: says('setting-of-totals'), opening: says('setting-of-totals') };
const OF_REPORTED = {
  ...OF_LEVELS,
  decimals: says('setting-of-reported'),
  due: says('setting-of-reported'),
  negative: says('setting-of-flows'),
};

/** Schema of the groups that figures are shown in. */
export const groupsSchema = (texts: TextsSchema) =>
  v.pipe(
    listOf(exactObject({ id: groupId, label: texts(MAX_TITLE) }), 50, 'groups'),
    v.readonly(),
    v.description('Groups of figures on the home page, in this order. Metrics without a group come first.'),
  );

/**
 * Schema of a metric's settings.
 * @param tags the site's languages
 */
export function metricSchema(texts: TextsSchema, tags: readonly string[]) {
  const base = {
    id: metricId,
    label: texts(MAX_TITLE),
    unit: v.exactOptional(
      v.pipe(
        unitSchema(texts),
        v.description('Stands beside each value. `percent`: the values are percentages, such as 42.5.'),
      ),
    ),
    unitForms: v.exactOptional(
      v.pipe(
        pluralTextsIn(tags, MAX_TITLE),
        v.description(
          'The unit after a number of each plural form (CLDR), by language, such as "case" and "cases". A form that is not here is `unit`. A whole metric with forms is something counted: it is more or fewer, not higher or lower.',
        ),
      ),
    ),
    tone: v.picklist(
      ['neutral', 'calm', 'caution', 'alarm'],
      says('word-other', { words: 'neutral, calm, caution, alarm' }),
    ),
    better: v.exactOptional(
      v.pipe(
        v.picklist(['lower', 'higher', 'neither'], says('word-other', { words: 'lower, higher, neither' })),
        v.description('Which change pages call an improvement. Absent: neither.'),
      ),
    ),
    group: v.exactOptional(v.pipe(groupId, v.description('One of `groups`.'))),
    home: v.exactOptional(
      exactObject({
        shown: isTrue('false: the home page leaves the metric out of its figures. Files have it.'),
        drawn: isTrue('true: the chart offers the metric before those without it.'),
      }),
    ),
    definition: v.exactOptional(texts(MAX_BODY)),
    source: v.exactOptional(texts(MAX_BODY)),
  };
  const agencies = v.pipe(
    listOf(agencyId, MAX_AGENCIES, 'agencies'),
    v.readonly(),
    v.description('The agencies that may report it.'),
  );
  const reported = {
    ...base,
    agencies: v.pipe(agencies, v.minLength(1, says('list-empty', { name: 'agency' }))),
    decimals: v.exactOptional(
      v.pipe(
        v.picklist([0, 1, 2, 3], says('number-range', { least: 0, most: MAX_DECIMALS })),
        v.description('The most decimals of its figures, and those that pages show. Absent: 0.'),
      ),
    ),
  };
  return v.pipe(
    plainObject,
    v.variant(
      'kind',
      [
        exactFields(
          {
            ...reported,
            kind: v.literal('flow'),
            due: v.exactOptional(due),
            negative: isTrue(
              'true: its publisher reports negative figures of a day. Absent: they are refused.',
            ),
          },
          { ...OF_LEVELS, ...OF_TOTALS },
        ),
        exactFields(
          {
            ...reported,
            kind: v.literal('level'),
            due: v.exactOptional(due),
            min: v.exactOptional(v.pipe(decimal, v.description('The lowest figure. Absent: 0.'))),
            max: v.exactOptional(v.pipe(decimal, v.description('The highest figure.'))),
          },
          { negative: says('setting-of-flows'), ...OF_TOTALS },
        ),
        exactFields(
          {
            ...base,
            kind: v.literal('total'),
            of: v.pipe(metricId, v.description('The flow that it sums. It has the decimals of that flow.')),
            opening: v.pipe(
              decimal,
              v.minValue(0, says('number-not-negative')),
              v.description('The count before the first date.'),
            ),
            agencies: v.exactOptional(agencies),
          },
          OF_REPORTED,
        ),
      ],
      says('word-other', { words: 'flow, level, total' }),
    ),
    jsonForm(
      {
        description:
          "flow: a day's count. level: a day's standing. total: the running sum of the flow `of` plus `opening`, derived, never entered.",
      },
      'Metric',
    ),
  );
}

// A union would report only that neither form fits, not what is wrong with a text.
function unitSchema(texts: TextsSchema) {
  const percent = v.literal(PERCENT, says('unit-form'));
  const byLanguage = texts(MAX_TITLE);
  const either = v.union([percent, byLanguage]);
  const run: (typeof either)['~run'] = (dataset, config) =>
    typeof dataset.value === 'string'
      ? percent['~run'](dataset, config)
      : byLanguage['~run'](dataset, config);
  return { ...either, '~run': run };
}

type Metric = v.InferOutput<ReturnType<typeof metricSchema>>;
type Settings = { readonly metrics: readonly Metric[]; readonly groups?: readonly { readonly id: string }[] };
type Path = readonly [string, ...(string | number)[]];

/** Checks the references of metrics: each to one of the groups, totals to flows, bounds to decimals. */
export function checkMetrics(
  { metrics, groups = [] }: Settings,
  agencyIds: ReadonlySet<string>,
  addFault: (path: Path, message: string) => void,
): void {
  const groupIds = new Set<string>();
  groups.forEach(({ id }, i) => {
    if (groupIds.has(id)) addFault(['groups', i, 'id'], says('id-twice'));
    groupIds.add(id);
  });
  const decimalsOfFlow = new Map(
    metrics.flatMap((m) => (m.kind === 'flow' ? [[m.id, m.decimals ?? 0] as const] : [])),
  );
  const ids = new Set<string>();
  metrics.forEach((m, i) => {
    const fault = (field: string, message: string) => addFault(['metrics', i, field], message);
    if (ids.has(m.id)) fault('id', says('id-twice'));
    ids.add(m.id);
    (m.agencies ?? []).forEach((id, j) => {
      if (!agencyIds.has(id))
        addFault(['metrics', i, 'agencies', j], says('reference-unknown', { names: 'agencies' }));
    });
    if (m.group !== undefined && !groupIds.has(m.group))
      fault('group', says('reference-unknown', { names: 'groups' }));
    if (m.unitForms && (m.unit === undefined || m.unit === PERCENT))
      fault('unitForms', says('unit-forms-alone'));
    if (m.kind === 'total') {
      const decimals = decimalsOfFlow.get(m.of);
      if (decimals === undefined) fault('of', says('flow-expected'));
      else if (!hasDecimals(m.opening, decimals))
        fault('opening', says('number-decimals-most', { decimals }));
    }
    if (m.kind !== 'level') return;
    const { min, max, decimals = 0 } = m;
    if (min !== undefined && !hasDecimals(min, decimals))
      fault('min', says('number-decimals-most', { decimals }));
    if (max !== undefined && !hasDecimals(max, decimals))
      fault('max', says('number-decimals-most', { decimals }));
    if (max !== undefined && max < (min ?? 0)) fault('max', says('max-below-min'));
  });
}
