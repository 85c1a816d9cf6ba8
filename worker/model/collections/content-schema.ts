import * as v from 'valibot';
import { type Instant, parseInstant } from '../instant.ts';
import { civilDate, type Site, webAddress } from '../site.ts';
import { exactObject } from '../validation/exact-object.ts';
import { jsonForm } from '../validation/json-form.ts';
import { line, MAX_BODY, MAX_TITLE, textsIn } from '../validation/text.ts';
import { type Collection, type ContentOf, type ItemId, parseItemId } from './content.ts';

const source = v.pipe(
  v.array(exactObject({ url: webAddress, title: v.exactOptional(line(MAX_TITLE)) }), 'must be a list'),
  v.maxLength(50, 'must be at most 50 sources'),
);

const instant = v.pipe(
  v.string('must be an instant'),
  v.check(
    (s) => parseInstant(s) !== null,
    'must be an instant with its offset, such as 2021-08-03T14:00:00Z',
  ),
  v.transform((s) => parseInstant(s) as Instant),
  jsonForm(
    { format: 'date-time', description: 'UTC, in whole seconds, with Z; sent with whatever offset.' },
    'Instant',
  ),
);

const itemId = v.pipe(
  v.string('must be the id of an item'),
  v.check((s) => parseItemId(s) !== null, 'must be the id of an item'),
  v.transform((s) => s as ItemId),
  jsonForm({ pattern: '^[1-9][0-9]{0,14}$' }),
);

const order = v.pipe(v.number('must be a whole number'), v.safeInteger('must be a whole number'));

/** The fault of an end before its beginning, at the end's place; null where there is none. */
function orderIssue(value: unknown, from: string, until: string) {
  const content: { readonly [field: string]: unknown } = Object(value);
  const [first, last] = [content[from], content[until]];
  if (typeof first !== 'string' || typeof last !== 'string' || first <= last) return null;
  const at = { type: 'object', origin: 'value', input: {}, key: until, value: last } as const;
  return { message: `must not be before ${from}`, path: [at] as [typeof at] };
}

/** Schema of a collection's content, in a site's languages. Unknown fields are faults. */
export function contentSchema<C extends Collection>(
  collection: C,
  site: Pick<Site, 'languages' | 'defaultLanguage'>,
): v.GenericSchema<unknown, ContentOf[C]> {
  const texts = (max: number) =>
    textsIn(
      site.languages.map((l) => l.tag),
      site.defaultLanguage,
      max,
    );
  return schemasIn(texts)[collection] as unknown as v.GenericSchema<unknown, ContentOf[C]>;
}

const schemasIn = (texts: (max: number) => ReturnType<typeof textsIn>) => ({
  news: exactObject({
    title: texts(MAX_TITLE),
    body: texts(MAX_BODY),
    date: civilDate,
    breaking: v.exactOptional(exactObject({ until: instant })),
    source: v.exactOptional(source),
  }),
  decisions: v.pipe(
    exactObject({
      title: texts(MAX_TITLE),
      body: texts(MAX_BODY),
      date: civilDate,
      issuer: texts(MAX_TITLE),
      number: v.exactOptional(line(MAX_TITLE)),
      topic: v.exactOptional(texts(MAX_TITLE)),
      effectiveFrom: v.exactOptional(civilDate),
      effectiveUntil: v.exactOptional(civilDate),
      replaces: v.exactOptional(itemId),
      source: v.exactOptional(source),
    }),
    v.rawCheck(({ dataset, addIssue }) => {
      const issue = orderIssue(dataset.value, 'effectiveFrom', 'effectiveUntil');
      if (issue) addIssue(issue);
    }),
  ),
  faq: exactObject({
    question: texts(MAX_TITLE),
    answer: texts(MAX_BODY),
    topic: texts(MAX_TITLE),
    order: v.exactOptional(order),
    source: v.exactOptional(source),
  }),
  guidance: exactObject({
    title: texts(MAX_TITLE),
    body: texts(MAX_BODY),
    topic: texts(MAX_TITLE),
    order: v.exactOptional(order),
    source: v.exactOptional(source),
  }),
  plan: v.pipe(
    exactObject({
      order,
      title: texts(MAX_TITLE),
      plannedFrom: v.exactOptional(civilDate),
      from: v.exactOptional(civilDate),
      until: v.exactOptional(civilDate),
      note: v.exactOptional(texts(MAX_BODY)),
      open: texts(MAX_BODY),
      closed: texts(MAX_BODY),
      source: v.exactOptional(source),
    }),
    v.rawCheck(({ dataset, addIssue }) => {
      const issue = orderIssue(dataset.value, 'from', 'until');
      if (issue) addIssue(issue);
    }),
  ),
  rumours: exactObject({
    claim: texts(MAX_TITLE),
    verdict: texts(MAX_TITLE),
    answer: texts(MAX_BODY),
    date: civilDate,
    source: v.exactOptional(source),
  }),
  contacts: exactObject({
    name: texts(MAX_TITLE),
    kind: v.picklist(['hotline', 'fund', 'agency', 'other'], 'must be hotline, fund, agency or other'),
    phone: v.exactOptional(
      v.pipe(line(40), v.regex(/^\+?[0-9*#][0-9 ()*#-]*$/, 'must be a telephone number')),
    ),
    url: v.exactOptional(webAddress),
    hours: v.exactOptional(texts(MAX_TITLE)),
    order: v.exactOptional(order),
  }),
});
