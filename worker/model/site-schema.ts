import * as v from 'valibot';
import { figureRules, ruleFaults } from './figure-rules.ts';
import { limitsSchema, MAX_ATTRIBUTION, MAX_NOTICE } from './limits.ts';
import { checkMetrics, groupsSchema, MAX_AGENCIES, metricSchema } from './metric-schema.ts';
import { RIGHTS } from './rights.ts';
import { exactObject } from './validation/exact-object.ts';
import { agencyId, civilDate, itemId, webAddress } from './validation/fields.ts';
import { jsonForm } from './validation/json-form.ts';
import { checkNew } from './validation/known-texts.ts';
import { listOf } from './validation/list-of.ts';
import { says } from './validation/says.ts';
import { line, MAX_BODY, MAX_TITLE, textsIn } from './validation/text.ts';

/**
 * The earliest `firstDate`: files of whole series hold every day since, so a typo such as 0021 would make them 40 MB.
 */
const EARLIEST_FIRST_DATE = '1900-01-01';

const rights = v.pipe(
  v.array(v.picklist(RIGHTS, says('word-unknown', { words: RIGHTS.join(', ') })), says('list-expected')),
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
  v.string(says('time-zone-expected')),
  v.check(
    (s) => /^[A-Za-z]/.test(s) && intlAccepts(() => new Intl.DateTimeFormat('en', { timeZone: s })),
    says('time-zone-form'),
  ),
  v.description("The IANA name of the time zone of the site's days."),
);

const languages = v.pipe(
  listOf(
    exactObject({
      tag: v.pipe(
        v.string(says('language-expected')),
        v.regex(/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/, says('language-form')),
        v.check((s) => s !== 'api', says('language-api')),
        v.check(
          (s) => intlAccepts(() => new Intl.DisplayNames([s], { type: 'language' }).of(s)),
          says('language-unknown'),
        ),
      ),
      // With this locale, `Intl` formats numbers and dates.
      locale: v.pipe(
        v.string(says('locale-expected')),
        v.check((s) => intlAccepts(() => new Intl.Locale(s)), says('locale-form')),
      ),
    }),
    20,
    'languages',
  ),
  v.minLength(1, says('list-empty', { name: 'language' })),
  v.check(
    (list) => new Set(list.map((l) => l.tag)).size === list.length,
    says('list-repeats', { name: 'language' }),
  ),
  v.readonly(),
);

const languageFrame = v.looseObject({ languages, defaultLanguage: v.string(says('language-expected')) });

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
  return v.pipe(
    exactObject({
      name: texts(MAX_TITLE),
      // Who publishes the bulletin, shown above the name: a state, a ministry, a city.
      authority: v.exactOptional(texts(MAX_TITLE)),
      origin: v.pipe(
        v.string(says('origin-expected')),
        v.check(
          (s) => /^https?:\/\//.test(s) && URL.canParse(s) && new URL(s).origin === s,
          says('origin-form'),
        ),
        jsonForm({
          pattern: '^https?://[^/\\s]+$',
          description: 'Scheme, host and port of absolute addresses.',
        }),
      ),
      open: v.pipe(
        v.boolean(says('boolean-expected')),
        v.description('Public paths answer 503 until this is true.'),
      ),
      timeZone,
      languages,
      defaultLanguage: v.pipe(
        v.string(says('language-expected')),
        v.check((s) => tags.includes(s), says('reference-unknown', { names: 'languages' })),
      ),
      // The earliest date of a figure.
      firstDate: v.pipe(
        civilDate,
        checkNew((date) =>
          date >= EARLIEST_FIRST_DATE ? null : says('date-too-early', { first: EARLIEST_FIRST_DATE }),
        ),
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
      metrics: v.pipe(listOf(metricSchema(texts, tags), 100, 'metrics'), v.readonly()),
      groups: v.exactOptional(groupsSchema(texts)),
      rules: v.exactOptional(figureRules),
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
        if (agencyIds.has(agency.id)) addFault(['agencies', i, 'id'], says('id-twice'));
        agencyIds.add(agency.id);
      });
      if (!agencyIds.has(site.operator))
        addFault(['operator'], says('reference-unknown', { names: 'agencies' }));
      checkMetrics(site, agencyIds, addFault);
      const metricIds = new Set(site.metrics.map(({ id }) => id));
      for (const { path, message } of ruleFaults(site.rules ?? [], metricIds))
        addFault(['rules', ...path], message);
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
