import { bodyOf, GROWING_PIECES, SLOW_PIECES } from '../../hostile/bodies.ts';
import { aSite } from '../a-site.ts';
import { newsContent } from '../staff-client.ts';

const both = (text: string) => ({ ar: text, en: text });
const base = { agencies: ['health'], tone: 'neutral' };

/** Metrics in which every fault of a figure can occur. */
export const METRICS: readonly { readonly [field: string]: unknown }[] = [
  ...aSite().metrics,
  { ...base, id: 'deaths', kind: 'flow', label: both('Deaths') },
  { ...base, id: 'river', kind: 'level', decimals: 2, min: -5, max: 20, label: both('River') },
  { ...base, id: 'rain', kind: 'flow', decimals: 1, label: both('Rain') },
  { ...base, id: 'snow', kind: 'flow', decimals: 1, label: both('Snow') },
  { ...base, id: 'beds', kind: 'level', label: both('Same') },
  { ...base, id: 'doses', kind: 'flow', label: both('Same') },
  { id: 'all_rain', kind: 'total', of: 'rain', opening: 0, tone: 'neutral', label: both('All rain') },
  { id: 'all_snow', kind: 'total', of: 'snow', opening: 0, tone: 'neutral', label: both('All snow') },
  { id: 'all_doses', kind: 'total', of: 'doses', opening: 0, tone: 'neutral', label: both('All doses') },
  {
    id: 'more_doses',
    kind: 'total',
    of: 'doses',
    opening: Number.MAX_SAFE_INTEGER - 5,
    tone: 'neutral',
    label: both('More doses'),
  },
];

const [it, ...agencies] = aSite().agencies;
/** Settings in which every fault can occur: an agency may not publish all. */
export const SITE = {
  ...aSite(),
  metrics: METRICS,
  agencies: [it, ...agencies.map((one) => (one.id === 'media' ? { ...one, may: ['decisions'] } : one))],
};

const language = (tag: unknown, locale: unknown) => ({ tag, locale });
const metric = (changes: object) => ({ ...base, id: 'm', kind: 'flow', label: both('M'), ...changes });
const total = (changes: object) =>
  metric({ kind: 'total', of: 'm', agencies: undefined, opening: 0, ...changes });
const due = (changes: object) =>
  metric({ due: { weekdays: [1], time: '10:00', graceMinutes: 0, ...changes } });
const named = (name: unknown) => ({ name: { ar: name, en: 'x' } });

/** Changes of the settings, and the codes that each must show. */
export const FAULTY_SITES: readonly (readonly [codes: string, changes: object])[] = [
  [
    'origin-expected boolean-expected time-zone-expected date-expected list-expected texts-expected object-expected field-unknown field-required',
    {
      origin: 3,
      open: 3,
      timeZone: 3,
      firstDate: 3,
      agencies: 3,
      name: 3,
      limits: 3,
      extra: 1,
      license: undefined,
    },
  ],
  [
    'origin-form time-zone-form date-form item-id-form',
    { origin: 'x', timeZone: 'x y', firstDate: '2020-02-30', hotline: 'x' },
  ],
  ['date-too-early', { firstDate: '1899-12-31' }],
  [
    'id-expected agency-id-form word-unknown',
    {
      agencies: [
        { id: 3, name: both('x') },
        { id: 'A B', name: both('x'), may: ['x'] },
      ],
    },
  ],
  ['list-empty', { languages: [] }],
  [
    'language-expected locale-expected language-form language-api language-unknown locale-form',
    {
      languages: [language(3, 3), language('X', '!'), language('api', 'en'), language('en-12', 'en')],
    },
  ],
  ['list-repeats', { languages: [language('ar', 'ar'), language('ar', 'ar')] }],
  ['reference-unknown', { defaultLanguage: 'fr' }],
  ['list-too-long', { agencies: Array.from({ length: 300 }, () => 3) }],
  ['number-range', { limits: { contacts: -1 } }],
  ['text-empty', named(' ')],
  ['text-expected', named(3)],
  ['text-too-long', named('x'.repeat(5_000))],
  ['text-control', named('a\u0007')],
  ['text-surrogate', named('a\ud800')],
  ['text-invisible', named('a\u202eb')],
  [
    'id-expected id-form id-reserved id-of-column word-other unit-form',
    {
      metrics: [{ id: 3 }, { id: 'X' }, { id: 'date' }, { id: 'states' }, { tone: 'x' }, { unit: 'x' }].map(
        metric,
      ),
    },
  ],
  ['word-other', { metrics: [metric({ kind: 'x' })] }],
  [
    'weekdays-empty hour-form number-of-minutes',
    { metrics: [due({ weekdays: [], time: '25:00', graceMinutes: -1 })] },
  ],
  ['weekday-form hour-expected', { metrics: [due({ weekdays: [9], time: 3 })] }],
  ['number-expected', { metrics: [metric({}), total({ opening: 'x' })] }],
  ['number-decimals-most', { metrics: [metric({}), total({ opening: 0.12345 })] }],
  ['number-not-negative', { metrics: [metric({}), total({ opening: -1 })] }],
  ['id-twice', { metrics: [metric({}), metric({})] }],
  ['flow-expected', { metrics: [total({ of: 'x' })] }],
  [
    'setting-of-flows setting-of-levels setting-of-reported setting-of-totals',
    {
      metrics: [
        metric({ kind: 'level', negative: true, of: 'm' }),
        metric({ min: 1 }),
        total({ decimals: 1 }),
      ],
    },
  ],
  [
    'unit-forms-alone',
    { metrics: [metric({ unitForms: { ar: { other: 'x' }, en: { one: 'x', other: 'x' } } })] },
  ],
  ['max-below-min', { metrics: [metric({ kind: 'level', min: 4, max: 3 })] }],
  ['rule-repeats', { rules: [{ sum: ['new_cases'], is: 'at-most', of: ['new_cases'] }] }],
];

