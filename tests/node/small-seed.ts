import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The agency that reports all figures of the small site. */
export const AGENCY = 'river-authority';

/** The settings of a small site: two metrics, one language, days counted in UTC. */
const SITE = {
  name: { en: 'High water' },
  origin: 'http://localhost:8787',
  open: false,
  timeZone: 'UTC',
  languages: [{ tag: 'en', locale: 'en-GB' }],
  defaultLanguage: 'en',
  firstDate: '2020-01-01',
  operator: AGENCY,
  agencies: [{ id: AGENCY, name: { en: 'River authority' } }],
  license: { name: 'CC0', attribution: { en: 'The river authority' } },
  metrics: ['water_level', 'rescues'].map((id, i) => ({
    id,
    kind: ['level', 'flow'][i],
    agencies: [AGENCY],
    label: { en: id },
    tone: 'neutral',
  })),
};

/** One day: date, water level, rescues; an empty string is a figure that was not reported. */
export type SmallDay = readonly [date: string, level: number | '', rescues: number | ''];

/**
 * Replaces a checkout's seed by a small one, so that its site is filled in a few seconds.
 * @param site settings that differ from those of the small site
 */
export function writeSmallSeed(root: string, days: readonly SmallDay[], site: object = {}): void {
  const folder = join(root, 'kv-seed');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  writeFileSync(join(folder, 'site.json'), JSON.stringify({ ...SITE, ...site }, null, 2));
  writeFileSync(join(folder, 'contacts.json'), '[]');
  writeFileSync(
    join(folder, 'statistics.csv'),
    ['date,water_level,rescues', ...days.map(String), ''].join('\n'),
  );
}
