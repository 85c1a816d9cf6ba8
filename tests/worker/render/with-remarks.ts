import { aBulletin, type BulletinSpec } from '../a-bulletin.ts';
import { pageHtml, visibleText } from './page-text.ts';

/** The text of a page, as a reader sees it. */
export const pageText = (...page: Parameters<typeof pageHtml>) => visibleText(pageHtml(...page));

/** A bulletin with remarks by the health ministry, about new cases unless they say otherwise. */
export const withRemarks = (spec: BulletinSpec, ...remarks: readonly Record<string, unknown>[]) =>
  aBulletin({
    ...spec,
    changes: [
      ...(spec.changes ?? []),
      {
        kind: 'items',
        payload: {
          collection: 'remarks',
          items: remarks.map((content, i) => ({
            id: String(i + 1),
            agency: 'health',
            publishedAt: '2021-08-03T11:00:00Z',
            content: { metric: 'new_cases', text: { ar: 'عُدّ من جديد', en: 'Counted again' }, ...content },
          })),
        } as never,
      },
    ],
  });