const contact = (changes: object) => ({ name: both('x'), kind: 'other', ...changes });
const decision = (changes: object) => ({ ...newsContent(), issuer: both('x'), ...changes });
const remark = (changes: object) => ({
  metric: 'new_cases',
  kind: 'adjustment',
  date: '2021-05-02',
  amount: 1,
  text: both('x'),
  ...changes,
});
const [slow, growing] = [bodyOf(SLOW_PIECES[0]), bodyOf(GROWING_PIECES[2])];
const list = bodyOf('- an item of a list\n').trimEnd();

/** Contents, and the codes that each must show. */
export const FAULTY_CONTENTS: readonly (readonly [codes: string, collection: string, content: object])[] = [
  [
    'word-other address-form phone-form number-whole',
    'contacts',
    contact({ kind: 'x', website: 'x', phone: 'x', order: 1.5 }),
  ],
  ['address-user', 'contacts', contact({ website: 'https://a@b.example/' })],
  ['address-invisible', 'contacts', contact({ website: 'https://a.example/\u202e' })],
  [
    'contact-two-addresses',
    'contacts',
    contact({ website: 'https://a.example/', url: 'https://a.example/' }),
  ],
  ['date-too-late', 'news', newsContent({ date: '2999-01-01' })],
  ['date-before-years', 'news', newsContent({ date: '1999-01-01' })],
  ['instant-expected', 'news', newsContent({ breaking: { until: 3 } })],
  ['instant-form', 'news', newsContent({ breaking: { until: 'x' } })],
  ['markdown-steps', 'news', newsContent({ body: { ar: slow } })],
  ['markdown-too-long', 'news', newsContent({ body: { ar: growing } })],
  ['markdown-together', 'plan', { order: 1, title: both('x'), open: both(list), closed: both(list) }],
  ['item-id-form', 'decisions', decision({ replaces: 'x' })],
  ['date-order', 'decisions', decision({ effectiveFrom: '2021-05-02', effectiveUntil: '2021-05-01' })],
  ['metric-id-form', 'remarks', remark({ metric: 3 })],
  ['metric-unknown', 'remarks', remark({ metric: 'x' })],
  ['number-with-decimals', 'remarks', remark({ amount: 'x' })],
  ['number-between', 'remarks', remark({ amount: 1e13 })],
  ['number-decimals-most', 'remarks', remark({ amount: 0.5 })],
  ['value-too-large', 'remarks', remark({ metric: 'rain', amount: 900_000_000_000 })],
  ['number-not-zero', 'remarks', remark({ amount: 0 })],
  ['remark-without-total', 'remarks', remark({ metric: 'critical' })],
  [
    'remark-which-total',
    'remarks',
    remark({ metric: 'doses', kind: 'restatement', amount: undefined, total: 4 }),
  ],
  ['remark-after-today', 'remarks', remark({ date: '2999-01-01' })],
  ['remark-before-first', 'remarks', remark({ date: '2019-01-01' })],
  ['total-negative', 'remarks', remark({ metric: 'rain', amount: -9_000 })],
  ['remark-other-kind', 'remarks', remark({ kind: 'break' })],
  ['remark-needs-amount', 'remarks', remark({ amount: undefined })],
  ['remark-amount-or-total', 'remarks', remark({ kind: 'restatement', total: 4 })],
];

/** Bodies that issue a key, and the codes that each must show. */
export const FAULTY_KEYS: readonly (readonly [codes: string, body: object])[] = [
  ['agency-unknown time-past', { agency: 'nobody', expires: '1999-01-01T00:00:00Z' }],
  ['agency-id-expected text-one-line word-other', { agency: 3, label: 'a\nb', role: 'x' }],
  ['scope-expected scope-form', { agency: 'health', scope: [3, 'x'] }],
  ['scope-empty', { agency: 'health', scope: [] }],
  ['scopes-too-many', { agency: 'health', scope: Array.from({ length: 300 }, () => 'read') }],
  ['list-repeats', { agency: 'health', scope: ['read', 'read'] }],
  ['scope-metric', { agency: 'health', scope: ['figures:x'] }],
];
