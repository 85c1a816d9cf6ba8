import * as v from 'valibot';
import { parseMetricId, type Site } from './site.ts';
import { exactFields, exactObject, plainObject } from './validation/exact-object.ts';
import { agencyId, civilDate, parsedBy, webAddress } from './validation/fields.ts';
import { jsonForm } from './validation/json-form.ts';
import { line, MAX_BODY, MAX_TITLE, textsIn } from './validation/text.ts';

const metricId = v.pipe(
  v.string('must be an id'),
  v.regex(/^[a-z][a-z0-9_]{0,63}$/, 'must be an id of small letters, digits and underscores, a letter first'),
  parsedBy(parseMetricId, 'is reserved'),
  jsonForm({ not: { enum: ['date', 'constructor'] } }),
);

const canFormat = (use: () => unknown): boolean => {
  try {
    use();
    return true;
  } catch {
    return false; // Intl throws a RangeError for what it does not know, which is the answer asked for
  }
};

const timeZone = v.pipe(
  v.string('must be the IANA name of a time zone'),
  v.check(
    (s) => /^[A-Za-z]/.test(s) && canFormat(() => new Intl.DateTimeFormat('en', { timeZone: s })),
    'must be the IANA name of a time zone, such as Asia/Kuwait',
  ),
  v.description('The IANA name of the zone the days are counted in.'),
);

const languages = v.pipe(
  v.array(
    exactObject({
      tag: v.pipe(
        v.string('must be a language tag'),
        v.regex(/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/, 'must be a language tag in small letters, such as ar'),
        v.check((s) => s !== 'api', 'is the path of the API'),
        v.check(
          (s) => canFormat(() => new Intl.DisplayNames([s], { type: 'language' }).of(s)),
          'must be a language tag of BCP 47, such as en-gb',
        ),
      ),
      locale: v.pipe(
        v.string('must be a BCP 47 locale'),
        v.check(
          (s) => canFormat(() => new Intl.Locale(s)),
          'must be a BCP 47 locale, such as ar-KW-u-nu-latn',
        ),
      ),
    }),
    'must be a list',
  ),
  v.minLength(1, 'must name at least one language'),
  v.maxLength(20, 'must name at most 20 languages'),
  v.check((list) => new Set(list.map((l) => l.tag)).size === list.length, 'must not name a language twice'),
);

const languageFrame = v.looseObject({ languages, defaultLanguage: v.string('must be a language tag') });

/**
 * Schema of a site's settings. What depends on other parts of it (texts on the languages, owners on the agencies,
 * totals on the flows) is checked too, each fault at its own place.
 */
export function siteSchema(input: unknown) {
  // Texts can only be judged once it is known which languages there are; with a broken frame, by the usual two.
  const frame = v.safeParse(languageFrame, input);
  const tags = frame.success ? frame.output.languages.map((l) => l.tag) : ['ar', 'en'];
  const fallback = frame.success ? frame.output.defaultLanguage : 'ar';
  const texts = (max: number) => textsIn(tags, fallback, max);
  const base = {
    id: metricId,
    label: texts(MAX_TITLE),
    unit: v.exactOptional(texts(MAX_TITLE)),
    tone: v.picklist(['neutral', 'calm', 'caution', 'alarm'], 'must be neutral, calm, caution or alarm'),
    definition: v.exactOptional(texts(MAX_BODY)),
    source: v.exactOptional(texts(MAX_BODY)),
  };
  const agencies = v.pipe(
    v.array(agencyId, 'must be a list of agency ids'),
    v.description('Who may report it.'),
  );
  const metric = v.pipe(
    plainObject,
    v.variant(
      'kind',
      [
        exactFields({
          ...base,
          kind: v.picklist(['flow', 'level']),
          agencies: v.pipe(agencies, v.minLength(1, 'must name who may report it')),
        }),
        exactFields({
          ...base,
          kind: v.literal('total'),
          of: v.pipe(metricId, v.description('The flow it sums up.')),
          opening: v.pipe(
            v.number('must be a whole number'),
            v.safeInteger('must be a whole number'),
            v.minValue(0, 'must not be negative'),
            v.description('What was counted before the first date.'),
          ),
          agencies: v.exactOptional(agencies),
        }),
      ],
      'must be flow, level or total',
    ),
    jsonForm(
      {
        description:
          "flow: a day's count. level: a day's standing. total: the running sum of the flow `of` plus `opening`, derived, never entered.",
      },
      'Metric',
    ),
  );
  return v.pipe(
    exactObject({
      name: texts(MAX_TITLE),
      authority: v.exactOptional(texts(MAX_TITLE)),
      origin: v.pipe(
        v.string('must be an origin'),
        v.check(
          (s) => /^https?:\/\//.test(s) && URL.canParse(s) && new URL(s).origin === s,
          'must be scheme, host and port only, such as https://bulletin.example',
        ),
        jsonForm({
          pattern: '^https?://[^/\\s]+$',
          description: 'What absolute addresses begin with: scheme, host, port.',
        }),
      ),
      open: v.pipe(
        v.boolean('must be true or false'),
        v.description('Public paths answer 503 until this is true.'),
      ),
      timeZone,
      languages,
      defaultLanguage: v.pipe(
        v.string('must be a language tag'),
        v.check((s) => tags.includes(s), 'must be one of the languages'),
      ),
      firstDate: civilDate,
      operator: agencyId,
      notice: v.exactOptional(texts(MAX_BODY)),
      agencies: v.pipe(
        v.array(exactObject({ id: agencyId, name: texts(MAX_TITLE), url: v.exactOptional(webAddress) })),
        v.maxLength(200, 'must be at most 200 agencies'),
      ),
      license: exactObject({
        name: line(MAX_TITLE),
        url: v.exactOptional(webAddress),
        attribution: texts(MAX_BODY),
      }),
      metrics: v.pipe(v.array(metric, 'must be a list'), v.maxLength(100, 'must be at most 100 metrics')),
    }),
    v.rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed) return;
      const site = dataset.value;
      const fault = (path: readonly (string | number)[], message: string) =>
        addIssue({ message, path: pathItems(site, path) });
      const known = new Set<string>();
      site.agencies.forEach((agency, i) => {
        if (known.has(agency.id)) fault(['agencies', i, 'id'], 'is used twice');
        known.add(agency.id);
      });
      if (!known.has(site.operator)) fault(['operator'], 'must be one of the agencies');
      const flows = new Set(site.metrics.filter((m) => m.kind === 'flow').map((m) => m.id));
      const seen = new Set<string>();
      site.metrics.forEach((m, i) => {
        if (seen.has(m.id)) fault(['metrics', i, 'id'], 'is used twice');
        seen.add(m.id);
        (m.agencies ?? []).forEach((id, j) => {
          if (!known.has(id)) fault(['metrics', i, 'agencies', j], 'must be one of the agencies');
        });
        if (m.kind === 'total' && !flows.has(m.of))
          fault(['metrics', i, 'of'], 'must be a metric of kind flow');
      });
    }),
    v.transform((site): Site => site),
    jsonForm({}, 'Site'),
  );
}

type PathItem = {
  type: 'object';
  origin: 'value';
  input: Record<string, unknown>;
  key: string;
  value: unknown;
};

// A path as valibot writes it; only `key` is read again, by `faultsOf`.
const pathItems = (input: unknown, path: readonly (string | number)[]): [PathItem, ...PathItem[]] =>
  path.map((key) => ({
    type: 'object',
    origin: 'value',
    input: input as Record<string, unknown>,
    key: String(key),
    value: undefined,
  })) as unknown as [PathItem, ...PathItem[]];
