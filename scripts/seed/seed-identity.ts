import { join } from 'node:path';
import { compareItems } from '../../worker/model/collections/registry.ts';
import { toInstant } from '../../worker/model/instant.ts';
import { namedContacts } from '../../worker/model/named-contacts.ts';
import type { AgencyId, Site } from '../../worker/model/site.ts';
import { siteSchema } from '../../worker/model/site-schema.ts';
import { readItems } from './read-items.ts';
import { check, readJson, SeedFault } from './seed-file.ts';

/** Sorts items without their own time last: they are published when the site is filled, after all others. */
const TIME_OF_FILL = toInstant(Date.parse('9999-12-31T23:59:59Z'));

/** What identifies a site before anything is published: its name, its languages and its hotline. */
export type SeedIdentity = {
  readonly site: Pick<Site, 'name' | 'languages' | 'defaultLanguage' | 'agencies'>;
  readonly hotline?: { readonly phone: string; readonly agency: AgencyId };
};

/**
 * The identity in a seed's folder. Null if its settings are missing or have a fault; without a hotline if its contacts
 * are missing or have a fault. These faults are not reported here but when a site is filled with the seed.
 */
export async function seedIdentity(folder: string): Promise<SeedIdentity | null> {
  const settings = await unlessFaulty(async () => {
    const file = join(folder, 'site.json');
    const json = await readJson(file);
    return check(siteSchema(json), json, file);
  });
  if (!settings) return null;
  const contacts = (await unlessFaulty(() => readItems(folder, 'contacts', settings))) ?? [];
  const items = contacts
    .map((contact, i) => ({
      ...contact,
      id: String(i + 1),
      publishedAt: contact.publishedAt ?? TIME_OF_FILL,
    }))
    .sort(compareItems('contacts'));
  const [hotline] = namedContacts(settings, 'hotline', items);
  const phone = hotline?.content.phone;
  const { name, languages, defaultLanguage } = settings;
  const agencies = settings.agencies.filter(({ id }) => id === hotline?.agency);
  const site = { name, languages, defaultLanguage, agencies };
  return hotline && phone !== undefined ? { site, hotline: { phone, agency: hotline.agency } } : { site };
}

async function unlessFaulty<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof SeedFault) return null;
    throw error;
  }
}
