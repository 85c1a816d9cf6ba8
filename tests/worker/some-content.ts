import { COLLECTIONS, type Collection } from '../../worker/model/collections/registry.ts';
import { type Examples, examplesOf } from './example-of.ts';

const both = (text: string) => ({ ar: `${text} ع`, en: text });
const source = [{ url: 'https://news.example/1', title: 'News agency' }, { url: 'http://x.example/' }];

const WRITTEN: { readonly [C in Collection]?: Examples } = {
  news: {
    least: { title: { ar: 'خبر' }, body: { ar: 'نص' }, date: '2021-08-03' },
    full: {
      title: both('News'),
      body: both('Body'),
      date: '2021-08-03',
      breaking: { until: '2021-08-04T00:00:00Z' },
      source,
    },
  },
  decisions: {
    least: { title: { ar: 'قرار' }, body: { ar: 'نص' }, date: '2020-03-11', issuer: { ar: 'مجلس الوزراء' } },
    full: {
      title: both('Decision'),
      body: both('Body'),
      date: '2020-03-11',
      issuer: both('Council of Ministers'),
      number: '460/2020',
      topic: both('Schools'),
      effectiveFrom: '2020-03-12',
      effectiveUntil: '2020-03-26',
      source,
    },
  },
  faq: {
    least: { question: { ar: 'سؤال' }, answer: { ar: 'جواب' }, topic: { ar: 'عام' } },
    full: { question: both('Question'), answer: both('Answer'), topic: both('General'), order: 3, source },
  },
  guidance: {
    least: { title: { ar: 'إرشاد' }, body: { ar: 'نص' }, topic: { ar: 'عام' } },
    full: { title: both('Wash your hands'), body: both('Body'), topic: both('At home'), order: -1, source },
  },
  plan: {
    least: { order: 1, title: { ar: 'المرحلة' }, open: { ar: 'مفتوح' }, closed: { ar: 'مغلق' } },
    full: {
      order: 1,
      title: both('Phase'),
      plannedFrom: '2020-05-31',
      from: '2020-05-31',
      until: '2020-06-29',
      note: both('Put off'),
      open: both('Shops'),
      closed: both('Schools'),
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
      claim: both('Claim'),
      verdict: both('False'),
      answer: both('Answer'),
      date: '2020-04-01',
      source,
    },
  },
  contacts: {
    least: { name: { ar: 'جهة' }, kind: 'other' },
    full: {
      name: both('Ministry'),
      kind: 'hotline',
      phone: '151',
      website: 'https://moh.example',
      hours: both('Always'),
      order: 1,
    },
  },
};

/** Examples of each collection: those above, and what the schema comes to where there are none. */
export const CONTENTS = Object.fromEntries(
  COLLECTIONS.map((collection) => [collection, WRITTEN[collection] ?? examplesOf(collection)]),
) as { readonly [C in Collection]: Examples };
