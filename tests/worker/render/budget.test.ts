import { brotliCompressSync, constants } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { assets, css } from '../../../dist/build.ts';
import type { CivilDate } from '../../../worker/model/civil-date.ts';
import { aBulletin, type BulletinSpec, figuresByDay } from '../a-bulletin.ts';
import { aSite } from '../a-site.ts';
import { pageHtml } from './page-text.ts';
import { epidemicWithoutItems, newSiteSeed } from './seed-bulletins.ts';

/** The bytes of one round trip on a new connection. */
const HOME_BYTES = 14_000;

const brotli9 = (text: string): number =>
  brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }).length;

// Takes words from a fixed list in an order that does not repeat, so that the text compresses like prose.
function prose(words: string, length: number, seed: number): string {
  const list = words.split(' ');
  let state = seed;
  let text = '';
  while (text.length < length) {
    state = (state * 48_271) % 2_147_483_647;
    text += `${list[state % list.length]} `;
  }
  return text.slice(0, length).trim();
}

const arabic =
  'أعلنت وزارة الصحة اليوم عن تسجيل حالات جديدة وشفاء عدد من المصابين ودعت الجميع إلى الالتزام بالتباعد ولبس الكمام وغسل اليدين والاتصال بالخط الساخن عند الشعور بالأعراض';
const english =
  'the ministry of health announced new cases today and the recovery of patients and asked everybody to keep a distance wear a mask wash hands and call the hotline at the first signs';

/** A site with 20 metrics, 3 breaking items, titles of 300 characters and bodies of 20,000. */
function stressSpec(): BulletinSpec {
  const flows = Array.from({ length: 7 }, (_, i) => `flow_${i}`);
  const levels = Array.from({ length: 6 }, (_, i) => `level_${i}`);
  const label = (id: string, i: number) => ({
    ar: `${prose(arabic, 40, i + 3)} ${id}`,
    en: `${prose(english, 40, i + 3)} ${id}`,
  });
  const unit = (i: number) => ({ unit: { ar: prose(arabic, 12, i + 3), en: prose(english, 12, i + 3) } });
  const metrics = [
    ...flows.map((id, i) => ({
      id,
      kind: 'flow',
      agencies: ['health'],
      label: label(id, i),
      ...unit(i),
      better: 'lower',
      tone: 'alarm',
    })),
    ...levels.map((id, i) => ({
      id,
      kind: 'level',
      agencies: ['health'],
      label: label(id, i + 20),
      ...unit(i + 10),
      decimals: 1,
      tone: 'calm',
    })),
    ...flows.map((of, i) => ({
      id: `total_${of}`,
      kind: 'total',
      of,
      opening: 1_000_000,
      label: label(`total ${of}`, i + 40),
      tone: 'neutral',
    })),
  ];
  let state = 7;
  const random = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state;
  };
  // Totals that lack a day, and old figures, have more to say.
  const isMissing = (id: string, i: number) => i === 100 || (i === 3_649 && id.startsWith('level'));
  const days = figuresByDay(3_650, (id, i) => (isMissing(id, i) ? null : random() % 20_000), {
    from: '2011-08-04',
    metrics: [...flows, ...levels],
  });
  const news = Array.from({ length: 60 }, (_, i) => ({
    title: { ar: prose(arabic, 300, i + 60), en: prose(english, 300, i + 60) },
    body: { ar: prose(arabic, 20_000, i + 90), en: prose(english, 20_000, i + 90) },
    ...(i < 3 ? { breaking: { until: '2021-08-04T00:00:00Z' as never } } : {}),
  }));
  const inBothLanguages = (length: number, seed: number) => ({
    ar: prose(arabic, length, seed),
    en: prose(english, length, seed + 1),
  });
  const repeat = <T>(count: number, create: (i: number) => T) =>
    Array.from({ length: count }, (_, i) => create(i));
  const items = {
    decisions: repeat(60, (i) => ({
      title: inBothLanguages(300, i + 200),
      body: inBothLanguages(20_000, i + 300),
      issuer: inBothLanguages(300, i + 400),
      number: prose(english, 300, i + 500),
      effectiveFrom: `2021-0${1 + (i % 9)}-01` as CivilDate,
    })),
    faq: repeat(30, (i) => ({
      question: inBothLanguages(300, i + 600),
      answer: inBothLanguages(20_000, i + 700),
      topic: inBothLanguages(300, i),
    })),
    guidance: repeat(30, (i) => ({
      title: inBothLanguages(300, i + 800),
      body: inBothLanguages(i % 2 ? 300 : 20_000, i + 900),
      topic: inBothLanguages(300, i),
    })),
    plan: repeat(12, (i) => ({
      order: i,
      title: inBothLanguages(300, i + 1_000),
      open: inBothLanguages(20_000, i + 1_100),
      closed: inBothLanguages(20_000, i + 1_200),
    })),
    rumours: repeat(10, (i) => ({
      claim: inBothLanguages(300, i + 1_300),
      verdict: inBothLanguages(300, i + 1_400),
      answer: inBothLanguages(20_000, i + 1_500),
    })),
  };
  // All that can be said about each metric.
  const said = [{ kind: 'problem' }, { kind: 'pause', until: '2021-09-01' }, { kind: 'break' }] as const;
  const remarks = [
    ...[...flows, ...levels].flatMap((metric, i) => said.map((fields) => ({ ...fields, metric, day: i }))),
    ...flows.map((metric, i) => ({ kind: 'restatement', metric, total: 1_234_567 + i * i * 7_919, day: i })),
  ].map(({ day, ...fields }, i) => ({
    date: `2021-0${1 + (day % 7)}-${10 + day}`,
    text: inBothLanguages(1_000, i + 1_800),
    amount: undefined,
    total: undefined,
    period: undefined,
    nextWord: undefined,
    ...fields,
  })) as never;
  const fund = {
    kind: 'fund' as const,
    name: inBothLanguages(300, 1_600),
    hours: inBothLanguages(300, 1_700),
  };
  const contacts = [...epidemicWithoutItems.contacts, fund];
  return {
    site: aSite({ metrics, notice: epidemicWithoutItems.site.notice }),
    days,
    news,
    items: { ...items, remarks },
    contacts,
  };
}

describe('budgets', () => {
  const specs = [
    ['all content of a new site', newSiteSeed],
    ['20 metrics, 3 breaking items, long texts', stressSpec()],
  ] as const;
  for (const [name, spec] of specs) {
    const bulletin = aBulletin(spec);
    for (const { tag } of bulletin.site.languages)
      it(`the home page with ${name} fits into one round trip (${tag})`, () => {
        const sizeBytes = brotli9(pageHtml(bulletin, `/${tag}/`));
        console.log(`home ${tag}, ${name}: ${sizeBytes} bytes in brotli 9, of ${HOME_BYTES}`);
        expect(sizeBytes).toBeLessThanOrEqual(HOME_BYTES);
      });
  }

  it('the home page has its style sheet inline and loads one script before the reader interacts', () => {
    console.log(`style sheet: ${css.length} bytes, ${brotli9(css)} in brotli 9`);
    const html = pageHtml(aBulletin({ ...epidemicWithoutItems }), '/ar/');
    expect([...html.matchAll(/<script[^>]*>/g)].map(([tag]) => tag)).toEqual([
      `<script type="module" src="${assets['page.js']}">`,
    ]);
    expect(html).not.toContain('<link rel="stylesheet"');
  });
});
