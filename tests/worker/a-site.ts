import type { Site } from '../../worker/model/site.ts';

const both = (text: string) => ({ ar: `${text} ع`, en: text });

/** Settings for tests: two languages, four agencies, one metric of each kind and one that two agencies share. */
export function aSite(changes: Partial<Record<keyof Site, unknown>> = {}): Site {
  return {
    name: both('Bulletin'),
    authority: both('State'),
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
      { id: 'it', name: both('IT agency') },
      { id: 'health', name: both('Health ministry') },
      { id: 'finance', name: both('Finance ministry') },
      { id: 'media', name: both('Media centre') },
    ],
    license: { name: 'PDDL 1.0', attribution: both('From the ministry') },
    metrics: [
      { id: 'new_cases', kind: 'flow', agencies: ['health'], label: both('New cases'), tone: 'caution' },
      { id: 'critical', kind: 'level', agencies: ['health'], label: both('Critical'), tone: 'alarm' },
      {
        id: 'quarantine',
        kind: 'level',
        agencies: ['finance', 'health'],
        label: both('In quarantine'),
        tone: 'calm',
      },
      {
        id: 'total_cases',
        kind: 'total',
        of: 'new_cases',
        opening: 10,
        label: both('All cases'),
        tone: 'neutral',
      },
    ],
    ...changes,
  } as unknown as Site;
}
