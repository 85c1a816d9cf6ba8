import { brotliCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Bulletin } from '../../../worker/model/bulletin.ts';
import { aBulletin, figuresByDay } from '../a-bulletin.ts';
import { aSite } from '../a-site.ts';
import { documentJson, documentText, toldFigure, withChanges } from './data-text.ts';
import { matchesSchema } from './matches-schema.ts';
import { epidemicWithoutItems } from './seed-bulletins.ts';

describe('figures/{language}.json', () => {
  const until = '2021-08-04T00:00:00Z' as never;
  const bulletin = aBulletin({ ...epidemicWithoutItems, news: [{ breaking: { until } }] });
  const schemaOf = (source: Bulletin) => {
    const api = documentJson(source, '/api/v1/openapi.json');
    const { schema } =
      api.paths['/api/v1/figures/{language}.json'].get.responses[200].content['application/json'];
    return (value: unknown) => matchesSchema(value, schema, api.components.schemas);
  };

  it('has all that a program shows, in the language’s own words, in one request', () => {
    const told = documentJson(bulletin, '/api/v1/figures/en.json');
    expect(told).toMatchObject({
      release: 527,
      publishedAt: '2021-08-03T11:00:00Z',
      language: 'en',
      today: '2021-08-03',
      dateText: '3 August 2021',
      breaking: [
        {
          title: 'Title of the item',
          until,
          untilText: '4 August 2021 at 3:00',
          url: expect.stringMatching(/^http:\/\/localhost:8787\/en\/news\/1$/),
        },
      ],
    });
    expect(toldFigure(bulletin, 'new_cases')).toEqual({
      metric: 'new_cases',
      kind: 'flow',
      label: 'New cases',
      unit: 'cases',
      value: 785,
      text: '785',
      date: '2021-08-03',
      dateText: '3 August 2021',
      state: 'reported',
      change: { value: -20, text: '20\u00a0cases fewer than the day before' },
      total: {
        metric: 'total_cases',
        label: 'Total cases',
        value: 400_128,
        text: '400,128',
        unit: 'cases',
        date: '2021-08-03',
        dateText: '3 August 2021',
        missingDays: 0,
      },
      average: { value: 5_590 / 7, text: '799', unit: 'cases' },
      url: 'http://localhost:8787/en/data/#metric-new_cases',
    });
    expect(toldFigure(bulletin, 'new_cases', { language: 'ar' })).toMatchObject({
      label: 'عدد الحالات المستجدة',
      dateText: '3 أغسطس 2021',
      change: { text: 'أقل بـ20\u00a0حالة من اليوم السابق' },
    });
    expect(toldFigure(bulletin, 'critical')).toMatchObject({
      state: 'not-reported',
      total: null,
      average: null,
    });
  });

  it('is as openapi.json says, also without figures and with texts in another language', () => {
    const arabicOnly = aBulletin({
      site: aSite({ metrics: [{ ...aSite().metrics[0], label: { ar: 'حالات' } }] }),
      days: { '2021-08-03': { new_cases: 1 } },
      news: [{ title: { ar: 'خبر' }, breaking: { until } }],
    });
    expect(toldFigure(arabicOnly, 'new_cases')).toMatchObject({ label: 'حالات', labelLanguage: 'ar' });
    for (const source of [bulletin, aBulletin(), arabicOnly]) {
      const told = documentJson(source, '/api/v1/figures/en.json');
      expect(schemaOf(source)(told)).toBe(true);
      expect(schemaOf(source)({ ...told, figures: [{ metric: 'x' }] })).toBe(false);
    }
  });

  it('is small, and bounded with 100 metrics and the longest names', () => {
    const ordinary = documentText(bulletin, '/api/v1/figures/ar.json');
    expect(brotliCompressSync(ordinary).length).toBeLessThan(1_500);
    const long = { ar: 'ع'.repeat(300), en: 'e'.repeat(300) };
    const metrics = Array.from({ length: 100 }, (_, i) =>
      i < 50
        ? { id: `m${i}`, kind: 'flow', agencies: ['health'], label: long, unit: long, tone: 'calm' }
        : { id: `t${i}`, kind: 'total', of: `m${i - 50}`, opening: 2 ** 50, label: long, tone: 'calm' },
    );
    const ids = metrics.slice(0, 50).map(({ id }) => id);
    const noted = Object.fromEntries(
      ids.map((id) => [id, { value: 123_456_789, note: { ar: '\u0639'.repeat(300), en: '漢'.repeat(300) } }]),
    );
    const most = aBulletin({
      site: aSite({ metrics }),
      days: {
        ...figuresByDay(20, (_, i) => (i === 4 ? null : 123_456_789), { metrics: ids }),
        '2020-03-15': noted as never,
      },
      news: Array.from({ length: 10 }, () => ({ title: long, breaking: { until } })),
    });
    for (const language of ['ar', 'en']) {
      const text = documentText(most, `/api/v1/figures/${language}.json`);
      const [sizeBytes, sentBytes] = [Buffer.byteLength(text), brotliCompressSync(text).length];
      console.log(`figures/${language}.json with 100 metrics: ${sizeBytes} bytes, ${sentBytes} in Brotli`);
      expect(sizeBytes).toBeLessThan(100_000);
      const { note, truncated } = JSON.parse(text).figures[0];
      expect([note.length, truncated]).toEqual([121, ['note']]);
      expect(schemaOf(most)(JSON.parse(text))).toBe(true);
      expect(sentBytes).toBeLessThan(10_000);
    }
  });

  describe('has at most 100 kB', () => {
    const noted = (text: string, count = 100, metric: object = {}, site: object = {}) => {
      const metrics = Array.from({ length: count }, (_, i) => ({
        ...{ id: `${'m'.repeat(60)}${i}`, kind: 'level', agencies: ['health'], tone: 'calm' },
        ...{ label: { ar: text }, unit: { ar: text } },
        ...metric,
      }));
      const cell = { value: 123_456_789_012, at: '08:00', note: { ar: text } };
      const values = Object.fromEntries(metrics.map(({ id }) => [id, cell]));
      return aBulletin({
        site: aSite({ metrics, ...site }),
        news: Array.from({ length: 10 }, () => ({ title: { ar: text }, breaking: { until } })),
        ...withChanges([
          { kind: 'figures', payload: { days: { '2021-08-02': values, '2021-08-03': values } } },
        ]),
      });
    };
    const told = (source: Bulletin) => {
      const text = documentText(source, '/api/v1/figures/ar.json');
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(100_000);
      const json = documentJson(source, '/api/v1/figures/ar.json');
      expect(schemaOf(source)(json)).toBe(true);
      return json;
    };

    it('whatever notes say: they are cut as far as they must be', () => {
      const face = '\u{1f600}';
      const few = told(noted(face.repeat(300), 10));
      expect(few.figures.map(({ note }: { note: string }) => [...note].length)).toEqual(Array(10).fill(300));
      const many = told(noted(face.repeat(300), 100, { label: { ar: 'م' }, unit: { ar: 'و' } }));
      expect(many.figures).toHaveLength(100);
      for (const { note, truncated } of many.figures) {
        expect(note).toMatch(/^\u{1f600}+…$/u);
        expect(truncated).toEqual(['note']);
      }
      expect(many.truncated).toBeUndefined();
    });

    it('whatever the settings say: names are cut, and lists lose their last items in the end', () => {
      const languages = [{ tag: 'ar', locale: 'ar-EG-u-nu-deva' }];
      const origin = `https://${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.example`;
      const worst = told(noted('文'.repeat(300), 100, {}, { languages, origin, defaultLanguage: 'ar' }));
      expect(worst.figures.length).toBeGreaterThan(50);
      expect(worst.truncated).toEqual(worst.figures.length < 100 ? ['figures'] : undefined);
      expect(worst.breaking).toHaveLength(10);
    });
  });
});
