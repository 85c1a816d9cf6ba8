import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** SHA-256, in hex, of the names and bytes of all that a site is filled with. What explains the seed is no part of it. */
export async function seedFingerprint(folder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const name of await contentFiles(folder)) {
    const bytes = await readFile(join(folder, name));
    hash.update(`${name}\0${createHash('sha256').update(bytes).digest('hex')}\n`);
  }
  return hash.digest('hex');
}

/** Notes what the seed was as a site was filled with it. `root` is the checkout. */
export async function noteFilled(root: string, folder: string): Promise<void> {
  await mkdir(dirname(noteIn(root)), { recursive: true });
  await writeFile(noteIn(root), `${await seedFingerprint(folder)}\n`);
}

/** Whether the seed differs from what the site was filled with; null where that was not noted. */
export async function hasSeedChanged(root: string, folder: string): Promise<boolean | null> {
  const noted = await readFile(noteIn(root), 'utf8').catch(() => null); // the site was filled by an older version
  return noted === null ? null : noted.trim() !== (await seedFingerprint(folder));
}

/** Beside the state, so that whoever deletes it deletes this too. */
const noteIn = (root: string): string => join(root, '.wrangler/seed.sha256');

async function contentFiles(folder: string): Promise<readonly string[]> {
  const files = await readdir(folder, { recursive: true });
  return files.filter((name) => /\.(md|json|csv)$/.test(name) && name !== 'README.md').sort();
}
