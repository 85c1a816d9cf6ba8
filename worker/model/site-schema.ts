import * as v from 'valibot';
import { due } from './due-schema.ts';
import { limitsSchema, MAX_ATTRIBUTION, MAX_NOTICE } from './limits.ts';
import { RIGHTS } from './rights.ts';
import { parseMetricId } from './site.ts';
import { exactFields, exactObject, plainObject } from './validation/exact-object.ts';
import { agencyId, civilDate, itemId, parsedBy, webAddress } from './validation/fields.ts';
import { jsonForm } from './validation/json-form.ts';
import { checkNew } from './validation/known-texts.ts';
import { listOf } from './validation/list-of.ts';
import { line, MAX_BODY, MAX_TITLE, textsIn } from './validation/text.ts';

/**
 * The earliest `firstDate`: files of whole series hold every day since, so a typo such as 0021 would make them 40 MB.
 */
const EARLIEST_FIRST_DATE = '1900-01-01';

const metricId = v.pipe(
  v.string('must be an id'),
  v.regex(/^[a-z][a-z0-9_]{0,63}$/, 'must be an id of small letters, digits and underscores, a letter first'),
  checkNew((id) => (id === 'states' || id === 'notes' ? 'is a column of the CSV' : null)),
  parsedBy(parseMetricId, 'is reserved'),
  jsonForm({ not: { enum: ['date', 'constructor'] } }),
);

const rights = v.pipe(
  v.array(v.picklist(RIGHTS, `must be one of ${RIGHTS.join(', ')}`), 'must be a list'),
  v.readonly(),
  v.description('What the agency’s keys may publish besides figures of its metrics. Absent: everything.'),
);

// The seed puts its contacts in after the settings, so the call that opens the site is the first to check that it
// exists.
const chosen = (description: string) =>
  v.exactOptional(
    v.pipe(itemId, v.description(`${description} Absent: the first of an agency with the right.`)),
  );

const intlAccepts = (useIntl: () => unknown): boolean => {
  try {
    useIntl();
    return true;
  } catch {
    return false; // Intl throws a RangeError for a name that it does not know
  }
};

const timeZone = v.pipe(
  v.string('must be the IANA name of a time zone'),
  v.check(
    (s) => /^[A-Za-z]/.test(s) && intlAccepts(() => new Intl.DateTimeFormat('en', { timeZone: s })),
    'must be the IANA name of a time zone, such as Asia/Kuwait',
  ),
  v.description("The IANA name of the time zone of the site's days."),
);

const MAX_AGENCIES = 200;

const languages = v.pipe(
  listOf(
    exactObject({
      tag: v.pipe(
        v.string('must be a language tag'),
        v.regex(/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/, 'must be a language tag in small letters, such as ar'),
        v.check((s) => s !== 'api', 'is the path of the API'),
        v.check(
          (s) => intlAccepts(() => new Intl.DisplayNames([s], { type: 'language' }).of(s)),
          'must be a language tag of BCP 47, such as en-gb',
        ),
      ),
      // With this locale, `Intl` formats numbers and dates.
      locale: v.pipe(
        v.string('must be a BCP 47 locale'),
        v.check(
          (s) => intlAccepts(() => new Intl.Locale(s)),
          'must be a BCP 47 locale, such as ar-KW-u-nu-latn',
        ),
      ),
    }),
    20,
    'languages',
  ),
  v.minLength(1, 'must name at least one language'),
  v.check((list) => new Set(list.map((l) => l.tag)).size === list.length, 'must not name a language twice'),
  v.readonly(),
);

const languageFrame = v.looseObject({ languages, defaultLanguage: v.string('must be a language tag') });

/**
 * Schema of a site's settings. It also checks references between parts of the settings (texts to languages, owners to
 * agencies, totals to flows), and reports each fault at its own place.
 * @param input the settings that the schema will parse: their languages decide which texts are valid
 */
