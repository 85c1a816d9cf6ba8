import { describe, expect, it } from 'vitest';
import { aBulletin, aMoment } from '../a-bulletin.ts';
import { aSite } from '../a-site.ts';
import { documentJson, documentText } from './data-text.ts';
import { pageText, withRemarks } from './with-remarks.ts';

describe('what is known of a figure beside its number', () => {
  const day = (values: object) => values as { readonly [metric: string]: number };
  const bulletin = aBulletin({
    days: {
      '2021-08-02': day({
        new_cases: 7,
        critical: { value: 3, at: '18:00', note: { ar: 'نص', en: 'Two "wards", late' } },
        quarantine: { value: 1, provisionalUntil: '2021-08-04' },
      }),
      '2021-08-03': day({ new_cases: { value: null, state: 'not-reported' } }),
    },
  });

  it('is in JSON beside the values, and the day that has no figure is there', () => {
    const { dates, metrics, facts } = documentJson(bulletin, '/api/v1/statistics.json');
    expect([dates.at(-1), metrics.new_cases]).toEqual(['2021-08-03', [7, null]]);
    expect(facts).toEqual([
      { metric: 'critical', date: '2021-08-02', at: '18:00', note: { ar: 'نص', en: 'Two "wards", late' } },
      { metric: 'quarantine', date: '2021-08-02', provisionalUntil: '2021-08-04' },
      { metric: 'new_cases', date: '2021-08-03', state: 'not-reported' },
    ]);
    const metric = documentJson(bulletin, '/api/v1/statistics/metrics/critical.json');
    expect(metric.facts).toEqual([facts[0]]);
    expect(documentJson(bulletin, '/api/v1/bulletin.json').figures.slice(0, 2)).toMatchObject([
      { metric: 'new_cases', date: '2021-08-02', facts: [{ date: '2021-08-03', state: 'not-reported' }] },
      { metric: 'critical', facts: [{ date: '2021-08-02', at: '18:00' }] },
    ]);
  });

  it('is in the last two columns of the CSV, which are always there', () => {
    const remarked = withRemarks(
      { days: { '2021-08-01': { new_cases: 7 }, '2021-08-03': { new_cases: 8, critical: 1 } } },
      { kind: 'pause', metric: 'critical', date: '2021-08-02' },
      { kind: 'break', date: '2021-08-03' },
      { kind: 'adjustment', date: '2021-08-03', amount: -5 },
    );
    expect(documentText(remarked, '/data/statistics.csv').split('\n')).toEqual([
      'date,new_cases,critical,quarantine,total_cases,total_cases_missing_days,states,notes',
      '2021-08-01,7,,,17,0,,',
      '2021-08-02,,,,,,critical:paused,',
      '2021-08-03,8,1,,20,1,new_cases:break total_cases:adjusted:-5,',
      '',
    ]);
    const english = aBulletin({
      site: aSite({ defaultLanguage: 'en' }),
      days: { '2021-08-02': day({ critical: { value: 3, at: '18:00', note: { en: 'Two "wards", late' } } }) },
    });
    expect(documentText(english, '/data/statistics/2021.csv')).toContain(
      '2021-08-02,,3,,,,critical:at:18:00,"critical: Two ""wards"", late"\n',
    );
  });

  it('is told in words, until it ends by itself', () => {
    for (const path of ['/en/', '/en/data/']) {
      const page = pageText(bulletin, path);
      expect(page).toContain('The agency reports no figure for 3 August 2021');
      expect(page).toContain('Read at 18:00');
      expect(page).toContain('Two "wards", late'.replaceAll('"', '&quot;'));
      expect(page).toContain('Provisional until 4 August 2021');
      const later = pageText(bulletin, path, aMoment({ asOf: '2021-08-04T21:00:00Z' }));
      expect(later).not.toContain('Provisional');
    }
  });
});
