import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The SHA-256, in hex, of the names and bytes of the files that a site is filled with, without README.md. */
export async function seedFingerprint(folder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const name of await contentFiles(folder)) {
    const bytes = await readFile(join(folder, name));
    hash.update(`${name}\0${createHash('sha256').update(bytes).digest('hex')}\n`);
  }
  return hash.digest('hex');
}

/** Records the seed's fingerprint when a site was filled with it. `root` is the checkout. */
export async function recordFill(root: string, folder: string): Promise<void> {
  await mkdir(dirname(recordPath(root)), { recursive: true });
  await writeFile(recordPath(root), `${await seedFingerprint(folder)}\n`);
}

/** Whether the seed has changed since the site was filled with it. Null if the fill was not recorded. */
export async function hasSeedChanged(root: string, folder: string): Promise<boolean | null> {
  const recorded = await readFile(recordPath(root), 'utf8').catch(() => null); // no record: an older version filled the site
  return recorded === null ? null : recorded.trim() !== (await seedFingerprint(folder));
}

/** The record is beside the state, so that both are deleted together. */
const recordPath = (root: string): string => join(root, '.wrangler/seed.sha256');

async function contentFiles(folder: string): Promise<readonly string[]> {
  const files = await readdir(folder, { recursive: true });
  return files.filter((name) => /\.(md|json|csv)$/.test(name) && name !== 'README.md').sort();
}
