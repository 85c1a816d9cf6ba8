import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { fillSite } from './fill-site.ts';
import { readSeed, seedFolder } from './read-seed.ts';
import { readKey, staffAt } from './staff-client.ts';

const USAGE = 'npm run seed -- --url https://bulletin.example --key-file .dev.vars';

/** Fills the site at `--url` with the seed, by the operator key in `--key-file`. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { url: { type: 'string' }, 'key-file': { type: 'string' } } });
  const { url, 'key-file': keyFile = '.dev.vars' } = values;
  if (!url || !/^https?:\/\//.test(url) || !URL.canParse(url))
    throw new Error(`--url must be the address of the site, as in: ${USAGE}`);
  if (!existsSync(keyFile))
    throw new Error(`there is no file ${keyFile} to take the key from, as in: ${USAGE}`);
  const seed = await readSeed(seedFolder());
  const { origin } = new URL(url);
  const filled = await fillSite(seed, staffAt(url, readKey(keyFile)), origin, console.log);
  console.log(filled === 'filled' ? `${origin} is open.` : `${origin} is open already; nothing was changed.`);
}

if (import.meta.main)
  main().catch((error: unknown) => {
    console.error(`seed: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  });