export function siteSchema(input: unknown) {
  // Without valid languages, texts are checked for Arabic and English.
  const frame = v.safeParse(languageFrame, input);
  const tags = frame.success ? frame.output.languages.map((l) => l.tag) : ['ar', 'en'];
  const fallback = frame.success ? frame.output.defaultLanguage : 'ar';
  const texts = (max: number) => textsIn(tags, fallback, max);
  // Until November 2026 these texts could be as long as a body.
  const onEveryPage = (max: number) => textsIn(tags, fallback, max, MAX_BODY);
  const base = {
    id: metricId,
    label: texts(MAX_TITLE),
    unit: v.exactOptional(texts(MAX_TITLE)),
    tone: v.picklist(['neutral', 'calm', 'caution', 'alarm'], 'must be neutral, calm, caution or alarm'),
    definition: v.exactOptional(texts(MAX_BODY)),
    source: v.exactOptional(texts(MAX_BODY)),
  };
  const agencies = v.pipe(
    listOf(agencyId, MAX_AGENCIES, 'agencies'),
    v.readonly(),
    v.description('The agencies that may report it.'),
  );
  const metric = v.pipe(
    plainObject,
    v.variant(
      'kind',
      [
        exactFields({
          ...base,
          kind: v.picklist(['flow', 'level']),
          agencies: v.pipe(agencies, v.minLength(1, 'must name at least one agency')),
          due: v.exactOptional(due),
        }),
        exactFields({
          ...base,
          kind: v.literal('total'),
          of: v.pipe(metricId, v.description('The flow that it sums.')),
          opening: v.pipe(
            v.number('must be a whole number'),
            v.safeInteger('must be a whole number'),
            v.minValue(0, 'must not be negative'),
            v.description('The count before the first date.'),
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
      // Who publishes the bulletin, shown above the name: a state, a ministry, a city.
      authority: v.exactOptional(texts(MAX_TITLE)),
      origin: v.pipe(
        v.string('must be an origin'),
        v.check(
          (s) => /^https?:\/\//.test(s) && URL.canParse(s) && new URL(s).origin === s,
          'must be scheme, host and port only, such as https://bulletin.example',
        ),
        jsonForm({
          pattern: '^https?://[^/\\s]+$',
          description: 'Scheme, host and port of absolute addresses.',
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
      // The earliest date of a figure.
      firstDate: v.pipe(
        civilDate,
        checkNew((date) => (date >= EARLIEST_FIRST_DATE ? null : `must be ${EARLIEST_FIRST_DATE} or later`)),
      ),
      // The agency that runs the site. The operator acts for this agency unless a call names another.
      operator: agencyId,
      // Shown on every page until it is cleared, such as "this is a demonstration".
      notice: v.exactOptional(onEveryPage(MAX_NOTICE)),
      agencies: v.pipe(
        listOf(
          exactObject({
            id: agencyId,
            name: texts(MAX_TITLE),
            url: v.exactOptional(webAddress),
            may: v.exactOptional(rights),
          }),
          MAX_AGENCIES,
          'agencies',
        ),
        v.readonly(),
      ),
      hotline: chosen(
        'The contact whose number stands in the masthead and wherever a page names a number to call.',
      ),
      fund: chosen('The contact in the block of the fund on the home page.'),
      license: exactObject({
        name: line(MAX_TITLE),
        url: v.exactOptional(webAddress),
        attribution: onEveryPage(MAX_ATTRIBUTION),
      }),
      metrics: v.pipe(listOf(metric, 100, 'metrics'), v.readonly()),
      limits: v.exactOptional(
        v.pipe(
          limitsSchema,
          v.description('The limits on what agencies may publish, where they differ from the usual.'),
        ),
      ),
    }),
    v.rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed) return;
      const site = dataset.value;
      const addFault = (path: Path, message: string) => addIssue({ message, path: pathItems(path) });
      const agencyIds = new Set<string>();
      site.agencies.forEach((agency, i) => {
        if (agencyIds.has(agency.id)) addFault(['agencies', i, 'id'], 'is used twice');
        agencyIds.add(agency.id);
      });
      if (!agencyIds.has(site.operator)) addFault(['operator'], 'must be one of the agencies');
      const flows = new Set(site.metrics.filter((m) => m.kind === 'flow').map((m) => m.id));
      const metricIds = new Set<string>();
      site.metrics.forEach((m, i) => {
        if (metricIds.has(m.id)) addFault(['metrics', i, 'id'], 'is used twice');
        metricIds.add(m.id);
        (m.agencies ?? []).forEach((id, j) => {
          if (!agencyIds.has(id)) addFault(['metrics', i, 'agencies', j], 'must be one of the agencies');
        });
        if (m.kind === 'total' && !flows.has(m.of))
          addFault(['metrics', i, 'of'], 'must be a metric of kind flow');
      });
    }),
    jsonForm({}, 'Site'),
  );
}

type Path = readonly [string, ...(string | number)[]];

// A path in valibot's form. `faultsOf` reads only `key`.
const pathItem = (key: string | number) =>
  ({ type: 'object', origin: 'value', input: {}, key: String(key), value: undefined }) as const;
const pathItems = ([first, ...rest]: Path): [v.IssuePathItem, ...v.IssuePathItem[]] => [
  pathItem(first),
  ...rest.map(pathItem),
];
