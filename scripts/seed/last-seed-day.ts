import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CivilDate, parseCivilDate } from '../../worker/model/civil-date.ts';

/** The last day for which a seed has a figure of a metric. Null if there is none or the seed can't be read. */
export async function lastSeedDay(folder: string, metric: string): Promise<CivilDate | null> {
  const text = await readFile(join(folder, 'statistics.csv'), 'utf8').catch(() => '');
  const [header = [], ...days] = text.split(/\r?\n/).map((line) => line.split(','));
  const column = header.indexOf(metric);
  const last = column < 0 ? undefined : days.findLast((cells) => cells[column]);
  return parseCivilDate(last?.[0] ?? '');
}
