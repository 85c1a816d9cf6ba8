import type { Site } from '../../worker/model/site.ts';

const inBothLanguages = (text: string) => ({ ar: `${text} ع`, en: text });

/** Settings for tests: two languages, four agencies, a metric of each kind and a metric that two agencies report. */
export function aSite(changes: Partial<Record<keyof Site, unknown>> = {}): Site {
  return {
    name: inBothLanguages('Bulletin'),
    authority: inBothLanguages('State'),
    origin: 'https://bulletin.example',
    open: true,
    timeZone: 'Asia/Kuwait',
    languages: [
      { tag: 'ar', locale: 'ar-KW-u-nu-latn' },
      { tag: 'en', locale: 'en-GB' },
    ],
    defaultLanguage: 'ar',
    firstDate: '2020-02-24',
    operator: 'it',
    agencies: [
      { id: 'it', name: inBothLanguages('IT agency') },
      { id: 'health', name: inBothLanguages('Health ministry') },
      { id: 'finance', name: inBothLanguages('Finance ministry') },
      { id: 'media', name: inBothLanguages('Media centre') },
    ],
    license: { name: 'PDDL 1.0', attribution: inBothLanguages('From the ministry') },
    metrics: [
      {
        id: 'new_cases',
        kind: 'flow',
        agencies: ['health'],
        label: inBothLanguages('New cases'),
        tone: 'caution',
      },
      {
        id: 'critical',
        kind: 'level',
        agencies: ['health'],
        label: inBothLanguages('Critical'),
        tone: 'alarm',
      },
      {
        id: 'quarantine',
        kind: 'level',
        agencies: ['finance', 'health'],
        label: inBothLanguages('In quarantine'),
        tone: 'calm',
      },
      {
        id: 'total_cases',
        kind: 'total',
        of: 'new_cases',
        opening: 10,
        label: inBothLanguages('All cases'),
        tone: 'neutral',
      },
    ],
    ...changes,
  } as unknown as Site;
}
