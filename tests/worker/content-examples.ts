import { COLLECTIONS, type Collection } from '../../worker/model/collections/registry.ts';
import { type Examples, examplesFromSchema } from './examples-from-schema.ts';

const inBothLanguages = (text: string) => ({ ar: `${text} ع`, en: text });
const source = [{ url: 'https://news.example/1', title: 'News agency' }, { url: 'http://x.example/' }];

const HAND_WRITTEN: { readonly [C in Collection]?: Examples } = {
  news: {
    least: { title: { ar: 'خبر' }, body: { ar: 'نص' }, date: '2021-08-03' },
    full: {
      title: inBothLanguages('News'),
      body: inBothLanguages('Body'),
      date: '2021-08-03',
      breaking: { until: '2021-08-04T00:00:00Z' },
      source,
    },
  },
  decisions: {
    least: { title: { ar: 'قرار' }, body: { ar: 'نص' }, date: '2020-03-11', issuer: { ar: 'مجلس الوزراء' } },
    full: {
      title: inBothLanguages('Decision'),
      body: inBothLanguages('Body'),
      date: '2020-03-11',
      issuer: inBothLanguages('Council of Ministers'),
      number: '460/2020',
      topic: inBothLanguages('Schools'),
      effectiveFrom: '2020-03-12',
      effectiveUntil: '2020-03-26',
      source,
    },
  },
  faq: {
    least: { question: { ar: 'سؤال' }, answer: { ar: 'جواب' }, topic: { ar: 'عام' } },
    full: {
      question: inBothLanguages('Question'),
      answer: inBothLanguages('Answer'),
      topic: inBothLanguages('General'),
      order: 3,
      source,
    },
  },
  guidance: {
    least: { title: { ar: 'إرشاد' }, body: { ar: 'نص' }, topic: { ar: 'عام' } },
    full: {
      title: inBothLanguages('Wash your hands'),
      body: inBothLanguages('Body'),
      topic: inBothLanguages('At home'),
      order: -1,
      source,
    },
  },
  plan: {
    least: { order: 1, title: { ar: 'المرحلة' }, open: { ar: 'مفتوح' }, closed: { ar: 'مغلق' } },
    full: {
      order: 1,
      title: inBothLanguages('Phase'),
      plannedFrom: '2020-05-31',
      from: '2020-05-31',
      until: '2020-06-29',
      note: inBothLanguages('Put off'),
      open: inBothLanguages('Shops'),
      closed: inBothLanguages('Schools'),
      source,
    },
  },
  rumours: {
    least: {
      claim: { ar: 'إشاعة' },
      verdict: { ar: 'غير صحيح' },
      answer: { ar: 'جواب' },
      date: '2020-04-01',
    },
    full: {
      claim: inBothLanguages('Claim'),
      verdict: inBothLanguages('False'),
      answer: inBothLanguages('Answer'),
      date: '2020-04-01',
      source,
    },
  },
  contacts: {
    least: { name: { ar: 'جهة' }, kind: 'other' },
    full: {
      name: inBothLanguages('Ministry'),
      kind: 'hotline',
      phone: '151',
      website: 'https://moh.example',
      hours: inBothLanguages('Always'),
      order: 1,
    },
  },
  remarks: {
    least: { metric: 'critical', kind: 'problem', date: '2020-04-01', text: { ar: 'ملاحظة' } },
    full: {
      metric: 'total_cases',
      kind: 'restatement',
      date: '2020-05-01',
      total: 20,
      period: { from: '2020-04-01', until: '2020-04-30' },
      text: inBothLanguages('Counted again'),
      nextWord: '2031-05-08T10:00:00Z',
    },
  },
};

/** Examples of each collection: the hand-written ones, else examples generated from the schema. */
export const CONTENT_EXAMPLES = Object.fromEntries(
  COLLECTIONS.map((collection) => [collection, HAND_WRITTEN[collection] ?? examplesFromSchema(collection)]),
) as { readonly [C in Collection]: Examples };
