import contacts from '../../../kv-seed/contacts.json';
import site from '../../../kv-seed/site.json';
import csv from '../../../kv-seed/statistics.csv?raw';
import type { Contact } from '../../../worker/model/content.ts';
import type { Site } from '../../../worker/model/site.ts';
import type { BulletinWish } from '../a-bulletin.ts';

/** The series of kv-seed by date: an empty cell is null. */
function kuwaitDays(): NonNullable<BulletinWish['days']> {
  const [header = '', ...lines] = csv.trim().split('\n');
  const metrics = header.split(',').slice(1);
  return Object.fromEntries(
    lines.map((line) => {
      const [date = '', ...cells] = line.split(',');
      return [
        date,
        Object.fromEntries(metrics.map((metric, i) => [metric, cells[i] ? Number(cells[i]) : null])),
      ];
    }),
  );
}

/** The bulletin a new site starts with, but for its news: what the budgets of pages are measured on. */
export const kuwait = {
  site: site as unknown as Site,
  days: kuwaitDays(),
  contacts: contacts.map(({ content }) => content as Contact),
} satisfies BulletinWish;
