import { describe, expect, it } from 'vitest';
import { withMarkedNumbers } from '../../../client/page/parts/number-order.ts';
import type { ItemId } from '../../../worker/model/item.ts';
import { aBulletin } from '../a-bulletin.ts';
import { aSite } from '../a-site.ts';
import { everyPage } from './page-text.ts';

const NUMBER = '+965 2497-0967';
const at = (place: string) => ({ ar: `${place} على ${NUMBER} اليوم`, en: 'x' });
const date = '2021-08-03' as never;

/** A bulletin with a telephone number in every text that staff write, each text named for its place. */
const everywhere = aBulletin({
  site: aSite({
    name: at('اسم'),
    authority: at('سلطة'),
    notice: at('تنويه'),
    agencies: ['it', 'health', 'finance', 'media'].map((id) => ({ id, name: at('جهة') })),
    license: { name: 'PDDL', attribution: at('إسناد') },
    metrics: [
      {
        ...{ id: 'new_cases', kind: 'flow', agencies: ['health'], tone: 'caution' },
        ...{ label: at('مؤشر'), definition: at('تعريف'), source: at('مصدر'), unit: at('وحدة') },
      },
    ],
  }),
  days: { '2021-08-02': { new_cases: 5 }, '2021-08-03': { new_cases: 7 } },
  news: [
    {
      ...{ title: at('عنوان'), body: at('نص'), date, breaking: { until: '2021-08-04T00:00:00Z' as never } },
      source: [{ url: 'https://a.example/', title: at('مرجع').ar }],
    },
    {},
  ],
  items: {
    decisions: [{ title: at('قرار'), body: at('متن'), date, issuer: at('مصدّر'), topic: at('موضوع') }],
    faq: [{ question: at('سؤال'), answer: at('جواب'), topic: at('باب') }],
    guidance: [{ title: at('إرشاد'), body: at('شرح'), topic: at('قسم') }],
    plan: [{ order: 1, title: at('مرحلة'), note: at('ملاحظة'), open: at('مفتوح'), closed: at('مغلق') }],
    rumours: [{ claim: at('إشاعة'), verdict: at('حكم'), answer: at('رد'), date }],
  },
  contacts: [{ kind: 'agency', name: at('جهة اتصال'), hours: at('ساعات') }],
  changes: [{ kind: 'withdrawal', payload: { collection: 'news', id: '2' as ItemId }, reason: at('سبب').ar }],
});

describe('a telephone number in Arabic', () => {
  it('keeps its order wherever staff write text: in an element in the page, by a mark in its head', () => {
    const places = new Set<string>();
    for (const [path, html] of everyPage(everywhere)) {
      if (!path.startsWith('/ar/')) continue;
      const unkept = [...html.matchAll(/\+965 2497-0967/g)].flatMap(({ index }) => {
        const before = html.slice(Math.max(0, index - 60), index);
        return /(?:dir="ltr"(?: class="keep")?>|\u200e)$/.test(before) ? [] : [before];
      });
      expect(unkept, path).toEqual([]);
      for (const [, place = ''] of html.matchAll(/([\p{L}\p{M}]+(?: [\p{L}\p{M}]+)*) على /gu))
        places.add(place.trim());
    }
    const written = JSON.stringify([
      everywhere.site,
      ...Object.values(everywhere.items).map((map) => [...map.values()]),
    ]);
    for (const [, place = ''] of written.matchAll(/"([\p{L}\p{M} ]+) على \+965/gu))
      expect([...places]).toContain(place);
  });

  it('is only marked where no element can stand', () => {
    expect(withMarkedNumbers(`على ${NUMBER} و -12`)).toBe(`على \u200e${NUMBER} و \u200e-12`);
    expect(withMarkedNumbers('على ٢٤٩٧-٠٩٦٧')).toBe('على \u200e٢٤٩٧\u200e-\u200e٠٩٦٧');
    expect(withMarkedNumbers(`Call ${NUMBER}`)).toBe(`Call ${NUMBER}`);
  });
});
