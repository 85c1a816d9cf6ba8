import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aMoment, type BulletinSpec, figuresByDay } from '../a-bulletin.ts';
import { aSite } from '../a-site.ts';
import { pageHtml, visibleText } from './page-text.ts';
import { pageText, withRemarks } from './with-remarks.ts';

type Days = NonNullable<BulletinSpec['days']>;
const days = (of: object) => of as Days;

describe('what readers must know of a figure', () => {
  const ids = Array.from({ length: 14 }, (_, i) => `m_${i}`);
  const due = { weekdays: [1, 2, 3, 4, 5, 6, 7], time: '09:00', graceMinutes: 30 };
  const metrics = ids.map((id, i) => ({
    ...aSite().metrics[1],
    id,
    label: { ar: id, en: id },
    ...(i > 11 ? { due } : {}),
  }));
  const cell = (i: number) => ({ value: i, at: '18:00', note: { ar: 'نص', en: `Note ${i}` } });
  const figures = {
    '2021-08-02': Object.fromEntries(ids.map((id, i) => [id, cell(i)])),
    '2021-08-01': Object.fromEntries(ids.map((id, i) => [id, i])),
  };
  const bulletin = withRemarks(
    { site: aSite({ metrics }), days: days(figures) },
    { kind: 'problem', metric: 'm_11', date: '2021-08-01' },
  );

  it('stands at the figure before notes and hours, and one line counts the rest', () => {
    const text = pageText(bulletin, '/en/', aMoment({ asOf: '2021-08-03T11:00:00Z' }));
    expect(text.match(/Late: due/g)).toHaveLength(2);
    expect(text).toContain('Known problem since 1 August 2021');
    expect(text).not.toContain('Read at');
    expect(text).toContain('28 more remarks on these figures');
    const arabic = pageHtml(bulletin, '/ar/', aMoment({ asOf: '2021-08-03T11:00:00Z' }));
    expect(arabic).toContain('<a href="/ar/data/">28 ملاحظة أخرى');
  });

  it('is never lost: it stands on the home page, or is counted there', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(13), fc.constantFrom('pause', 'problem', 'break', 'provisional', 'note')), {
          maxLength: 30,
        }),
        (said) => {
          const cells: Record<string, Record<string, unknown>> = {};
          const remarks = new Map<string, Record<string, unknown>>();
          for (const [i, kind] of said) {
            const metric = `m_${i}`;
            if (kind === 'note') cells[metric] = { ...cells[metric], note: { ar: 'نص', en: 'A note' } };
            else if (kind === 'provisional')
              cells[metric] = { ...cells[metric], provisionalUntil: '2021-08-09' };
            else remarks.set(metric + kind, { kind, metric, date: '2021-08-01' });
          }
          const day = Object.fromEntries(ids.map((id, i) => [id, { value: i, ...cells[id] }]));
          const random = withRemarks(
            {
              site: aSite({ metrics: metrics.map(({ due: _, ...metric }: { due?: object }) => metric) }),
              days: days({ '2021-08-02': day }),
            },
            ...remarks.values(),
          );
          const html = pageHtml(random, '/en/');
          const text = visibleText(html);
          const shown =
            text.match(/Reporting paused|Known problem|Counted in|Provisional until|A note/g)?.length ?? 0;
          const rest = Number(/>(\d+) more remark/.exec(html)?.[1] ?? 0);
          const all =
            remarks.size + Object.values(cells).reduce((sum, known) => sum + Object.keys(known).length, 0);
          expect(shown + rest).toBe(all);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('is told of one day as of one day', () => {
    const pause = { kind: 'pause', date: '2021-08-03', until: '2021-08-03' };
    const text = pageText(
      withRemarks({ days: figuresByDay(1, () => 1, { from: '2021-08-02' }) }, pause),
      '/en/',
    );
    expect(text).toContain('Reporting paused on 3 August 2021');
    expect(text).not.toContain('from 3 August 2021 to 3');
  });
});
